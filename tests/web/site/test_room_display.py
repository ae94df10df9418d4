"""The screen at the door of a room: what it says at every time of the day, and that it never says what is over."""

import re

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.events import service as events
from eventsite.programme import service, service_releases
from eventsite.web import cache
from tests.meeting import Meeting, at, make_meeting, visit
from tests.queries import count_queries

HALL = "/en/werkstatt/rooms/hall/now"


def acts(app: Flask, path: str = HALL) -> list[tuple[str, str]]:
    """State and title of everything the screen holds, what is over left out."""
    html = visit(app, path).text
    found = re.findall(r'class="act act--(\w+)[^>]*>.*?act__title">([^<]+)<', html, re.DOTALL)
    return [one for one in found if one[0] != "past"]


def idle(app: Flask, path: str = HALL) -> str:
    """The sentence in place of items; empty while there are some."""
    found = re.search(r"data-idle>([^<]+)<", visit(app, path).text)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        (at(9, day=10), [("next", "Welcome"), ("later", "Places that carry")]),
        (at(9), [("now", "Welcome"), ("next", "Places that carry")]),
        (at(9, 30), [("now", "Places that carry")]),
        (at(11), []),
    ],
)
def test_screen_follows_the_clock(app: Flask, instant: object, shown: list[tuple[str, str]]) -> None:
    make_meeting()
    with clock.freeze(at(8)):
        visit(app, HALL)  # kept, and to be thrown away in time
    with clock.freeze(instant):  # type: ignore[arg-type]
        assert acts(app) == shown


def test_screen_says_what_is_cancelled(app: Flask) -> None:
    meeting = make_meeting()
    service.cancel_item(meeting.items["keynote"].id)
    service_releases.release(meeting.event.id)
    html = visit(app, HALL).text
    assert re.findall(r'act__cancelled">([^<]+)<', html) == ["Cancelled"]


@pytest.mark.parametrize(
    ("instant", "words"),
    [(at(11), "Nothing more is planned in this room."), (at(16), "The event is over. Thank you for coming.")],
)
def test_screen_says_when_nothing_comes(app: Flask, instant: object, words: str) -> None:
    make_meeting()
    with clock.freeze(instant):  # type: ignore[arg-type]
        assert idle(app) == words


def test_room_without_items_and_before_the_release(app: Flask) -> None:
    make_meeting(released=False)
    assert idle(app) == "Nothing is planned in this room yet."


def test_room_has_its_names_and_its_id(app: Flask) -> None:
    meeting = make_meeting()
    (hall, _other) = events.queries.rooms(events.queries.get_event("werkstatt"))
    paths = [
        f"/{language}/werkstatt/rooms/{room}/now"
        for language in ("de", "en")
        for room in ("saal", "hall", hall.public_id)
    ]
    assert [visit(app, path).status_code for path in paths] == [200] * 6
    assert [
        visit(app, f"/en/werkstatt/rooms/{room}/now").status_code
        for room in ("x", "%00", "..", meeting.round.public_id)
    ] == [404] * 4


def test_screen_works_without_script_and_is_not_for_machines(app: Flask) -> None:
    make_meeting()
    html = visit(app, HALL).text
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in html
    assert '<meta name="robots" content="noindex">' in html


def test_called_off_event_says_so(app: Flask) -> None:
    meeting = make_meeting()
    events.change_event(meeting.event.id, cancelled_at=clock.now())
    html = visit(app, HALL).text
    assert (re.findall(r'display__word">([^<]+)<', html), "act__title" in html) == (["This event is cancelled."], False)


def test_online_events_have_no_rooms_and_no_venue(app: Flask) -> None:
    meeting = make_meeting()
    events.change_event(meeting.event.id, attendance="online")
    assert [visit(app, path).status_code for path in (HALL, "/en/werkstatt/venue")] == [404, 404]


def cost(app: Flask) -> int:
    cache.pages.clear()
    with count_queries() as sent:
        visit(app, HALL)
    return len(sent)


def test_screen_costs_the_same_for_one_item_and_for_many(app: Flask) -> None:
    meeting: Meeting = make_meeting()
    few = cost(app)
    room = events.queries.rooms(meeting.event)[0].id
    for number in range(30):
        service.create_item(
            meeting.event.id, kind="talk", title={"de": f"V{number}"}, starts_at=at(14), ends_at=at(15), room_id=room
        )
    service_releases.release(meeting.event.id)
    assert (few, cost(app)) == (5, 5)
