"""The desk of pictures and files: several uploads at once, the worklist, publishing, replacing."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.events import service as events
from eventsite.media import queries, service
from tests.browserless import post_form
from tests.documented import PDF, add_file, add_photo, jpeg
from tests.meeting import Meeting, make_meeting, words
from tests.organisers import make_account, signed_in

DESK, FILES = "/admin/werkstatt/pictures", "/admin/werkstatt/downloads"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make_meeting()
    make_account("Anna", event_id=meeting.event.id)
    make_account("Hilde", event_id=meeting.event.id, role="helper")
    return meeting


@pytest.fixture
def anna(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Anna")


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_several_pictures_are_taken_in_and_bad_ones_named(anna: FlaskClient, meeting: Meeting) -> None:
    files = [upload(jpeg("teal"), "a.jpg"), upload(jpeg("red"), "b.jpg"), upload(b"<svg/>", "c.svg")]
    answer = post_form(
        anna, DESK, {"files": files, "credit": "Foto Muster", "licence": "CC0-1.0", "consent_kind": "few"}
    )
    assert (answer.status_code, "c.svg:" in answer.text) == (422, True)
    found = [(p.filename, p.credit, p.licence, p.consent_kind) for p in queries.all_photos(meeting.event.id)]
    assert found == [(name, "Foto Muster", "CC0-1.0", "few") for name in ("a.jpg", "b.jpg")]


def test_upload_without_a_file_says_so(anna: FlaskClient, meeting: Meeting) -> None:
    assert post_form(anna, DESK, {"credit": "Foto Muster", "licence": "", "consent_kind": ""}).status_code == 422


def test_picture_is_described_and_published_in_one_step(anna: FlaskClient, meeting: Meeting) -> None:
    photo = add_photo(meeting.event.id, publish=False, alt={}, credit="", licence="", consent_kind="")
    path = f"{DESK}/{photo.public_id}"
    refused = post_form(anna, path, {"publish": "1", "caption-de": "Der Saal", "licence": "", "consent_kind": ""})
    assert (refused.status_code, "Der Saal" in refused.text) == (422, True)
    filled = {"alt-de": "Ein Saal", "credit": "Foto Muster", "licence": "CC-BY-4.0", "consent_kind": "overview"}
    assert post_form(anna, path, {"publish": "1", **filled}).status_code == 303
    (shown,) = queries.public_photos(meeting.event.id)
    assert (shown.alt, shown.licence) == (words("Ein Saal"), "CC-BY-4.0")


def test_worklist_shows_what_is_missing_and_thumbnails(anna: FlaskClient, app: Flask, meeting: Meeting) -> None:
    photo = add_photo(meeting.event.id, publish=False, credit="")
    page = anna.get(DESK)
    key = next(d.key for d in queries.get_photo(meeting.event.id, photo.public_id).derivatives if d.format == "jpeg")
    assert f"{DESK}/files/{key}.jpg" in page.text
    assert anna.get(f"{DESK}/files/{key}.jpg", buffered=True).status_code == 200
    assert anna.get(f"{DESK}/files/{'0' * 64}.jpg").status_code == 404
    assert app.test_client().get(f"{DESK}/files/{key}.jpg").status_code == 303


@pytest.mark.parametrize(
    ("deed", "shown"), [("publication", 1), ("withdrawal", 0), ("deletion", 0), ("preparation", 0), ("up", 1)]
)
def test_deeds(anna: FlaskClient, meeting: Meeting, deed: str, shown: int) -> None:
    photo = add_photo(meeting.event.id)
    assert post_form(anna, f"{DESK}/{photo.public_id}/{deed}", {}, page=DESK).status_code == 303
    assert len(queries.public_photos(meeting.event.id)) == shown


def test_file_is_offered_described_replaced_and_deleted(anna: FlaskClient, meeting: Meeting) -> None:
    facts = {"title-de": "Vortrag", "item_id": "0", "language": "de", "access": "public", "licence": ""}
    assert post_form(anna, f"{FILES}/new", facts).status_code == 422
    assert post_form(anna, f"{FILES}/new", {**facts, "file": upload(b"MZ", "x.exe")}).status_code == 422
    assert post_form(anna, f"{FILES}/new", {**facts, "file": upload(PDF, "vortrag.pdf")}).status_code == 303
    (one,) = queries.all_downloads(meeting.event.id)
    changed = {**facts, "title-de": "Der Vortrag", "access": "participants", "file": upload(b"Hallo", "neu.txt")}
    assert post_form(anna, f"{FILES}/{one.public_id}", changed).status_code == 303
    (one,) = queries.all_downloads(meeting.event.id)
    assert (one.title, one.access, one.filename) == (words("Der Vortrag"), "participants", "neu.txt")
    assert anna.get(f"{FILES}/{one.public_id}/file", buffered=True).data == b"Hallo"
    post_form(anna, f"{FILES}/{one.public_id}/deletion", {}, page=FILES)
    assert queries.all_downloads(meeting.event.id) == []


def test_pictures_of_another_event_are_not_found(anna: FlaskClient, meeting: Meeting) -> None:
    when = {"starts_at": meeting.event.starts_at, "ends_at": meeting.event.ends_at}
    other = events.create_event(host_ids=[], slug="anderswo", title=words("Anderswo"), **when)
    photo = add_photo(other.id)
    assert anna.get(f"{DESK}/{photo.public_id}").status_code == 404
    assert anna.get("/admin/anderswo/pictures").status_code == 404


def test_helper_and_stranger_may_not(app: Flask, meeting: Meeting) -> None:
    add_file(meeting.event.id)
    service.create_album(meeting.event.id, words("Abend"))
    for path in (DESK, FILES):
        assert signed_in(app, "Hilde").get(path).status_code == 403
        assert app.test_client().get(path).status_code == 303
