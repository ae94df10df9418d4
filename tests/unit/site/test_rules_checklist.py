"""The checklist asks for what is missing and never for what does not apply."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from eventsite.site.checklist import SENTENCES
from eventsite.site.rules_checklist import Facts, Item, lacks

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
START = datetime(2027, 3, 11, 8, tzinfo=UTC)
BOTH = {"de": "Titel", "en": "Title"}
DONE = Item(BOTH, is_workshop=True, capacity=12, has_people=True, has_room=True)
TALK = Item(BOTH, is_workshop=False)


def event(**values: Any) -> Any:
    """An event that lacks nothing."""
    usual = {
        "title": BOTH, "short_title": {}, "subtitle": {}, "lead": BOTH, "text": {}, "languages": ["de", "en"],
        "contact_email": "a@example.org", "attendance": "onsite", "venue_id": 1, "cancelled_at": None,
        "starts_at": START, "ends_at": START + timedelta(hours=8),
        "registration_opens_at": NOW, "registration_closes_at": START - timedelta(days=14),
        "wishes_close_at": START - timedelta(days=10),
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **values})


def facts(*items: Item, **values: Any) -> Facts:
    """Facts of an event that lacks nothing."""
    return Facts(items=items, **{"is_released": True, "has_rooms": True, "step_free": BOTH, **values})


def keys(one: Any, about: Facts, now: datetime = NOW, missing: list[str] | None = None) -> list[str]:
    return [lack.key for lack in lacks(one, about, now, missing or [])]


def test_complete_event_lacks_nothing() -> None:
    assert keys(event(), facts(DONE, DONE, TALK)) == []


@pytest.mark.parametrize(
    ("one", "about", "expected"),
    [
        (event(lead={}), facts(), ["lead"]),
        (event(contact_email=""), facts(), ["contact"]),
        (event(venue_id=None), facts(), ["venue"]),
        (event(), facts(step_free={"de": ""}), ["step_free"]),
        (event(attendance="hybrid"), facts(TALK), ["online_address"]),
        (event(), facts(has_privacy=False), ["privacy"]),
        (event(title={"de": "Fachtag 2026"}), facts(), ["former_year"]),
        (event(registration_opens_at=START), facts(), ["registration_late"]),
        (event(registration_closes_at=START + timedelta(days=2)), facts(), ["registration_late"]),
        (event(wishes_close_at=None), facts(DONE, DONE), ["wishes_date"]),
        (event(wishes_close_at=START), facts(DONE, DONE), ["wishes_late"]),
        (event(), facts(DONE, is_released=False), ["release"]),
        (event(), facts(empty_rounds=1), ["empty_rounds"]),
        (event(), facts(Item(BOTH, is_workshop=True, has_people=True, has_room=True)), ["no_places"]),
        (event(), facts(Item(BOTH, is_workshop=True, capacity=1, has_room=True)), ["no_people"]),
        (event(), facts(Item(BOTH, is_workshop=True, capacity=1, has_people=True)), ["no_room"]),
        (event(lead={"de": "Nur deutsch"}), facts(Item({"de": "Punkt"}, is_workshop=False)), ["words_en", "items_en"]),
        (event(lead={"en": "English"}), facts(Item({"en": "Item"}, is_workshop=False)), ["words_de", "items_de"]),
    ],
)
def test_what_is_missing_is_named(one: Any, about: Facts, expected: list[str]) -> None:
    assert keys(one, about) == expected


@pytest.mark.parametrize(
    ("one", "about"),
    [
        (event(attendance="online", venue_id=None), facts(step_free={})),  # no items, so no online address either
        (event(attendance="online", venue_id=None), facts(Item(BOTH, True, 5, True, False, True), has_rooms=False)),
        (event(registration_opens_at=None), facts(Item(BOTH, True, None, True, True), has_privacy=False)),
        (event(wishes_close_at=None), facts(DONE)),  # one workshop: nothing to choose
        (event(title={"de": "Titel"}, lead={"de": "x"}), facts(Item({"de": "x"}, is_workshop=False))),  # in German only
        (event(title={"de": "Rückblick 2019 auf 2026", "en": "From 2026 to 2027"}), facts()),
        (event(), facts(Item(BOTH, True, 5, True, False), has_rooms=False)),
        (event(cancelled_at=NOW, lead={}), facts()),
        (event(ends_at=NOW, lead={}), facts()),
    ],
)
def test_what_does_not_apply_is_not_asked_for(one: Any, about: Facts) -> None:
    assert keys(one, about) == []


def test_what_forbids_publishing_comes_first_and_examples_are_few() -> None:
    found = lacks(event(lead={}), facts(*[Item(BOTH, True, None, True, True)] * 5), NOW, ["host"])
    assert [(lack.key, lack.is_blocking, lack.count, len(lack.examples)) for lack in found] == [
        ("host", True, 0, 0), ("lead", False, 0, 0), ("no_places", False, 5, 3),
    ]  # fmt: skip
    assert {lack.key for lack in found} < SENTENCES.keys()
