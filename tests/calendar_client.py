"""A small model of a calendar program that follows RFC 5546: what a person sees after mails, after looking at a feed, or both."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from icalendar import Calendar


@dataclass(frozen=True)
class Kept:
    """One entry as the program keeps it; what is cancelled is remembered, but not shown."""

    sequence: int
    stamp: datetime
    is_cancelled: bool
    shown: tuple[str, datetime | date, datetime | date, str, str]  # summary, start, end, location, status


@dataclass
class Client:
    """Entries by UID."""

    kept: dict[str, Kept] = field(default_factory=dict)
    from_feed: set[str] = field(default_factory=set)

    def receive(self, octets: bytes) -> None:
        """Takes a mail in: the older of two versions never wins (RFC 5546 § 2.1.5), CANCEL takes out what is known."""
        calendar: Any = Calendar.from_ical(octets)
        method = str(calendar["METHOD"])
        for uid, entry in _entries(calendar):
            known = self.kept.get(uid)
            if known is not None and (entry.sequence, entry.stamp) < (known.sequence, known.stamp):
                continue
            if method == "CANCEL" or entry.is_cancelled:
                entry = Kept(entry.sequence, entry.stamp, True, entry.shown)
            self.kept[uid] = entry

    def refresh(self, octets: bytes) -> None:
        """Looks at a subscribed feed: it replaces what came from it before, but never by an older version."""
        calendar: Any = Calendar.from_ical(octets)
        assert str(calendar["METHOD"]) == "PUBLISH"
        found = dict(_entries(calendar))
        for uid in self.from_feed - found.keys():
            self.kept.pop(uid, None)
        for uid, entry in found.items():
            known = self.kept.get(uid)
            if known is None or (entry.sequence, entry.stamp) >= (known.sequence, known.stamp) or uid in self.from_feed:
                self.kept[uid] = entry
        self.from_feed = set(found)

    def shown(self) -> set[tuple[str, datetime | date, datetime | date, str, str]]:
        """What the person sees."""
        return {entry.shown for entry in self.kept.values() if not entry.is_cancelled}


def _entries(calendar: Any) -> list[tuple[str, Kept]]:
    found = []
    for entry in calendar.walk("VEVENT"):
        status = str(entry["STATUS"])
        times = (entry["DTSTART"].dt, entry["DTEND"].dt)
        shown = (str(entry["SUMMARY"]), *times, str(entry.get("LOCATION", "")), status)
        kept = Kept(int(entry["SEQUENCE"]), entry["DTSTAMP"].dt, status == "CANCELLED", shown)
        found.append((str(entry["UID"]), kept))
    return found
