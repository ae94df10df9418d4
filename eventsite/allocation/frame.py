"""A problem in numbers: people in serving order, offerings in natural order, options and rows of seats.

People are indexed by the order in which ties are decided and offerings by their names, so nothing below
this module can depend on the order of the input rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from eventsite.allocation.feasibility import outsiders_limit
from eventsite.allocation.rules import (
    BadProblem,
    Level,
    Offering,
    Plan,
    Problem,
    levels,
    natural,
    serving_order,
)

NOWHERE = -1
Told = Mapping[str, Mapping[str, str | None]]
Allowed = Mapping[tuple[str, str], "frozenset[str | None]"]


class Option(NamedTuple):
    """One possible content of a cell; `offering` is NOWHERE for no place."""

    offering: int
    burden: int
    rank: int | None

    @property
    def cell(self) -> tuple[int, int | None, bool]:
        """Burden, rank, is placed: what levels are counted from."""
        return self.burden, self.rank, self.offering != NOWHERE


@dataclass(frozen=True)
class SeatRow:
    """At most `limit` of the members (None: everybody) in one offering; the name is its JSON key."""

    name: tuple[str | int, ...]
    offering: int
    members: frozenset[int] | None
    limit: int


@dataclass
class Frame:
    """Compiled problem."""

    problem: Problem
    objective: str
    levels: list[Level]
    names: list[str]
    offerings: list[Offering]
    round_of: list[int]
    options: list[dict[int, list[Option]]]
    rows: list[SeatRow]
    told: Told = field(default_factory=dict)

    def moved(self, person: int, day: Mapping[int, int]) -> bool:
        """Whether a day (round index to offering) differs from what the person was told."""
        rounds = self.problem.rounds
        for round_, workshop in self.told.get(self.names[person], {}).items():
            if round_ in rounds and rounds.index(round_) in day:
                offering = day[rounds.index(round_)]
                if (None if offering == NOWHERE else self.offerings[offering].workshop) != workshop:
                    return True
        return False

    def plan(self, days: list[dict[int, int]]) -> Plan:
        """Names instead of numbers, people in the order of the input."""
        rounds, by_name = self.problem.rounds, {}
        for name, day in zip(self.names, days, strict=True):
            by_name[name] = {
                rounds[r]: None if o == NOWHERE else self.offerings[o].workshop for r, o in sorted(day.items())
            }
        return {p.name: by_name[p.name] for p in self.problem.participants}

    def days(self, plan: Plan) -> list[dict[int, int]]:
        """Reverse of `plan`."""
        index = {(o.round, o.workshop): i for i, o in enumerate(self.offerings)}
        rounds = self.problem.rounds
        return [
            {rounds.index(r): NOWHERE if w is None else index[r, w] for r, w in plan[name].items()}
            for name in self.names
        ]


def build(
    problem: Problem,
    objective: str,
    tie: str,
    seed: int | str,
    *,
    told: Told | None = None,
    allowed: Allowed | None = None,
    moves: int = 1,
) -> Frame:
    """Compile a checked problem; `allowed` narrows single cells, `told` adds the level of moved persons."""
    offerings = sorted(problem.offerings, key=lambda o: (natural(o.round), o.round, natural(o.workshop), o.workshop))
    round_of = [problem.rounds.index(o.round) for o in offerings]
    names = serving_order(problem, tie, seed)
    menu = Menu(offerings, round_of)
    options = [_options(problem, name, menu, allowed or {}) for name in names]
    frame = Frame(
        problem,
        objective,
        levels(problem, objective, moves if told else 0),
        names,
        offerings,
        round_of,
        options,
        [],
        told or {},
    )
    frame.rows = _rows(frame)
    return frame


class Menu:
    """Options that many people share: every offering at every burden is made once."""

    def __init__(self, offerings: list[Offering], round_of: list[int]) -> None:
        """Offerings per round in their order, and their numbers by name."""
        self.offerings = offerings
        self.number = {(round_of[i], o.workshop): i for i, o in enumerate(offerings)}
        self.here: dict[int, list[int]] = {}
        for number, round_ in enumerate(round_of):
            self.here.setdefault(round_, []).append(number)
        self.made: dict[tuple[int, int], Option] = {}
        self.unlisted: dict[tuple[int, int], list[Option]] = {}

    def listed(self, number: int, position: int) -> Option:
        """An offering at a position of a list."""
        if (number, position) not in self.made:
            self.made[number, position] = Option(number, position, position + 1)
        return self.made[number, position]

    def rest(self, round_: int, position: int) -> list[Option]:
        """All offerings of a round at the position behind a list."""
        if (round_, position) not in self.unlisted:
            self.unlisted[round_, position] = [self.listed(number, position) for number in self.here.get(round_, ())]
        return self.unlisted[round_, position]

    def workshop(self, option: Option) -> str | None:
        """The name of the workshop, None for no place."""
        return None if option.offering == NOWHERE else self.offerings[option.offering].workshop


def _options(problem: Problem, name: str, menu: Menu, allowed: Allowed) -> dict[int, list[Option]]:
    """Options of each cell of one person, best first, "no place" last."""
    person, found = problem.person[name], {}
    nowhere = Option(NOWHERE, problem.unplaced_burden, None)
    for index, round_ in enumerate(problem.rounds):
        if round_ not in person.wishes:
            continue
        wish, pin = person.wishes[round_], problem.pinned.get((name, round_))
        options = [menu.listed(menu.number[index, w], position) for position, w in enumerate(wish.choices)]
        if pin:
            options = [o for o in options if menu.workshop(o) == pin] or [Option(menu.number[index, pin], 0, None)]
        elif problem.rules.unlisted == "next":
            shut = {menu.number.get((index, w)) for w in (*wish.choices, *wish.never)}
            options += [o for o in menu.rest(index, len(wish.choices)) if o.offering not in shut]
        if not pin:
            options.append(nowhere)
        limit = allowed.get((name, round_))
        if limit is not None:
            options = [o for o in options if menu.workshop(o) in limit]
        if not options:
            raise BadProblem(f"“{name}” has no possible place in round “{round_}”.")
        found[index] = options
    return found


def _rows(frame: Frame) -> list[SeatRow]:
    """Capacity, contingents and spread as rows of seats."""
    problem, number = frame.problem, {name: i for i, name in enumerate(frame.names)}
    rows = []
    reserved = {(c.round, c.workshop) for c in problem.rules.contingents}
    for index, offering in enumerate(frame.offerings):
        key = (offering.round, offering.workshop)
        rows.append(SeatRow(("capacity", *key), index, None, min(offering.capacity, len(number))))
        if key in reserved:
            for count, (outside, limit) in enumerate(outsiders_limit(problem, *key)):
                rows.append(SeatRow(("contingent", *key, count), index, frozenset(number[n] for n in outside), limit))
        for count, spread in enumerate(problem.rules.spread):
            members = frozenset(number[n] for n in spread.members)
            if len(members) > spread.max_per_offering:
                rows.append(SeatRow(("spread", *key, count), index, members, spread.max_per_offering))
    return rows


def day_is_allowed(frame: Frame, day: Mapping[int, int]) -> bool:
    """Whether one person's day (round index to offering) respects the rules within a person."""
    rules = frame.problem.rules
    if not (rules.no_repeat or rules.same_topic or rules.requires or rules.overlaps):
        return True
    from eventsite.allocation.feasibility import day_breaks

    rounds = frame.problem.rounds
    named: dict[str, str | None] = {
        rounds[r]: None if o == NOWHERE else frame.offerings[o].workshop for r, o in day.items()
    }
    return day_breaks(frame.problem, named) is None


