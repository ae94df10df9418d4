"""Measure the allocation engine: `python -m tests.bench.allocation [people x offerings x rounds x ratio …]`.

Every case runs in a process of its own: CPU seconds and peak memory of the whole solve with lottery and
certificate, of the check without solver, and for one round the ratio to the kernel without input and output.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from eventsite.allocation import frame as frames
from eventsite.allocation.checker import check
from eventsite.allocation.engine import solve
from eventsite.allocation.explain import Explainer
from eventsite.allocation.frame import only_flow
from eventsite.allocation.oneround import solve_round
from tests.unit.allocation.test_properties import skewed

CASES = ("120x4x1x1.05", "120x4x1x1.3", "500x12x2x1.05", "500x12x2x1.3", "2000x30x1x1.05", "2000x30x1x1.3",
         "2000x30x3x1.3", "2000x30x3x1.05", "10000x60x4x1.3", "20000x100x1x1.05")  # fmt: skip
GROWTH = tuple(f"{people}x12x1x1.05" for people in (250, 1000, 4000, 16000))


def measure(case: str, limit: float = 120.0) -> dict[str, object]:
    """Figures of one case in this process."""
    people, offerings, rounds, ratio = case.split("x")
    problem = skewed(int(people), int(offerings), int(rounds), float(ratio), 1)
    solve(skewed(6, 3, int(rounds), 1.0, 1))
    start = time.process_time()
    result = solve(problem, time_limit=limit)
    solved = time.process_time()
    verdict = check(problem, result.plan, result.to_dict(), result.certificate)
    checked = time.process_time()
    if int(people) <= 2000:
        explainer = Explainer(problem, result.plan)
        for name in result.plan:
            explainer.reasons(name)
    explained = time.process_time()
    figures: dict[str, object] = {
        "case": case,
        "seconds": round(solved - start, 3),
        "check": round(checked - solved, 3),
        "explain": round(explained - checked, 3),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "proved": result.proved,
        "levels": f"{len(verdict.proven)} of {len(result.levels)} re-proven",
    }
    frame = frames.build(problem, "fair", "lottery", 0)
    if only_flow(frame):
        start = time.process_time()
        solve_round(frame)
        kernel = time.process_time() - start
        figures["ratio to kernel"] = round(float(str(figures["seconds"])) / kernel, 2)
    return figures


def main(cases: list[str]) -> int:
    """Print one line of JSON per case."""
    if len(cases) == 2 and cases[0] == "--one":
        sys.stdout.write(json.dumps(measure(cases[1])) + "\n")
        return 0
    for case in cases or [*CASES, *GROWTH]:
        subprocess.run([sys.executable, "-m", "tests.bench.allocation", "--one", case], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
