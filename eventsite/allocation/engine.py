"""The one entry of the engine: solve a problem, get a plan, its levels, its bounds and its certificate."""

from __future__ import annotations

import time
from collections.abc import Callable

from eventsite.allocation import certificate as certificates
from eventsite.allocation import frame as frames
from eventsite.allocation import rules
from eventsite.allocation.contradiction import named
from eventsite.allocation.feasibility import broken_rules, check_problem
from eventsite.allocation.frame import Allowed, Frame, Told, only_flow
from eventsite.allocation.levelwise import Outcome, TooLarge, deadline_in, serve_rounds, solve_levels
from eventsite.allocation.oneround import settle, solve_round, weights
from eventsite.allocation.rules import BadProblem, Contradiction, Plan, Problem, Result
from eventsite.allocation.sequential import (
    is_simple,
    network_days,
    round_by_round,
    serial_days,
    unplaced_floor,
)


def solve(
    problem: Problem,
    *,
    objective: str = "fair",
    tie: str = "lottery",
    seed: int | str = 0,
    time_limit: float = 60.0,
    told: Told | None = None,
    allowed: Allowed | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Best plan under an objective; raises BadProblem with one sentence where no plan exists.

    `told` adds the level "persons moved" after the unplaced cells, `allowed` narrows single cells.
    """
    start = time.monotonic()
    if tie not in rules.TIES:
        raise BadProblem(f"The tie rule “{tie}” is unknown; there are lottery and order.")
    rules.levels(problem, objective)
    check_problem(problem)
    try:
        return _solve(problem, objective, tie, seed, time_limit, told, allowed, progress)
    except Contradiction as error:

        def is_solvable(looser: Problem) -> bool:
            if time.monotonic() - start > max(10.0, time_limit):
                return False
            try:
                _solve(looser, "serial", tie, seed, 5.0, None, allowed, None)
            except (BadProblem, TooLarge):
                return False
            return True

        raise named(problem, error, is_solvable) from error


def _solve(
    problem: Problem,
    objective: str,
    tie: str,
    seed: int | str,
    time_limit: float,
    told: Told | None,
    allowed: Allowed | None,
    progress: Callable[[int, int], None] | None,
) -> Result:
    start = time.monotonic()
    frame = frames.build(problem, objective, tie, seed, told=told, allowed=allowed)
    if objective == "serial":
        days, outcome = _serial(frame, time_limit), Outcome(None, finished=True, tie_complete=True)
    elif only_flow(frame):
        days, outcome = None, Outcome(None, finished=True, tie_complete=True)
    else:
        days, outcome = _several(frame, time_limit, progress)
    prices: dict[tuple[str | int, ...], int] = {}
    if days is None:
        network = solve_round(frame)
        for node in range(2, network.hub):
            value = network.price(node)
            row = frame.rows[network.row[node]].name
            if value < 0:
                row = ("minimum", *row[1:])
            if value:
                prices[row] = -value
        settle(frame, network)
        days = network_days(frame, network)
    return _result(frame, days, outcome, prices, start, tie, seed)


def _serial(frame: Frame, time_limit: float) -> list[dict[int, int]]:
    if is_simple(frame.problem):
        return serial_days(frame)
    try:
        outcome = serve_rounds(frame, deadline_in(time_limit))
    except TooLarge as error:
        raise BadProblem(
            "In the time limit this rule cannot be combined with minimums or groups that stay together; "
            "choose the fair rule or more time."
        ) from error
    assert outcome.days is not None
    return outcome.days


def _several(
    frame: Frame, time_limit: float, progress: Callable[[int, int], None] | None
) -> tuple[list[dict[int, int]], Outcome]:
    """Levels over day plans; round by round where that is too large or finds nothing in time."""
    given = frame.problem.rules
    hard = bool(given.together) or (given.may_cancel and any(o.minimum for o in frame.offerings))
    share = 0.7 if hard else 1.0
    deadline = deadline_in(share * time_limit)
    try:
        pieces = len(frame.problem.rounds)
        guess = (lambda: round_by_round(frame, 0.2 * time_limit / pieces)) if hard and pieces > 1 else None
        outcome = solve_levels(
            frame, deadline, lambda: unplaced_floor(frame.problem), progress, None if frame.told else guess
        )
    except TooLarge:
        outcome = Outcome(None)
    if outcome.days is None:
        if frame.told:
            raise BadProblem("No plan was found in the time limit.")
        return round_by_round(frame, max(1.0, 0.3 * time_limit / len(frame.problem.rounds))), Outcome(
            None, tie_complete=True
        )
    return outcome.days, outcome


def _result(
    frame: Frame,
    days: list[dict[int, int]],
    outcome: Outcome,
    prices: dict[tuple[str | int, ...], int],
    start: float,
    tie: str,
    seed: int | str,
) -> Result:
    """Recompute every figure from the plan alone, and refuse to return an infeasible plan."""
    problem, plan = frame.problem, frame.plan(days)
    broken = broken_rules(problem, plan)
    if broken:
        raise AssertionError(f"infeasible plan: {broken[0].sentence()}")
    values = rules.level_values(problem, plan, frame.levels, frame.told)
    bound, proven = _bounds(frame, values, outcome)
    result = Result(
        plan=plan,
        objective=frame.objective,
        tie=tie,
        seed=seed,
        levels=values,
        profile=rules.profile(problem, plan),
        proved=outcome.finished,
        bound=bound,
        proven_levels=proven,
        closed=_closed(problem, plan),
        seconds=0.0,
        fingerprint=rules.fingerprint(problem, tie),
        tie_complete=outcome.tie_complete,
    )
    weight = weights(frame) if frame.levels and outcome.finished and outcome.model is None else None
    result.certificate = certificates.build(frame, result, outcome, prices, weight)
    result.seconds = round(time.monotonic() - start, 3)
    return result


def _bounds(frame: Frame, values: dict[str, int], outcome: Outcome) -> tuple[dict[str, int], int]:
    """Proven bound of each level: the value where proven, then the open level, then the trivial one."""
    if outcome.finished:
        return dict(values), len(frame.levels)
    bound, proven = {}, 0
    cells = sum(len(options) for options in frame.options)
    for index, level in enumerate(frame.levels):
        trivial = 0 if level.sign > 0 else cells
        if index < len(outcome.stages):
            bound[level.name] = values[level.name]
            proven = index + 1
        elif index == len(outcome.stages) and outcome.open_bound is not None:
            bound[level.name] = outcome.open_bound * level.sign
        else:
            bound[level.name] = trivial
    if outcome.stages or outcome.open_bound is not None:
        return bound, proven
    floor = unplaced_floor(frame.problem)
    bound["unplaced_cells"] = floor
    while proven < len(frame.levels) and bound[frame.levels[proven].name] == values[frame.levels[proven].name]:
        proven += 1
    return bound, proven


def _closed(problem: Problem, plan: Plan) -> list[list[str]]:
    """Offerings with a minimum that nobody attends, where cancelling is allowed."""
    if not problem.rules.may_cancel:
        return []
    used = {(r, w) for cells in plan.values() for r, w in cells.items()}
    return [
        [o.round, o.workshop]
        for o in sorted(problem.offerings, key=lambda o: (rules.natural(o.round), rules.natural(o.workshop)))
        if o.minimum and (o.round, o.workshop) not in used
    ]
