"""The README tells the truth: its tables are those of the code, and what it links to is there."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from tools import readme

TEXT = readme.README.read_text(encoding="utf-8")
DOCUMENTS = [readme.README, readme.ROOT / "CHANGELOG.md", *sorted((readme.ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def test_settings_table_is_that_of_the_code() -> None:
    assert readme.between(TEXT, "settings") == readme.settings_table()


def test_libraries_table_names_every_direct_dependency() -> None:
    assert readme.between(TEXT, "libraries") == readme.libraries_table()
    assert list(readme.LIBRARIES) == readme.direct_dependencies()


@pytest.mark.parametrize("library", sorted(set(readme.LIBRARIES)))
def test_licence_is_the_one_the_library_states(library: str) -> None:
    stated = metadata.metadata(library)
    expression = stated.get("License-Expression") or ""
    if expression:
        assert expression.startswith(readme.LIBRARIES[library][0])
    assert metadata.version(library)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (document.parent / target).exists()] == []
