"""The one entry of the engine: solve a problem, get a plan, its levels, its bounds and its certificate."""

from __future__ import annotations

import time

from eventsite.allocation import bounds, rules
from eventsite.allocation import certificate as certificates
from eventsite.allocation import frame as frames
from eventsite.allocation.contradiction import named
from eventsite.allocation.feasibility import broken_rules, check_problem
from eventsite.allocation.frame import Allowed, Frame, Told, only_flow
from eventsite.allocation.levelwise import Outcome, TooLarge, deadline_in, serve_rounds, solve_levels
from eventsite.allocation.oneround import Network, solve_round, weights
from eventsite.allocation.pulse import Progress, Pulse
from eventsite.allocation.rules import BadProblem, Contradiction, Plan, Problem, Result
from eventsite.allocation.sequential import is_simple, network_days, round_by_round, serial_days
from eventsite.allocation.tiebreak import settle

Prices = dict[tuple[str | int, ...], int]


def solve(
    problem: Problem,
    *,
    objective: str = "fair",
    tie: str = "lottery",
    seed: int | str = 0,
    time_limit: float = 60.0,
    told: Told | None = None,
    allowed: Allowed | None = None,
    moves: int = 1,
    progress: Progress | None = None,
) -> Result:
    """Best plan under an objective; raises BadProblem with one sentence where no plan exists.

    `told` adds the level "persons moved" after the unplaced cells (`moves` -1: as many as possible, before them), `allowed` narrows single cells. `progress` is
    called with what is done and what there is at least every few seconds; what it raises ends the work.
    """
    start = time.monotonic()
    if tie not in rules.TIES:
        raise BadProblem(f"The tie rule “{tie}” is unknown; there are lottery and order.")
    rules.levels(problem, objective)
    check_problem(problem)
    pulse = Pulse(progress)
    try:
        return _solve(problem, objective, tie, seed, time_limit, told, allowed, pulse, moves)
    except Contradiction as error:

        def is_solvable(looser: Problem) -> bool:
            if time.monotonic() - start > max(10.0, time_limit):
                return False
            try:
                _solve(looser, "serial", tie, seed, 5.0, None, allowed, pulse)
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
    pulse: Pulse,
    moves: int = 1,
) -> Result:
    start = time.monotonic()
    frame = frames.build(problem, objective, tie, seed, told=told, allowed=allowed, moves=moves)
    if objective == "serial":
        outcome = Outcome(_serial(frame, time_limit, pulse), finished=True, tie_complete=True)
    elif only_flow(frame):
        network = solve_round(frame, deadline_in(time_limit), pulse)
        return _result(frame, _one_round(frame, network), _prices(frame, network), start, tie, seed)
    else:
        outcome = _several(frame, time_limit, pulse)
    return _result(frame, outcome, {}, start, tie, seed)


def _one_round(frame: Frame, network: Network) -> Outcome:
    """The days of a network, drawn by lot among the optimal ones where it is optimal."""
    if network.is_optimal:
        settle(network)
    days = network_days(frame, network)
    return Outcome(days, finished=network.is_optimal, tie_complete=network.is_optimal)


def _prices(frame: Frame, network: Network) -> Prices:
    """The prices of the rows of seats, as they stand before anybody exchanges places."""
    prices: Prices = {}
    for node in range(2, network.hub):
        value = network.price(node)
        row = frame.rows[network.row[node]].name
        if value < 0:
            row = ("minimum", *row[1:])
        if value:
            prices[row] = -value
    return prices


def _serial(frame: Frame, time_limit: float, pulse: Pulse) -> list[dict[int, int]]:
    if is_simple(frame.problem):
        return serial_days(frame)
    try:
        outcome = serve_rounds(frame, deadline_in(time_limit), pulse)
    except TooLarge as error:
        raise BadProblem(
            "In the time limit this rule cannot be combined with minimums or groups that stay together; "
            "choose the fair rule or more time."
        ) from error
    assert outcome.days is not None
    return outcome.days


def _several(frame: Frame, time_limit: float, pulse: Pulse) -> Outcome:
    """Levels over day plans; round by round where that is too large or finds nothing in time."""
    given = frame.problem.rules
    hard = bool(given.together) or (given.may_cancel and any(o.minimum for o in frame.offerings))
    pieces, deadline = len(frame.problem.rounds), deadline_in(time_limit)
    guess = (lambda: round_by_round(frame, deadline_in(0.2 * time_limit), pulse)) if hard and pieces > 1 else None
    try:
        outcome = solve_levels(frame, deadline_in(0.7 * time_limit), deadline, pulse, None if frame.told else guess)
    except TooLarge:
        outcome = Outcome(None)
    if outcome.days is None:
        if frame.told:
            raise BadProblem("No plan was found in the time limit.")
        return Outcome(round_by_round(frame, max(deadline, deadline_in(1.0)), pulse))
    return outcome


def _result(frame: Frame, outcome: Outcome, prices: Prices, start: float, tie: str, seed: int | str) -> Result:
    """Recompute every figure from the plan alone, and refuse to return an infeasible plan."""
    assert outcome.days is not None
    problem, plan = frame.problem, frame.plan(outcome.days)
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
        proved=proven == len(frame.levels),
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
    """Proven bound of each level, and how many levels from the first one on are proven to have their value.

    Behind the first level without a proof stand the bounds that can be counted off the input.
    """
    levels, proven, bound = frame.levels, 0, dict(values)
    if outcome.finished and outcome.model is None:
        return bound, len(levels)
    while proven < len(outcome.stages) and outcome.stages[proven].is_proven:
        proven += 1
    if proven == len(levels):
        return bound, proven
    floors = bounds.floors(frame.problem, levels)
    bound |= {level.name: floors[level.name] for level in levels[proven:]}
    stages = [*outcome.stages, *([outcome.open_stage] if outcome.open_stage else [])]
    if proven < len(stages):
        level = levels[proven]
        best = max(stages[proven].whole_bound, level.sign * bound[level.name])
        bound[level.name] = level.sign * min(best, level.sign * values[level.name])
    while proven < len(levels) and bound[levels[proven].name] == values[levels[proven].name]:
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
