"""Several rounds, exact: the levels one after the other over day plans, then the lottery on what is left.

Left open by the sources and decided here: of two days with the same burden a person prefers fewer empty
cells, then the less bad worst rank, then the better earlier round, then the natural order of the
workshops. In serving order everybody gets the best day that still leaves an optimal plan for all; so the
result is unique and independent of solver and row order.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from eventsite.allocation.bounds import least_burden, unplaced_floor
from eventsite.allocation.branching import prove
from eventsite.allocation.columns import Model, build_model, days_of, enumerate_plans, estimate, plans_of
from eventsite.allocation.frame import NOWHERE, Frame
from eventsite.allocation.highs import Master, NoPlan, OutOfTime, Stage, numeric
from eventsite.allocation.pulse import Pulse
from eventsite.allocation.rules import BadProblem, Contradiction, Level

HARD, SMALL, LARGE = 20_000, 300_000, 6_000_000
Guess = Callable[[], list[dict[int, int]]]


@dataclass
class Outcome:
    """What the levels gave: days, stages, and whether time sufficed; `open_stage` is the one it ended in.

    `columns` are the plans of the model that were in the linear program at the end.
    """

    days: list[dict[int, int]] | None
    stages: list[Stage] = field(default_factory=list)
    open_stage: Stage | None = None
    finished: bool = False
    tie_complete: bool = False
    model: Model | None = None
    columns: list[int] = field(default_factory=list)


class TooLarge(Exception):
    """More day plans than can be held."""


def solve_levels(frame: Frame, first: float, deadline: float, pulse: Pulse, guess: Guess | None = None) -> Outcome:
    """Exact optimum of all levels; on the time limit the best plan and what is proven.

    Until the time `first` there must be some plan, otherwise the rest of the time is left to somebody else.
    """
    outcome = Outcome(None)
    master: Master | None = None
    try:
        master = _start(frame, first, pulse, guess)
        outcome.model = master.model
        master.deadline = first if master.incumbent is None else deadline
        for index in range(len(frame.levels)):
            cost = master.model.table[index][master.model.kind_of]
            stage = master.minimise(cost, index)
            if not stage.is_proven:
                stage.tree = prove(master, cost, stage.value)
            outcome.stages.append(stage)
            master.deadline = deadline
            pulse.reach(index + 1, len(frame.levels))
        outcome.finished = True
        _lottery(master)
        outcome.tie_complete = True
    except OutOfTime:
        if master is not None and not outcome.finished and master.lp_bound is not None:
            outcome.open_stage = Stage(len(outcome.stages), master.lp_bound, 0, master.lp_prices)
    except NoPlan as error:
        raise _explained(frame, error) from error
    if master is not None:
        outcome.columns = master.column_plans
    if master is not None and master.incumbent is not None:
        outcome.days = days_of(master.model, [p for p in master.incumbent if p >= 0])
    return outcome


def _start(frame: Frame, deadline: float, pulse: Pulse, guess: Guess | None = None) -> Master:
    """Enumerate as few plans as are provably enough, and find a first integer plan."""
    floor_unplaced = 0
    probe, np = build_model(frame), numeric()
    top = frame.problem.unplaced_burden * max(1, len(frame.problem.rounds))
    fair = frame.objective == "fair" and not frame.told
    limits = [(top, True)]
    if fair and estimate(probe, top, True) > SMALL:
        floor_unplaced = unplaced_floor(frame.problem)
        empty = floor_unplaced > 0
        if estimate(probe, frame.problem.unplaced_burden - 1, empty) > LARGE:
            raise TooLarge
        least = -(-least_burden(frame.problem) // len(frame.names))
        limits = [(cap, empty) for cap in range(max(1, least), top + 1)] + [(top, True)]
    size = -1
    for cap, empty in limits:
        final = (cap, empty) == limits[-1]
        count = estimate(probe, cap, empty)
        if count > LARGE:
            raise TooLarge
        if count == size:
            continue
        size = count
        model = build_model(frame)
        enumerate_plans(model, cap, empty, np, pulse)
        master = Master(model, deadline, pulse)
        if _first_plan(master, final, floor_unplaced):
            if guess is not None and model.count > HARD:
                _try_guess(master, guess)
            return master
    raise NoPlan


def _first_plan(master: Master, final: bool, floor_unplaced: int) -> bool:
    """Whether these plans contain an integer plan that reaches the floor (or, finally, any plan)."""
    np, model = master.np, master.model
    present = np.zeros(master.base, dtype=bool)
    present[model.unit_of] = True
    if not present.all():
        if final:
            raise NoPlan
        return False
    cost = _surrogate(master)
    try:
        master.find_feasible(cost)
    except NoPlan:
        if final:
            raise
        return False
    _, x, _, _ = master.solve(cost)
    chosen = master.integral(x)
    if chosen is None:
        plans = np.array(master.column_plans, dtype=np.int64)
        try:
            found = master.search(cost, plans, gap=0.01, share=0.2)
        except OutOfTime:
            found = None
        chosen = None if found is None else found[1]
    master.incumbent = chosen
    if final:
        return True
    reached = chosen is not None and int(model.table[0][model.kind_of[chosen]].sum()) == floor_unplaced
    if not reached:
        master.incumbent = None
    return reached


def _try_guess(master: Master, guess: Guess) -> None:
    """Start from a plan found round by round if it is better than the one at hand."""
    try:
        chosen = plans_of(master.model, guess(), master.np)
    except BadProblem:
        return
    if chosen is None:
        return
    kinds = master.model.kind_of

    def value(plans: Any) -> list[int]:
        return [int(row[kinds[plans]].sum()) for row in master.model.table]

    if master.incumbent is None or value(chosen) < value(master.incumbent):
        master.adopt(chosen)


def _surrogate(master: Master) -> Any:
    """One convex cost that makes most levels right at once."""
    np, model = master.np, master.model
    levels = model.frame.levels
    top = max((level.number for level in levels), default=1) + 1
    worth = np.array([_worth(level, top) for level in levels] or [0.0])
    table = model.table if len(levels) else np.zeros((1, len(model.kinds)))
    return (worth @ table)[model.kind_of]


def _worth(level: Level, top: int) -> float:
    if level.kind == "unplaced":
        return float(top**3)
    if level.kind == "moved":
        return float(top**2)
    if level.kind == "burden":
        return float(level.number**2)
    return 2.0 ** (top - level.number) if level.sign < 0 else 0.01 * level.number


def day_key(frame: Frame, person: int, day: dict[int, int]) -> tuple[Any, ...]:
    """How a person orders days; smaller is better."""
    cells = [next(o for o in frame.options[person][r] if o.offering == day[r]) for r in sorted(day)]
    ranks = [frame.problem.unplaced_burden + 2 if c.offering == NOWHERE else c.rank or 0 for c in cells]
    return (
        sum(c.burden for c in cells),
        sum(c.offering == NOWHERE for c in cells),
        sorted(ranks, reverse=True),
        ranks,
        [c.offering if c.offering != NOWHERE else 1 << 30 for c in cells],
    )


def _lottery(master: Master) -> None:
    """In serving order everybody gets the best day that keeps the optimum."""
    frame, model = master.model.frame, master.model
    home = {p: (u, unit) for u, unit in enumerate(model.units) for p in unit.members}
    for person in range(len(frame.names)):

        def key(plan: int, person: int = person) -> tuple[Any, ...]:
            _, unit = home[person]
            day = {r: int(model.offers[plan, s]) for s, (r, who) in enumerate(unit.slots) if person in who}
            return day_key(frame, person, day)

        _serve(master, home[person][0], key)


def _serve(master: Master, unit: int, key: Callable[[int], Any]) -> None:
    """Give one unit the plans with the best reachable key."""
    np, model = master.np, master.model
    if master.incumbent is None:
        found = master.search(np.zeros(model.count, dtype=np.int64), master.alive)
        if found is None:
            raise NoPlan
        master.adopt(found[1])
    own = master.alive[model.unit_of[master.alive] == unit]
    if len(own) < 2:
        return
    keys = {int(plan): key(int(plan)) for plan in own}
    position = {k: i for i, k in enumerate(_distinct(keys.values()))}
    cost = np.zeros(model.count, dtype=np.int64)
    for plan, value in keys.items():
        cost[plan] = position[_hashable(value)]
    best = int(cost[own].min())
    if int(cost[master.incumbent[unit]]) > best:
        best = master.minimise(cost).value
    here = model.unit_of[master.alive] == unit
    master._keep(~here | (cost[master.alive] == best))


def _hashable(key: Any) -> Any:
    return tuple(tuple(part) if isinstance(part, list) else part for part in key)


def _distinct(keys: Any) -> list[Any]:
    return sorted({_hashable(key) for key in keys})


def serve_rounds(frame: Frame, deadline: float, pulse: Pulse) -> Outcome:
    """Serial dictatorship under any rules: each person takes the best place that leaves a feasible plan."""
    outcome = Outcome(None, finished=True, tie_complete=True)
    try:
        master = _start(frame, deadline, pulse)
        model = outcome.model = master.model
        home = {p: (u, unit) for u, unit in enumerate(model.units) for p in unit.members}
        burden = [0] * len(frame.names)
        for round_ in range(len(frame.problem.rounds)):
            people = [p for p in range(len(frame.names)) if round_ in frame.options[p]]
            for person in sorted(people, key=lambda p: (-burden[p], p)):
                index, unit = home[person]
                slot = next(s for s, (r, who) in enumerate(unit.slots) if r == round_ and person in who)
                place = {o.offering: i for i, o in enumerate(frame.options[person][round_])}

                def key(plan: int, slot: int = slot, place: dict[int, int] = place) -> tuple[int]:
                    return (place[int(master.model.offers[plan, slot])],)

                _serve(master, index, key)
                taken = int(model.offers[master.incumbent[index], slot])
                burden[person] += frame.options[person][round_][place[taken]].burden
        outcome.days = days_of(model, master.incumbent)
    except OutOfTime as error:
        raise TooLarge from error
    except NoPlan as error:
        raise _explained(frame, error) from error
    return outcome


def _explained(frame: Frame, error: NoPlan) -> BadProblem:
    """One sentence about a minimum or a rule that nobody can satisfy."""
    for name in error.rows:
        if name[0] == "minimum":
            text = f"offerings.csv: the minimum for “{name[2]}” in round “{name[1]}” cannot be reached."
            return BadProblem(text, ("offering", *name[1:3], "minimum"))
    lonely = next((frame.names[p] for p, options in enumerate(frame.options) if not _has_day(frame, p, options)), None)
    if lonely is not None:
        pins = [i for i, pin in enumerate(frame.problem.rules.pins) if pin[0] == lonely]
        at = ("pins", pins[0]) if pins else ()
        return BadProblem(f"rules.json: the rules leave no possible day for “{lonely}”.", at)
    needed = [o for o in frame.offerings if o.minimum and not frame.problem.rules.may_cancel]
    if needed:
        first = max(needed, key=lambda o: o.minimum)
        return Contradiction(
            f"offerings.csv: the minimums cannot all be reached; the greatest is “{first.workshop}” in "
            f"round “{first.round}” with {first.minimum} people.",
            ("offering", first.round, first.workshop, "minimum"),
        )
    return Contradiction("rules.json: the rules contradict each other: no plan satisfies all of them.")


def _has_day(frame: Frame, person: int, options: dict[int, list[Any]]) -> bool:
    from itertools import product

    from eventsite.allocation.frame import day_is_allowed

    rounds = sorted(options)
    return any(
        day_is_allowed(frame, dict(zip(rounds, (o.offering for o in choice), strict=True)))
        for choice in product(*(options[r] for r in rounds))
    )


def deadline_in(seconds: float) -> float:
    """Monotonic time of the limit."""
    return time.monotonic() + seconds
