"""Warm pages answered before Flask: the same octets and headers, never stale, 304, HEAD, and only for what is public."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock
from eventsite.events import service as events
from eventsite.web import cache
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting, make_site, visit
from tests.queries import count_queries

PATH = "/de/werkstatt/"


@pytest.fixture
def event_id(app: Flask) -> int:
    """The public meeting."""
    make_site()
    return make_meeting().event.id


@both_databases
@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip"])
def test_warm_answer_equals_the_first(app: Flask, event_id: int, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    first, second = visit(app, PATH, headers=headers), visit(app, PATH, headers=headers)
    assert (second.status, second.data) == (first.status, first.data)
    without_date = [sorted(h for h in one.headers.items() if h[0] != "Date") for one in (first, second)]
    assert without_date[0] == without_date[1]  # the server itself puts the date


def test_warm_answer_asks_for_the_revisions_only(app: Flask, event_id: int) -> None:
    """That one question goes to the driver itself, so the library sees none."""
    visit(app, PATH)
    with count_queries() as queries:
        visit(app, PATH)
    assert len(queries) == 0


@both_databases
def test_committed_change_is_seen_at_once(app: Flask, event_id: int) -> None:
    visit(app, PATH)
    events.change_event(event_id, lead={"de": "Ganz neu."})
    assert "Ganz neu." in visit(app, PATH).text
    events.withdraw_event(event_id)
    assert visit(app, PATH).status_code == 404


def test_phase_that_changes_by_itself_is_seen(app: Flask, event_id: int) -> None:
    before = visit(app, PATH).text
    with clock.freeze(NOW + timedelta(days=400)):
        assert visit(app, PATH).text != before


def test_known_page_is_not_sent_again(app: Flask, event_id: int) -> None:
    etag = visit(app, PATH).headers["ETag"]
    for value in (etag, f'"other", W/{etag}', "*"):
        answer = visit(app, PATH, headers={"If-None-Match": value})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", etag)
    assert visit(app, PATH, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_has_the_headers_without_the_page(app: Flask, event_id: int) -> None:
    page, head = visit(app, PATH), visit(app, PATH, "HEAD")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == page.headers["Content-Length"]


def test_query_string_and_other_methods_go_to_the_application(app: Flask, event_id: int) -> None:
    visit(app, PATH)
    assert visit(app, f"{PATH}?preview=nonsense").status_code in {200, 404}
    assert visit(app, PATH, "POST").status_code == 405


def test_page_cache_holds_nothing_private(client: FlaskClient, event_id: int) -> None:
    for path in ("/admin/sign-in", "/de/werkstatt/register", "/healthz"):
        client.get(path)
        assert cache.pages.find(f"{path}?") is None
