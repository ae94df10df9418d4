"""The parts of the offline copy: every one of them is there, and the version changes with each of them."""

from typing import Any

from flask import Flask

from eventsite.events import service as events
from eventsite.programme import service, service_releases
from eventsite.web import cache
from tests.meeting import make_meeting, preview_token, visit, words
from tests.queries import count_queries

PARTS = "/en/werkstatt/offline.json"


def parts(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = visit(app, PARTS).json
    return found


def test_every_part_is_there(app: Flask) -> None:
    make_meeting()
    found = parts(app)
    assert found["pages"] == [
        "/en/werkstatt/programme", "/en/werkstatt/programme/begruessung", "/en/werkstatt/programme/orte-die-tragen",
        "/en/werkstatt/programme/netze-knuepfen", "/en/werkstatt/programme/raeume-oeffnen", "/en/werkstatt/venue",
    ]  # fmt: skip
    answers = {path: visit(app, path) for path in [*found["pages"], *found["files"]]}
    assert {path: one.status_code for path, one in answers.items()} == dict.fromkeys(answers, 200)
    assert {path for path, one in answers.items() if "Set-Cookie" in one.headers} == set()


def test_version_changes_with_release_event_venue_and_room_only(app: Flask) -> None:
    meeting = make_meeting()
    versions = [parts(app)["version"]]
    service.change_item(meeting.items["welcome"].id, title=words("Auftakt"))
    assert parts(app)["version"] == versions[0]
    event = events.queries.get_event("werkstatt")
    venue, room = event.venue_id, events.queries.rooms(event)[0].id
    assert venue is not None
    for change in (
        lambda: service_releases.release(meeting.event.id),
        lambda: events.change_venue(venue, directions=words("Geradeaus")),
        lambda: events.change_room(room, capacity=7),
    ):
        change()
        versions.append(parts(app)["version"])
    assert len(set(versions)) == 4
    assert parts(app)["version"] == versions[-1]


def test_script_answers_for_the_pages_of_one_event(app: Flask) -> None:
    make_meeting()
    answer = visit(app, "/en/werkstatt/offline.js")
    assert (answer.status_code, answer.content_type) == (200, "text/javascript; charset=utf-8")
    assert "Service-Worker-Allowed" not in answer.headers


def test_draft_is_not_kept(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    assert [visit(app, path).status_code for path in (PARTS, "/en/werkstatt/offline.js")] == [404, 404]
    html = visit(app, f"/en/werkstatt/programme?preview={preview_token(meeting.event)}").text
    assert "data-offline" not in html


def test_list_of_parts_costs_little(app: Flask) -> None:
    make_meeting()
    cache.pages.clear()
    with count_queries() as sent:
        parts(app)
    assert len(sent) == 4
