"""Reads the product's modules as syntax trees, so that the rules can look at them without running them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Import:
    """One imported name, written in full: `from a.b import c` is `a.b.c`."""

    target: str
    line: int
    at_start: bool  # runs when the module is imported
    for_types: bool  # stands under `if TYPE_CHECKING`

    def reaches(self, name: str) -> bool:
        return self.target == name or self.target.startswith(name + ".")


@dataclass(frozen=True)
class Module:
    """One Python file of the product; `place` is its path inside the eventsite folder."""

    path: Path
    place: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), str(self.path))

    @property
    def package(self) -> str:
        """The feature it belongs to; `cli_serve.py` and `cli/serve.py` both belong to `cli`."""
        return self.place.split("/")[0].removesuffix(".py").split("_")[0]

    @property
    def role(self) -> str:
        """What the file name says it does; `admin_runs.py` is an `admin`."""
        stem = self.path.stem
        return "package" if stem == "__init__" else stem.split("_")[0]

    @cached_property
    def imports(self) -> list[Import]:
        return list(_imports(self.tree, self._anchor))

    @property
    def _anchor(self) -> list[str]:
        return ["eventsite", *self.place.split("/")[:-1]]

    def at(self, line: int) -> str:
        return f"{self.place}:{line}"


def modules(root: Path = ROOT) -> list[Module]:
    folder = root / "eventsite"
    return [Module(path, path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*.py"))]


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def dotted(node: ast.AST) -> str:
    """`db.session.add` of a name or attribute; of a call its function; otherwise empty."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def plant(root: Path, **files: str) -> list[Module]:
    """A small invented product: `registration__service="import flask"` is registration/service.py."""
    for name, text in files.items():
        path = root / "eventsite" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return modules(root)


def _imports(node: ast.AST, anchor: list[str], at_start: bool = True, for_types: bool = False) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for name in child.names:
                yield Import(name.name, child.lineno, at_start and not for_types, for_types)
        elif isinstance(child, ast.ImportFrom):
            start = anchor[: len(anchor) - child.level + 1] if child.level else []
            origin = ".".join([*start, *([child.module] if child.module else [])])
            for name in child.names:
                yield Import(f"{origin}.{name.name}", child.lineno, at_start and not for_types, for_types)
        else:
            inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            typed = isinstance(child, ast.If) and dotted(child.test).endswith("TYPE_CHECKING")
            yield from _imports(child, anchor, at_start and not inside, for_types or typed)
