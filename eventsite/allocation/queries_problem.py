"""Reads what a run is computed from: rounds, confirmed registrations, wishes, pins, and what people were told."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import joinedload

from eventsite.allocation import proposal, queries_rules, queries_wishes, rules, together
from eventsite.allocation.models import Allocation, AllocationRule, Participation, Pin, Wish
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
class Fixed:
    """A place fixed by an organiser, with the reason."""

    workshop: str
    reason: str


@dataclass(frozen=True)
class Situation:
    """The problem with the rows its names stand for; rounds are named "1", "2", … in order of time."""

    problem: Problem
    rounds: dict[str, Round]
    items: dict[str, ProgrammeItem]
    people: dict[str, Registration]
    places: dict[str, dict[str, Place]]
    pins: dict[str, dict[str, Fixed]]
    conditions: list[AllocationRule]
    first_sequence: dict[str, int]  # of people who gave up places before; all others begin at 0

    def wish_rank(self, name: str, round_: str, workshop: str | None) -> int | None:
        """Which wish of a person a workshop is; None where it was not wished for."""
        wish = self.problem.person[name].wishes.get(round_)
        choices = wish.choices if wish else ()
        return choices.index(workshop) + 1 if workshop in choices else None

    @property
    def told(self) -> dict[str, dict[str, str | None]]:
        """What people were told, as the engine takes it."""
        return {name: {r: place.workshop for r, place in cells.items()} for name, cells in self.places.items()}


def participants(event_id: int) -> list[tuple[Registration, Participation | None]]:
    """The confirmed registrations in order of registration, with their links and what they said of the rounds."""
    query = (
        select(Registration, Participation)
        .outerjoin(Participation, Participation.registration_id == Registration.id)
        .where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED)
        .options(joinedload(Registration.link))
        .order_by(Registration.queue_number, Registration.id)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def situation(event: Event) -> Situation:
    """Everything a run needs, in four queries however many take part."""
    rounds = {str(number): one for number, one in enumerate(queries_wishes.rounds(event.id), start=1)}
    terms = dict(participants(event.id))
    people = list(terms)
    known = {person.public_id: person for person in people}
    items = {item.public_id: item for one in rounds.values() for item in one.items}
    wishes, pins, places = _cells(event.id, {one.id: name for name, one in rounds.items()}, items)
    conditions = queries_rules.stored(event.id)
    everybody = []
    for person in people:
        own = wishes.get(person.public_id, {})
        absent = said.absent if (said := terms[person]) else []
        attended = [name for name, one in rounds.items() if one.id not in absent]
        cells = {name: _cell(own.get(name, []), event.max_choices) for name in attended}
        everybody.append(Participant(person.public_id, cells))
    told = {name: {r: place.workshop for r, place in cells.items()} for name, cells in places.items()}
    codes = {one.public_id: said.together_code for one, said in terms.items() if said and said.together_code}
    return Situation(
        problem=Problem(
            tuple(_offering(name, item, len(people)) for name, one in rounds.items() for item in one.items),
            tuple(everybody),
            Rules(
                max_choices=event.max_choices,
                unlisted="next",
                pins=tuple((name, r, pins[name][r].workshop) for name in known if name in pins for r in pins[name]),
                together=together.kept(codes, told),
                **queries_rules.applied(event, conditions, rounds, known),
            ),
        ),
        rounds=rounds,
        items=items,
        people=known,
        places=places,
        pins=pins,
        conditions=conditions,
        first_sequence={one.public_id: said.first_sequence for one, said in terms.items() if said},
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
    ranked = sorted((rank, workshop) for rank, workshop in wishes if rank is not None)
    never = frozenset(workshop for rank, workshop in wishes if rank is None)
    return Wanted(tuple(workshop for _rank, workshop in ranked[:most]), never)


Wished = dict[str, dict[str, list[tuple[int | None, str]]]]


def _cells(
    event_id: int, name_of: dict[int, str], items: dict[str, ProgrammeItem]
) -> tuple[Wished, dict[str, dict[str, Fixed]], dict[str, dict[str, Place]]]:
    """Wishes, fixed places and places told of the confirmed, by person and round; of wishes and pins only those possible."""
    wishes: Wished = {}
    pins: dict[str, dict[str, Fixed]] = {}
    places: dict[str, dict[str, Place]] = {}
    for kind, person, round_id, workshop, number, note in db.session.execute(_cells_query(event_id)):
        if round_id not in name_of:
            continue
        round_ = name_of[round_id]
        if kind == "place":
            places.setdefault(person, {})[round_] = Place(workshop, number)
        elif workshop in items:
            if kind == "pin":
                pins.setdefault(person, {})[round_] = Fixed(workshop, note)
            else:
                wishes.setdefault(person, {}).setdefault(round_, []).append((number, workshop))
    return wishes, {name: dict(sorted(own.items())) for name, own in pins.items()}, places


def _cells_query(event_id: int) -> Any:
    nothing = literal("")
    parts = []
    for kind, table, number, note in (
        ("wish", Wish, Wish.rank, nothing),
        ("pin", Pin, literal(0), Pin.reason),
        ("place", Allocation, Allocation.sequence, nothing),
    ):
        query = select(literal(kind), Registration.public_id, table.round_id, ProgrammeItem.public_id, number, note)
        query = query.join_from(table, Registration, Registration.id == table.registration_id)
        query = query.outerjoin(ProgrammeItem, ProgrammeItem.id == table.item_id)
        parts.append(query.where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED))
    return union_all(*parts)
