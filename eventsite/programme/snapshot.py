"""A frozen programme: how it is built from the draft, compared with the one before, and read as what pages show.

Stored are plain values; instants are ISO texts in UTC. Reading gives dicts as the templates take them, with aware
instants. An item that was taken out stays as a tombstone, so that calendars learn of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import text
from eventsite.programme import differences, rules
from eventsite.programme.differences import TIMES, Stored

# What moves an entry in a calendar, and what merely changes its words (RFC 5546 § 2.1.4).
MOVING = (*TIMES, "room", "status")
WORDS = ("title", "subtitle", "abstract", "leading_questions", "place", "target_group", "prerequisites", "bring")
# What releases did not hold from the beginning: older ones are read as if it had been empty.
LATER: Stored = {
    "target_group": {},
    "prerequisites": {},
    "bring": {},
    "tags": [],
    "track": None,
    "offering": None,
    "online_url": "",
    "online_from": None,
    "reason": {},
    "summary": {},
}
SHOWN = (*MOVING, "title", "subtitle", "number", "kind", "people", "open_people", "reason", "summary")
SUMMARY = 280  # characters of an abstract in calendars: made once at release, since feeds are made often


def _words(value: Any) -> dict[str, str]:
    return {code: words for code, words in sorted((value or {}).items()) if words and words.strip()}


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def _person(appearance: Any) -> Stored:
    speaker = appearance.speaker
    return {
        "uid": speaker.public_id,
        "slug": speaker.slug,
        "name": speaker.name,
        "role": appearance.role,
        "role_label": _words(appearance.role_label),
        "organisations": list(appearance.organisations or ([speaker.organisation] if speaker.organisation else [])),
    }


def _track(track: Any) -> Stored | None:
    return {"uid": track.public_id, "title": _words(track.title), "colour": track.colour} if track else None


def _item(item: Any, rounds: dict[int, Any]) -> Stored:
    room = item.room
    return {
        "id": item.id,
        "uid": item.public_id,
        "slug": item.slug,
        "kind": item.kind,
        "number": item.number,
        **{name: _words(getattr(item, name)) for name in WORDS},
        "summary": {code: text.shorten(text.plain(words), SUMMARY) for code, words in _words(item.abstract).items()},
        "tags": [tag for tag in map(_words, item.tags or []) if tag],
        "track": _track(item.track),
        "offering": item.offering,
        "online_url": item.online_url,
        "online_from": _instant(item.online_from) if item.online_from else None,
        "starts_at": _instant(item.starts_at),
        "ends_at": _instant(item.ends_at),
        "room": {"uid": room.public_id, "name": _words(room.name)} if room else None,
        "round": rounds[item.round_id].public_id if item.round_id else None,
        "position": item.position,
        "capacity": item.capacity,
        "language": item.language,
        "status": "cancelled" if item.cancelled_at else "confirmed",
        "reason": _words(item.cancel_reason) if item.cancelled_at else {},
        "open_people": item.is_open_list,
        "people": [_person(appearance) for appearance in item.appearances],
        "created": _instant(item.created_at),
    }


def _round(one: Any) -> Stored:
    return {
        "id": one.id,
        "uid": one.public_id,
        "title": _words(one.title),
        "position": one.position,
        "starts_at": _instant(one.starts_at),
        "ends_at": _instant(one.ends_at),
    }


def build(rounds: Iterable[Any], items: Iterable[Any], previous: Stored | None, now: datetime) -> Stored:
    """The draft, frozen: SEQUENCE and LAST-MODIFIED of each entry follow from the release before."""
    listed = list(rounds)
    by_id = {one.id: one for one in listed}
    before = differences.by_uid(previous, "items")
    current = [_dated(_item(item, by_id), before.get(item.public_id), now) for item in items]
    earlier = differences.by_uid(previous, "rounds")
    present = [_dated(_round(one), earlier.get(one.public_id), now) for one in listed]
    return {
        "rounds": [*present, *_gone(earlier, present, now)],
        "items": [*sorted(current, key=_order), *_gone(before, current, now)],
    }


def _gone(before: dict[str, Stored], present: list[Stored], now: datetime) -> list[Stored]:
    """Tombstones of what is no longer in the draft: what comes back under its public id counts on from there."""
    there = {entry["uid"] for entry in present}
    return sorted((_tombstone(old, now) for uid, old in before.items() if uid not in there), key=_order)


def _order(item: Stored) -> tuple[str, str, int, str]:
    return item["starts_at"], item["ends_at"], item["position"], item["uid"]


def _dated(entry: Stored, before: Stored | None, now: datetime) -> Stored:
    if before is None:
        return {**entry, "sequence": 0, "last_modified": _instant(now)}
    moved, changed = differences.differs(entry, before, MOVING), differences.differs(entry, before, SHOWN)
    return {
        **entry,
        "sequence": before["sequence"] + moved,
        "last_modified": _instant(now) if changed else before["last_modified"],
    }


def _tombstone(old: Stored, now: datetime) -> Stored:
    if old.get("removed"):
        return old
    return {**_dated({**old, "status": "cancelled"}, old, now), "removed": True}


def is_same(one: Stored, other: Stored | None) -> bool:
    """Whether two frozen programmes say the same, so that there is nothing to tell."""
    return not differences.between(other, one)


@dataclass(frozen=True)
class Programme:
    """A release as pages and feeds read it; items and rounds are dicts, in order of time."""

    number: int
    released_at: datetime
    stored: Stored

    @cached_property
    def everything(self) -> list[dict[str, Any]]:
        """All items, tombstones included: what a calendar must know."""
        return [_read(item) for item in self.stored["items"]]

    @cached_property
    def items(self) -> list[dict[str, Any]]:
        """The items of the programme, visibly cancelled ones included."""
        return [item for item in self.everything if not item["removed"]]

    @cached_property
    def rounds(self) -> list[dict[str, Any]]:
        """The rounds, each with its workshops under "items"."""
        found = []
        for stored in self.stored["rounds"]:
            if stored.get("removed"):
                continue
            inside = [item for item in self.items if item["round"] == stored["uid"]]
            inside.sort(key=lambda item: (item["position"], item["number"], item["starts_at"]))
            found.append({**_read(stored), "items": inside})
        return sorted(found, key=lambda one: (one["starts_at"], one["position"]))

    def find(self, slug: str) -> dict[str, Any] | None:
        """The item with this address."""
        return next((item for item in self.items if item["slug"] == slug), None)

    def round_of(self, item: dict[str, Any]) -> dict[str, Any] | None:
        """The round in which an item stands."""
        return next((one for one in self.rounds if one["uid"] == item["round"]), None)

    def days(self, zone: str) -> list[dict[str, Any]]:
        """The programme by local day: [{"date", "entries": items and rounds in order of time}]."""
        entries = [item for item in self.items if item["round"] is None]
        entries += [one for one in self.rounds if one["items"]]
        entries.sort(key=lambda entry: (entry["starts_at"], entry["ends_at"], entry["position"]))
        days: dict[date, list[dict[str, Any]]] = {}
        for entry in entries:
            days.setdefault(entry["starts_at"].astimezone(ZoneInfo(zone)).date(), []).append(entry)
        return [{"date": day, "entries": days[day]} for day in sorted(days)]

    def neighbours(self, item: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """What stands before and after an item: in its round, else among what has a page of its own."""
        one = self.round_of(item)
        row = one["items"] if one else [i for i in self.items if i["round"] is None and not is_quiet(i)]
        place = row.index(item) if item in row else len(row)
        return (row[place - 1] if place > 0 else None), (row[place + 1] if place + 1 < len(row) else None)

    def elsewhere(self, item: dict[str, Any]) -> list[dict[str, Any]]:
        """The same workshop in other rounds."""
        same = [i for i in self.items if item["offering"] and i["offering"] == item["offering"]]
        return [other for other in same if other["uid"] != item["uid"]]

    def people(self) -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
        """Everyone on stage by public id, each with their entries and the items these belong to."""
        found: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
        for item in self.items:
            for person in item["people"]:
                found.setdefault(person["uid"], []).append((person, item))
        return found


def is_quiet(item: dict[str, Any]) -> bool:
    """Breaks and the like, with nobody on stage and nothing said about them, have no page of their own."""
    return item["kind"] in rules.QUIET_KINDS and not item["people"] and not item["abstract"]


def _read(entry: Stored) -> dict[str, Any]:
    names = (*TIMES, "last_modified", "created", "online_from")
    instants = {name: datetime.fromisoformat(entry[name]) for name in names if entry.get(name)}
    people = [
        {**person, "role_label": rules.role_name(person["role"], person["role_label"]), "picture": None}
        for person in entry.get("people", [])
    ]
    return {"removed": False, **LATER, **entry, **instants, "people": people}
