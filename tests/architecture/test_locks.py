"""The lock files hold everything the project file asks for, with hashes, and name no machine and no index."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]


def locked(name: str) -> dict[str, list[str]]:
    """Package → the versions locked (several where Python versions differ)."""
    found: dict[str, list[str]] = {}
    for package, version in re.findall(
        r"^([\w.-]+)==([^ ;\\]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def unmet(wanted: list[str], lock: dict[str, list[str]]) -> list[str]:
    requirements = [Requirement(text) for text in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if not lock.get(canonicalize_name(requirement.name))
        or not all(version in requirement.specifier for version in lock[canonicalize_name(requirement.name)])
    ]


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    product = [*project["project"]["dependencies"], *groups["build"]]
    assert unmet(product, locked("requirements.lock")) == []
    assert unmet([*product, *groups["dev"]], locked("requirements-dev.lock")) == []
    assert unmet(groups["uv"], locked("requirements-uv.lock")) == []


def test_larger_lock_contains_the_smaller_one() -> None:
    product, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: development.get(name) for name in product} == product


def test_locks_name_no_machine_and_have_hashes() -> None:
    for name in LOCKS:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"https?:|file:|^--|/home|/root", text, re.MULTILINE) == []
        assert text.count("==") <= text.count("--hash=sha256:")


def test_missing_package_is_found() -> None:
    assert unmet(["flask>=3", "wtforms<3.4"], {"flask": ["2.0"], "wtforms": ["3.3.2"]}) == ["flask>=3"]