def conflicts(frame: Frame) -> dict[tuple[int, int], bool]:
    """Pairs of offerings of different rounds that one person may not combine (first one earlier)."""
    rules, found = frame.problem.rules, {}
    overlapping = {frozenset(pair) for pair in rules.overlaps}
    for a, b in combinations(range(len(frame.offerings)), 2):
        first, second = frame.offerings[a], frame.offerings[b]
        if frame.round_of[a] == frame.round_of[b]:
            continue
        same = rules.no_repeat and first.workshop == second.workshop
        topic = any(first.workshop in t and second.workshop in t for t in rules.same_topic)
        if same or topic or frozenset((first.round, second.round)) in overlapping:
            found[a, b] = True
    return found


def only_flow(frame: Frame) -> bool:
    """Whether one round can be solved as a flow: no groups together, no cancelling, nested rows only."""
    problem = frame.problem
    if len(problem.rounds) != 1 or any(len(set(g)) > 1 for g in problem.rules.together):
        return False
    if problem.rules.may_cancel and any(o.minimum for o in frame.offerings):
        return False
    if problem.rules.requires or problem.rules.overlaps:
        return False
    everybody = frozenset(range(len(frame.names)))
    for offering in range(len(frame.offerings)):
        families = [
            row.members if row.members is not None else everybody for row in frame.rows if row.offering == offering
        ]
        if any(a & b and not a <= b and not b <= a for a, b in combinations(families, 2)):
            return False
    return True
