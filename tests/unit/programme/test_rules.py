"""Addresses made of titles and names, and when online links show."""

from typing import Any

import pytest

from eventsite.programme import rules
from tests.unit.programme.rows import hour


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ({"de": "Über Räume"}, [], "ueber-raeume"),
        ({"de": "Über Räume"}, ["ueber-raeume"], "ueber-raeume-2"),
        ({"de": "Über Räume"}, ["ueber-raeume", "ueber-raeume-2"], "ueber-raeume-3"),
        ({"en": "English only"}, [], "english-only"),
        ({"de": "…"}, [], "item-b4935894"),
    ],
)
def test_item_slug_is_made_of_the_title(title: Any, taken: list[str], slug: str) -> None:
    assert rules.item_slug(title, taken) == slug


@pytest.mark.parametrize(
    ("name", "taken", "slug"),
    [
        ("Łukasz Wiśniewski", [], "lukasz-wisniewski"),
        ("Ada", {"ada"}, "ada-2"),
        ("Dr. Şirin Yıldız", [], "dr-sirin-yildiz"),
    ],
)
def test_speaker_slug_is_made_of_the_name(name: str, taken: Any, slug: str) -> None:
    assert rules.speaker_slug(name, taken) == slug


@pytest.mark.parametrize(("given", "expected"), [(None, hour(8, 30)), (hour(7), hour(7)), (hour(10), hour(10))])
def test_online_link_shows_half_an_hour_before_unless_said_otherwise(given: Any, expected: Any) -> None:
    assert rules.online_from(hour(9), given) == expected
