"""Calendars: the octets, the norms, and what a strict reader gets back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import ical
from eventsite.core.ical import Alarm, Conference, Entry, Feed, Mailbox

BERLIN = ZoneInfo("Europe/Berlin")
CHANGED = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)
ENTRY = Entry(
    uid="item-1@example.org",
    summary="Impulsvortrag",
    starts_at=datetime(2026, 3, 12, 10, 0, tzinfo=BERLIN),
    ends_at=datetime(2026, 3, 12, 11, 30, tzinfo=BERLIN),
    last_modified=CHANGED,
)


def parsed(entry: Entry, feed: Feed = Feed()) -> Any:
    """The entry as the strict reader sees it."""
    calendar: Any = icalendar.Calendar.from_ical(ical.to_ics(feed, [entry]))
    (event,) = calendar.walk("VEVENT")
    assert [*calendar.errors, *event.errors] == []
    return event


def lines_of(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_to_ics_golden_event() -> None:
    content = ical.to_ics(Feed(), [ENTRY])
    start = content.index(b"BEGIN:VEVENT")
    assert content[start:].decode() == (
        "BEGIN:VEVENT\r\nUID:item-1@example.org\r\nDTSTAMP:20260201T080000Z\r\n"
        "DTSTART;TZID=Europe/Berlin:20260312T100000\r\nDTEND;TZID=Europe/Berlin:20260312T113000\r\n"
        "SEQUENCE:0\r\nSTATUS:CONFIRMED\r\nLAST-MODIFIED:20260201T080000Z\r\nSUMMARY:Impulsvortrag\r\n"
        "CLASS:PUBLIC\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def test_to_ics_feed_head() -> None:
    feed = Feed(
        name="Kassel",
        description="Alles",
        colour="#4169e0",
        source="https://example.org/de/k/calendar.ics",
        language="de",
    )
    head = lines_of(ical.to_ics(replace(feed, last_modified=CHANGED), []))
    assert head[:18] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//eventsite//eventsite//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "NAME;LANGUAGE=de:Kassel", "X-WR-CALNAME:Kassel", "X-WR-TIMEZONE:Europe/Berlin",
        "DESCRIPTION;LANGUAGE=de:Alles", "X-WR-CALDESC:Alles", "LAST-MODIFIED:20260201T080000Z",
        "SOURCE;VALUE=URI:https://example.org/de/k/calendar.ics", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H", "COLOR:royalblue", "X-APPLE-CALENDAR-COLOR:#4169e0",
        "BEGIN:VTIMEZONE", "TZID:Europe/Berlin",
    ]  # fmt: skip


def test_to_ics_same_entries_are_the_same_octets() -> None:
    assert ical.to_ics(Feed(name="x"), [ENTRY, ENTRY]) == ical.to_ics(Feed(name="x"), [ENTRY, ENTRY])


NASTY = [
    "Komma, Semikolon; Rückstrich \\ und \\n kein Umbruch",
    "Zeile eins\nZeile zwei\r\nZeile drei\rZeile vier",
    "ÄÖÜäöüß" * 40,
    "👩🏽‍💻🏳️‍🌈" * 30,
    "Anführung \"so\" ^hoch^ 'einfach': Doppelpunkt",
    "  führend und folgend  ",
    "שלום, مرحبا",
]


@pytest.mark.parametrize("words", NASTY)
def test_texts_come_back_as_they_went(words: str) -> None:
    entry = replace(ENTRY, summary=words, location=words, description=words, contact=words, categories=(words, "b"))
    event = parsed(entry)
    expected = words.replace("\r\n", "\n").replace("\r", "\n")
    assert [str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CONTACT")] == [expected] * 4
    assert [str(category) for category in event["CATEGORIES"].cats] == [expected, "b"]


@pytest.mark.parametrize("words", NASTY)
def test_names_in_parameters_come_back(words: str) -> None:
    person = Mailbox(words, "a@example.org")
    event = parsed(replace(ENTRY, organizer=person, attendees=(person,)))
    expected = words.replace("\r\n", "\n").replace("\r", "\n")
    assert event["ORGANIZER"].params["CN"] == expected
    assert event["ATTENDEE"].params["CN"] == expected


@given(st.text(max_size=200))
def test_any_text_folds_and_comes_back(words: str) -> None:
    content = ical.to_ics(Feed(), [replace(ENTRY, description=words + "x")])
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        line.decode()
    icalendar.Calendar.from_ical(content)


@pytest.mark.parametrize("length", range(60, 80))
@pytest.mark.parametrize("character", ["a", "ü", "€", "😀"])
def test_fold_never_cuts_a_character(length: int, character: str) -> None:
    line = "x" * length + character * 40
    folded = ical.fold(line)
    assert all(len(piece) <= 75 and piece.decode() is not None for piece in folded.split(b"\r\n"))
    assert folded.decode().replace("\r\n ", "") == line + "\r\n"


def test_no_line_can_be_smuggled_in() -> None:
    evil = "x\r\nATTENDEE:mailto:evil@example.org\r\n"
    entry = replace(
        ENTRY, uid=evil, url=f"https://a/{evil}", organizer=Mailbox(evil, evil), geo=(1.0, 2.0),
        conferences=(Conference(evil, evil),), attendees=(), contact=evil,
    )  # fmt: skip
    content = lines_of(ical.to_ics(Feed(name=evil, source=evil), [entry]))
    assert [line for line in content if line.startswith("ATTENDEE")] == []


def test_instants_are_those_given() -> None:
    event = parsed(ENTRY)
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert event["DTEND"].dt.astimezone(UTC) == datetime(2026, 3, 12, 10, 30, tzinfo=UTC)


def test_all_day_end_is_the_day_after_the_last() -> None:
    event = parsed(replace(ENTRY, starts_at=date(2026, 3, 12), ends_at=date(2026, 3, 13)))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 12), date(2026, 3, 14))


def test_hour_that_comes_twice_is_written_in_utc() -> None:
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN)
    content = ical.to_ics(Feed(), [replace(ENTRY, starts_at=second, ends_at=second + timedelta(hours=2))])
    assert "DTSTART:20261025T013000Z" in lines_of(content)
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    content = ical.to_ics(Feed(), [replace(ENTRY, starts_at=first, ends_at=datetime(2026, 10, 25, 4, tzinfo=BERLIN))])
    assert "DTSTART:20261025T003000Z" in lines_of(content)


def test_naive_instants_and_mixed_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        ical.to_ics(Feed(), [replace(ENTRY, starts_at=datetime(2026, 3, 12, 9))])  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="both"):
        ical.to_ics(Feed(), [replace(ENTRY, starts_at=date(2026, 3, 12))])


def test_cancelled_entry_is_a_tombstone_without_alarm() -> None:
    event = parsed(replace(ENTRY, status=ical.CANCELLED, sequence=3, alarms=(Alarm(timedelta(hours=1), "Bald"),)))
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CANCELLED", 3, "TRANSPARENT")
    assert event.walk("VALARM") == []


def test_everything_an_entry_can_say() -> None:
    entry = replace(
        ENTRY, created=CHANGED - timedelta(days=9), url="https://example.org/a b", image_url="https://example.org/p.jpg",
        geo=(51.3127, 9.4797), html_description="<p>Größe, <b>ja</b></p>", klass="PRIVATE", is_busy=False,
        conferences=(Conference("https://meet.example.org/x", "Video, Saal"),), language="de",
        related_to="e@example.org",
        alarms=(Alarm(timedelta(days=1, minutes=30), "Bald, ja"),), attendees=(Mailbox("Şahin, A.", "a@example.org"),),
    )  # fmt: skip
    lines = lines_of(ical.to_ics(Feed(method=ical.REQUEST), [entry]))
    assert set(lines) >= {
        "METHOD:REQUEST",
        "CREATED:20260123T080000Z",
        "URL:https://example.org/a%20b",
        "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/p.jpg",
        "GEO:51.312700;9.479700",
        "X-ALT-DESC;FMTTYPE=text/html:<p>Größe\\, <b>ja</b></p>",
        'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="Video, Saal":https://meet.example.org/x',
        "SUMMARY;LANGUAGE=de:Impulsvortrag",
        "RELATED-TO:e@example.org",
        "TRIGGER:-P1DT30M",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        'ATTENDEE;CN="Şahin, A.";CUTYPE=INDIVIDUAL;'
        "ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:a@example.org",
    }


@pytest.mark.parametrize(
    ("colour", "name"), [("#ff0000", "red"), ("#000081", "navy"), ("teal", "teal"), ("", ""), ("rgb(1,2,3)", "")]
)
def test_nearest_colour_name(colour: str, name: str) -> None:
    assert ical.nearest_colour_name(colour) == name
