"""The engine finds the optimum of every objective, and exactly the plan that the tie-break names."""

from __future__ import annotations

import random
from typing import Any

import pytest

from eventsite.allocation.checker import check
from eventsite.allocation.engine import solve
from eventsite.allocation.rules import BadProblem, Participant, Problem, Result, natural, serving_order
from tests.unit.allocation import brute_force

BLOCK = 150


def attempt(problem: Problem, **options: Any) -> Result | None:
    try:
        return solve(problem, **options)
    except BadProblem:
        return None


def tiny(seed: int) -> tuple[Problem, random.Random]:
    rnd = random.Random(seed * 7 + 1)
    rounds = rnd.choice([1, 1, 2, 2, 3])
    people, offerings = rnd.randint(1, (6, 4, 3)[rounds - 1]), rnd.randint(1, (4, 3, 2)[rounds - 1])
    return brute_force.instance(random.Random(seed), rounds, people, offerings, extra=rnd.choice([0, 0.2, 0.5])), rnd


def signed(result: Result) -> list[int]:
    first = result.objective == "first"
    return [-value if first and i else value for i, value in enumerate(result.levels.values())]


@pytest.mark.parametrize("block", range(10))
def test_levels_equal_the_best_of_all_plans(block: int) -> None:
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        problem, rnd = tiny(seed)
        objective = rnd.choice(["fair", "first"])
        result = attempt(problem, objective=objective)
        assert (None if result is None else signed(result)) == brute_force.best(problem, objective), seed
        if result is not None:
            assert result.proved and result.bound == result.levels
            assert check(problem, result.plan, result.to_dict(), result.certificate).complaints == []


def preference(problem: Problem, person: Participant, day: dict[str, str | None]) -> tuple[Any, ...]:
    seats = sorted(problem.offerings, key=lambda o: (natural(o.round), natural(o.workshop)))
    position = {(o.round, o.workshop): i for i, o in enumerate(seats)}
    cells = [(brute_force.rank_and_burden(problem, person, r, w), w, r) for r, w in sorted(day.items())]
    ranks = [99 if w is None else rank or 0 for (rank, _), w, _ in cells]
    return (
        sum(burden for (_, burden), _, _ in cells),
        sum(w is None for _, w, _ in cells),
        sorted(ranks, reverse=True),
        ranks,
        [99 if w is None else position[r, w] for _, w, r in cells],
    )


def drawn(problem: Problem, objective: str, order: list[str]) -> list[Any]:
    plans = brute_force.optimal(problem, objective)
    for name in order:
        person = problem.person[name]
        best = min((preference(problem, person, plan[name]) for plan in plans), default=None)
        plans = [plan for plan in plans if preference(problem, person, plan[name]) == best]
    return plans


def served(problem: Problem, order: list[str]) -> list[Any]:
    plans, burden = list(brute_force.plans(problem)), dict.fromkeys(order, 0)
    for round_ in sorted({o.round for o in problem.offerings}):
        here = [name for name in order if round_ in problem.person[name].wishes]
        for name in sorted(here, key=lambda n: -burden[n]):
            person = problem.person[name]

            def place(plan: Any, person: Participant = person, round_: str = round_) -> tuple[Any, ...]:
                workshop = plan[person.name][round_]
                cost = brute_force.rank_and_burden(problem, person, round_, workshop)[1]
                return workshop is None, cost, natural(workshop or "")

            best = min(map(place, plans), default=None)
            plans = [plan for plan in plans if place(plan) == best]
            burden[name] += best[1] if best else 0
    return plans


@pytest.mark.parametrize("block", range(6))
def test_plan_is_the_one_that_the_tie_break_names(block: int) -> None:
    for seed in range(5000 + block * 100, 5000 + (block + 1) * 100):
        problem, rnd = tiny(seed)
        objective, tie = rnd.choice(["fair", "first", "serial"]), rnd.choice(["order", "lottery"])
        order = serving_order(problem, tie, seed)
        plans = served(problem, order) if objective == "serial" else drawn(problem, objective, order)
        result = attempt(problem, objective=objective, tie=tie, seed=seed)
        assert ([] if result is None else [result.plan]) == plans, seed
