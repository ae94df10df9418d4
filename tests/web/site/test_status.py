"""The state of an event for other websites: the same words as JSON, picture and frame; who may read and frame it."""

import json
from xml.etree import ElementTree

import pytest
from flask import Flask

from eventsite.events import service as events
from tests.browserless import post_form
from tests.meeting import make_meeting, visit
from tests.organisers import make_account, signed_in
from tests.registering import sign_up

BASE = "/de/werkstatt"


def facts(app: Flask, language: str = "de") -> dict[str, object]:
    return json.loads(visit(app, f"/{language}/werkstatt/status.json").text)


def test_facts_of_an_open_event(app: Flask) -> None:
    make_meeting(capacity=3)
    assert facts(app) == {
        "event": "Werkstatt Lernorte",
        "language": "de",
        "starts_at": "2027-03-11T08:30+00:00",
        "ends_at": "2027-03-11T15:00+00:00",
        "state": "open",
        "headline": "Jetzt anmelden",
        "detail": "Noch 3 Plätze frei.",
        "places_left": 3,
        "registration_closes_at": "2027-02-25T22:59+00:00",
        "url": "http://localhost/de/werkstatt/",
        "register_url": "http://localhost/de/werkstatt/register",
    }
    assert facts(app, "en")["headline"] == "Register now"


def test_state_follows_places_and_dates_at_once(app: Flask) -> None:
    event_id = make_meeting(capacity=1).event.id
    states = [facts(app)["state"]]
    one = sign_up(event_id, 1)
    states.append(facts(app)["state"])
    events.change_event(event_id, registration_closes_at=one.created_at)
    states.append(facts(app)["state"])
    assert states == ["open", "waiting", "closed"]
    assert facts(app)["register_url"] is None


def test_picture_is_a_drawing_with_a_name_and_words_inside_its_width(app: Flask) -> None:
    make_meeting(title={"de": "Werkstatt <Lernorte> & mehr"})
    answer = visit(app, f"{BASE}/status.svg")
    drawing = ElementTree.fromstring(answer.text)
    texts = [one.text or "" for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    title = drawing.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "Werkstatt <Lernorte> & mehr: Jetzt anmelden Noch 60 Plätze frei."
    assert texts == ["Jetzt anmelden", "Noch 60 Plätze frei."]
    assert int(drawing.attrib["width"]) >= max(len(text) * 7 for text in texts) + 56


@pytest.mark.parametrize("page", ["status.json", "status.svg"])
def test_other_sites_may_read_and_keep_it(app: Flask, page: str) -> None:
    make_meeting()
    answer = visit(app, f"{BASE}/{page}")
    kept = {name: answer.headers.get(name) for name in ("Access-Control-Allow-Origin", "Set-Cookie", "Cache-Control")}
    assert kept == {
        "Access-Control-Allow-Origin": "*",
        "Set-Cookie": None,
        "Cache-Control": "public, max-age=60",
    }
    again = visit(app, f"{BASE}/{page}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(("hosts", "ancestors"), [([], "*"), (["www.kassel.de"], "'self' https://www.kassel.de")])
def test_frame_has_no_form_and_its_own_policy(app: Flask, hosts: list[str], ancestors: str) -> None:
    event = make_meeting().event
    events.change_event(event.id, frame_hosts=hosts)
    for _again in range(2):  # the second answer comes from the kept page
        answer = visit(app, f"{BASE}/frame")
        assert answer.headers["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")
        assert "X-Frame-Options" not in answer.headers
        assert ["<form" in answer.text, "<script" in answer.text, 'target="_blank"' in answer.text] == [
            False,
            False,
            True,
        ]
    assert visit(app, f"{BASE}/").headers["X-Frame-Options"] == "DENY"


def test_desk_shows_snippets_and_takes_names_of_websites(app: Flask) -> None:
    make_account("Anna", event_id=make_meeting().event.id)
    anna, page = signed_in(app, "Anna"), "/admin/werkstatt/status-button"
    wrong = post_form(anna, page, {"hosts": "https://www.kassel.de/path\n*.de"})
    assert (wrong.status_code, "Das ist kein Name einer Website: www.kassel.de/path, *.de" in wrong.text) == (422, True)
    assert post_form(anna, page, {"hosts": "https://www.kassel.de\nwww.kassel.de, hessen.de"}).status_code == 303
    shown = anna.get(page)
    assert "www.kassel.de\nhessen.de</textarea>" in shown.text
    assert shown.headers["Content-Security-Policy"].endswith("frame-src 'self'")
    assert "&lt;iframe src=&#34;http://localhost/de/werkstatt/frame&#34;" in shown.text
