"""Steps on the board: their effect in figures, and taking the last own ones back."""

import pytest
from flask import Flask

from eventsite.allocation import figures, queries_board, service_board, service_pins
from eventsite.allocation.models import Pin
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events.models import Event
from eventsite.registration.models import Registration
from tests.allocating import compute, make_wished_meeting, place_of, places, publish
from tests.conftest import both_databases
from tests.meeting import Meeting


def board(meeting: Meeting) -> queries_board.Board:
    db.session.rollback()
    return queries_board.board(db.session.get_one(Event, meeting.event.id), actor="anna")


def effect(meeting: Meeting) -> list[tuple[int, int, str]]:
    """(before, after, change) of first wish, second, third, not named, no place, worst burden, people with it."""
    found = board(meeting)
    assert found.before and found.after
    return [(row["before"], row["after"], row["change"]) for row in figures.steps(found.before, found.after)]


def pinned() -> list[tuple[int, int, str]]:
    db.session.rollback()
    return [(pin.registration_id, pin.item_id, pin.reason) for pin in db.session.scalars(db.select(Pin))]


def seated(meeting: Meeting, people: list[Registration], name: str) -> list[Registration]:
    """Who sits in a workshop by the proposal."""
    columns = board(meeting).rounds[0][1]
    inside = {s.registration.id for c in columns if c.item and c.item.id == meeting.items[name].id for s in c.seats}
    return [person for person in people if person.id in inside]


def test_fixing_somebody_shows_its_price_at_once(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    compute(meeting)
    assert {change for _before, _after, change in effect(meeting)} == {"same"}
    person = seated(meeting, people, "first")[0]
    service_pins.pin(person.id, meeting.items["second"].id, actor="anna")
    assert effect(meeting)[:6] == [
        (4, 3, "worse"),
        (2, 3, "plain"),
        (0, 0, "same"),
        (0, 0, "same"),
        (0, 0, "same"),
        (1, 1, "same"),
    ]
    assert [
        seat.has_moved for c in board(meeting).rounds[0][1] for seat in c.seats if seat.registration.id == person.id
    ] == [True]


def test_too_many_are_counted_and_shown(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    compute(meeting)
    service_pins.pin(seated(meeting, people, "second")[0].id, meeting.items["first"].id, actor="anna")
    (_round, columns) = board(meeting).rounds[0]
    assert [column.beyond for column in columns] == [1, 0]
    assert effect(meeting)[-1] == (0, 1, "worse")


@both_databases
def test_steps_before_publication_are_undone_one_by_one(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    first, second = meeting.items["first"].id, meeting.items["second"].id
    service_pins.pin(people[0].id, second, reason="Leitung", actor="anna")
    service_pins.pin(people[0].id, first, reason="Doch nicht", actor="anna")
    service_pins.unpin(people[0].id, meeting.round.id, actor="anna")
    seen = []
    for _step in range(3):
        service_board.undo(meeting.event.id, actor="anna")
        seen.append(pinned())
    assert seen == [[(people[0].id, first, "Doch nicht")], [(people[0].id, second, "Leitung")], []]
    with pytest.raises(Refused):
        service_board.undo(meeting.event.id, actor="anna")


def test_move_is_undone_and_who_was_told_is_told_again(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    person = next(p for p in people if (place := place_of(p)) and place.rank == 1)
    why = getattr(place_of(person), "reason", None)
    service_board.move(person.id, meeting.round.id, meeting.items["second"].id, actor="anna", tell=True)
    assert places(meeting) == {"first": 3, "second": 3}
    service_board.undo(meeting.event.id, actor="anna")
    assert places(meeting) == {"first": 4, "second": 2}
    place = place_of(person)
    assert place is not None
    assert (place.rank, place.sequence, place.reason) == (1, 2, why)


def test_only_own_steps_that_still_stand_are_undone(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    first, second = meeting.items["first"].id, meeting.items["second"].id
    service_pins.pin(people[0].id, second, actor="anna")
    service_pins.pin(people[1].id, second, actor="anna")
    service_pins.pin(people[1].id, first, actor="bert")
    assert service_board.undo(meeting.event.id, actor="anna").registration_id == people[0].id
    assert pinned() == [(people[1].id, first, "")]
    with pytest.raises(Refused):
        service_board.undo(meeting.event.id, actor="anna")
