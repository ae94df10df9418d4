"""Reads what a run is computed from: rounds, confirmed registrations, wishes, pins, and what people were told."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.allocation import proposal, queries_wishes, rules
from eventsite.allocation.models import Allocation, Pin, Wish
from eventsite.allocation.rules import Offering, Participant, Problem, Rules
from eventsite.allocation.rules import Wish as Wanted
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


@dataclass(frozen=True)
class Place:
    """A place somebody was told of: the workshop (None: no place) and the sequence of the calendar entry."""

    workshop: str | None
    sequence: int


@dataclass(frozen=True)
class Situation:
    """The problem with the rows its names stand for; rounds are named "1", "2", … in order of time."""

    problem: Problem
    rounds: dict[str, Round]
    items: dict[str, ProgrammeItem]
    people: dict[str, Registration]
    places: dict[str, dict[str, Place]]

    def wish_rank(self, name: str, round_: str, workshop: str | None) -> int | None:
        """Which wish of a person a workshop is; None where it was not wished for."""
        choices = self.problem.person[name].wishes[round_].choices
        return choices.index(workshop) + 1 if workshop in choices else None

    @property
    def told(self) -> dict[str, dict[str, str | None]]:
        """What people were told, as the engine takes it."""
        return {name: {r: place.workshop for r, place in cells.items()} for name, cells in self.places.items()}


def participants(event_id: int) -> list[Registration]:
    """The confirmed registrations in order of registration, with their personal links."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED)
    query = query.options(joinedload(Registration.link)).execution_options(populate_existing=True)
    return list(db.session.scalars(query.order_by(Registration.queue_number, Registration.id)))


def situation(event: Event) -> Situation:
    """Everything a run needs, in five queries however many take part."""
    rounds = {str(number): one for number, one in enumerate(queries_wishes.rounds(event.id), start=1)}
    people = participants(event.id)
    items = {item.public_id: item for one in rounds.values() for item in one.items}
    name_of = {one.id: name for name, one in rounds.items()}
    wishes = _wishes(event, {item.id: item.public_id for item in items.values()})
    everybody = []
    for person in people:
        own = wishes.get(person.id, {})
        cells = {name: _cell(own.get(one.id, []), event.max_choices) for name, one in rounds.items()}
        everybody.append(Participant(person.public_id, cells))
    pins = _pins(event.id, name_of, {item.id: item.public_id for item in items.values()})
    return Situation(
        problem=Problem(
            tuple(_offering(name, item, len(people)) for name, one in rounds.items() for item in one.items),
            tuple(everybody),
            Rules(max_choices=event.max_choices, unlisted="next", pins=pins),
        ),
        rounds=rounds,
        items=items,
        people={person.public_id: person for person in people},
        places=_places(event.id, name_of),
    )


def problem_of(event: Event) -> Problem:
    """The allocation problem of an event as it stands now; nobody without a confirmed registration is in it."""
    return situation(event).problem


def input_print(found: Situation, tie: str) -> str:
    """The fingerprint of the input: the problem, and what people were told."""
    return f"{rules.fingerprint(found.problem, tie)}:{proposal.told_print(found.told)[:16]}"


def _offering(name: str, item: ProgrammeItem, people: int) -> Offering:
    return Offering(name, item.public_id, people if item.capacity is None else item.capacity, item.minimum or 0)


def _cell(wishes: list[tuple[int | None, str]], most: int) -> Wanted:
    ranked = [workshop for rank, workshop in wishes if rank is not None]
    return Wanted(tuple(ranked[:most]), frozenset(workshop for rank, workshop in wishes if rank is None))


def _of_event(event_id: int) -> tuple[Any, Any]:
    return Registration.event_id == event_id, Registration.status == Status.CONFIRMED


def _wishes(event: Event, items: dict[int, str]) -> dict[int, dict[int, list[tuple[int | None, str]]]]:
    """Per registration and round: (rank, workshop) in order of rank; workshops that are cancelled are left out."""
    query = (
        select(Wish.registration_id, Wish.round_id, Wish.item_id, Wish.rank)
        .join(Registration, Registration.id == Wish.registration_id)
        .where(*_of_event(event.id))
        .order_by(Wish.rank, Wish.id)
    )
    found: dict[int, dict[int, list[tuple[int | None, str]]]] = {}
    for registration_id, round_id, item_id, rank in db.session.execute(query):
        if item_id in items:
            found.setdefault(registration_id, {}).setdefault(round_id, []).append((rank, items[item_id]))
    return found


def _pins(event_id: int, name_of: dict[int, str], items: dict[int, str]) -> tuple[tuple[str, str, str], ...]:
    query = (
        select(Registration.public_id, Pin.round_id, Pin.item_id)
        .join(Registration, Registration.id == Pin.registration_id)
        .where(*_of_event(event_id))
        .order_by(Registration.queue_number, Pin.round_id)
    )
    return tuple(
        (person, name_of[round_id], items[item_id])
        for person, round_id, item_id in db.session.execute(query)
        if round_id in name_of and item_id in items
    )


def _places(event_id: int, name_of: dict[int, str]) -> dict[str, dict[str, Place]]:
    query = (
        select(Registration.public_id, Allocation.round_id, ProgrammeItem.public_id, Allocation.sequence)
        .join(Registration, Registration.id == Allocation.registration_id)
        .outerjoin(ProgrammeItem, ProgrammeItem.id == Allocation.item_id)
        .where(*_of_event(event_id))
    )
    found: dict[str, dict[str, Place]] = {}
    for person, round_id, workshop, sequence in db.session.execute(query):
        if round_id in name_of:
            found.setdefault(person, {})[name_of[round_id]] = Place(workshop, sequence)
    return found
