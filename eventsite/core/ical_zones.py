"""VTIMEZONE components with IANA names, for exactly the years a calendar speaks of (RFC 5545 §3.6.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


class Observance(NamedTuple):
    """What the clocks of a zone show between two changes."""

    offset: timedelta
    name: str
    is_daylight: bool


def _observance(zone: ZoneInfo, instant: datetime) -> Observance:
    local = instant.astimezone(zone)
    return Observance(local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst()))


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[tuple[datetime, Observance, Observance]]:
    """The instants at which the clocks change, with what they show before and after."""
    instant = datetime(first_year, 1, 1, tzinfo=UTC) - DAY
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC) + DAY
    before = _observance(zone, instant)
    while instant < end:
        later = instant + DAY
        after = _observance(zone, later)
        if after != before:
            low, high = instant, later
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _observance(zone, middle) == before else (low, middle)
            yield high, before, _observance(zone, high)
        instant, before = later, after


def _offset(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}{minutes:02d}" + (f"{seconds_left:02d}" if seconds_left else "")


def _stamp(instant: datetime, offset: timedelta) -> str:
    local = instant.replace(tzinfo=None) + offset
    return f"{local:%Y%m%dT%H%M%S}" if local.year >= 1000 else f"{local.year:04d}{local:%m%dT%H%M%S}"


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """The content lines of one zone; the onset of every change is written in the time before it, as the norm wants."""
    zone = ZoneInfo(name)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - DAY
    opening = _observance(zone, start)
    groups: dict[tuple[Observance, Observance], list[str]] = {(opening, opening): [_stamp(start, opening.offset)]}
    for instant, before, after in _changes(zone, first_year, last_year):
        groups.setdefault((before, after), []).append(_stamp(instant, before.offset))
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for (before, after), onsets in groups.items():
        kind = "DAYLIGHT" if after.is_daylight else "STANDARD"
        lines += [f"BEGIN:{kind}", f"DTSTART:{onsets[0]}"]
        lines += [f"RDATE:{onset}" for onset in onsets[1:]]
        lines += [f"TZOFFSETFROM:{_offset(before.offset)}", f"TZOFFSETTO:{_offset(after.offset)}"]
        lines += [f"TZNAME:{after.name}", f"END:{kind}"]
    return (*lines, "END:VTIMEZONE")
