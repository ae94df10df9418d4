"""The table of kinds: what a block may hold, and the sentences that say what is wrong."""

from typing import Any

import pytest

from eventsite.core.errors import Refused
from eventsite.documentation import blocks


@pytest.mark.parametrize("name", [k for k, kind in blocks.KINDS.items() if not any(f.required for f in kind.fields)])
def test_blocks_without_required_fields_may_be_empty(name: str) -> None:
    made = blocks.checked(name, {}, item_id=1)
    assert not any(made.values())


@pytest.mark.parametrize("name", [k for k, kind in blocks.KINDS.items() if any(f.required for f in kind.fields)])
def test_blocks_with_required_fields_say_which_is_missing(name: str) -> None:
    with pytest.raises(Refused, match=r"must not be empty|darf nicht leer sein"):
        blocks.checked(name, {}, item_id=1)


def test_content_is_tidied_and_empty_languages_are_left_out() -> None:
    made = blocks.checked("text", {"title": {"de": " Titel ", "en": ""}, "text": "Wort\r\nzwei"})
    assert made == {"title": {"de": "Titel"}, "text": {"de": "Wort\nzwei"}}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("nonsense", {}),
        ("text", {"text": {"de": "x"}, "colour": "red"}),
        ("core_message", {"text": {"de": "x" * 401}}),
        ("finding", {"title": {"de": "x"}}),  # without its programme item
        ("links", {"rows": "Böse | javascript:alert(1)"}),
        ("follow_up", {"url": "data:text/html,x"}),
    ],
)
def test_wrong_content_is_refused(kind: str, content: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        blocks.checked(kind, content)


def test_rows_are_typed_one_a_line() -> None:
    made = blocks.checked("links", {"rows": "Bericht | https://example.org | PDF\n\nSeite | https://example.net"})
    rows = made["rows"]["de"]
    assert rows == [
        {"label": "Bericht", "url": "https://example.org", "note": "PDF"},
        {"label": "Seite", "url": "https://example.net"},
    ]
    field = blocks.KINDS["links"].field("rows")
    assert blocks.as_lines(field, rows) == "Bericht | https://example.org | PDF\nSeite | https://example.net"


@pytest.mark.parametrize(
    ("kind", "present", "place"),
    [
        ("text", [], 0),
        ("text", ["text", "core_message"], 1),
        ("contact", ["text", "gallery", "imprint"], 2),
        ("facts", ["text"], 0),
        ("quote", ["text", "quote", "text"], 3),
    ],
)
def test_new_block_goes_where_its_kind_usually_stands(kind: str, present: list[str], place: int) -> None:
    assert blocks.default_place(kind, present) == place
