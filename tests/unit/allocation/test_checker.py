"""The checker accepts every honest result and rejects every tampered one."""

from __future__ import annotations

import copy
import random
import subprocess
import sys
from typing import Any

import pytest

from eventsite.allocation.checker import check
from eventsite.allocation.engine import solve
from eventsite.allocation.rules import Problem, Result, level_values, levels, plan_hash, profile
from tests.unit.allocation import brute_force
from tests.unit.allocation.test_optimum import attempt, tiny
from tests.unit.allocation.test_properties import skewed


def complaints(problem: Problem, result: Result, plan: Any) -> list[str]:
    return check(problem, plan, result.to_dict(), result.certificate).complaints


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("objective", ["fair", "first", "serial"])
def test_mutated_plan_is_rejected(rounds: int, objective: str) -> None:
    problem, rnd, tried = skewed(30, 4, rounds, 1.05, 2), random.Random(rounds), 0
    result = solve(problem, objective=objective)
    assert complaints(problem, result, result.plan) == []
    while tried < 170:
        plan = copy.deepcopy(result.plan)
        round_ = str(rnd.randint(1, rounds))
        a, b = rnd.sample(sorted(plan), 2)
        plan[a][round_], plan[b][round_] = plan[b][round_], plan[a][round_]
        if plan != result.plan:
            tried += 1
            assert complaints(problem, result, plan) != []


@pytest.mark.parametrize("rounds", [1, 2])
def test_every_level_is_proven_again_without_a_solver(rounds: int) -> None:
    for seed in range(4):
        problem = skewed(60, 5, rounds, 1.05, seed)
        for objective in ("fair", "first"):
            result = solve(problem, objective=objective)
            verdict = check(problem, result.plan, result.to_dict(), result.certificate)
            assert (verdict.complaints, sorted(verdict.proven)) == ([], sorted(result.levels))


def test_worse_plan_with_matching_figures_is_not_proven() -> None:
    """Whoever forges plan, hash, levels, profile and report still lacks prices that prove them."""
    checked = 0
    for seed in range(300):
        problem, rnd = tiny(seed)
        objective = rnd.choice(["fair", "first"])
        result = attempt(problem, objective=objective)
        others = [] if result is None else list(brute_force.plans(problem))
        for plan in rnd.sample(others, min(3, len(others))):
            assert result is not None
            forged = forge(problem, result, plan)
            if forged["levels"] == result.levels:
                continue
            assert check(problem, plan, forged, forged["certificate"]).complaints != []
            for _ in range(6):
                mutated = tampered(rnd, forged["certificate"])
                assert check(problem, plan, forged, mutated).complaints != [], (seed, mutated)
                checked += 1
    assert checked > 1000


def forge(problem: Problem, result: Result, plan: Any) -> dict[str, Any]:
    forged = copy.deepcopy(result.to_dict())
    forged["levels"] = level_values(problem, plan, levels(problem, result.objective))
    forged["bound"], forged["profile"] = dict(forged["levels"]), profile(problem, plan)
    forged["certificate"]["levels"], forged["certificate"]["plan"] = forged["levels"], plan_hash(plan)
    used = {(r, w) for day in plan.values() for r, w in day.items()}
    closing = [o for o in problem.offerings if problem.rules.may_cancel and o.minimum]
    forged["closed"] = [[o.round, o.workshop] for o in closing if (o.round, o.workshop) not in used]
    return forged


def tampered(rnd: random.Random, certificate: dict[str, Any]) -> dict[str, Any]:
    """Other prices, scales, weights, levels or fewer stages; levels called searched."""
    certificate = copy.deepcopy(certificate)
    certificate["searched"] = list(certificate["levels"])
    for stage in certificate["stages"]:
        if rnd.random() < 0.4:
            stage["scale"] = rnd.choice(["1", "0", "-1", "2", "100000000"])
        for price in stage["prices"]:
            if rnd.random() < 0.6:
                price[1] = str(rnd.randint(-(10 ** rnd.randint(0, 9)), 10 ** rnd.randint(0, 9)))
        if rnd.random() < 0.3:
            stage["weights"] = [rnd.choice(["0", "-1", weight]) for weight in stage["weights"]]
        if rnd.random() < 0.3:
            stage["levels"] = rnd.sample(list(certificate["levels"]), len(stage["levels"]))
        if rnd.random() < 0.1:
            stage["tree"] = {"scale": "1", "prices": []}
    if rnd.random() < 0.2:
        certificate["stages"] = certificate["stages"][: rnd.randint(0, len(certificate["stages"]))]
    return certificate


@pytest.mark.parametrize(
    "change", ["levels", "bound", "profile", "proved", "closed", "fingerprint", "objective", "seed", "tie"]
)
def test_tampered_report_is_rejected(change: str) -> None:
    problem = skewed(20, 4, 1, 1.0, 1)
    result = solve(problem)
    report = copy.deepcopy(result.to_dict())
    if isinstance(report[change], dict):
        for step in (-1, 1):
            report[change][next(iter(report[change]))] += step
            assert check(problem, result.plan, report, result.certificate).complaints != []
            report[change][next(iter(report[change]))] -= step
        del report[change][next(iter(report[change]))]
    else:
        report[change] = {"proved": False, "closed": [["1", "W0"]]}.get(change, "first")
    assert check(problem, result.plan, report, result.certificate).complaints != []


@pytest.mark.parametrize("certificate", [{}, {"stages": 3}, {"version": 1, "tie": None}])
def test_unreadable_certificate_is_a_complaint(certificate: dict[str, Any]) -> None:
    problem = skewed(6, 3, 1, 1.0, 1)
    result = solve(problem)
    assert len(check(problem, result.plan, result.to_dict(), certificate).complaints) == 1


def test_checker_imports_no_solver() -> None:
    text = (
        "import sys, eventsite.allocation.checker\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('highspy', 'numpy') or m.startswith("
        "'eventsite.allocation.') and m.rsplit('.')[-1] not in ('checker', 'proof', 'rules', 'feasibility', 'bounds')])"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
