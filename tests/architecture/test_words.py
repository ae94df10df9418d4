"""Names that say nothing are not used, and what others call says what it promises."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import Module, dotted, modules, plant

EMPTY = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "tools", "stuff"}
EMPTY_ENDINGS = ("Manager", "Helper", "Repository", "Mixin", "View", "Handler")
MAY_END_SO = {"core/db.py", "core/logs.py"}


def empty_name(module: Module) -> Iterator[str]:
    if EMPTY & set(module.place.removesuffix(".py").replace("_", "/").split("/")):
        yield f"{module.place}: a name that does not say what it holds"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith(EMPTY_ENDINGS) and module.place not in MAY_END_SO:
            yield f"{module.at(node.lineno)}: class {node.name}"


def no_module_docstring(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.place}: one sentence at the top is missing"


def no_promise(module: Module) -> Iterator[str]:
    if module.package != "core" and module.role not in {"rules", "service"}:
        return
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            is_overload = any(dotted(decorator).endswith("overload") for decorator in node.decorator_list)
            if not ast.get_docstring(node) and not is_overload:
                yield f"{module.at(node.lineno)}: {node.name} does not say what it promises"


RULES = [empty_name, no_module_docstring, no_promise]


@pytest.mark.parametrize("rule", RULES)
def test_product_keeps_the_rule(rule) -> None:
    assert [fault for module in modules() for fault in rule(module)] == []


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (empty_name, "core__utils", "x = 1"),
        (empty_name, "events__mail_helpers", "x = 1"),
        (empty_name, "events__service", "class EventManager: ..."),
        (no_module_docstring, "events__rules", "x = 1"),
        (no_promise, "events__service_copy", "def copy(): ..."),
        (no_promise, "core__text", "def shorten(): ..."),
    ],
)
def test_planted_violation_is_found(rule, place: str, text: str, tmp_path: Path) -> None:
    (module,) = plant(tmp_path, **{place: text})
    assert len(list(rule(module))) == 1
