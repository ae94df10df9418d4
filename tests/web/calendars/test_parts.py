"""Calendars of parts of a programme: the entries of the whole, fewer of them; and the page that offers them all."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.events import service as events
from eventsite.programme import service as programme
from eventsite.programme import service_releases
from eventsite.web import cache
from tests.calendar_readers import agreed
from tests.conftest import NOW
from tests.meeting import Meeting, at, make_meeting, visit, words
from tests.queries import count_queries


def summaries(app: Flask, path: str) -> list[tuple[str, str]]:
    ((*found,),) = agreed(visit(app, f"/de/werkstatt/{path}/calendar.ics").data)
    return [(entry.summary, entry.status) for entry in found]


def rooms(meeting: Meeting) -> list[str]:
    return [room.public_id for room in events.queries.rooms(meeting.event)]


def test_each_part_holds_its_own(app: Flask) -> None:
    meeting = make_meeting()
    hall, small = rooms(meeting)
    assert summaries(app, f"rooms/{hall}") == [("Begrüßung", "CONFIRMED"), ("Orte, die tragen", "CONFIRMED")]
    assert summaries(app, f"rooms/{small}") == [("Workshop 2: Räume öffnen", "CONFIRMED")]
    assert [name for name, _status in summaries(app, "kinds/workshop")] == [
        "Workshop 1: Netze knüpfen",
        "Workshop 2: Räume öffnen",
    ]
    assert len(summaries(app, "days/2027-03-11")) == 5


def test_uids_are_those_of_the_whole(app: Flask) -> None:
    make_meeting()
    whole, part = agreed(
        visit(app, "/de/werkstatt/calendar.ics").data, visit(app, "/de/werkstatt/kinds/workshop/calendar.ics").data
    )
    assert [entry for entry in whole if entry.categories == ("Workshop",)] == part


def test_what_left_the_room_is_gone_and_what_was_taken_out_is_a_tombstone(app: Flask) -> None:
    meeting = make_meeting()
    hall, small = rooms(meeting)
    programme.change_item(meeting.items["keynote"].id, room_id=meeting.items["second"].room_id)
    programme.delete_item(meeting.items["welcome"].id)
    with clock.freeze(NOW + timedelta(hours=1)):
        service_releases.release(meeting.event.id)
    assert summaries(app, f"rooms/{hall}") == [("Begrüßung", "CANCELLED")]
    assert ("Orte, die tragen", "CONFIRMED") in summaries(app, f"rooms/{small}")
    ((one,),) = agreed(visit(app, "/de/werkstatt/programme/begruessung.ics").data)
    assert (one.summary, one.status) == ("Begrüßung", "CANCELLED")


def test_archived_event_keeps_no_tombstones(app: Flask) -> None:
    meeting = make_meeting()
    programme.delete_item(meeting.items["welcome"].id)
    service_releases.release(meeting.event.id)
    before = visit(app, "/de/werkstatt/calendar.ics").data.count(b"BEGIN:VEVENT")
    events.change_event(meeting.event.id, archived_at=NOW)
    assert (before, visit(app, "/de/werkstatt/calendar.ics").data.count(b"BEGIN:VEVENT")) == (6, 5)


@pytest.mark.parametrize(
    "path", ["rooms/none", "kinds/", "kinds/nix", "tracks/x", "days/2027-03-12", "days/heute", "places/x", "rooms/ä"]
)
def test_unknown_part_is_404(app: Flask, path: str) -> None:
    make_meeting()
    assert visit(app, f"/de/werkstatt/{path}/calendar.ics").status_code == 404


def test_page_offers_what_there_is(app: Flask) -> None:
    make_meeting()
    text = visit(app, "/de/werkstatt/calendar").get_data(as_text=True)
    found = [text.count(word) for word in ("webcal://", "Nach Räumen", "Nach Art", "Nach Tag", "Nach Themenstrang")]
    assert found == [6, 1, 1, 0, 0]  # the whole, two rooms, three kinds
    assert "Raum 1" in text


def test_page_before_the_release_offers_the_whole(app: Flask) -> None:
    make_meeting(released=False)
    assert visit(app, "/de/werkstatt/calendar").get_data(as_text=True).count("webcal://") == 1


@pytest.mark.parametrize("path", ["calendar", "kinds/talk/calendar.ics"])
def test_queries_stay_the_same(app: Flask, path: str) -> None:
    meeting, counts = make_meeting(), []
    for number in (1, 60):
        for n in range(number):
            times = {"starts_at": at(9), "ends_at": at(10)}
            programme.create_item(meeting.event.id, kind="talk", title=words(f"Punkt {n}"), **times)
        service_releases.release(meeting.event.id)
        cache.pages.clear()
        with count_queries() as sent:
            assert visit(app, f"/de/werkstatt/{path}").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 6
