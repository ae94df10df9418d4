"""Calendar entries of released items, octet by octet against golden files, and SEQUENCE through swaps and moves.

After a wanted change write the files anew: EVENTSITE_WRITE_GOLDEN=1 ./run test tests/unit/programme/test_entries.py
"""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eventsite.core import i18n, ical
from eventsite.programme import entries, snapshot
from eventsite.programme.entries import Frame
from eventsite.programme.snapshot import Programme
from tests.unit.programme.rows import NOON, appearance, hour, item, room, round_

GOLDEN = Path(__file__).parents[2] / "golden"
LATER = NOON + timedelta(days=1)


def event(**values: Any) -> SimpleNamespace:
    venue = SimpleNamespace(
        name={"de": "Kulturbahnhof"},
        address="Bahnhofsplatz 1\n34117 Kassel",
        town="Kassel",
        latitude=51.3,
        longitude=9.5,
    )
    defaults: dict[str, Any] = {
        "public_id": "event1",
        "slug": "werkstatt",
        "title": {"de": "Werkstatt; „Räume, Wege“", "en": "Workshop"},
        "subtitle": {},
        "lead": {"de": "Zeile eins\nZeile zwei"},
        "starts_at": hour(8),
        "ends_at": hour(15),
        "timezone": "Europe/Berlin",
        "venue": venue,
        "contact_name": "Annegret Sommerfeld",
        "contact_email": "tagung@example.org",
        "contact_phone": "",
        "logo_url": "/logos/abc",
        "sequence": 2,
        "entry_changed_at": NOON,
        "created_at": hour(6),
        "cancelled_at": None,
    }
    return SimpleNamespace(**{**defaults, **values})


def programme() -> Programme:
    """Two releases: in the second the keynote moved, a talk was taken out and a workshop was cancelled."""
    people = [appearance("Dr. Ada Łącka", organisations=["Universität Kassel"]), appearance("Bo")]
    workshops = {"kind": "workshop", "round_id": 1, "starts_at": hour(13), "ends_at": hour(14)}
    first = [
        item("item1", kind="keynote", appearances=people, is_open_list=True, room=room()),
        item("item2"),
        item("item3", kind="break", starts_at=hour(10), ends_at=hour(11)),
        item("item4", number="1", title={"de": "Netze 🧶 knüpfen"}, **workshops),
        item("item5", number="2", **workshops),
    ]
    before = snapshot.build([round_()], first, None, NOON)
    first[0].starts_at, first[4].cancelled_at = hour(9, 15), NOON
    return Programme(2, LATER, snapshot.build([round_()], [first[0], *first[2:]], before, LATER))


@pytest.fixture
def frame() -> Frame:
    with i18n.use_language("de"):
        return entries.frame_of(event(), "https://tagung.example.org:8443/")


def same_as_golden(name: str, octets: bytes) -> bool:
    path = GOLDEN / name
    if os.environ.get("EVENTSITE_WRITE_GOLDEN"):
        path.write_bytes(octets)
    return path.read_bytes() == octets


def test_public_feed_is_the_golden_one(frame: Frame) -> None:
    listed = entries.public_entries(event(), programme().everything, frame)
    feed = ical.Feed(name="Werkstatt", colour="#0b5a6b", language="de", last_modified=LATER)
    assert same_as_golden("public.ics", ical.to_ics(feed, listed))


def test_personal_entries_are_the_golden_ones(frame: Frame) -> None:
    released = programme()
    one, first, second = released.rounds[0], *released.rounds[0]["items"]
    given: dict[str, Any] = {"round_uid": one["uid"], "owner": "ada", "changed_at": LATER}
    listed = [
        entries.own_workshop(first, frame, sequence=0, **given),
        entries.own_workshop(second, frame, sequence=1, **given),
        entries.own_round(one, frame, owner="bo"),
        entries.own_round(one, frame, owner="cy", sequence=0, changed_at=LATER),
        entries.waiting_entry(first, frame, owner="bo"),
    ]
    assert same_as_golden("personal.ics", ical.to_ics(ical.Feed(language="de"), listed))


