"""Logos and portraits: made anew from what was uploaded, refused when it is no picture, taken away again."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from eventsite.core import images, storage
from eventsite.events import queries
from tests.browserless import csrf_token
from tests.meeting import Meeting, make_meeting, make_site, visit
from tests.organisers import make_account, signed_in

PATH = "/admin/werkstatt/logo"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting and its owner."""
    make_site()
    make_account("Anna", is_owner=True)
    return make_meeting()


def png() -> bytes:
    """A small picture with a comment that must not survive."""
    out = BytesIO()
    Image.new("RGBA", (900, 300), (11, 90, 107, 128)).save(out, "PNG", comment="secret")
    return out.getvalue()


def _upload(app: Flask, path: str, content: bytes, name: str = "logo.png", **fields: Any) -> Any:
    client = signed_in(app, "Anna")
    data = {"csrf_token": csrf_token(client, path), "picture": (BytesIO(content), name), **fields}
    return client.post(path, data=data, content_type="multipart/form-data")


def test_logo_is_made_anew_and_shown(app: Flask, meeting: Meeting) -> None:
    assert _upload(app, PATH, png()).status_code == 303
    key = queries.get_event("werkstatt").logo_key
    assert key is not None
    stored = storage.read(key)
    assert (images.check(stored).format, images.check(stored).width) == ("webp", 480)
    assert f"/logos/{key}" in app.test_client().get("/de/werkstatt/programme").text
    assert visit(app, f"/logos/{key}").content_type == "image/webp"


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a nothing", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", png()[:200]]
)
def test_what_is_no_picture_changes_nothing(app: Flask, meeting: Meeting, content: bytes) -> None:
    response = _upload(app, PATH, content)
    assert response.status_code == (422 if content else 303)
    assert queries.get_event("werkstatt").logo_key is None


def test_logo_is_taken_away(app: Flask, meeting: Meeting) -> None:
    _upload(app, PATH, png())
    _upload(app, PATH, b"", is_removed="y")
    assert queries.get_event("werkstatt").logo_key is None


def test_portrait_without_credit_is_refused(app: Flask, meeting: Meeting) -> None:
    speaker = next(iter(meeting.speakers.values()))
    path = f"/admin/werkstatt/speakers/{speaker.public_id}/portrait"
    assert _upload(app, path, png()).status_code == 422
    assert _upload(app, path, png(), credit="Foto: Mara Abel").status_code == 303
