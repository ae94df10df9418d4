"""Round by round: the serial dictatorship, and the fall-back for very large events.

In the fall-back every round is exact, and every place costs what it does to the person's accumulated
burden - "no place" as well; with one price for everybody the same people would be left out each time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from eventsite.allocation import frame as frames
from eventsite.allocation.frame import NOWHERE, Frame, Option, conflicts, day_is_allowed, only_flow
from eventsite.allocation.levelwise import solve_levels
from eventsite.allocation.oneround import FREE, Network, build_network, refuse_too_small, solve_round
from eventsite.allocation.pulse import Pulse
from eventsite.allocation.rules import BadProblem, Contingent, Participant, Plan, Problem, Rules
from eventsite.allocation.tiebreak import settle


def network_days(frame: Frame, network: Network) -> list[dict[int, int]]:
    """The seats of a solved network as days."""
    return [{} if seat < 0 else {0: NOWHERE if seat == FREE else seat - 2} for seat in network.seat]


class DayGuard:
    """Which options of a round still leave a person a possible day."""

    def __init__(self, frame: Frame) -> None:
        """Pairs of offerings that exclude each other, and the workshops that others require."""
        self.frame = frame
        self.pairs = conflicts(frame)
        self.needed = {needed for _, needed in frame.problem.rules.requires}

    def fits(self, person: int, day: Mapping[int, int], round_: int, offering: int) -> bool:
        """Whether an option fits the earlier rounds and the later pins."""
        if offering != NOWHERE:
            for other in day.values():
                if other != NOWHERE and (min(other, offering), max(other, offering)) in self.pairs:
                    return False
        rules = self.frame.problem.rules
        options = self.frame.options[person]
        later = [r for r in options if r > round_]
        pinned = any(len(options[r]) == 1 and options[r][0].offering != NOWHERE for r in later)
        if not pinned and (offering == NOWHERE or not rules.requires):
            return True
        choices = [self._relevant(options[r]) if pinned else [NOWHERE] for r in later]
        return any(
            day_is_allowed(self.frame, {**day, round_: offering, **dict(zip(later, rest, strict=True))})
            for rest in product(*choices)
        )

    def _relevant(self, options: list[Option]) -> list[int]:
        if len(options) == 1:
            return [options[0].offering]
        return [NOWHERE] + [
            o.offering
            for o in options
            if o.offering != NOWHERE and self.frame.offerings[o.offering].workshop in self.needed
        ]


def serial_days(frame: Frame, *, repay: bool = True) -> list[dict[int, int]]:
    """Serial dictatorship where leaving the others unplaced is always possible (no minimum, no groups).

    `repay` serves higher accumulated burdens first; without it, everybody keeps the place in the queue.
    """
    guard = DayGuard(frame)
    load = [0] * len(frame.rows)
    touching: dict[int, list[int]] = {}
    for index, row in enumerate(frame.rows):
        touching.setdefault(row.offering, []).append(index)

    def rows(person: int, offering: int) -> list[int]:
        return [i for i in touching[offering] if (m := frame.rows[i].members) is None or person in m]

    pinned = {
        (p, r): options[r][0].offering
        for p, options in enumerate(frame.options)
        for r in options
        if len(options[r]) == 1 and options[r][0].offering != NOWHERE
    }
    for (person, _), offering in pinned.items():
        for i in rows(person, offering):
            load[i] += 1
    days: list[dict[int, int]] = [{} for _ in frame.names]
    burden = [0] * len(frame.names)
    for round_ in range(len(frame.problem.rounds)):
        people = [p for p in range(len(frame.names)) if round_ in frame.options[p]]
        for person in sorted(people, key=lambda p: (-burden[p], p)) if repay else people:
            for option in frame.options[person][round_]:
                seats = [] if option.offering == NOWHERE else rows(person, option.offering)
                if not guard.fits(person, days[person], round_, option.offering):
                    continue
                if (person, round_) not in pinned:
                    if any(load[i] >= frame.rows[i].limit for i in seats):
                        continue
                    for i in seats:
                        load[i] += 1
                days[person][round_] = option.offering
                burden[person] += option.burden
                break
            else:
                name = frame.names[person]
                pins = [i for i, pin in enumerate(frame.problem.rules.pins) if pin[0] == name]
                at = ("pins", pins[0]) if pins else ()
                raise BadProblem(f"rules.json: the rules leave no possible place for “{name}”.", at)
    return days


def is_simple(problem: Problem) -> bool:
    """Whether everybody without a pin may always be left unplaced, and no pin needs a seat in an earlier round."""
    if problem.rules.pins and problem.rules.requires:
        return False
    return not any(o.minimum for o in problem.offerings) and not any(len(set(g)) > 1 for g in problem.rules.together)


def restrict(problem: Problem, round_: str) -> Problem:
    """The part of a problem that concerns one round; K stays."""
    rules = problem.rules
    people = tuple(Participant(p.name, {round_: p.wishes[round_]}) for p in problem.participants if round_ in p.wishes)
    here = {p.name for p in people}
    known = {o.workshop for o in problem.offerings if o.round == round_}
    together = tuple(g for g in rules.together if all(n in here for n in g))
    narrowed = Rules(
        max_choices=problem.wishes_asked,
        unlisted=rules.unlisted,
        may_cancel=rules.may_cancel,
        pins=tuple(pin for pin in rules.pins if pin[1] == round_),
        spread=tuple(replace(s, members=tuple(n for n in s.members if n in here)) for s in rules.spread),
        contingents=tuple(
            Contingent(c.round, c.workshop, tuple(n for n in c.members if n in here), c.places)
            for c in rules.contingents
            if c.round == round_
        ),
        together=together,
    )
    people = tuple(
        Participant(p.name, {round_: replace(p.wishes[round_], never=p.wishes[round_].never & known)}) for p in people
    )
    return Problem(tuple(o for o in problem.offerings if o.round == round_), people, narrowed)


def round_by_round(frame: Frame, deadline: float, pulse: Pulse) -> list[dict[int, int]]:
    """Each round exact, with accumulated burden in the price of every place and of no place.

    The time until the deadline is shared by the rounds still to come.
    """
    problem, guard = frame.problem, DayGuard(frame)
    number = {name: i for i, name in enumerate(frame.names)}
    days: list[dict[int, int]] = [{} for _ in frame.names]
    burden = dict.fromkeys(frame.names, 0)
    for index, round_ in enumerate(problem.rounds):
        part = restrict(problem, round_)
        fitting = bool(guard.pairs or problem.rules.requires or problem.rules.pins)
        allowed: dict[tuple[str, str], frozenset[str | None]] = {}
        for person in part.participants if fitting else ():
            p = number[person.name]
            allowed[person.name, round_] = frozenset(
                None if o.offering == NOWHERE else frame.offerings[o.offering].workshop
                for o in frame.options[p][index]
                if guard.fits(p, days[p], index, o.offering)
            )
        piece = frames.build(part, frame.objective, "order", 0, allowed=allowed)
        _reorder(piece, frame)
        now = time.monotonic()
        until = now + max(0.0, deadline - now) / (len(problem.rounds) - index)
        plan = _one_piece(piece, burden, problem, until, pulse)
        offering_at = {(o.round, o.workshop): i for i, o in enumerate(frame.offerings)}
        for name, cells in plan.items():
            workshop = cells[round_]
            days[number[name]][index] = NOWHERE if workshop is None else offering_at[round_, workshop]
            cell = problem.cell(name, round_, workshop)
            burden[name] += cell[0] if cell else 0
    return days


def _reorder(piece: Frame, whole: Frame) -> None:
    """Give a piece the serving order of the whole event."""
    present = set(piece.names)
    order = [name for name in whole.names if name in present]
    old = {name: i for i, name in enumerate(piece.names)}
    new = {old[name]: i for i, name in enumerate(order)}
    piece.options = [piece.options[old[name]] for name in order]
    piece.rows = [
        replace(row, members=None if row.members is None else frozenset(new[p] for p in row.members))
        for row in piece.rows
    ]
    piece.names = order


def _one_piece(piece: Frame, burden: dict[str, int], problem: Problem, until: float, pulse: Pulse) -> Plan:
    if not only_flow(piece):
        outcome = solve_levels(piece, until, until, pulse)
        if outcome.days is None:
            raise BadProblem("No plan was found in the time limit.")
        return piece.plan(outcome.days)
    network = _priced(piece, burden, problem, until, pulse)
    if network.is_optimal:
        settle(network)
    return piece.plan(network_days(piece, network))


def _priced(piece: Frame, burden: dict[str, int], problem: Problem, until: float, pulse: Pulse) -> Network:
    """One round in which a burden b costs base^(accumulated + b), so the profile of sums is minimised."""
    base = len(piece.names) + 1
    top = problem.unplaced_burden * len(problem.rounds)
    if piece.objective == "first":
        return solve_round(piece, until, pulse)
    price = [0]
    for step in range(top + 1):
        price.append(price[-1] + base**step)
    minimum = any(o.minimum for o in piece.offerings)
    empty = base ** (top + 1)
    network = build_network(piece, [0] * len(piece.levels), 4 * base * base * empty if minimum else 0)
    for person, name in enumerate(piece.names):
        before = burden[name]
        for option in piece.options[person].get(0, []):
            node = FREE if option.offering == NOWHERE else option.offering + 2
            if node in network.costs[person]:
                network.costs[person][node] = price[min(before + option.burden, top)] + (
                    empty if option.offering == NOWHERE else 0
                )
        if network.unlisted[person] is not None:
            last = max(o.burden for o in piece.options[person][0] if o.offering != NOWHERE)
            network.unlisted[person] = price[min(before + last, top)]
    network.fill([p for p in range(len(piece.names)) if 0 in piece.options[p]], until, pulse)
    refuse_too_small(piece, network)
    return network
