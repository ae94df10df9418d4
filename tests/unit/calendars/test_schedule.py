"""schedule.xml and schedule.json against their public schemas, for programmes of every shape."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft6Validator
from xmlschema import XMLSchema

from eventsite.calendars import schedule
from eventsite.core import i18n
from tests.meeting import words

SCHEMAS = Path("tests/golden/schedule")
EARLY, LATE = (datetime.fromisoformat(f"{year}-01-01") for year in (1900, 2100))
START = datetime(2027, 3, 11, 8, 30, tzinfo=UTC)


@cache
def xml_schema() -> XMLSchema:
    return XMLSchema(str(SCHEMAS / "schedule.xml.xsd"))


@cache
def json_schema() -> Draft6Validator:
    return Draft6Validator(json.loads((SCHEMAS / "schema.json").read_text()))


def event(**values: Any) -> Any:
    known = {"slug": "werkstatt", "title": words("Werkstatt Lernorte"), "accent": "#0b5a6b"}
    times = {"timezone": "Europe/Berlin", "starts_at": START, "ends_at": START + timedelta(hours=7)}
    return SimpleNamespace(**{**known, **times, **values})


def item(item_id: int, **values: Any) -> dict[str, Any]:
    empty = {name: {} for name in ("subtitle", "abstract", "leading_questions", "target_group")}
    known = {"id": item_id, "uid": f"item{item_id}", "slug": f"punkt-{item_id}", "kind": "talk", "number": ""}
    times = {"starts_at": START, "ends_at": START + timedelta(minutes=45), "position": 0}
    state = {"removed": False, "status": "confirmed", "language": "de", "room": None, "track": None, "people": []}
    return {**empty, **known, "title": words(f"Punkt {item_id}"), **times, **state, **values}


def source(**values: Any) -> schedule.Source:
    return schedule.Source(event(**values), "https://tagung.example.org", "3", {})


def both(one: schedule.Source, items: list[dict[str, Any]]) -> tuple[ElementTree.Element, dict[str, Any]]:
    """Both files, read and held against their schemas."""
    found = schedule.tree(one, items)
    octets = schedule.to_xml(found, one)
    xml_schema().validate(octets.decode())
    written = json.loads(schedule.to_json(found, one))
    assert [error.message for error in json_schema().iter_errors(written)] == []
    return ElementTree.fromstring(octets), written


def test_session_is_told_alike_in_both_files() -> None:
    person = {"uid": "p1", "slug": "mara-weiland", "name": "Mara Weiland"}
    room, track = {"uid": "r1", "name": words("Saal")}, {"uid": "t1", "title": words("Praxis"), "colour": "#0b5a6b"}
    root, written = both(
        source(), [item(1, number="2", room=room, track=track, people=[person], abstract=words("Was **trägt**?"))]
    )
    session = root.find("day/room/event")
    assert session is not None
    told = {child.tag: child.text or "" for child in session if len(child) == 0}
    assert told == {
        "room": "Saal",
        "title": "2: Punkt 1",
        "subtitle": "",
        "type": "Vortrag" if i18n.current_language() == "de" else "Talk",
        "date": "2027-03-11T09:30:00+01:00",
        "start": "09:30",
        "duration": "00:45",
        "abstract": "Was **trägt**?",
        "slug": "werkstatt-1-punkt-1",
        "track": "Praxis",
        "language": "de",
        "description": "",
        "url": f"https://tagung.example.org/{i18n.current_language()}/werkstatt/programme/punkt-1",
    }
    (day,) = written["schedule"]["conference"]["days"]
    (one,) = day["rooms"]["Saal"]
    names = ("room", "title", "date", "start", "duration", "abstract", "slug", "track", "language", "url")
    assert {name: one[name] for name in names} == {name: told[name] for name in names}
    assert (one["guid"], one["id"]) == (session.get("guid"), 1)
    assert [p["guid"] for p in one["persons"]] == [p.get("guid") for p in session.findall("persons/person")]


def test_cancelled_and_removed_sessions_are_gone() -> None:
    root, written = both(source(), [item(1, status="cancelled"), item(2, removed=True), item(3)])
    assert [e.get("id") for e in root.iter("event")] == ["3"]
    assert [len(day["rooms"]) for day in written["schedule"]["conference"]["days"]] == [1]


def test_guids_and_ids_stay_when_everything_else_changes() -> None:
    moved = item(7, slug="anders", title=words("Anders"), starts_at=START + timedelta(hours=3), number="9")
    moved["ends_at"] = moved["starts_at"] + timedelta(hours=1)
    one, other = both(source(), [item(7)])[0], both(source(slug="neu", title=words("Neu")), [moved])[0]
    assert [(e.get("id"), e.get("guid")) for e in one.iter("event")] == [
        (e.get("id"), e.get("guid")) for e in other.iter("event")
    ]


def test_item_over_midnight_belongs_to_the_day_it_starts_on() -> None:
    late = datetime(2027, 3, 11, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    root, _written = both(
        source(ends_at=START + timedelta(days=1)), [item(1, starts_at=late, ends_at=late + timedelta(hours=3))]
    )
    days = [
        (day.get("index"), day.get("date"), day.get("end"), len(list(day.iter("event")))) for day in root.iter("day")
    ]
    assert days == [
        ("1", "2027-03-11", "2027-03-12T02:30:00+01:00", 1),
        ("2", "2027-03-12", "2027-03-13T00:00:00+01:00", 0),
    ]


@pytest.mark.parametrize(
    ("zone", "instant", "told"),
    [
        ("Europe/Berlin", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31T02:30:00+02:00"),
        ("Europe/Berlin", datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "2027-10-31T02:30:00+01:00"),
        ("Australia/Lord_Howe", datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "2027-01-01T11:00:00+11:00"),
        ("America/St_Johns", datetime(2040, 1, 1, 0, 0, tzinfo=UTC), "2039-12-31T20:30:00-03:30"),
        ("Europe/Berlin", datetime(1893, 1, 1, 0, 0, tzinfo=UTC), "1893-01-01T00:00:00+00:00"),
        ("UTC", datetime(1965, 1, 1, 0, 0, tzinfo=UTC), "1965-01-01T00:00:00+00:00"),
    ],
)
def test_hours_that_come_twice_odd_zones_and_far_years(zone: str, instant: datetime, told: str) -> None:
    when = {"starts_at": instant, "ends_at": instant + timedelta(hours=1)}
    root, _written = both(source(timezone=zone, **when), [item(1, **when)])
    assert [e.findtext("date") for e in root.iter("event")] == [told]


anything = st.text(max_size=30)
instants = st.datetimes(EARLY, LATE).map(lambda t: t.replace(tzinfo=UTC, microsecond=0))


@st.composite
def programmes(draw: st.DrawFn) -> tuple[schedule.Source, list[dict[str, Any]]]:
    start = draw(instants)
    zone = draw(
        st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Africa/Monrovia", "Etc/GMT+12"])
    )
    rooms = draw(st.lists(st.fixed_dictionaries({"uid": st.uuids().map(str), "name": anything.map(words)}), max_size=3))
    items = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        begins = start + timedelta(minutes=draw(st.integers(0, 4000)))
        values = {"room": draw(st.sampled_from([None, *rooms])), "title": words(draw(anything))}
        values |= {"abstract": words(draw(anything)), "status": draw(st.sampled_from(["confirmed", "cancelled"]))}
        people = [{"uid": draw(anything), "slug": "x", "name": draw(anything)}]
        ends = begins + timedelta(minutes=draw(st.integers(1, 7000)))
        items.append(item(number, starts_at=begins, ends_at=ends, people=people, **values))
    slug = draw(st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True))
    return source(
        slug=slug,
        title=words(draw(anything)),
        timezone=zone,
        starts_at=start,
        ends_at=start + timedelta(days=draw(st.integers(1, 40))),
    ), items


@given(programmes())
@settings(max_examples=60, deadline=None)
def test_every_programme_is_valid_and_made_alike_twice(made: tuple[schedule.Source, list[dict[str, Any]]]) -> None:
    one, items = made
    both(one, items)
    assert schedule.to_xml(schedule.tree(one, items), one) == schedule.to_xml(
        schedule.tree(one, list(reversed(items))), one
    )
