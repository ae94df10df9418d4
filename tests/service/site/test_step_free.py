"""Where somebody needs a way without steps is told to those who plan rooms: never who, and only where it matters."""

import pytest
from flask import Flask

from eventsite.allocation.models import Allocation
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.programme import queries, service
from eventsite.registration import service_answers
from eventsite.registration.models import Registration
from tests.allocating import wish
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting
from tests.queries import count_queries
from tests.registering import sign_up


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Nobody gets into either room without climbing steps; the first workshop is in the hall."""
    made = make_meeting(released=False)
    service_answers.set_up_form(made.event.id)
    for name in ("first", "second"):
        service.change_item(made.items[name].id, room_id=made.items["second"].room_id)
    for room_id in {made.items["welcome"].room_id, made.items["second"].room_id}:
        events.change_room(room_id or 0, is_step_free=False)
    return made


def needed(meeting: Meeting) -> list[str]:
    db.session.rollback()
    names = {item.public_id: name for name, item in meeting.items.items()}
    return sorted(names[c.items[0]] for c in queries.clashes(meeting.event) if c.kind == "step-free")


def somebody(meeting: Meeting, *needs: str, number: int = 1) -> Registration:
    answers = {"access": {"chosen": list(needs), "other": ""}}
    return sign_up(meeting.event.id, number, answers=answers, confirmed=True, notify=False)


@both_databases
def test_steps_matter_for_all_then_for_wishes_then_for_the_place(meeting: Meeting) -> None:
    assert needed(meeting) == []
    person = somebody(meeting, "wheelchair")
    assert needed(meeting) == ["keynote", "welcome"]
    wish(meeting, person, "first", "second")
    assert needed(meeting) == ["first", "keynote", "second", "welcome"]
    with transaction() as session:
        place = {"registration_id": person.id, "round_id": meeting.round.id, "item_id": meeting.items["second"].id}
        session.add(Allocation(**place, reason={}, updated_at=clock.now()))
    assert needed(meeting) == ["keynote", "second", "welcome"]


def test_other_needs_and_people_online_move_no_room(meeting: Meeting) -> None:
    somebody(meeting, "large-print")
    assert needed(meeting) == []
    person = somebody(meeting, "wheelchair", number=2)
    with transaction() as session:
        session.get_one(Registration, person.id).mode = "online"
    assert needed(meeting) == []


def test_sentence_names_nobody(meeting: Meeting) -> None:
    person = somebody(meeting, "wheelchair")
    told = " ".join(str(clash.message) for clash in queries.clashes(meeting.event))
    assert (person.name in told, person.public_id in told) == (False, False)


def test_asking_costs_the_same_for_many_items(meeting: Meeting) -> None:
    somebody(meeting, "wheelchair")
    with count_queries() as few:
        queries.clashes(meeting.event)
    for number in range(20):
        times = {"starts_at": meeting.event.starts_at, "ends_at": meeting.event.ends_at}
        service.create_item(meeting.event.id, kind="talk", title={"de": f"Punkt {number}"}, **times)
    with count_queries() as many:
        queries.clashes(meeting.event)
    assert len(few) == len(many)
