"""The public pages of the programme: what was released, to everybody, at a fixed price in queries."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from eventsite.core import storage
from eventsite.core.db import db, transaction
from eventsite.programme import service, service_releases, service_speakers
from eventsite.web import cache
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, preview_token, visit, words
from tests.queries import count_queries

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PAGES = ("programme", "programme/orte-die-tragen", "speakers", "speakers/mara-weiland")


def data_of(html: str) -> dict[str, Any]:
    """The JSON-LD of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def listed(html: str, pattern: str) -> list[str]:
    return re.findall(pattern, html)


def test_programme_shows_items_and_round_in_order(app: Flask) -> None:
    make_meeting()
    html = visit(app, "/de/werkstatt/programme").text
    assert listed(html, r'class="(?:slot__start)"[^>]*>([\d:]+)') == ["10:00", "10:30", "12:00", "13:00"]
    assert listed(html, r'href="/de/werkstatt/programme/([\w-]+)"') == [
        "begruessung", "orte-die-tragen", "netze-knuepfen", "raeume-oeffnen",
    ]  # fmt: skip


def test_programme_before_the_first_release_says_so(app: Flask) -> None:
    make_meeting(released=False)
    answer = visit(app, "/de/werkstatt/programme")
    assert (answer.status_code, 'class="empty"' in answer.text, "Begrüßung" in answer.text) == (200, True, False)


def test_edits_show_with_the_next_release_only(app: Flask) -> None:
    meeting = make_meeting()
    path = "/de/werkstatt/programme/begruessung"
    service.change_item(meeting.items["welcome"].id, title=words("Auftakt"))
    before = listed(visit(app, path).text, r"<h1>(.*?)</h1>")
    service_releases.release(meeting.event.id)
    assert (before, listed(visit(app, path).text, r"<h1>(.*?)</h1>")) == (["Begrüßung"], ["Auftakt"])


def test_cancelled_item_stays_and_says_so(app: Flask) -> None:
    meeting = make_meeting()
    service.cancel_item(meeting.items["keynote"].id)
    service_releases.release(meeting.event.id)
    html = visit(app, "/de/werkstatt/programme/orte-die-tragen").text
    assert 'class="notice notice--bad"' in html
    assert data_of(html)["eventStatus"] == "https://schema.org/EventCancelled"


def test_deleted_item_is_gone(app: Flask) -> None:
    meeting = make_meeting()
    service.delete_item(meeting.items["keynote"].id)
    service_releases.release(meeting.event.id)
    assert visit(app, "/de/werkstatt/programme/orte-die-tragen").status_code == 404
    assert visit(app, "/de/werkstatt/speakers/dr-daniel-maerz").status_code == 404


def test_item_page_tells_machines_who_speaks(app: Flask) -> None:
    make_meeting()
    data = data_of(visit(app, "/en/werkstatt/programme/orte-die-tragen").text)
    assert (data["name"], data["startDate"], data["superEvent"]) == (
        "Places that carry",
        "2027-03-11T10:30:00+01:00",
        {"@id": "http://localhost/en/werkstatt/#event"},
    )
    url = "http://localhost/en/werkstatt/speakers/dr-daniel-maerz"
    assert data["performer"] == [{"@type": "Person", "name": "Dr. Daniel März", "url": url}]


def test_item_page_leads_to_its_calendar_entry(app: Flask) -> None:
    make_meeting()
    links = listed(visit(app, "/de/werkstatt/programme/orte-die-tragen").text, r'href="([^"]+\.ics)"')
    assert [(link, visit(app, link).content_type) for link in links] == [
        ("/de/werkstatt/programme/orte-die-tragen.ics", "text/calendar; charset=utf-8")
    ]


def test_incomplete_list_of_people_looks_meant(app: Flask) -> None:
    make_meeting()
    assert 'class="byline__open"' in visit(app, "/de/werkstatt/programme").text


def test_speakers_are_sorted_by_family_name(app: Flask) -> None:
    make_meeting()
    html = visit(app, "/de/werkstatt/speakers").text
    assert listed(html, r'href="/de/werkstatt/speakers/([\w-]+)"') == ["dr-daniel-maerz", "mara-weiland"]


def test_who_has_no_portrait_beside_others_gets_initials(app: Flask) -> None:
    with_portrait(make_meeting())
    html = visit(app, "/de/werkstatt/speakers").text
    assert listed(html, r'portrait--initials" aria-hidden="true">(\w+)<') == ["MW"]


