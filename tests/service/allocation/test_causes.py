"""The table of causes: whatever frees a workshop place, the next in line gets it, once; nothing is given where nothing may be."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from eventsite.allocation import service, service_board, service_own, service_places, service_rules
from eventsite.allocation.models import Allocation, AllocationRun, WaitingPlace
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.jobs import run_sweeps
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme import service as programme
from eventsite.programme.models import ProgrammeRelease
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.allocating import compute, make_wished_meeting, place_of, places, publish
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting
from tests.registering import causes

pytestmark = both_databases


@dataclass
class World:
    """Six people, four places in the first workshop (all taken), two people in the second, both waiting for the first."""

    meeting: Meeting
    inside: list[Registration]
    waiting: list[Registration]  # in order of the line

    @property
    def first(self) -> int:
        return self.meeting.items["first"].id

    @property
    def second(self) -> int:
        return self.meeting.items["second"].id

    def seated(self) -> list[str]:
        """Who of the line sits in the first workshop."""
        return [p.name for p in self.waiting if (place := place_of(p)) and place.item_id == self.first]

    def queue(self, *, moves_up: bool = True) -> None:
        for number, person in enumerate(self.waiting):
            with clock.freeze(NOW + timedelta(minutes=number)):
                service_own.wait(person.id, self.first, moves_up=moves_up)


def make_world() -> World:
    meeting, people = make_wished_meeting()
    publish(meeting)
    first = meeting.items["first"].id
    in_first = {p.id for p in people if (place := place_of(p)) and place.item_id == first}
    return World(meeting, [p for p in people if p.id in in_first], [p for p in people if p.id not in in_first])


def refuse(world: World) -> None:
    signup.turn_away(world.inside[0].id, actor="organiser")


def expire(world: World) -> None:
    """A registration that ended without anybody telling the workshops."""
    with transaction() as session:
        session.get_one(Registration, world.inside[0].id).status = "expired"


def apply_run(world: World) -> None:
    """A run that puts somebody from the first workshop into the second."""
    run_id = compute(world.meeting, "rerun")
    with transaction() as session:
        row = session.get_one(AllocationRun, run_id)
        moved = {world.inside[0].public_id: {"1": world.meeting.items["second"].public_id}}
        row.result = {**row.result, "plan": {**row.result["plan"], **moved}}
    service.apply_run(run_id, actor="test")


def swap(world: World) -> None:
    """Somebody leaves the first workshop by a swap into a free place of the second."""
    assert service_own.ask_to_swap(world.inside[0].id, world.first, [world.second])


CAUSES: dict[str, Callable[[World], object]] = {
    "cancelled by participant": lambda w: signup.sign_off(w.inside[0].id),
    "cancelled by organiser": lambda w: signup.sign_off(w.inside[0].id, actor="organiser"),
    "refused": refuse,
    "expired registration": expire,
    "declined workshop": lambda w: service_own.give_back(w.inside[0].id, w.first),
    "another free place taken": lambda w: service_own.take(w.inside[0].id, w.second),
    "moved by board": lambda w: service_board.move(w.inside[0].id, w.meeting.round.id, w.second, actor="test"),
    "place taken away": lambda w: service_board.move(w.inside[0].id, w.meeting.round.id, None, actor="test"),
    "run applied": apply_run,
    "capacity raised": lambda w: programme.change_item(w.first, capacity=5),
    "places without limit": lambda w: programme.change_item(w.first, capacity=None),
    "swap": swap,
}


@pytest.mark.parametrize("cause", CAUSES)
def test_next_in_line_gets_the_place_once(app: Flask, cause: str) -> None:
    world = make_world()
    world.queue()
    CAUSES[cause](world)
    run_sweeps()
    run_sweeps()
    most = 2 if cause == "places without limit" else 1
    assert world.seated() == [p.name for p in world.waiting[:most]]
    moved = [one for one in causes() if one == "workshop"]
    assert len(moved) == most + (cause == "swap")


def test_reopened_workshop_is_filled(app: Flask) -> None:
    world = make_world()
    world.queue()
    programme.cancel_item(world.first)
    signup.sign_off(world.inside[0].id)
    run_sweeps()
    before = world.seated()
    programme.restore_item(world.first)
    run_sweeps()
    assert (before, world.seated()) == ([], [world.waiting[0].name])


@pytest.mark.parametrize("answer", ["declined", "expired", "signed off", "silent"])
def test_offer_that_is_not_taken_goes_to_the_next(app: Flask, answer: str) -> None:
    world = make_world()
    world.queue(moves_up=False)
    service_own.give_back(world.inside[0].id, world.first)
    assert offered() == [world.waiting[0].id]
    if answer == "declined":
        service_own.stop_waiting(world.waiting[0].id, world.first)
    elif answer == "signed off":
        signup.sign_off(world.waiting[0].id)
    later = NOW + timedelta(hours=25 if answer == "expired" else 23)
    with clock.freeze(later):
        run_sweeps()
        run_sweeps()
    assert offered() == [world.waiting[answer != "silent"].id]
    assert places(world.meeting).get("first") == 3


def offered() -> list[int]:
    db.session.rollback()
    query = db.select(WaitingPlace.registration_id).where(WaitingPlace.offered_until.is_not(None))
    return list(db.session.scalars(query))


def hide(world: World) -> None:
    with transaction() as session:
        session.get_one(Event, world.meeting.event.id).published_at = None


def unrelease(world: World) -> None:
    """The workshop is not in the programme that the public knows."""
    with transaction() as session:
        for row in session.scalars(db.select(ProgrammeRelease)):
            items = [one for one in row.snapshot["items"] if one["id"] != world.first]
            row.snapshot = {**row.snapshot, "items": items}


CLOSED: dict[str, Callable[[World], object]] = {
    "hidden event": hide,
    "unreleased workshop": unrelease,
    "cancelled event": lambda w: events.change_event(w.meeting.event.id, cancelled_at=NOW),
    "cancelled workshop": lambda w: programme.cancel_item(w.first),
    "nothing published": lambda w: events.change_event(w.meeting.event.id, allocation_published_at=None),
}


@pytest.mark.parametrize("state", CLOSED)
def test_nothing_is_given_where_nothing_may_be(app: Flask, state: str) -> None:
    world = make_world()
    world.queue()
    CLOSED[state](world)
    signup.sign_off(world.inside[0].id, actor="organiser")
    run_sweeps()
    assert (world.seated(), causes().count("workshop")) == ([], 0)


@pytest.mark.parametrize("minutes", [60, 0, -60])
def test_nothing_is_given_from_an_hour_before(app: Flask, minutes: int) -> None:
    world = make_world()
    world.queue()
    with clock.freeze(world.meeting.round.starts_at - timedelta(minutes=minutes)):
        signup.sign_off(world.inside[0].id, actor="organiser")
        service_places.fill_free_workshop_places()
    assert (world.seated(), causes().count("workshop")) == ([], 0)


def test_left_behind_place_is_given_on_in_turn(app: Flask) -> None:
    world = make_world()
    programme.change_item(world.second, capacity=2)  # full with the two who wait
    world.queue()
    service_own.wait(world.inside[1].id, world.second, moves_up=True)
    signup.sign_off(world.inside[0].id)
    found = place_of(world.inside[1])
    assert found is not None
    assert (found.item_id, places(world.meeting)) == (world.second, {"first": 4, "second": 1})
    assert world.seated() == [person.name for person in world.waiting]


def test_sequence_goes_on_after_signing_off_and_registering_anew(app: Flask) -> None:
    world = make_world()
    person = world.inside[0]
    service_own.take(person.id, world.second)
    signup.sign_off(person.id)
    signup.take_back(person.id)
    service_own.take(person.id, world.second)
    again = place_of(person)
    assert again is not None
    assert again.sequence == 2


def test_sequence_of_a_run_goes_on_too(app: Flask) -> None:
    world = make_world()
    person = world.inside[0]
    signup.sign_off(person.id)
    signup.take_back(person.id)
    service.apply_run(compute(world.meeting, "lock"), actor="test")
    again = place_of(person)
    assert again is not None
    assert again.sequence == 1
    assert db.session.query(Allocation).count() == 6


def test_place_kept_for_others_is_passed_on_to_a_member(app: Flask) -> None:
    world = make_world()
    world.queue()
    member = world.waiting[1]
    rule = {
        "item": world.meeting.items["first"].public_id,
        "places": 4,
        "organisation": "",
        "people": [member.public_id],
    }
    service_rules.add_condition(world.meeting.event.id, "contingent", rule, actor="test", reason="Zusage")
    service_own.give_back(world.inside[0].id, world.first)
    run_sweeps()
    assert world.seated() == [member.name]
