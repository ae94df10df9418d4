"""After publication: lock, improve only, re-run, swaps, what-if, and the difference of two plans.

All modes are the same model with narrowed cells and one more level, the number of told people who move.
Decided here: a told cell without a place is kept empty by *lock* (filling it would move somebody) but may
be filled by *improve only*. Where a told place no longer exists, or an offering has become too small for
the people told, these cells are open to everything and count as moves; all others keep their rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from eventsite.allocation.engine import solve
from eventsite.allocation.rules import BadProblem, Offering, Plan, Problem, Result

MODES = ("lock", "improve", "rerun")
Told = Mapping[str, Mapping[str, str | None]]
Allowed = dict[tuple[str, str], frozenset[str | None]]


def resolve(
    problem: Problem,
    told: Told,
    mode: str,
    *,
    objective: str = "fair",
    tie: str = "lottery",
    seed: int | str = 0,
    time_limit: float = 60.0,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """A new plan after publication; `told` is what people were told. Serial problems are solved as fair.

    lock: nobody told moves. improve: told people may only gain, fewest moves. rerun: anything, fewest moves.
    """
    if mode not in MODES:
        raise BadProblem(f"The mode “{mode}” is unknown; there are lock, improve and rerun.")
    if objective == "serial":
        objective = "fair"
    known = {name: dict(cells) for name, cells in told.items() if name in problem.person}
    allowed = narrowed(problem, known, mode)
    return solve(
        problem,
        objective=objective,
        tie=tie,
        seed=seed,
        time_limit=time_limit,
        told=known,
        allowed=allowed,
        progress=progress,
    )


def narrowed(problem: Problem, told: Told, mode: str) -> Allowed:
    """What each told cell may become under a mode; cells that cannot be kept stay open."""
    if mode == "rerun":
        return {}
    load = Counter((r, w) for cells in told.values() for r, w in cells.items() if w is not None)
    allowed: Allowed = {}
    for name, cells in told.items():
        for round_, workshop in cells.items():
            if round_ not in problem.person[name].wishes:
                continue
            own = problem.cell(name, round_, workshop)
            seats = problem.offering_at.get((round_, workshop)) if workshop is not None else None
            if own is None or (seats is not None and load[round_, workshop or ""] > seats.capacity):
                continue
            allowed[name, round_] = frozenset({workshop}) | (
                better(problem, name, round_, workshop) if mode == "improve" else frozenset()
            )
    return allowed


def better(problem: Problem, name: str, round_: str, workshop: str | None) -> frozenset[str | None]:
    """Workshops with a strictly better rank than the own one; any place is better than none."""
    if (name, round_) in problem.pinned:
        return frozenset()
    own = problem.cell(name, round_, workshop)
    found = set()
    for offering in problem.offerings:
        cell = problem.cell(name, round_, offering.workshop) if offering.round == round_ else None
        if cell is not None and own is not None and (workshop is None or cell[0] < own[0]):
            found.add(offering.workshop)
    return frozenset(found)


@dataclass(frozen=True)
class Change:
    """One cell that differs between two plans; None is "no place"."""

    name: str
    round: str
    before: str | None
    after: str | None
    is_better: bool | None


def difference(problem: Problem, before: Told, after: Plan) -> list[Change]:
    """Readable difference of two plans; `is_better` is None where the ranks are equal or unknown."""
    found = []
    for name, cells in after.items():
        for round_, workshop in cells.items():
            if round_ not in before.get(name, {}) or before[name][round_] == workshop:
                continue
            old = problem.cell(name, round_, before[name][round_])
            new = problem.cell(name, round_, workshop)
            gain = None if old is None or new is None or old[0] == new[0] else new[0] < old[0]
            found.append(Change(name, round_, before[name][round_], workshop, gain))
    return found


@dataclass(frozen=True)
class SwapChain:
    """People who move one after the other, each into the place of the next; a cycle if it closes."""

    round: str
    names: tuple[str, ...]
    is_cycle: bool


def swaps(
    problem: Problem,
    current: Plan,
    asked: Mapping[str, Mapping[str, frozenset[str]]],
    *,
    seed: int | str = 0,
    tie: str = "lottery",
    time_limit: float = 20.0,
) -> tuple[Plan, list[SwapChain]]:
    """Carry out as many swap requests as possible; everybody who moves gains, nobody else moves.

    `asked` gives per person and round the workshops wanted instead of the own one. Among these wishes only
    strictly better ranks count. As many people as possible are served, then the fair levels decide; chains end in a
    free place.
    """
    allowed: Allowed = {}
    for name, cells in current.items():
        for round_, workshop in cells.items():
            wanted = frozenset(asked.get(name, {}).get(round_, frozenset())) & better(problem, name, round_, workshop)
            allowed[name, round_] = frozenset({workshop}) | wanted
    result = solve(problem, seed=seed, tie=tie, time_limit=time_limit, told=current, allowed=allowed, moves=-1)
    return result.plan, chains(problem, current, result.plan)


def chains(problem: Problem, before: Plan, after: Plan) -> list[SwapChain]:
    """The moves between two plans, taken apart into cycles and chains."""
    found: list[SwapChain] = []
    for round_ in problem.rounds:
        movers = sorted(n for n in after if round_ in after[n] and before[n].get(round_) != after[n][round_])
        leaving: dict[str | None, list[str]] = {}
        for name in reversed(movers):
            leaving.setdefault(before[name].get(round_), []).append(name)
        arrivals = Counter(after[n][round_] for n in movers)
        starts = [n for n in movers if before[n].get(round_) is None or not arrivals[before[n].get(round_)]]
        left = set(movers)
        for start in starts + movers:
            if start not in left:
                continue
            names = [start]
            left.discard(start)
            while following := [n for n in leaving.get(after[names[-1]][round_], []) if n in left]:
                names.append(following[-1])
                left.discard(following[-1])
            cycle = len(names) > 1 and after[names[-1]][round_] == before[start].get(round_)
            found.append(SwapChain(round_, tuple(names), cycle))
    return found


def what_if(
    problem: Problem,
    *,
    capacity: Mapping[tuple[str, str], int] | None = None,
    closed: frozenset[tuple[str, str]] = frozenset(),
    pins: tuple[tuple[str, str, str], ...] = (),
    unpinned: frozenset[tuple[str, str]] = frozenset(),
) -> Problem:
    """The problem with other capacities, closed workshops, more or fewer pins; solve it to see the effect."""
    seats = []
    for offering in problem.offerings:
        key = (offering.round, offering.workshop)
        if key in closed:
            seats.append(Offering(*key, 0, 0))
            continue
        places = (capacity or {}).get(key, offering.capacity)
        seats.append(replace(offering, capacity=places, minimum=min(offering.minimum, places)))
    new = {(name, round_) for name, round_, _ in pins} | unpinned
    kept = tuple(pin for pin in problem.rules.pins if (pin[0], pin[1]) not in new and (pin[1], pin[2]) not in closed)
    held = tuple(c for c in problem.rules.contingents if (c.round, c.workshop) not in closed)
    return replace(problem, offerings=tuple(seats), rules=replace(problem.rules, pins=kept + pins, contingents=held))


def with_capacity(problem: Problem, round_: str, workshop: str, extra: int) -> Problem:
    """The problem with more places in one workshop."""
    here = problem.offering_at[round_, workshop]
    return what_if(problem, capacity={(round_, workshop): here.capacity + extra})


def result_difference(before: Result, after: Result) -> dict[str, Any]:
    """Levels that differ between two results: name to (before, after)."""
    names = dict.fromkeys([*before.levels, *after.levels])
    return {
        n: (before.levels.get(n), after.levels.get(n)) for n in names if before.levels.get(n) != after.levels.get(n)
    }
