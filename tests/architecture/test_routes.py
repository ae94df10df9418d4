"""Every route carries exactly one guard, and the routes that anybody may use are a list that one reads.

After a wanted change write the list anew: EVENTSITE_WRITE_GOLDEN=1 ./run test tests/architecture/test_routes.py
"""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.architecture.source import ROOT, Module, dotted, functions, modules, plant

GOLDEN = ROOT / "tests/golden/public_routes.txt"
GUARDS = {"public", "public_page", "account_only", "owner_only", "organiser", "personal_link"}
ROUTE = (".route", ".get", ".post")


def guards_in_source(module: Module) -> Iterator[str]:
    """Views with no guard or several, and guards above the route, where they would guard nothing."""
    for function in functions(module.tree):
        names = [dotted(decorator) for decorator in function.decorator_list]
        routes = [index for index, name in enumerate(names) if name.endswith(ROUTE)]
        guards = [index for index, name in enumerate(names) if name.split(".")[-1] in GUARDS]
        if routes and len(guards) != 1:
            yield f"{module.at(function.lineno)}: {function.name} has {len(guards)} guards"
        elif routes and guards[0] < routes[-1]:
            yield f"{module.at(function.lineno)}: the guard of {function.name} stands above its route"


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Guard, methods and address of every route."""
    found = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        found.append((getattr(app.view_functions[rule.endpoint], "guard", ""), methods, rule.rule))
    return sorted(found, key=lambda route: (route[2], route[1]))


def test_every_view_has_one_guard() -> None:
    assert [fault for module in modules() for fault in guards_in_source(module)] == []


def test_every_route_is_guarded(app: Flask) -> None:
    assert [route for route in routes(app) if not route[0]] == []


def test_known_guards_are_those_of_the_guard_module() -> None:
    tree = ast.parse((ROOT / "eventsite/web/guard.py").read_text(encoding="utf-8"))
    marking = {f.name for f in tree.body if isinstance(f, ast.FunctionDef) and "_marked(" in ast.unparse(f)}
    assert {name for name in marking if not name.startswith("_")} == GUARDS


def test_public_routes_are_the_listed_ones(app: Flask) -> None:
    lines = [f"{methods:<9} {address}" for guard, methods, address in routes(app) if guard == "public"]
    if os.environ.get("EVENTSITE_WRITE_GOLDEN"):
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_planted_open_route_is_seen() -> None:
    app = Flask("planted", static_folder=None)
    app.add_url_rule("/open", view_func=lambda: "", endpoint="open")
    assert routes(app) == [("", "GET", "/open")]


@pytest.mark.parametrize(
    ("decorators", "fault"),
    [
        ("@pages.get('/x')", "has 0 guards"),
        ("@pages.get('/x')\n@guard.public\n@guard.organiser('events.edit')", "has 2 guards"),
        ("@guard.public\n@pages.get('/x')", "stands above its route"),
    ],
)
def test_planted_guard_fault_is_found(decorators: str, fault: str, tmp_path: Path) -> None:
    (module,) = plant(tmp_path, events__views=f"{decorators}\ndef rooms(): ...")
    (found,) = guards_in_source(module)
    assert fault in found
