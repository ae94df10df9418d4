"""The command `eventsite allocate`: solve a directory, or verify what stands in it.

Exit codes: 0 proved (or verified), 1 not verified, 2 bad input with one sentence, 3 best plan found.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from eventsite.allocation import files
from eventsite.allocation.checker import check
from eventsite.allocation.engine import solve
from eventsite.allocation.feasibility import check_problem
from eventsite.allocation.rules import OBJECTIVES, TIES, BadProblem, Problem


class Arguments(argparse.ArgumentParser):
    """Refuses with one sentence instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        """One sentence on standard error; exit 2."""
        _say(f"{self.prog}: {message}.")
        raise SystemExit(2)


def main(argv: list[str] | None = None) -> int:
    """Parse the arguments and run."""
    parser = Arguments(prog="eventsite allocate", description="Seat people in parallel workshops.")
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("--objective", choices=OBJECTIVES, default="fair")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tie", choices=TIES, default="lottery")
    parser.add_argument("--time-limit", type=_seconds, default=60.0, metavar="S")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--verify", action="store_true")
    given = parser.parse_args(argv)
    return allocate(given.directory, given.objective, given.seed, given.tie, given.time_limit, given.out, given.verify)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of seconds above 0")
    return seconds


def allocate(
    directory: Path,
    objective: str = "fair",
    seed: int = 0,
    tie: str = "lottery",
    time_limit: float = 60.0,
    out: Path | None = None,
    verify: bool = False,
) -> int:
    """Solve or verify a directory; returns the exit code, sentences go to standard error."""
    out = out or directory
    try:
        problem = files.read_problem(directory)
        check_problem(problem)
        if verify:
            return verify_directory(problem, out)
        result = solve(problem, objective=objective, tie=tie, seed=seed, time_limit=time_limit)
    except BadProblem as error:
        _say(files.placed(directory, error))
        return 1 if verify else 2
    try:
        files.write_result(out, problem, result)
    except OSError as error:
        _say(f"{out}: the result cannot be written ({error.strerror}).")
        return 2
    if not result.tie_complete:
        _say("Not every tie was decided by lot in the time; the levels are as the report says.")
    return 0 if result.proved else 3


def verify_directory(problem: Problem, out: Path) -> int:
    """Check the result in a directory; 0 if it holds, 1 with one sentence if not."""
    plan = files.read_allocation(out / "allocation.csv", problem)
    report, certificate = _json(out / "report.json"), _json(out / "certificate.json")
    verdict = check(problem, plan, report, certificate)
    if verdict.complaints:
        _say(verdict.complaints[0])
        return 1
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadProblem(f"{path.name}, line 1, column 1: the file cannot be read.") from error
    if not isinstance(data, dict):
        raise BadProblem(f"{path.name}, line 1, column 1: the file must hold one JSON object.")
    return data


if __name__ == "__main__":
    raise SystemExit(main())
