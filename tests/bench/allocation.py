"""Measure the allocation engine: `./run bench allocation [people x offerings x rounds x ratio …]`.

Every case runs in a process of its own: CPU seconds of the whole solve with lottery and certificate, as a ratio to
the kernel alone (one round: the same kernel without input and output; several rounds: one cold linear program on the
columns that the solve ended with), of the check without solver and of all explanations, and the peak of memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from eventsite.allocation import engine, files, highs, levelwise
from eventsite.allocation import frame as frames
from eventsite.allocation.checker import check
from eventsite.allocation.explain import Explainer, sentence
from eventsite.allocation.frame import Frame, only_flow
from eventsite.allocation.insight import comparison
from eventsite.allocation.levelwise import Outcome
from eventsite.allocation.oneround import solve_round
from eventsite.allocation.pulse import Pulse
from eventsite.allocation.rules import Problem
from eventsite.allocation.tiebreak import settle
from tests.unit.allocation.test_properties import skewed
from tools.bench import Table

SIZES = ("120x4x1", "500x12x2", "2000x30x3", "10000x60x4", "20000x100x1")
CASES = tuple(f"{size}x{ratio}" for size in SIZES for ratio in ("1.05", "1.3"))
GROWTH = tuple(f"{people}x12x1x1.05" for people in (250, 1000, 4000, 16000))
PROVED = ("120x4x1", "500x12x2", "2000x30x3", "20000x100x1")
LIMIT = 300.0


def problem_of(case: str) -> Problem:
    """Skewed wishes: people x offerings x rounds x places per person."""
    people, offerings, rounds, ratio = case.split("x")
    return skewed(int(people), int(offerings), int(rounds), float(ratio), 1)


def measure(case: str) -> dict[str, Any]:
    """Figures of one case in this process."""
    problem, ended = problem_of(case), []
    engine.solve(skewed(6, 3, len(problem.rounds), 1.0, 1))
    solve_levels = engine.solve_levels

    def kept(*given: Any) -> Outcome:
        ended.append(solve_levels(*given))
        return ended[-1]

    engine.solve_levels = kept
    start, wall = time.process_time(), time.monotonic()
    result = engine.solve(problem, time_limit=LIMIT)
    solved = time.process_time()
    found: dict[str, Any] = {
        "case": case,
        "solve": solved - start,
        "wall": time.monotonic() - wall,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "proved": result.proved,
        "levels": len(result.levels),
        "proven": result.proven_levels,
        "values": result.levels,
        "bound": result.bound,
    }
    start = time.process_time()
    verdict = check(problem, result.plan, result.to_dict(), result.certificate)
    assert verdict.complaints == []
    found["check"] = time.process_time() - start
    if len(problem.participants) <= 2000:
        start = time.process_time()
        explainer = Explainer(problem, result.plan)
        for name in result.plan:
            explainer.reasons(name)
        found["explain"] = time.process_time() - start
    frame = frames.build(problem, "fair", "lottery", 0)
    if only_flow(frame):
        found["kernel"] = one_round_kernel(frame)
    elif ended and ended[0].model is not None:
        found["kernel"] = linear_kernel(frame, ended[0])
    return found


def one_round_kernel(frame: Frame) -> float:
    """Seconds of network, seats and lottery, from a problem in numbers."""
    best = []
    for _ in range(3 if len(frame.names) < 5000 else 1):
        start = time.process_time()
        settle(solve_round(frame))
        best.append(time.process_time() - start)
    return min(best)


def linear_kernel(frame: Frame, outcome: Outcome) -> float:
    """Seconds of one cold linear program on the final columns, all levels in one convex cost."""
    assert outcome.model is not None
    master = highs.Master(outcome.model, float("inf"), Pulse())
    cost = levelwise._surrogate(master)
    plans = master.np.array(outcome.columns)
    master.add_columns(plans, cost[plans])
    count = master.artificial
    columns, zero = master.np.arange(count, dtype=master.np.int32), master.np.zeros(count)
    master.highs.changeColsBounds(count, columns, zero, zero)
    start = time.process_time()
    master.highs.run()
    return time.process_time() - start


def end_to_end() -> dict[str, Any]:
    """The Kassel case from the files to the sentences: median CPU seconds after the first, which imports."""
    seconds = {}
    for people in (80, 120):
        problem, taken = skewed(people, 4, 1, 1.05, 1), []
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = [f"{o.round},{o.workshop},{o.capacity}" for o in problem.offerings]
            (folder / "offerings.csv").write_text("\n".join(["round,workshop,capacity", *rows]))
            rows = [f"{p.name},{r},{';'.join(w.choices)}" for p in problem.participants for r, w in p.wishes.items()]
            (folder / "preferences.csv").write_text("\n".join(["participant,round,choices", *rows]))
            for _ in range(9):
                start = time.process_time()
                read = files.read_problem(folder)
                result = engine.solve(read)
                files.write_result(folder, read, result)
                explainer = Explainer(read, result.plan)
                for person in result.plan:
                    [sentence(reason) for reason in explainer.reasons(person)]
                taken.append(time.process_time() - start)
                comparison(read, result.plan)
        seconds[str(people)] = sorted(taken[1:])[len(taken) // 2]
    return {"seconds": seconds}


def own_process(*arguments: str) -> dict[str, Any]:
    """Figures from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.allocation", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f"  {figures}\n")
    return figures


def report(cases: list[str]) -> None:
    """The table of all cases."""
    table = Table()
    for case in cases or [*CASES]:
        found = own_process("--one", case)
        if "kernel" in found:
            table.add(f"{case}: solve / kernel alone", found["solve"] / found["kernel"], "", most=2)
        table.add(f"{case}: solve, CPU", found["solve"], "s", most=LIMIT)
        wanted = found["levels"] if case.rpartition("x")[0] in PROVED else 0
        table.add(f"{case}: levels proven of {found['levels']}", found["proven"], "", least=wanted)
        table.add(f"{case}: check without solver, CPU", found["check"], "s", most=LIMIT)
        if "explain" in found:
            table.add(f"{case}: all explanations, CPU", found["explain"], "s", most=5)
        table.add(f"{case}: peak of memory", found["megabytes"], "MB", most=250 if case.startswith("2000x") else 2000)
    if not cases:
        for people, seconds in own_process("--kassel")["seconds"].items():
            table.add(f"{people}x4x1, files to sentences: CPU after import", 1000 * seconds, "ms", most=50)
        grown = [own_process("--one", case)["solve"] for case in GROWTH]
        for case, before, after in zip(GROWTH[1:], grown, grown[1:], strict=False):
            table.add(f"{case}: growth for four times the people", after / before, "", most=8)
    table.print()


def main(given: list[str]) -> int:
    """Print the table, or figures of one case as JSON."""
    if given[:1] in (["--one"], ["--kassel"]):
        figures = measure(given[1]) if given[0] == "--one" else end_to_end()
        sys.stdout.write(json.dumps(figures) + "\n")
        return 0
    report(given)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