def test_speaker_shows_the_organisations_of_that_day(app: Flask) -> None:
    make_meeting()
    html = visit(app, "/de/werkstatt/speakers/mara-weiland").text
    assert "Stadt Kassel, Land Hessen" in html
    assert data_of(html)["worksFor"] == {"@type": "Organization", "name": "Stadt Kassel"}


def with_portrait(meeting: Meeting) -> str:
    key = storage.put(PNG)
    service_speakers.change_speaker(meeting.speakers["märz"].id, portrait_key=key, portrait_credit="Ada Bild")
    return key


def test_portrait_is_served_with_its_type_and_shown(app: Flask) -> None:
    key = with_portrait(make_meeting())
    html = visit(app, "/de/werkstatt/speakers/dr-daniel-maerz").text
    assert f'src="/portraits/werkstatt/{key}"' in html
    answer = visit(app, f"/portraits/werkstatt/{key}")
    assert (answer.data, answer.content_type, answer.headers["Cache-Control"]) == (
        PNG,
        "image/png",
        "private, max-age=31536000, immutable",
    )


def test_only_keys_of_released_speakers_are_served(app: Flask) -> None:
    meeting = make_meeting()
    secret = storage.put(b"\x89PNG\r\n\x1a\nsomething else")
    key = with_portrait(meeting)
    service.delete_item(meeting.items["keynote"].id)
    service_releases.release(meeting.event.id)
    found = [visit(app, f"/portraits/werkstatt/{one}").status_code for one in (secret, key, "x", "..%2Fx")]
    assert found == [404, 404, 404, 404]


def test_draft_event_is_unknown_to_strangers(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    key = with_portrait(meeting)
    paths = [f"/de/werkstatt/{page}" for page in PAGES] + [f"/portraits/werkstatt/{key}"]
    assert [visit(app, path).status_code for path in paths] == [404] * 5
    token = preview_token(meeting.event)
    answers = [visit(app, f"{path}?preview={token}") for path in paths]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store", "private, no-store"}
    assert f'href="/de/werkstatt/speakers/mara-weiland?preview={token}"' in answers[2].text


@pytest.mark.parametrize(
    "path", ["programme/nix", "programme/", "programme/a/b", "speakers/nix", "speakers/%00", "programme/%E2%80%AE"]
)
def test_unknown_page_is_404(app: Flask, path: str) -> None:
    make_meeting()
    assert visit(app, f"/de/werkstatt/{path}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_pages_take_reading_only(app: Flask, method: str) -> None:
    make_meeting()
    assert [visit(app, f"/de/werkstatt/{page}", method).status_code for page in PAGES] == [405] * 4


def fill(meeting: Meeting, many: int) -> None:
    for number in range(many):
        person = service_speakers.create_speaker(f"Person Nummer{number}")
        times: dict[str, Any] = {"starts_at": at(14), "ends_at": at(15)}
        appearances = [{"speaker_id": person.id, "role": "speaker"}]
        service.create_item(
            meeting.event.id, kind="talk", title=words(f"Vortrag {number}"), appearances=appearances, **times
        )
    service_releases.release(meeting.event.id)


def queries_of(app: Flask, path: str) -> int:
    cache.pages.clear()
    with count_queries() as sent:
        assert visit(app, path).status_code == 200
    return len(sent)


@both_databases
def test_queries_do_not_grow_with_the_programme(app: Flask) -> None:
    meeting = make_meeting()
    paths = [f"/de/werkstatt/{page}" for page in PAGES]
    few = [queries_of(app, path) for path in paths]
    with transaction():
        fill(meeting, 200)
    db.session.remove()
    assert (few, [queries_of(app, path) for path in paths]) == ([4, 6, 4, 5], [4, 6, 4, 5])


def test_warm_page_costs_no_work_and_304_no_page(app: Flask) -> None:
    make_meeting()
    first = visit(app, "/de/werkstatt/programme")
    with count_queries() as sent:
        again = visit(app, "/de/werkstatt/programme", headers={"If-None-Match": first.headers["ETag"]})
    assert (len(sent), again.status_code, again.data) == (0, 304, b"")  # the revisions: by the driver
    assert "Set-Cookie" not in first.headers
