"""The archive and the series: filters without script, many pages, few questions; an event names its former ones."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.events import queries, queries_series, service_series
from eventsite.events import service as events
from eventsite.web import cache
from tests.conftest import NOW
from tests.meeting import make_meeting, make_site, visit, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.web.events.test_settings import filled_in


def past(number: int, **values: Any) -> int:
    """A public event some weeks ago."""
    start = NOW - timedelta(days=7 * number)
    usual = {
        "title": words(f"Treffen {number}"),
        "slug": f"treffen-{number}",
        "published_at": start - timedelta(days=30),
    }
    times = {"starts_at": start, "ends_at": start + timedelta(hours=4)}
    return events.create_event(host_ids=[], **{**usual, **times, **values}).id


def titles(app: Flask, path: str) -> list[str]:
    page = visit(app, path)
    assert page.status_code == 200
    return [unescape(one) for one in re.findall(r'events__title"><a [^>]*>([^<]+)<', page.text)]


@pytest.fixture
def series(app: Flask) -> int:
    """A series of two past events, among others, and one to come."""
    host = make_site()
    one = service_series.store_series(None, title=words("Lernorte", "Places to learn"), slug="lernorte")
    venue = events.create_venue(name=words("Rathaus"), town="Mainz")
    past(1, topics=["Stadt"], series_id=one.id)
    past(2, topics=["Stadt", "Bildung"], venue_id=venue.id)
    past(60, series_id=one.id, venue_id=venue.id)
    past(3, published_at=None, series_id=one.id)
    make_meeting(host_id=host, series_id=one.id)
    return one.id


def test_archive_is_filtered_by_the_address(app: Flask, series: int) -> None:
    assert titles(app, "/de/archive") == ["Treffen 1", "Treffen 2", "Treffen 60"]
    assert titles(app, "/de/archive?year=2025") == ["Treffen 60"]
    assert titles(app, "/de/archive?topic=Stadt&place=Mainz") == ["Treffen 2"]
    assert titles(app, "/de/archive?series=lernorte&year=") == ["Treffen 1", "Treffen 60"]
    page = visit(app, "/en/archive?series=lernorte&year=1999")
    assert "No past event matches" in page.text
    assert '<option value="lernorte" selected>Places to learn (0)</option>' in page.text
    assert '<meta name="robots" content="noindex, follow">' in page.text
    wild = "?year=%00&topic=%3Cscript%3E&place=" + "x" * 500 + "&series=..%2F&page=99999999"
    assert titles(app, "/de/archive" + wild) == []


def test_event_names_its_series_and_the_former_events(app: Flask, series: int) -> None:
    page = visit(app, "/de/werkstatt/").text
    part = unescape(page.split('aria-labelledby="series"')[1].split("</section>")[0])
    assert "Diese Veranstaltung gehört zur Reihe „Lernorte“." in part
    assert re.findall(r'href="([^"]+)"', part) == ["/de/treffen-1/", "/de/treffen-60/", "/de/archive?series=lernorte"]
    assert 'aria-labelledby="series"' not in visit(app, "/de/treffen-2/").text


def test_event_joins_the_archive_when_it_is_over(app: Flask, series: int) -> None:
    ends = queries.get_event("werkstatt").ends_at
    assert "Werkstatt Lernorte" not in titles(app, "/de/archive")
    with clock.freeze(ends):
        assert titles(app, "/de/archive")[0] == "Werkstatt Lernorte"


def test_start_page_shows_what_comes_and_the_latest_past(app: Flask, series: int) -> None:
    for number in range(4, 14):
        past(number)
    found = titles(app, "/de/")
    assert found == ["Werkstatt Lernorte", "Treffen 1", "Treffen 2", *(f"Treffen {number}" for number in range(4, 8))]
    assert 'href="/de/archive"' in visit(app, "/de/").text
    assert "/de/archive</loc>" in visit(app, "/sitemap.xml").text


def test_hundreds_of_events_cost_no_more_than_one(app: Flask, series: int) -> None:
    few = _counts(app)
    with transaction():
        for number in range(100, 320):
            past(number)
    db.session.remove()
    assert (_counts(app), max(few)) == (few, max(few))
    assert max(few) <= 6
    pages = [len(titles(app, f"/de/archive?page={number}")) for number in (1, 12, 13, "x")]
    assert pages == [20, 3, 3, 20]


def _counts(app: Flask) -> list[int]:
    found = []
    for path in ("/de/archive", "/de/archive?year=2025&page=2", "/de/", "/de/werkstatt/"):
        cache.pages.clear()
        with count_queries() as sent:
            assert visit(app, path).status_code == 200
        found.append(len(sent))
    return found


def test_owners_keep_series_and_organisers_choose_one(app: Flask, series: int) -> None:
    make_account("Anna", is_owner=True)
    make_account("Otto", event_id=queries.get_event("werkstatt").id)
    anna, otto = signed_in(app, "Anna"), signed_in(app, "Otto")
    assert [otto.get(path).status_code for path in ("/admin/series", "/admin/series/new")] == [403, 403]
    data = {**filled_in(anna, "/admin/series/new"), "title-de": ["Berichte"], "slug": ["berichte"]}
    assert anna.post("/admin/series/new", data=data).status_code == 303
    assert anna.post("/admin/series/new", data=data).status_code == 422
    assert anna.post("/admin/series/new", data={**data, "slug": ["Ä Ö"]}).status_code == 422
    made = queries_series.all_series()[-1]
    path = "/admin/werkstatt/settings"
    chosen = {**filled_in(otto, path), "series_id": [str(made.id)]}
    assert otto.post(path, data=chosen).status_code == 303
    assert queries.get_event("werkstatt").series_id == made.id
    with pytest.raises(Refused):
        service_series.delete_series(made.public_id)
    assert otto.post(path, data={**chosen, "series_id": ["0"]}).status_code == 303
    token = {"csrf_token": filled_in(anna, "/admin/series/new")["csrf_token"]}
    assert anna.post(f"/admin/series/{made.public_id}/removal", data=token).status_code == 303
    assert len(queries_series.all_series()) == 1
    assert anna.get("/admin/series/unknown").status_code == 404
    with pytest.raises(NotFound):
        service_series.delete_series("unknown")


def test_moved_end_is_no_surprise(app: Flask, series: int) -> None:
    """An event put into the archive by hand stands there before its end."""
    events.change_event(queries.get_event("werkstatt").id, archived_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert titles(app, "/de/archive")[0] == "Werkstatt Lernorte"
