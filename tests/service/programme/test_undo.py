"""Undoing: every edit of a draft leaves a step, and taking steps back gives exactly the draft from before, or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.events import service as events
from eventsite.events.models import Event, Room
from eventsite.programme import queries, queries_drafts, service, service_drafts, service_releases, service_undo
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.models_drafts import DraftStep
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, at, make_meeting, words
from tests.service.programme.test_items import make_download
from tests.service.registration.test_races import at_once


def draft(event_id: int) -> Any:
    """The draft as it is, without the numbers of its rows."""
    db.session.rollback()
    found = queries_drafts.draft(db.session(), event_id)
    return {key: {name: value for name, value in row.items() if name != "id"} for key, row in found.items()}


def steps(event_id: int) -> list[queries_drafts.Step]:
    db.session.rollback()
    return queries_drafts.steps(event_id)


def undo(event_id: int) -> None:
    """Takes the last step back that stands."""
    last = queries_drafts.offer(event_id).undo
    assert last is not None
    service_undo.undo(event_id, last.uid, actor="ada")


@both_databases
def test_each_verb_leaves_one_step_with_a_sentence(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, items, who = meeting.event.id, meeting.items, {"actor": "ada"}
    assert steps(event_id) == []  # what the machine built
    service.change_item(items["lunch"].id, starts_at=at(11, 15), **who)
    service.cancel_item(items["second"].id, **who)
    service.restore_item(items["second"].id, **who)
    service.add_person(items["lunch"].id, "", "Ines Ohm", **who)
    service.remove_appearance(items["lunch"].id, 0, **who)
    service.change_round(meeting.round.id, starts_at=at(12, 30), ends_at=at(14, 30), **who)
    service.delete_item(items["keynote"].id, **who)
    service.create_item(event_id, kind="talk", title=words("Neu"), starts_at=at(9, 30), ends_at=at(10), **who)
    service.change_item(items["lunch"].id, title=items["lunch"].title, **who)  # changes nothing
    assert [step.told for step in reversed(steps(event_id))] == [
        "„Mittagspause“ verlegt: 12:15–13:00, vorher 12:00–13:00",
        "„Räume öffnen“ abgesagt",
        "„Räume öffnen“ nicht mehr abgesagt",
        "„Mittagspause“ geändert: Personen",
        "„Mittagspause“ geändert: Personen",
        "„Workshop-Runde“ verlegt: 13:30–15:30, vorher 13:00–15:00, mit 2 Workshops",
        "„Orte, die tragen“ gelöscht",
        "„Neu“ hinzugefügt",
    ]


@both_databases
def test_undone_undoing_brings_the_change_back(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, before = meeting.event.id, draft(meeting.event.id)
    service.delete_item(meeting.items["keynote"].id, actor="ada")
    gone = draft(event_id)
    undo(event_id)
    assert draft(event_id) == before
    redo = queries_drafts.offer(event_id).redo
    assert redo is not None and queries_drafts.offer(event_id).undo is None
    service_undo.undo(event_id, redo.uid, actor="berta")
    assert draft(event_id) == gone
    undo(event_id)
    assert draft(event_id) == before
    assert [(step.deed, step.is_undone) for step in steps(event_id)] == [
        ("undo", False), ("redo", True), ("undo", True), ("edit", True),
    ]  # fmt: skip
    with pytest.raises(Refused, match="schon rückgängig"):
        service_undo.undo(event_id, redo.uid, actor="ada")


def test_older_step_is_undone_where_nobody_touched_the_same_since(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, lunch = meeting.event.id, meeting.items["lunch"]
    service.change_item(lunch.id, title=words("Imbiss"), actor="ada")
    first = steps(event_id)[0].uid
    service.change_item(lunch.id, ends_at=at(11, 45), actor="berta")
    service_undo.undo(event_id, first, actor="ada")
    assert (lunch.title, lunch.ends_at) == (words("Mittagspause", "Lunch"), at(11, 45))


@both_databases
def test_conflict_is_told_and_nothing_is_half_undone(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id = meeting.event.id
    service.change_round(meeting.round.id, starts_at=at(12, 30), ends_at=at(14, 30), actor="ada")
    step = steps(event_id)[0].uid
    service.change_item(meeting.items["second"].id, ends_at=at(14), actor="berta")
    before = draft(event_id)
    with pytest.raises(Refused, match="„Räume öffnen“ wurde seitdem geändert"):
        service_undo.undo(event_id, step, actor="ada")
    assert (draft(event_id), len(steps(event_id))) == (before, 2)


@both_databases
def test_new_item_on_which_something_hangs_stays(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, times = meeting.event.id, {"starts_at": at(9), "ends_at": at(10)}
    made = service.create_item(event_id, kind="talk", title=words("Neu"), actor="ada", **times)
    with transaction() as session:
        session.add(make_download(event_id, made.id))
    before = draft(event_id)
    with pytest.raises(Refused, match="hängen"):
        undo(event_id)
    assert draft(event_id) == before


@both_databases
def test_what_points_nowhere_any_more_is_not_brought_back(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, second = meeting.event.id, meeting.items["second"]
    room_id = second.room_id
    service.change_item(second.id, room_id=None, actor="ada")
    with transaction() as session:
        session.delete(session.get_one(Room, room_id))
    before = draft(event_id)
    with pytest.raises(Refused, match="Raum"):
        undo(event_id)
    assert draft(event_id) == before


def test_deleted_item_does_not_take_an_address_away(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.delete_item(meeting.items["lunch"].id, actor="ada")
    step = steps(meeting.event.id)[0].uid
    times = {"starts_at": at(11), "ends_at": at(12)}
    other = service.create_item(meeting.event.id, kind="break", title=words("Mittagspause"), actor="ada", **times)
    assert other.slug == "mittagspause"
    with pytest.raises(Refused, match="Adresse"):
        service_undo.undo(meeting.event.id, step, actor="ada")


def test_frozen_places_stay_frozen(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.change_item(meeting.items["first"].id, capacity=20, actor="ada")
    with transaction() as session:
        session.get_one(Event, meeting.event.id).wishes_seen_at = NOW
    with pytest.raises(Refused, match="Plätze"):
        undo(meeting.event.id)


def test_step_of_another_event_is_unknown(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.cancel_item(meeting.items["lunch"].id, actor="ada")
    event, hosts = meeting.event, [host.id for host in events.queries.get_event("werkstatt").hosts]
    times: Any = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    other = events.create_event(
        slug="andere", kind=words("T"), title=words("A"), lead=words(""), host_ids=hosts, **times
    )
    with pytest.raises(NotFound):
        service_undo.undo(other.id, steps(event.id)[0].uid, actor="ada")


def test_released_item_that_comes_back_is_the_same_in_calendars(app: Flask) -> None:
    meeting = make_meeting()
    uid = meeting.items["keynote"].public_id
    service.delete_item(meeting.items["keynote"].id, actor="ada")
    with clock.freeze(NOW + timedelta(hours=1)):
        service_releases.release(meeting.event.id)
    undo(meeting.event.id)
    with clock.freeze(NOW + timedelta(hours=2)):
        service_releases.release(meeting.event.id)
    programme = queries.released(meeting.event.id)
    found = [item for item in programme.everything if item["uid"] == uid] if programme else []
    assert [(item["removed"], item["status"], item["sequence"]) for item in found] == [(False, "confirmed", 2)]


def test_steps_go_after_30_days_and_with_a_person(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, items = meeting.event.id, meeting.items
    service.cancel_item(items["lunch"].id, actor="ada")
    with clock.freeze(NOW + timedelta(days=29)):
        service.add_person(items["keynote"].id, "", "Unverwechselbar", actor="ada")
        service.change_item(items["welcome"].id, ends_at=at(9, 20), actor="ada")
        assert len(steps(event_id)) == 3
    with clock.freeze(NOW + timedelta(days=31)):
        service_drafts.drop_old_steps()
        assert len(steps(event_id)) == 2
        with transaction() as session:
            person = session.query(Speaker).filter_by(name="Unverwechselbar").one()
            session.query(Appearance).filter_by(speaker_id=person.id).delete()
            session.delete(person)
        service_drafts.drop_old_steps()
        assert [step.told for step in steps(event_id)] == ["„Begrüßung“ verlegt: 10:00–10:20, vorher 10:00–10:30"]


@both_databases
def test_steps_at_once_hold_only_what_each_did(app: Flask) -> None:
    meeting = make_meeting(released=False)
    event_id, before = meeting.event.id, draft(meeting.event.id)
    ids = [item.id for item in meeting.items.values()] * 4
    at_once(app, lambda n: service.change_item(ids[n], number=str(n), actor="ada"), range(20))
    rows = [row.rows for row in db.session.query(DraftStep)]
    assert [len(row) for row in rows] == [1] * 20
    for _n in range(20):
        undo(event_id)
    assert draft(event_id) == before


deeds = st.tuples(
    st.sampled_from(
        ["move", "word", "cancel", "restore", "delete", "make", "people", "round", "empty", "place", "many"]
    ),
    st.integers(0, 9),
    st.integers(0, 9),
)


def do(meeting: Meeting, deed: str, one: int, other: int) -> None:
    """Some edit of some item; what is refused changes nothing."""
    event_id, who = meeting.event.id, {"actor": "ada"}
    items, rounds = queries.items(event_id), queries.rounds(event_id)
    item = items[one % len(items)] if items else None
    round_ = rounds[other % len(rounds)] if rounds else None
    times: Any = {"starts_at": at(9, one), "ends_at": at(10, other)}
    people = [{"speaker_id": s.id, "role": "speaker"} for s in list(meeting.speakers.values())[: other % 3]]
    made = {"kind": "talk", "title": words(f"T{one}"), "round_id": round_.id if round_ and other % 2 else None}
    verbs: dict[str, Any] = {
        "make": lambda: service.create_item(event_id, appearances=people, **made, **times, **who),
        "many": lambda: many(meeting, one),
        "empty": lambda: service.create_round(event_id, title=words("R"), **times, **who),
        "round": lambda: round_ and service.change_round(round_.id, **times, **who),
        "place": lambda: round_ and service.delete_round(round_.id, **who),
    }
    if item is not None:
        verbs |= {
            "move": lambda: service.change_item(item.id, **times, **who),
            "word": lambda: service.change_item(item.id, title=words(f"W{other}"), number=str(one), **who),
            "cancel": lambda: service.cancel_item(item.id, **who),
            "restore": lambda: service.restore_item(item.id, **who),
            "delete": lambda: service.delete_item(item.id, **who),
            "people": lambda: service.set_appearances(item.id, people, **who),
        }
    try:
        verbs.get(deed, lambda: None)()
    except Refused:
        db.session.rollback()


def many(meeting: Meeting, one: int) -> None:
    """A verb made of others is one step."""
    with service_drafts.step(meeting.event.id, "ada"):
        for item in queries.items(meeting.event.id):
            service.change_item(item.id, number=f"m{one}", actor="ada")
        times: Any = {"starts_at": at(9), "ends_at": at(10)}
        made = service.create_round(meeting.event.id, title=words("Neu"), actor="ada", **times)
        service.create_item(meeting.event.id, kind="workshop", title=words("In ihr"), round_id=made.id, actor="ada")


@pytest.fixture
def planned(app: Flask) -> Meeting:
    return make_meeting(released=False)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(deeds, max_size=8))
def test_undoing_everything_gives_the_draft_from_before(planned: Meeting, edits: list[Any]) -> None:
    event_id = planned.event.id
    before, known = draft(event_id), {step.uid for step in steps(event_id)}
    states = []
    for edit in edits:
        states.append(draft(event_id))
        do(planned, *edit)
        if states[-1] == draft(event_id):
            states.pop()
    made = [step.uid for step in steps(event_id) if step.uid not in known]
    assert len(made) == len(states)
    for uid in made:
        service_undo.undo(event_id, uid, actor="berta")
        assert draft(event_id) == states.pop()
    assert draft(event_id) == before
    assert db.session.query(ProgrammeItem).count() == 5
