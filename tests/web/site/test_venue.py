"""The page about the venue, and the picture of the way that owners upload."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.events.models import Venue
from tests.browserless import csrf_token
from tests.meeting import Meeting, make_meeting, preview_token, visit, words
from tests.organisers import make_account, signed_in

PAGE = "/en/werkstatt/venue"


def picture(width: int = 900, height: int = 600, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#dfe7d2").save(file, "PNG", **options)
    return file.getvalue()


def venue() -> Venue:
    db.session.rollback()
    return db.session.scalars(db.select(Venue)).one()


def send(app: Flask, *, content: bytes = b"", **values: str) -> Any:
    """What the owner gets who sends the form with this picture."""
    path = f"/admin/venues/{venue().public_id}/map"
    client = signed_in(app, "Olga")
    data: dict[str, Any] = {"csrf_token": csrf_token(client, path), "alt-de": "", "alt-en": "", "credit": "", **values}
    if content:
        data["picture"] = (io.BytesIO(content), "plan.png")
    return client.post(path, data=data, content_type="multipart/form-data")


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting, and an owner of the site."""
    made = make_meeting()
    make_account("Olga", is_owner=True)
    return made


def test_page_tells_ways_rooms_and_their_facts(app: Flask) -> None:
    meeting = make_meeting()
    rooms = events.queries.rooms(meeting.event)
    events.change_room(rooms[0].id, equipment=words("Beamer", "Projector"), is_step_free=False)
    html = visit(app, PAGE).text
    assert re.findall(r"<h[123][^>]*>([^<]+)</h", html) == [
        "Kulturbahnhof", "Step-free access", "Rooms", "Hall", "Room 1", "Questions about the way?",
    ]  # fmt: skip
    assert [word in html for word in ("Projector", "not step-free", "100 seats", "iframe", "venue-map")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_map_is_made_anew_shown_and_described(app: Flask, meeting: Meeting) -> None:
    answer = send(
        app,
        content=picture(3200, 1600),
        credit="Ada Karte",
        **{"alt-de": "Vom Bahnhof geradeaus", "alt-en": "Straight on"},
    )
    assert answer.status_code == 303
    html = visit(app, PAGE).text
    found = re.search(r'<img src="(/maps/werkstatt/[^"]+)" width="(\d+)" height="(\d+)" alt="([^"]+)">', html)
    assert found
    assert (found[2], found[3], found[4], "Map: Ada Karte" in html) == ("1600", "800", "Straight on", True)
    file = visit(app, found[1])
    assert (file.content_type, file.data[:4], file.headers["Cache-Control"]) == (
        "image/webp", b"RIFF", "public, max-age=31536000, immutable",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "alt"), [(picture(), ""), (b"<svg onload=alert(1)>", "Weg"), (b"GIF89a broken", "Weg")]
)
def test_what_is_no_picture_or_not_described_is_refused(app: Flask, meeting: Meeting, content: bytes, alt: str) -> None:
    answer = send(app, content=content, credit="Ada Karte", **{"alt-de": alt})
    assert (answer.status_code, venue().map_key) == (422, None)
    assert 'value="Ada Karte"' in answer.text


def test_words_change_without_a_new_picture_and_all_can_be_taken_away(app: Flask, meeting: Meeting) -> None:
    send(app, content=picture(), **{"alt-de": "Erst"})
    key = venue().map_key
    send(app, **{"alt-de": "Dann"})
    assert (venue().map_key, venue().map_alt) == (key, {"de": "Dann"})
    assert send(app, **{"alt-de": ""}).status_code == 422
    send(app, is_removed="y")
    assert (venue().map_key, venue().map_alt) == (None, {})
    assert visit(app, f"/maps/werkstatt/{key}").status_code == 404


def test_map_of_a_draft_is_for_its_preview_only(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    make_account("Olga", is_owner=True)
    send(app, content=picture(), **{"alt-de": "Weg"})
    path, token = f"/maps/werkstatt/{venue().map_key}", preview_token(meeting.event)
    answers = [visit(app, path), visit(app, f"{path}?preview={token}")]
    assert [one.status_code for one in answers] == [404, 200]
    assert answers[1].headers["Cache-Control"] == "private, no-store"
    assert visit(app, "/maps/werkstatt/anything").status_code == 404