def test_feed_is_the_same_each_time_it_is_made(frame: Frame) -> None:
    made = [ical.to_ics(ical.Feed(), entries.public_entries(event(), programme().everything, frame)) for _n in range(2)]
    assert made[0] == made[1]


def test_uid_belongs_to_the_host_of_the_site(frame: Frame) -> None:
    assert entries.item_entry(programme().items[0], frame).uid == "item1@tagung.example.org"


def test_every_entry_says_what_it_is(frame: Frame) -> None:
    found = [(e.uid.split("@")[0], e.status, e.sequence, e.is_busy) for e in map_entries(frame)]
    assert found == [
        ("item1", "CONFIRMED", 3, True),
        ("item3", "CONFIRMED", 2, False),
        ("item4", "CONFIRMED", 2, True),
        ("item5", "CANCELLED", 3, True),
        ("item2", "CANCELLED", 3, True),
    ]


def map_entries(frame: Frame) -> list[ical.Entry]:
    return [entries.item_entry(one, frame) for one in programme().everything]


def test_event_blocks_time_only_where_no_item_does() -> None:
    with i18n.use_language("de"):
        frame = entries.frame_of(event(), "http://localhost")
        found = [entries.public_entries(event(), listed, frame)[0].is_busy for listed in ([], programme().everything)]
    assert found == [True, False]


def test_cancelled_event_cancels_all_its_entries() -> None:
    gone = event(cancelled_at=NOON)
    listed = entries.public_entries(gone, programme().everything, entries.frame_of(gone, "http://localhost"))
    assert {entry.status for entry in listed} == {ical.CANCELLED}


@pytest.mark.parametrize("swaps", [[("item4", 0), ("item5", 1), ("item4", 2)], [("item5", 0), ("item4", 1)]])
def test_swap_of_workshops_always_raises_the_sequence(frame: Frame, swaps: list[tuple[str, int]]) -> None:
    one = programme().rounds[0]
    by_uid = {inside["uid"]: inside for inside in one["items"]}
    values: dict[str, Any] = {"round_uid": one["uid"], "owner": "ada", "changed_at": LATER}
    found = [entries.own_round(one, frame, owner="ada")]
    found += [entries.own_workshop(by_uid[uid], frame, sequence=number, **values) for uid, number in swaps]
    found.append(entries.own_round(one, frame, owner="ada", sequence=len(swaps), changed_at=LATER))
    sequences = [entry.sequence for entry in found]
    assert (sequences, len(set(sequences))) == (sorted(sequences), len(sequences))
    assert {entry.uid for entry in found} == {"round1-ada@tagung.example.org"}


def test_personal_entries_are_private(frame: Frame) -> None:
    one = programme().rounds[0]
    made = [entries.own_round(one, frame, owner="a"), entries.waiting_entry(one["items"][0], frame, owner="a")]
    assert [(entry.klass, entry.status) for entry in made] == [("PRIVATE", "TENTATIVE")] * 2


def test_online_event_has_no_place() -> None:
    with i18n.use_language("en"):
        frame = entries.frame_of(event(venue=None, contact_email=""), "http://localhost")
    assert (frame.place, frame.geo, frame.organizer, frame.url) == ("", None, None, "http://localhost/en/werkstatt/")
    assert replace(frame, language="") != frame


def test_event_of_several_days_is_written_in_days(frame: Frame) -> None:
    long = event(ends_at=hour(15) + timedelta(days=2))
    evening = event(starts_at=hour(19), ends_at=hour(19) + timedelta(hours=7))
    spans = [
        (entries.event_entry(one, frame).starts_at, entries.event_entry(one, frame).ends_at) for one in (long, evening)
    ]
    assert spans == [(hour(8).date(), hour(8).date() + timedelta(days=2)), (evening.starts_at, evening.ends_at)]
