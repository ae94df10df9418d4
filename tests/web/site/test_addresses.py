"""Addresses: without a language, with a former name, of free and legal pages, of files; and what machines read."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask

from eventsite.core import storage
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.registration.models import Question, QuestionVersion
from eventsite.web import cache
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting, make_site, preview_token, visit, words
from tests.queries import count_queries

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'


def target(app: Flask, path: str, **headers: str) -> tuple[int, str | None]:
    answer = visit(app, path, headers=headers)
    return answer.status_code, answer.headers.get("Location")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en-GB,en;q=0.9,de;q=0.8", "en"), ("de", "de"), ("fr,tr", "de"), ("", "de"), ("\\x", "de")],
)
def test_start_follows_the_browser_language(app: Flask, accepted: str, language: str) -> None:
    answer = visit(app, "/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.headers["Location"], answer.headers["Vary"]) == (
        302,
        f"/{language}/",
        "Accept-Language",
    )


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/werkstatt/", "/en/werkstatt/"),
        ("/werkstatt", "/en/werkstatt/"),
        ("/werkstatt/programme", "/en/werkstatt/programme"),
        ("/werkstatt/calendar.ics", "/en/werkstatt/calendar.ics"),
        ("/imprint", "/en/imprint"),
        ("/werkstatt/programme?x=1", "/en/werkstatt/programme?x=1"),
    ],
)
def test_path_without_language_leads_to_the_page(app: Flask, path: str, location: str) -> None:
    make_meeting()
    assert target(app, path, **{"Accept-Language": "en"}) == (302, location)


@pytest.mark.parametrize(
    "path",
    ["/nix", "/nix/", "/werkstatt/nix", "/entwurf/", "/fr/werkstatt/", "/werkstatt/programme/nix",
     "/.env", "/werkstatt/%0d%0aSet-Cookie:x", "/%00"],
)  # fmt: skip
def test_path_that_leads_nowhere_is_404(app: Flask, path: str) -> None:
    make_meeting()
    events.create_event(host_ids=[], slug="entwurf", title=words("E"), starts_at=NOW, ends_at=NOW.replace(hour=12))
    assert target(app, path) == (404, None)


def test_draft_has_no_path_without_language_but_for_its_preview(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    token = preview_token(meeting.event)
    assert target(app, "/werkstatt/") == (404, None)
    assert target(app, f"/werkstatt/?preview={token}") == (302, f"/de/werkstatt/?preview={token}")


def test_former_names_lead_on_for_ever(app: Flask) -> None:
    event_id = make_meeting().event.id
    for slug in ("werkstatt-2", "lernorte"):
        events.change_event(event_id, slug=slug)
    paths = ["", "programme", "programme/begruessung", "calendar.ics", "imprint"]
    found = [target(app, f"/de/werkstatt/{path}") for path in paths]
    assert found == [(301, f"/de/lernorte/{path}") for path in paths]
    assert target(app, "/de/werkstatt-2/") == (301, "/de/lernorte/")
    assert target(app, "/werkstatt/") == (302, "/de/lernorte/")
    assert target(app, "/theme/werkstatt.css?v=1") == (301, "/theme/lernorte.css?v=1")


def test_former_name_of_a_draft_tells_nothing(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    events.change_event(meeting.event.id, slug="lernorte")
    token = preview_token(meeting.event)
    assert target(app, "/de/werkstatt/") == (404, None)
    assert target(app, f"/de/werkstatt/?preview={token}") == (301, f"/de/lernorte/?preview={token}")


def test_free_page_stands_in_the_menu_and_shadows_nothing(app: Flask) -> None:
    meeting = make_meeting()
    events.set_info_page(meeting.event.id, "anreise", title=words("Anreise"), text=words("## Mit der Bahn\n\nGern."))
    html = visit(app, "/de/werkstatt/anreise").text
    assert (re.findall(r"<h1>(.*?)</h1>", html), "<h2>Mit der Bahn</h2>" in html) == (["Anreise"], True)
    assert '<a href="/de/werkstatt/anreise" aria-current="page">Anreise</a>' in html
    for slug in ("programme", "register", "imprint", "a/b", ""):
        with pytest.raises(Refused):
            events.set_info_page(meeting.event.id, slug, title=words("X"), text={})


def test_free_page_changes_at_once(app: Flask) -> None:
    meeting = make_meeting()
    for german in ("Anreise", "Anfahrt"):
        events.set_info_page(meeting.event.id, "anreise", title=words(german), text={})
        assert re.findall(r"<h1>(.*?)</h1>", visit(app, "/de/werkstatt/anreise").text) == [german]
    events.delete_info_page(meeting.event.id, "anreise")
    assert visit(app, "/de/werkstatt/anreise").status_code == 404


@pytest.mark.parametrize("page", ["imprint", "privacy", "accessibility"])
def test_legal_pages_exist_for_site_and_event(app: Flask, page: str) -> None:
    make_meeting()
    answers = [visit(app, path) for path in (f"/de/{page}", f"/de/werkstatt/{page}", f"/en/werkstatt/{page}")]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert f'<a href="/de/werkstatt/{page}">' in answers[1].text


def test_imprint_of_an_event_is_that_of_its_hosts(app: Flask) -> None:
    make_meeting()
    other = events.create_host(name=words("Anderer Verein"), imprint=words("Nicht hier"))
    assert other.id == 2
    assert ["Anderer Verein" in visit(app, path).text for path in ("/de/imprint", "/de/werkstatt/imprint")] == [
        True,
        False,
    ]


def ask(meeting: Meeting, number: int) -> None:
    values: dict[str, Any] = {
        "kind": "text",
        "options": [],
        "help": {},
        "audience": "organisers",
        "retention": "sensitive",
    }
    with transaction() as session:
        question = Question(event_id=meeting.event.id, key=f"q{number}", position=number)
        session.add(question)
        session.flush()
        session.add(
            QuestionVersion(
                question_id=question.id,
                number=1,
                label=words("Was essen Sie?"),
                purpose=words("Damit die Küche plant."),
                legal_basis="consent",
                created_at=NOW,
                **values,
            )
        )


def test_privacy_page_names_what_the_form_asks(app: Flask) -> None:
    meeting = make_meeting(privacy_note=words("Wir arbeiten mit **Beispiel** zusammen."))
    ask(meeting, 1)
    html = visit(app, "/de/werkstatt/privacy").text
    for expected in ("Was essen Sie?", "Damit die Küche plant.", "<strong>Beispiel</strong>", "Netzwerkbüro Lernorte"):
        assert expected in html


def test_queries_of_the_other_pages_do_not_grow(app: Flask) -> None:
    meeting = make_meeting()
    few = _counts(app, meeting)
    for number in range(2, 102):
        ask(meeting, number)
        events.set_info_page(meeting.event.id, f"seite-{number}", title=words("S"), text={})
    assert (few, _counts(app, meeting)) == ([4, 3, 6, 4], [4, 3, 6, 4])


def _counts(app: Flask, meeting: Meeting) -> list[int]:
    events.set_info_page(meeting.event.id, "anreise", title=words("Anreise"), text={})
    found = []
    for page in ("anreise", "imprint", "privacy", "accessibility"):
        cache.pages.clear()
        with count_queries() as sent:
            assert visit(app, f"/de/werkstatt/{page}").status_code == 200
        found.append(len(sent))
    return found


def test_theme_is_kept_for_ever_under_its_accent_only(app: Flask) -> None:
    make_meeting(accent="#9b3a24")
    found = [visit(app, f"/theme/werkstatt.css?v={v}") for v in ("9b3a24", "0b5a6b")]
    assert [answer.headers["Cache-Control"] for answer in found] == [
        "public, max-age=31536000, immutable",
        "public, no-cache",
    ]
    assert found[0].text.startswith(":root{--accent:#9b3a24;--accent-dark:#")
    assert 'href="/theme/werkstatt.css?v=9b3a24"' in visit(app, "/de/werkstatt/").text


def test_logos_are_those_of_hosts_and_visible_events_only(app: Flask) -> None:
    host_logo, event_logo, other = storage.put(SVG), storage.put(SVG + b"<!--1-->"), storage.put(SVG + b"<!--2-->")
    meeting = make_meeting(is_public=False, logo_key=event_logo)
    events.change_host(1, logo_key=host_logo)
    token = preview_token(meeting.event)
    paths = [host_logo, event_logo, f"{event_logo}?preview={token}", other, "x", "..%2f..%2fetc%2fpasswd"]
    assert [visit(app, f"/logos/{path}").status_code for path in paths] == [200, 404, 200, 404, 404, 404]
    answer = visit(app, f"/logos/{host_logo}")
    assert (answer.data, answer.content_type.split(";")[0]) == (SVG, "image/svg+xml")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_sitemap_names_every_public_page_in_both_languages(app: Flask) -> None:
    meeting = make_meeting()
    events.set_info_page(meeting.event.id, "anreise", title=words("Anreise"), text={})
    tree = ElementTree.fromstring(visit(app, "/sitemap.xml").data)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = [loc.text for loc in tree.findall("s:url/s:loc", space)]
    pages = [
        "", "archive", "werkstatt/", "werkstatt/programme", "werkstatt/speakers",
        *(f"werkstatt/programme/{i}" for i in ("begruessung", "orte-die-tragen", "netze-knuepfen", "raeume-oeffnen")),
        "werkstatt/venue", "werkstatt/anreise", "speakers/dr-daniel-maerz", "speakers/mara-weiland",
    ]  # fmt: skip
    assert found == [f"http://localhost/{lang}/{page}" for page in pages for lang in ("de", "en")]
    assert [visit(app, str(url).removeprefix("http://localhost")).status_code for url in found] == [200] * len(found)
    assert {link.get("hreflang") for link in tree.findall("s:url/x:link", space)} == {"de", "en"}


def test_robots_hides_what_is_personal(app: Flask) -> None:
    assert visit(app, "/robots.txt").text.splitlines() == [
        "User-agent: *", "Disallow: /admin/", "Disallow: /r/", "Disallow: /p/", "Disallow: /s/",
        "Disallow: /i/", "Disallow: /g/", "Disallow: /n/", "Disallow: /calendar/", "",
        "Sitemap: http://localhost/sitemap.xml",
    ]  # fmt: skip


def test_health_answers_in_plain_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = visit(app, "/healthz")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")
    monkeypatch.setattr(storage, "_current", storage.Folder(app.config["SETTINGS"].data_dir / "eventsite.sqlite" / "x"))
    broken = visit(app, "/healthz")
    assert (broken.status_code, broken.text.startswith("storage: ")) == (503, True)


def test_public_pages_set_no_cookie_and_carry_every_header(app: Flask) -> None:
    make_site()
    make_meeting(host_id=1)
    for path in ("/de/", "/de/werkstatt/", "/de/privacy", "/sitemap.xml", "/theme/werkstatt.css", "/nix"):
        answer = visit(app, path)
        assert "Set-Cookie" not in answer.headers
        assert {"Content-Security-Policy", "X-Content-Type-Options"} <= set(answer.headers.keys())


@pytest.mark.parametrize(
    ("path", "status"), [("/nix", 404), ("/de/werkstatt/nix/nix/nix", 404), ("/de/werkstatt/", 405)]
)
def test_sending_to_an_address_that_is_nowhere_is_404(app: Flask, path: str, status: int) -> None:
    make_meeting()
    assert [visit(app, path, method).status_code for method in ("POST", "DELETE")] == [status] * 2
