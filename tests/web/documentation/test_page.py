"""The published documentation: page, JSON and PDF from one frozen version."""

import json
import re

import pytest
from flask import Flask

from eventsite.core import pdf as engine
from eventsite.documentation import prints, queries, service
from eventsite.events import service as events
from eventsite.media import queries as media
from eventsite.media import service as pictures
from eventsite.web import cache
from tests.documented import make_documented
from tests.meeting import Meeting, visit, words
from tests.queries import count_queries

PAGE, FILE = "/de/werkstatt/documentation", "/de/werkstatt/documentation.pdf"


@pytest.fixture
def published(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A published documentation; its PDF is made by a stand-in, since the engine has tests of its own."""
    monkeypatch.setattr(prints, "documentation_pdf", lambda tree, **_about: f"%PDF {tree['language']}".encode())
    monkeypatch.setattr(engine, "describe", lambda _content: engine.Described(12, True, "", "de"))
    meeting = make_documented()
    service.build(service.publish(meeting.event.id).id)
    return meeting


def test_page_shows_the_whole_tree(app: Flask, published: Meeting) -> None:
    page = visit(app, PAGE)
    assert page.status_code == 200
    for piece in (
        "Der Tag",
        "<em>Bericht</em>",
        "Vertrauen trägt.",
        "Verbindlich",
        "Zuerst die Strukturen.",
        "Foto Muster",
    ):
        assert piece in page.text


def test_findings_have_addresses(app: Flask, published: Meeting) -> None:
    block = next(b for b in service.open_documentation(published.event.id).blocks if b.kind == "finding")
    assert f'id="finding-{block.public_id}"' in visit(app, PAGE).text


def test_other_language_falls_back_visibly(app: Flask, published: Meeting) -> None:
    page = visit(app, "/en/werkstatt/documentation")
    assert "<em>report</em>" in page.text
    assert '<span lang="de">Vertrauen trägt.</span>' in page.text


def test_machines_get_the_same_tree(app: Flask, published: Meeting) -> None:
    answer = visit(app, "/de/werkstatt/documentation.json")
    assert answer.content_type == "application/json; charset=utf-8"
    tree = json.loads(answer.text)
    assert (tree["language"], tree["version"]) == ("de", 1)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', visit(app, PAGE).text, re.DOTALL)
    assert found
    described = json.loads(found[1])
    assert (described["@type"], described["about"]["@type"]) == ("Report", "Event")


def test_pdf_is_that_of_the_language_with_ranges_and_a_strong_etag(app: Flask, published: Meeting) -> None:
    answer = visit(app, FILE)
    assert (answer.data, answer.content_type) == (b"%PDF de", "application/pdf")
    assert visit(app, FILE.replace("/de/", "/en/")).data == b"%PDF en"
    etag = answer.headers["ETag"]
    assert not etag.startswith("W/")
    assert visit(app, FILE, headers={"If-None-Match": etag}).status_code == 304
    assert visit(app, FILE, headers={"Range": "bytes=0-3"}).data == b"%PDF"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="werkstatt-')


def test_nothing_is_there_before_publishing(app: Flask) -> None:
    make_documented()
    assert {visit(app, path).status_code for path in (PAGE, FILE, PAGE + ".json")} == {404}


def test_next_version_replaces_page_and_pdf_together(app: Flask, published: Meeting) -> None:
    visit(app, PAGE)
    service.change_lead(published.event.id, words("Ganz neu."))
    assert "Ganz neu." not in visit(app, PAGE).text
    version = service.publish(published.event.id)
    assert "Ganz neu." not in visit(app, PAGE).text
    before = visit(app, FILE).headers["ETag"]
    service.build(version.id)
    assert "Ganz neu." in visit(app, PAGE).text
    assert visit(app, FILE).headers["ETag"] == before  # the stand-in makes the same octets


def test_failed_pdf_answers_503_with_the_reason(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_about: object) -> bytes:
        raise engine.RenderFailed("The PDF needed more memory than it may.")

    monkeypatch.setattr(prints, "documentation_pdf", broken)
    service.build(service.publish(make_documented().event.id).id)
    answer = visit(app, FILE)
    assert (visit(app, PAGE).status_code, answer.status_code) == (200, 503)
    assert "more memory than it may" in answer.text


def test_withdrawn_picture_leaves_the_published_page(app: Flask, published: Meeting) -> None:
    (photo,) = media.public_photos(published.event.id)
    assert "Foto Muster" in visit(app, PAGE).text
    pictures.withdraw_photo(photo.id)
    assert "Foto Muster" not in visit(app, PAGE).text


def test_draft_event_hides_its_documentation(app: Flask, published: Meeting) -> None:
    events.withdraw_event(published.event.id)
    assert {visit(app, path).status_code for path in (PAGE, FILE, PAGE + ".json")} == {404}


def test_page_is_cached_and_cheap(app: Flask, published: Meeting) -> None:
    cache.pages.clear()
    with count_queries() as cold:
        first = visit(app, PAGE)
    with count_queries() as warm:
        again = visit(app, PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert len(cold) <= 7
    assert (len(warm), again.status_code) == (0, 304)  # the look at the revisions goes to the driver
    assert "Set-Cookie" not in first.headers


def test_published_version_is_one_query(app: Flask, published: Meeting) -> None:
    event_id = published.event.id
    with count_queries() as sent:
        queries.find_published(event_id, "de")
    assert len(sent) == 1
