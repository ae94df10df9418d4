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
from eventsite.allocation.rules import Problem, Result, plan_hash
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
    """Whoever forges plan, hash, levels and report still lacks prices that prove them."""
    checked = 0
    for seed in range(400):
        problem, _ = tiny(seed)
        result = attempt(problem)
        if result is None:
            continue
        for plan in brute_force.plans(problem):
            vector = brute_force.vector(problem, plan, "fair")
            if vector == list(result.levels.values()):
                continue
            forged = forge(problem, result, plan, vector)
            verdict = check(problem, plan, forged, forged["certificate"])
            assert verdict.complaints != []
            checked += 1
            break
    assert checked > 60


def forge(problem: Problem, result: Result, plan: Any, vector: list[int]) -> dict[str, Any]:
    from eventsite.allocation.rules import profile

    forged = copy.deepcopy(result.to_dict())
    forged["levels"] = dict(zip(result.levels, vector, strict=True))
    forged["bound"], forged["profile"] = forged["levels"], profile(problem, plan)
    forged["certificate"]["levels"], forged["certificate"]["plan"] = forged["levels"], plan_hash(plan)
    return forged


@pytest.mark.parametrize("change", ["levels", "bound", "profile", "fingerprint", "objective", "seed"])
def test_tampered_report_is_rejected(change: str) -> None:
    problem = skewed(20, 4, 1, 1.0, 1)
    result = solve(problem)
    report = copy.deepcopy(result.to_dict())
    if isinstance(report[change], dict):
        report[change][next(iter(report[change]))] += 1
    else:
        report[change] = "first"
    assert check(problem, result.plan, report, result.certificate).complaints != []


@pytest.mark.parametrize("certificate", [{}, {"stages": 3}, {"version": 1, "tie": None}])
def test_unreadable_certificate_is_a_complaint(certificate: dict[str, Any]) -> None:
    problem = skewed(6, 3, 1, 1.0, 1)
    result = solve(problem)
    assert len(check(problem, result.plan, result.to_dict(), certificate).complaints) == 1


def test_tampered_prices_prove_nothing_false() -> None:
    problem, rnd = skewed(25, 4, 2, 1.0, 4), random.Random(1)
    result = solve(problem)
    for _ in range(60):
        certificate = copy.deepcopy(result.certificate)
        stage = rnd.choice([s for s in certificate["stages"] if s["prices"]] or certificate["stages"])
        if stage["prices"]:
            rnd.choice(stage["prices"])[1] = str(rnd.randint(-9, 9))
        verdict = check(problem, result.plan, result.to_dict(), certificate)
        assert set(verdict.proven) <= set(result.levels)


def test_checker_imports_no_solver() -> None:
    text = (
        "import sys, eventsite.allocation.checker\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('highspy', 'numpy') or m.startswith("
        "'eventsite.allocation.') and m.rsplit('.')[-1] not in ('checker', 'proof', 'rules', 'feasibility')])"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
