"""Sizes that stop: files and functions may shrink, never grow past them. EXCEPTIONS hold today's figure and only fall."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, dotted, functions

# Where: (glob from the project's folder, longest file, longest function).
LIMITS = [
    ("eventsite/**/*.py", 400, 60),
    ("tools/**/*.py", 400, 60),
    ("tests/**/*.py", 500, 60),
    ("templates/**/*.*", 180, 0),
    ("static/css/**/*.css", 350, 0),
    ("static/js/**/*.js", 250, 0),
]
LONGEST_VIEW = 35
LONGEST_TEST = 45
EXCEPTIONS: dict[str, int] = {}


def measure(root: Path) -> Iterator[tuple[str, int, int]]:
    """Name, lines and allowed lines of everything that has a limit."""
    for pattern, longest_file, longest_function in LIMITS:
        for path in sorted(root.glob(pattern)):
            place = path.relative_to(root).as_posix()
            text = path.read_text(encoding="utf-8")
            yield place, len(text.splitlines()), longest_file
            if path.suffix == ".py":
                for function in functions(ast.parse(text)):
                    lines = (function.end_lineno or 0) - function.lineno + 1
                    yield f"{place}::{function.name}", lines, limit(function, longest_function)


def limit(function: ast.FunctionDef | ast.AsyncFunctionDef, longest: int) -> int:
    if function.name.startswith("test_"):
        return LONGEST_TEST
    is_view = any(dotted(decorator).endswith((".route", ".get", ".post")) for decorator in function.decorator_list)
    return LONGEST_VIEW if is_view else longest


def too_long(root: Path, exceptions: dict[str, int]) -> list[str]:
    return [
        f"{place}: {lines} lines, at most {exceptions.get(place, allowed)}"
        for place, lines, allowed in measure(root)
        if lines > exceptions.get(place, allowed)
    ]


def stale(root: Path, exceptions: dict[str, int]) -> list[str]:
    """Exceptions that are larger than what they excuse, or excuse nothing."""
    sizes = {place: lines for place, lines, allowed in measure(root) if lines > allowed}
    return [place for place, excused in exceptions.items() if sizes.get(place, 0) != excused]


def test_nothing_is_too_long() -> None:
    assert too_long(ROOT, EXCEPTIONS) == []


def test_exceptions_are_as_small_as_what_they_excuse() -> None:
    assert stale(ROOT, EXCEPTIONS) == []


def test_planted_lengths_are_found(tmp_path: Path) -> None:
    for place, text in {
        "eventsite/core/text.py": "x = 1\n" * 401,
        "eventsite/site/views.py": "@pages.get('/')\ndef front():\n" + "    x = 1\n" * 35,
        "tests/unit/test_x.py": "def test_x():\n" + "    x = 1\n" * 45,
        "templates/site/front.html": "<p>\n" * 181,
        "static/css/parts/table.css": "\n" * 351,
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    assert too_long(tmp_path, {}) == [
        "eventsite/core/text.py: 401 lines, at most 400",
        "eventsite/site/views.py::front: 36 lines, at most 35",
        "tests/unit/test_x.py::test_x: 46 lines, at most 45",
        "templates/site/front.html: 181 lines, at most 180",
        "static/css/parts/table.css: 351 lines, at most 350",
    ]
    assert stale(tmp_path, {"eventsite/core/text.py": 402, "templates/site/front.html": 181}) == [
        "eventsite/core/text.py"
    ]
