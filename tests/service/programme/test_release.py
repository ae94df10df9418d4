"""Releasing: the public sees what was released, and what changed since is told in both languages."""

from datetime import timedelta
from typing import Any

from flask import Flask

from eventsite.core import clock
from eventsite.core.db import db, revisions, transaction
from eventsite.programme import differences, queries, queries_releases, service, service_releases
from eventsite.programme.models import ProgrammeItem
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, at, make_meeting, words
from tests.service.registration.test_races import at_once


def released_titles(meeting: Meeting) -> list[str]:
    programme = queries.released(meeting.event.id)
    return [item["title"]["de"] for item in programme.items] if programme else []


def told(meeting: Meeting) -> list[tuple[str, str]]:
    last = queries.find_release(meeting.event.id)
    return [(change["kind"], change["text"]["en"]) for change in last.changes] if last else []


@both_databases
def test_draft_is_not_public_until_released(app: Flask) -> None:
    meeting = make_meeting(released=False)
    assert released_titles(meeting) == []
    assert service_releases.release(meeting.event.id, "ada") == 1
    service.change_item(meeting.items["lunch"].id, title=words("Imbiss"))
    assert released_titles(meeting) == [
        "Begrüßung", "Orte, die tragen", "Mittagspause", "Netze knüpfen", "Räume öffnen",
    ]  # fmt: skip


@both_databases
def test_release_twice_is_once(app: Flask) -> None:
    meeting = make_meeting()
    before = revisions([meeting.event.scope])
    assert service_releases.release(meeting.event.id) is None
    assert [row.number for row in queries.releases(meeting.event.id)] == [1]
    assert revisions([meeting.event.scope]) == before


@both_databases
def test_release_tells_what_changed(app: Flask) -> None:
    meeting = make_meeting()
    items = meeting.items
    service.change_item(items["welcome"].id, starts_at=at(8, 45), ends_at=at(9, 15))
    service.change_item(items["lunch"].id, title=words("Imbiss", "Snack"))
    service.cancel_item(items["second"].id)
    service.set_appearances(items["keynote"].id, [{"speaker_id": meeting.speakers["weiland"].id, "role": "keynote"}])
    service.delete_item(items["first"].id)
    with clock.freeze(NOW + timedelta(days=1)):
        assert service_releases.release(meeting.event.id) == 2
    assert told(meeting) == [
        ("moved", "New time of “Welcome”: 11 March 2027, 09:45–10:15, before 11 March 2027, 10:00–10:30."),
        ("people", "Other people in “Places that carry”: Mara Weiland."),
        ("renamed", "New title: “Snack”, before “Lunch”."),
        ("cancelled", "Cancelled: “Opening rooms”."),
        ("removed", "No longer in the programme: “Netze knüpfen”."),
    ]


@both_databases
def test_sequences_follow_the_releases_not_the_edits(app: Flask) -> None:
    meeting = make_meeting()
    uid = meeting.items["welcome"].public_id
    for minute in (5, 10, 15):
        service.change_item(meeting.items["welcome"].id, ends_at=at(9, 30 + minute))
    with clock.freeze(NOW + timedelta(days=1)):
        service_releases.release(meeting.event.id)
    programme = queries.released(meeting.event.id)
    assert programme is not None
    found = {item["uid"]: (item["sequence"], item["last_modified"]) for item in programme.items}
    assert found.pop(uid) == (1, NOW + timedelta(days=1))
    assert set(found.values()) == {(0, NOW)}


def test_what_is_new_can_be_seen_before_releasing(app: Flask) -> None:
    meeting = make_meeting()
    service.cancel_item(meeting.items["lunch"].id)
    service.cancel_item(meeting.items["lunch"].id)
    assert [change["text"]["de"] != "" for change in service_releases.unreleased_changes(meeting.event.id)] == [True]
    assert len(queries.releases(meeting.event.id)) == 1


def test_release_in_the_transaction_of_the_edit_sees_it(app: Flask) -> None:
    meeting = make_meeting()
    loaded = queries.items(meeting.event.id)  # what was read before must not hide what is written after
    with transaction():
        service.add_appearance(loaded[2].id, meeting.speakers["märz"].id, "moderator")
        service_releases.release(meeting.event.id)
    found = queries.find_released_item(meeting.event.id, "mittagspause")
    names: Any = [person["name"] for person in found[1]["people"]] if found else None
    assert names == ["Dr. Daniel März"]


def test_release_of_nothing_is_none(app: Flask) -> None:
    meeting = make_meeting(released=False)
    for item in meeting.items.values():
        service.delete_item(item.id)
    service.delete_round(meeting.round.id)
    assert service_releases.release(meeting.event.id) is None


@both_databases
def test_releasing_at_once_and_editing_meanwhile_gives_consistent_releases_without_an_error(app: Flask) -> None:
    meeting = make_meeting()
    event_id, item_id = meeting.event.id, meeting.items["lunch"].id
    speakers = [speaker.id for speaker in meeting.speakers.values()]

    def deed(number: int) -> int | None:
        if number % 3:
            return service_releases.release(event_id, f"person {number}")
        people = [{"speaker_id": one, "role": "moderator"} for one in speakers[: 1 + number % 2]]
        service.change_item(item_id, title=words(f"Titel {len(people)}"), appearances=people)
        return None

    numbers = at_once(app, deed, range(24))
    db.session.rollback()
    rows = queries.releases(event_id)
    assert sorted(n for n in numbers if n) == sorted(row.number for row in rows if row.number > 1)
    assert [row.number for row in rows] == list(range(len(rows), 0, -1))
    for row in rows:
        (lunch,) = [one for one in row.snapshot["items"] if one["id"] == item_id]
        assert lunch["title"]["de"] == (f"Titel {len(lunch['people'])}" if lunch["people"] else "Mittagspause")
        before = queries_releases.before(event_id, row.number)
        told = differences.between(before.snapshot if before else None, row.snapshot)
        assert [c["kind"] for c in told] == [c["kind"] for c in row.changes]


@both_databases
def test_sequence_never_falls_over_cancelling_deleting_and_bringing_back(app: Flask) -> None:
    meeting = make_meeting()
    event_id, lunch = meeting.event.id, meeting.items["lunch"]
    uid, seen = lunch.public_id, list[int]()

    def release() -> None:
        service_releases.release(event_id)
        last = queries.find_release(event_id)
        seen.extend(one["sequence"] for one in last.snapshot["items"] if one["uid"] == uid) if last else None

    release()
    service.cancel_item(lunch.id, reason=words("Keine Küche."))
    release()
    service.cancel_item(lunch.id, reason=words("Die Küche ist kalt."))
    release()
    service.restore_item(lunch.id)
    release()
    service.delete_item(lunch.id)
    release()
    back = service.create_item(event_id, kind="break", title=words("Mittagspause"), starts_at=at(11), ends_at=at(12))
    with transaction() as session:
        session.get_one(ProgrammeItem, back.id).public_id = uid
    release()
    assert seen == [0, 1, 1, 2, 3, 4]
