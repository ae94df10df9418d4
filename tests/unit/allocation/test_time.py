"""The time limit is kept, the bounds are true and provable, progress is told, and whoever listens may stop the run."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from eventsite.allocation import files, pulse
from eventsite.allocation.bounds import floors
from eventsite.allocation.checker import check
from eventsite.allocation.command import main
from eventsite.allocation.engine import solve
from eventsite.allocation.feasibility import broken_rules
from eventsite.allocation.rules import Problem, levels
from tests.unit.allocation import brute_force
from tests.unit.allocation.test_optimum import tiny
from tests.unit.allocation.test_properties import skewed


def to_directory(directory: Path, problem: Problem) -> Path:
    rows = [f"{o.round},{o.workshop},{o.capacity},{o.minimum}" for o in problem.offerings]
    (directory / "offerings.csv").write_text("\n".join(["round,workshop,capacity,minimum", *rows]))
    rows = [f"{p.name},{r},{';'.join(w.choices)}" for p in problem.participants for r, w in p.wishes.items()]
    (directory / "preferences.csv").write_text("\n".join(["participant,round,choices", *rows]))
    (directory / "rules.json").write_text(json.dumps({"no_repeat": problem.rules.no_repeat}))
    return directory


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("objective", ["fair", "first"])
def test_out_of_time_gives_a_plan_with_provable_bounds(rounds: int, objective: str) -> None:
    problem = skewed(150, 6, rounds, 1.0, 4)
    best = solve(problem, objective=objective)
    found = solve(problem, objective=objective, time_limit=0.0)
    assert (best.proved, found.proved, found.proven_levels < len(found.levels)) == (True, False, True)
    assert broken_rules(problem, found.plan) == []
    for level in levels(problem, objective):
        if level.kind == "unplaced" or level.sign < 0:
            assert level.sign * found.bound[level.name] <= level.sign * best.levels[level.name]
    verdict = check(problem, found.plan, found.to_dict(), found.certificate)
    assert (verdict.complaints, len(verdict.proven)) == ([], found.proven_levels)
    for name in found.bound:
        for forged in ({**found.bound, name: found.levels[name]}, {**found.bound, name: float(found.bound[name])}):
            changed = {**found.to_dict(), "bound": forged}
            bad = check(problem, found.plan, changed, found.certificate).complaints
            assert (forged == found.bound and isinstance(forged[name], int)) or bad != []


def test_time_ends_inside_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """The levels before it are proven by their prices, its own bound by those it ended with."""
    problem, clock, late, seen = skewed(120, 6, 2, 1.0, 4), time.monotonic, [0.0], 0
    best = solve(problem)
    monkeypatch.setattr(time, "monotonic", lambda: clock() + late[0])
    for cut in range(1, len(best.levels)):
        late[0] = 0.0

        def tell(done: int, _total: int, cut: int = cut) -> None:
            late[0] += 1000.0 * (done == cut)

        found = solve(problem, progress=tell, time_limit=100.0)
        names = list(found.levels)
        assert [found.levels[n] for n in names[:cut]] == [best.levels[n] for n in names[:cut]]
        verdict = check(problem, found.plan, found.to_dict(), found.certificate)
        assert (verdict.complaints, len(verdict.proven)) == ([], found.proven_levels)
        assert found.proved is (found.proven_levels == len(names))
        seen += not found.proved and found.proven_levels >= cut
    assert seen > 3


def test_bounds_counted_off_the_input_hold_for_every_plan() -> None:
    tight = 0
    for seed in range(300):
        problem, rnd = tiny(seed)
        listed = levels(problem, rnd.choice(["fair", "first"]))
        counted = floors(problem, listed)
        vectors = [
            brute_force.vector(problem, plan, "first" if listed[-1].sign < 0 else "fair")
            for plan in brute_force.plans(problem)
        ]
        for index, level in enumerate(listed):
            least = min((vector[index] for vector in vectors), default=None)
            assert least is None or level.sign * counted[level.name] <= least, (seed, level.name)
            tight += least == counted[level.name] > 0
    assert tight > 50


def test_command_says_best_found(tmp_path: Path) -> None:
    to_directory(tmp_path, skewed(150, 6, 1, 1.0, 4))
    assert main([str(tmp_path), "--time-limit", "0.000001"]) == 3
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["proved"], set(report["bound"]) == set(report["levels"])) == (False, True)
    assert main([str(tmp_path), "--verify"]) == 0
    assert files.read_problem(tmp_path).rules.no_repeat is False


@pytest.mark.parametrize("case", [(400, 8, 1), (120, 6, 2)])
def test_progress_is_told_and_a_listener_may_stop_the_run(
    case: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    monkeypatch.setattr(pulse, "EVERY", 0.0)
    told: list[tuple[int, int]] = []
    problem = skewed(*case, 1.0, 4)
    result = solve(problem, progress=lambda done, total: told.append((done, total)))
    assert len(told) > 5 and all(0 <= done <= total for done, total in told) and told == sorted(told)
    assert result.plan == solve(problem).plan

    for after in (1, len(told) // 2):
        heard: list[float] = []

        def stop(done: int, total: int, heard: list[float] = heard, after: int = after) -> None:
            heard.append(time.monotonic())
            if len(heard) == after:
                raise Stopped

        with pytest.raises(Stopped):
            solve(problem, progress=stop)
        assert len(heard) == after
