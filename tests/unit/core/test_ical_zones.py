"""VTIMEZONE: a reader that trusts only the component finds the same instants as the zone's own rules."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from eventsite.core.ical import Entry, Feed, to_ics
from eventsite.core.ical_zones import vtimezone

ODD_ZONES = [
    ("Europe/Berlin", 2026), ("Europe/Berlin", 1945), ("Europe/Berlin", 2080), ("Europe/Dublin", 2026),
    ("Asia/Kolkata", 2026),
    ("Africa/Casablanca", 2026), ("America/Sao_Paulo", 2018), ("Australia/Lord_Howe", 2026), ("Pacific/Apia", 2011),
    ("America/St_Johns", 2026), ("Europe/Berlin", 1900), ("Asia/Kathmandu", 1986), ("Antarctica/Troll", 2026),
]  # fmt: skip


def test_vtimezone_berlin_golden() -> None:
    assert vtimezone("Europe/Berlin", 2026, 2026) == (
        "BEGIN:VTIMEZONE", "TZID:Europe/Berlin",
        "BEGIN:STANDARD", "DTSTART:20251231T010000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100",
        "TZNAME:CET", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:20260329T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
        "TZNAME:CEST", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
        "TZNAME:CET", "END:STANDARD",
        "END:VTIMEZONE",
    )  # fmt: skip


def test_vtimezone_two_years_repeat_by_date() -> None:
    lines = vtimezone("Europe/Berlin", 2026, 2027)
    assert [line for line in lines if line.startswith("RDATE")] == ["RDATE:20270328T020000", "RDATE:20271031T030000"]


def _offset_by_component(lines: tuple[str, ...], local: datetime) -> timedelta:
    """What RFC 5545 makes a reader do: the observance with the latest onset not after the local time."""
    best: tuple[datetime, str] = (datetime(1, 1, 1), "+0000")  # noqa: DTZ001 - local by meaning
    onsets: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line.startswith("BEGIN:"):
            onsets = []
        elif name in ("DTSTART", "RDATE"):
            onsets.append(value)
        elif name == "TZOFFSETTO":
            for onset in onsets:
                moment = datetime.strptime(onset, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local by meaning
                if best[0] < moment <= local:
                    best = moment, value
    sign = -1 if best[1].startswith("-") else 1
    hours, minutes, seconds = int(best[1][1:3]), int(best[1][3:5]), int(best[1][5:7] or 0)
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


@pytest.mark.parametrize(("name", "year"), ODD_ZONES)
def test_component_alone_gives_the_zones_offsets(name: str, year: int) -> None:
    zone, lines = ZoneInfo(name), vtimezone(name, year, year)
    instant = datetime(year, 1, 2, tzinfo=UTC)
    while instant < datetime(year, 12, 30, tzinfo=UTC):
        local = instant.astimezone(zone)
        # The hour that is shown twice cannot be told apart by any reader; entries in it are written in UTC.
        exists_once = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
        if exists_once:
            assert _offset_by_component(lines, local.replace(tzinfo=None)) == local.utcoffset(), local
        instant += timedelta(minutes=37)


def test_another_reader_agrees_on_daylight_saving_nights() -> None:
    text = "\r\n".join(vtimezone("Europe/Berlin", 2026, 2027)) + "\r\n"
    zone = tzical(StringIO(text)).get("Europe/Berlin")
    for local in ("2026-03-29T01:59", "2026-03-29T03:00", "2026-03-29T03:30", "2026-10-25T03:30", "2027-07-01T12:00"):
        moment = datetime.fromisoformat(local)
        assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()


@pytest.mark.parametrize("year", [1969, 2026, 2039])
def test_only_the_years_in_use_are_described(year: int) -> None:
    start = datetime(year, 7, 1, 10, tzinfo=UTC)
    entry = Entry("u", "s", start, start + timedelta(hours=1), start)
    content = to_ics(Feed(), [entry]).decode()
    zone = content[content.index("BEGIN:VTIMEZONE") : content.index("END:VTIMEZONE")]
    stamps = [line.partition(":")[2][:4] for line in zone.split("\r\n") if line.startswith(("DTSTART", "RDATE"))]
    assert set(stamps) <= {str(year - 1), str(year)}
