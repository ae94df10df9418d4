"""Three foreign readers of calendars (icalendar, vobject, ical.js), which must find the same in every feed."""

import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which
from typing import Any

import icalendar
import vobject

SCRIPT = Path(__file__).parent / "javascript" / "read.mjs"
NODE = Path(".venv/bin/node").absolute()


@dataclass(frozen=True)
class Seen:
    """One entry as a calendar program understands it; an all-day entry has days instead of instants."""

    uid: str
    start: datetime | date
    end: datetime | date
    sequence: int
    status: str
    summary: str
    location: str
    description: str
    categories: tuple[str, ...]


def agreed(*feeds: bytes) -> list[list[Seen]]:
    """What stands in each feed; fails where the readers differ, or where the strict one finds a fault."""
    strict = [_strict(octets) for octets in feeds]
    assert [_vobject(octets) for octets in feeds] == strict
    assert _javascript(feeds) == strict
    return strict


def _utc(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _strict(octets: bytes) -> list[Seen]:
    calendar: Any = icalendar.Calendar.from_ical(octets)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    return [
        Seen(
            uid=str(entry["UID"]),
            start=_utc(entry["DTSTART"].dt),
            end=_utc(entry["DTEND"].dt),
            sequence=int(entry["SEQUENCE"]),
            status=str(entry["STATUS"]),
            summary=str(entry["SUMMARY"]),
            location=str(entry.get("LOCATION", "")),
            description=str(entry.get("DESCRIPTION", "")),
            categories=tuple(str(one) for one in entry["CATEGORIES"].cats) if "CATEGORIES" in entry else (),
        )
        for entry in calendar.walk("VEVENT")
    ]


def _vobject(octets: bytes) -> list[Seen]:
    vars(vobject.icalendar)["__tzidMap"].clear()  # else a zone of an earlier calendar is taken for this one's
    calendar = vobject.readOne(octets.decode())
    found = []
    for entry in calendar.contents.get("vevent", []):
        value = {name: getattr(lines[0], "value", None) for name, lines in entry.contents.items()}
        found.append(
            Seen(
                uid=value["uid"],
                start=_utc(value["dtstart"]),
                end=_utc(value["dtend"]),
                sequence=int(value["sequence"]),
                status=value["status"],
                summary=value["summary"],
                location=value.get("location", ""),
                description=value.get("description", ""),
                categories=tuple(value.get("categories", ())),
            )
        )
    return found


def _javascript(feeds: tuple[bytes, ...]) -> list[list[Seen]]:
    texts = json.dumps([octets.decode() for octets in feeds])
    node = str(NODE) if NODE.exists() else which("node") or "node"
    answer = subprocess.run([node, str(SCRIPT)], input=texts, capture_output=True, text=True, check=True)
    return [[_entry(one) for one in feed] for feed in json.loads(answer.stdout)]


def _entry(told: dict[str, Any]) -> Seen:
    times = {name: _moment(told[name]) for name in ("start", "end")}
    return Seen(**{**told, **times, "categories": tuple(told["categories"])})


def _moment(value: int | str) -> datetime | date:
    return date.fromisoformat(value) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)
