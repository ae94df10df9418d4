"""Parts of a programme that have a calendar of their own: a day, a room, a kind, a track."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import i18n
from eventsite.programme import rules

Item = dict[str, Any]
DAYS, ROOMS, KINDS, TRACKS = "days", "rooms", "kinds", "tracks"
PARTS = (DAYS, ROOMS, TRACKS, KINDS)


@dataclass(frozen=True)
class Choice:
    """One part of a programme: where it stands in the address, what it is called, how many items it has."""

    value: str
    label: str
    count: int


def value_of(item: Item, part: str, zone: ZoneInfo) -> str:
    """To which day, room, kind or track an item belongs; empty where it has none. Tombstones keep their last one."""
    if part == DAYS:
        return str(item["starts_at"].astimezone(zone).date().isoformat())
    if part == KINDS:
        return str(item["kind"])
    owner = item["room"] if part == ROOMS else item["track"]
    return str(owner["uid"]) if owner else ""


def label_of(item: Item, part: str, zone: ZoneInfo) -> str:
    """What the day, room, kind or track of an item is called, in the current language."""
    if part == DAYS:
        return i18n.format_date(item["starts_at"].astimezone(zone))
    if part == KINDS:
        return str(rules.KINDS.get(item["kind"], item["kind"]))
    return i18n.local(item["room"]["name"]) if part == ROOMS else i18n.local(item["track"]["title"])


def choices(items: Iterable[Item], part: str, zone: ZoneInfo) -> list[Choice]:
    """The parts there are, days in order of time, all others by name; none where everything is in the same one."""
    listed = [item for item in items if not item["removed"] and value_of(item, part, zone)]
    if part == KINDS:
        listed = [item for item in listed if item["kind"] not in rules.QUIET_KINDS]
    counts = Counter(value_of(item, part, zone) for item in listed)
    labels = {value_of(item, part, zone): label_of(item, part, zone) for item in listed}
    order = (lambda value: (value, "")) if part == DAYS else (lambda value: i18n.sort_key(labels[value]))
    found = [Choice(value, labels[value], counts[value]) for value in sorted(counts, key=order)]
    return found if len(found) > 1 else []


def chosen(items: Iterable[Item], part: str, value: str, zone: ZoneInfo) -> list[Item]:
    """The items of one part, tombstones included; none where there is no such part."""
    return [item for item in items if value and value_of(item, part, zone) == value]
