"""Links made from the present address take over filters only: nothing typed behind `?` steers how an address is made."""

import pytest
from flask import Flask

from eventsite.events import service as events
from eventsite.web import pages
from tests.meeting import make_meeting, make_site, visit

STEERING = ("endpoint=site.start", "_method=POST", "_scheme=javascript", "_external=1", "_anchor=x", "event=other")


@pytest.mark.parametrize("query", STEERING)
def test_links_of_a_list_ignore_what_url_for_would_take(app: Flask, query: str) -> None:
    with app.test_request_context(f"/admin/werkstatt/registrations?{query}&q=Ada"):
        assert pages.here(sort="name") == "/admin/werkstatt/registrations?q=Ada&sort=name"


@pytest.mark.parametrize("query", (*STEERING, "lang=xx"))
def test_former_address_leads_on_whatever_is_typed_behind_it(app: Flask, query: str) -> None:
    make_site()
    meeting = make_meeting()
    events.change_event(meeting.event.id, slug="neuer-name")
    answer = visit(app, f"/de/werkstatt/programme?{query}&day=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/de/neuer-name/programme?day=1")
