"""schedule.xml and schedule.json over the wire."""

import json
from xml.etree import ElementTree

import pytest
from flask import Flask

from eventsite.programme import service as programme
from eventsite.programme import service_releases
from eventsite.web import cache
from tests.meeting import at, make_meeting, visit, words
from tests.queries import count_queries

XML, JSON = "/de/werkstatt/schedule.xml", "/de/werkstatt/schedule.json"


def titles(app: Flask) -> list[str | None]:
    return [event.findtext("title") for event in ElementTree.fromstring(visit(app, XML).data).iter("event")]


def test_both_files_hold_the_release(app: Flask) -> None:
    make_meeting()
    xml, told = visit(app, XML), visit(app, JSON)
    assert (xml.status_code, xml.content_type) == (200, "application/xml; charset=utf-8")
    assert (told.status_code, told.content_type) == (200, "application/json")
    days = json.loads(told.data)["schedule"]["conference"]["days"]
    assert [len(day["rooms"]) for day in days] == [3]
    assert titles(app) == ["Begrüßung", "Orte, die tragen", "Mittagspause", "1: Netze knüpfen", "2: Räume öffnen"]


def test_draft_is_told_with_its_release_only(app: Flask) -> None:
    meeting = make_meeting()
    programme.change_item(meeting.items["lunch"].id, title=words("Suppe"))
    assert "Mittagspause" in titles(app)
    service_releases.release(meeting.event.id)
    assert "Suppe" in titles(app)
    assert json.loads(visit(app, JSON).data)["schedule"]["version"] == "2"


def test_before_a_release_there_is_no_schedule(app: Flask) -> None:
    make_meeting(released=False)
    assert [visit(app, path).status_code for path in (XML, JSON)] == [404, 404]


def test_draft_event_shows_none(app: Flask) -> None:
    make_meeting(is_public=False)
    assert [visit(app, path).status_code for path in (XML, JSON)] == [404, 404]


@pytest.mark.parametrize("path", [XML, JSON])
def test_queries_stay_the_same(app: Flask, path: str) -> None:
    meeting = make_meeting()
    counts = []
    for more in (0, 100):
        for number in range(more):
            programme.create_item(
                meeting.event.id, kind="talk", title=words(f"Punkt {number}"), starts_at=at(9), ends_at=at(10)
            )
        service_releases.release(meeting.event.id)
        cache.pages.clear()
        with count_queries() as sent:
            visit(app, path)
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert counts[1] <= 6
    warm = visit(app, path)
    with count_queries() as sent:
        again = visit(app, path, headers={"If-None-Match": warm.headers["ETag"]})
    assert (again.status_code, len(sent)) == (304, 0)
