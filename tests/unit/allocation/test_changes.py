"""After publication: lock moves nobody, improve moves as few as possible and only upwards, swaps hurt nobody."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from eventsite.allocation.changes import better, chains, difference, narrowed, resolve, swaps, what_if
from eventsite.allocation.checker import check
from eventsite.allocation.engine import solve
from eventsite.allocation.rules import BadProblem, Problem, Rules
from tests.unit.allocation import brute_force
from tests.unit.allocation.test_optimum import attempt, tiny
from tests.unit.allocation.test_properties import skewed


def without(problem: Problem, gone: str, extra: dict[str, Any]) -> Problem:
    """A cancellation, and perhaps other rules."""
    rules = Rules(
        max_choices=problem.wishes_asked,
        unlisted=problem.rules.unlisted,
        no_repeat=problem.rules.no_repeat,
        same_topic=problem.rules.same_topic,
        **extra,
    )
    return Problem(problem.offerings, tuple(p for p in problem.participants if p.name != gone), rules)


def told_optimum(problem: Problem, told: dict[str, Any], allowed: dict[Any, Any]) -> list[int] | None:
    best = None
    for plan in brute_force.plans(problem):
        if any(plan[n][r] not in cells for (n, r), cells in allowed.items()):
            continue
        vector = brute_force.vector(problem, plan, "fair")
        moved = sum(any(plan[n][r] != w for r, w in told[n].items()) for n in told)
        vector = [*vector[:1], moved, *vector[1:]] if told else vector
        best = vector if best is None or vector < best else best
    return best


@pytest.mark.parametrize("mode", ["lock", "improve", "rerun"])
def test_moves_are_as_few_as_the_best_of_all_plans_needs(mode: str) -> None:
    for seed in range(180):
        problem, rnd = tiny(seed)
        if seed >= 160:
            problem = brute_force.instance(random.Random(seed), 1, 8, 2, extra=0.2)
        result = attempt(problem)
        if result is None or len(problem.participants) < 2:
            continue
        gone, late = rnd.sample(sorted(problem.person), 2)
        changed = without(problem, gone, {})
        told = {n: day for n, day in result.plan.items() if n not in (gone, late)}
        try:
            new = resolve(changed, told, mode)
        except BadProblem:
            new = None
        allowed = narrowed(changed, told, mode)
        assert (None if new is None else list(new.levels.values())) == told_optimum(changed, told, allowed), seed
        if new is not None:
            verdict = check(changed, new.plan, new.to_dict(), new.certificate, told=told, allowed=allowed)
            assert verdict.complaints == []


def test_lock_moves_nobody_after_a_cancellation() -> None:
    problem = skewed(40, 5, 2, 1.0, 9)
    plan = solve(problem).plan
    told = {n: day for n, day in plan.items() if n != "P7"}
    new = resolve(without(problem, "P7", {}), told, "lock")
    assert difference(problem, told, new.plan) == []
    assert new.levels["persons_moved"] == 0


def test_improve_makes_nobody_worse() -> None:
    for seed in range(6):
        problem = replace(skewed(30, 5, 2, 0.9, seed), rules=Rules(unlisted="never", no_repeat=True))
        plan = solve(problem).plan
        gone = random.Random(seed).choice(sorted(plan))
        told = {n: day for n, day in plan.items() if n != gone}
        new = resolve(without(problem, gone, {}), told, "improve")
        assert all(change.is_better for change in difference(problem, told, new.plan))


def test_people_of_a_closed_workshop_move_and_others_stay() -> None:
    problem = skewed(24, 4, 1, 1.6, 3)
    plan = solve(problem).plan
    closed = what_if(problem, closed=frozenset({("1", "W1")}))
    new = resolve(closed, plan, "lock")
    assert {c.name for c in difference(problem, plan, new.plan)} == {n for n, d in plan.items() if d["1"] == "W1"}


def test_swaps_serve_a_cycle_and_leave_the_others() -> None:
    problem = skewed(30, 5, 1, 1.0, 5)
    current = solve(problem, objective="serial", seed=3).plan
    names = sorted(n for n in current if better(problem, n, "1", current[n]["1"]))
    asked = {n: {"1": frozenset(problem.person[n].wishes["1"].choices)} for n in names}
    after, found = swaps(problem, current, asked)
    changes = difference(problem, current, after)
    assert all(change.is_better and change.name in asked for change in changes)
    assert Counter(n for chain in found for n in chain.names) == Counter(c.name for c in changes)
    assert chains(problem, current, current) == []


def test_two_who_want_each_others_place_swap() -> None:
    problem = Problem.from_dict(
        {
            "offerings": [["1", "A", 1, 0], ["1", "B", 1, 0]],
            "rules": {},
            "participants": [["x", [["1", ["A", "B"], []]]], ["y", [["1", ["B", "A"], []]]]],
        }
    )
    wish = {"x": {"1": frozenset({"A"})}, "y": {"1": frozenset({"B"})}}
    plan, found = swaps(problem, {"x": {"1": "B"}, "y": {"1": "A"}}, wish)
    assert plan == {"x": {"1": "A"}, "y": {"1": "B"}}
    assert [(chain.names, chain.is_cycle) for chain in found] == [(("x", "y"), True)]
    alone, _ = swaps(problem, {"x": {"1": "B"}, "y": {"1": "A"}}, {"x": wish["x"]})
    assert alone == {"x": {"1": "B"}, "y": {"1": "A"}}


def test_swaps_serve_as_many_as_any_exchange_could() -> None:
    """Compared with all plans: nobody else moves, everybody who moves gains, and nobody more could be served."""
    served = 0
    for seed in range(300):
        problem, rnd = tiny(seed)
        every = list(brute_force.plans(problem))
        if not every or attempt(problem) is None:
            continue
        before = rnd.choice(every)
        asked = {
            name: {r: frozenset(rnd.sample([o.workshop for o in problem.offerings], 2)) for r in day}
            for name, day in before.items()
            if rnd.random() < 0.8 and len(problem.offerings) > 1
        }
        after, _ = swaps(problem, before, asked)
        gaining = {
            (name, r): better(problem, name, r, workshop) & asked.get(name, {}).get(r, frozenset())
            for name, day in before.items()
            for r, workshop in day.items()
        }

        def moved(plan: Any, gaining: Any = gaining, before: Any = before) -> int:
            cells = [(n, r) for n, day in plan.items() for r in day if day[r] != before[n][r]]
            return len({n for n, _ in cells}) if all(plan[n][r] in gaining[n, r] for n, r in cells) else -1

        assert moved(after) == max(map(moved, every)), seed
        served += moved(after)
    assert served > 50
