"""Draft rows without a database: what programme/snapshot.py reads of them, with defaults."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

NOON = datetime(2027, 3, 11, 12, tzinfo=UTC)


def hour(number: int, minute: int = 0) -> datetime:
    """An hour of 11 March 2027, in UTC."""
    return datetime(2027, 3, 11, number, minute, tzinfo=UTC)


def room(name: str = "Saal", uid: str = "room1") -> SimpleNamespace:
    return SimpleNamespace(public_id=uid, name={"de": name})


def appearance(name: str, role: str = "speaker", **values: Any) -> SimpleNamespace:
    slug = name.lower().replace(" ", "-")
    organisation = values.get("organisation", "")
    speaker = SimpleNamespace(public_id=f"p-{slug}", slug=slug, name=name, organisation=organisation)
    return SimpleNamespace(
        speaker=speaker,
        role=role,
        role_label=values.get("role_label", {}),
        organisations=values.get("organisations", []),
    )


def item(uid: str = "item1", **values: Any) -> SimpleNamespace:
    defaults: dict[str, Any] = {
        "id": int(uid.removeprefix("item")),
        "slug": uid,
        "kind": "talk",
        "number": "",
        "title": {"de": f"Punkt {uid[-1]}"},
        "subtitle": {},
        "abstract": {},
        "leading_questions": {},
        "place": {},
        "starts_at": hour(9),
        "ends_at": hour(10),
        "room": None,
        "round_id": None,
        "position": 0,
        "capacity": None,
        "language": "de",
        "cancelled_at": None,
        "cancel_reason": {},
        "is_open_list": False,
        "appearances": [],
        "created_at": hour(6),
        "target_group": {},
        "prerequisites": {},
        "bring": {},
        "tags": [],
        "track": None,
        "offering": None,
        "online_url": "",
        "online_from": None,
    }
    return SimpleNamespace(**{**defaults, **values}, public_id=uid)


def track(title: str = "Orte", uid: str = "track1", colour: str = "#0b5a6b") -> SimpleNamespace:
    return SimpleNamespace(public_id=uid, title={"de": title}, colour=colour)


def round_(uid: str = "round1", number: int = 1, **values: Any) -> SimpleNamespace:
    defaults = {"title": {"de": "Runde"}, "position": 0, "starts_at": hour(13), "ends_at": hour(14)}
    return SimpleNamespace(**{**defaults, **values}, public_id=uid, id=number)
