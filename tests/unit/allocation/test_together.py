"""Codes of groups as people type them, and which groups a run keeps together."""

import pytest

from eventsite.allocation import together


@pytest.mark.parametrize("typed", ["abc-def", "ABC DEF", " abcdef ", "a.b.c-d/e f"])
def test_code_is_read_however_it_is_typed(typed: str) -> None:
    assert together.plain(typed) == "abcdef"


def test_code_is_shown_in_two_halves() -> None:
    assert together.shown("k7m2pq") == "k7m-2pq"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, (("a", "c"),)),
        ({"a": {"1": "A"}, "c": {"1": "A"}}, (("a", "c"),)),
        ({"a": {"1": "A"}, "c": {"1": "B"}}, ()),
        ({"a": {"1": "A"}}, ()),
    ],
)
def test_groups_count_until_people_were_told_different_places(
    told: dict[str, dict[str, str | None]], expected: tuple[tuple[str, ...], ...]
) -> None:
    assert together.kept({"a": "x", "b": "y", "c": "x"}, told) == expected
