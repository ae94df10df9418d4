"""The page of figures: true sums, drawings with tables, a fixed number of queries, and who may look."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.checkin import service as checkins
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.site import queries_figures, signup
from tests.allocating import wish
from tests.conftest import NOW, both_databases
from tests.crowd import make_crowd
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import sign_up

PAGE = "/admin/werkstatt/figures"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting(capacity=5)


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    make_account("Otto", event_id=meeting.event.id)
    make_account("Ben", event_id=meeting.event.id, role="helper")
    return signed_in(app, "Otto")


def fill(meeting: Meeting) -> None:
    """Six people over two days; one signs off, one is on the waiting list, one was there."""
    for number in range(1, 7):
        with clock.freeze(NOW + timedelta(hours=3 * number)):
            row = sign_up(meeting.event.id, number, confirmed=True, notify=False)
        if number == 1:
            wish(meeting, row, "first", "second")
            checkins.check_in(row.id, actor="test")
        if number == 2:
            wish(meeting, row, "second")
    signup.sign_off(row.id, actor="test")


@both_databases
def test_figures_are_true(meeting: Meeting) -> None:
    fill(meeting)
    found = queries_figures.figures(meeting.event)
    assert (found.by_status["confirmed"], found.by_status["cancelled"], found.live, found.present) == (5, 1, 5, 1)
    assert (found.by_source, found.by_language) == ({"form": 5}, {"de": 5})
    assert found.organisations == [(f"Stadt {number}", 1) for number in range(1, 6)]
    assert [(day.day, number) for day, number in sorted(found.came.items())] == [(11, 4), (12, 2)]
    assert [(day.day, number) for day, number in found.went.items()] == [(11, 1)]
    ((_title, demand),) = found.demand
    assert [(one.first, one.all) for one in demand] == [(1, 1), (1, 2)]


def test_further_organisations_are_one_line(meeting: Meeting) -> None:
    make_crowd(meeting.event.id, 30)
    for number in range(40, 52):
        sign_up(meeting.event.id, number)
    found = queries_figures.figures(meeting.event)
    assert (len(found.organisations), found.organisations[0], found.further) == (10, ("Stadt 0", 3), 12)


def test_page_asks_the_same_with_six_and_with_thousands(meeting: Meeting, client: FlaskClient) -> None:
    fill(meeting)
    event_id, found = meeting.event.id, []
    for number in (5000, 0):
        db.session.expunge_all()
        with count_queries() as sent:
            assert client.get(PAGE).status_code == 200
        found.append(len(sent))
        if number:
            make_crowd(event_id, number)
    assert (found[0], found[0] <= 10) == (found[1], True)


def test_every_drawing_has_its_table(meeting: Meeting, client: FlaskClient) -> None:
    assert "Es gibt noch keine Anmeldungen" in client.get(PAGE).text
    fill(meeting)
    assert ("nach dem ersten Zuteilungslauf" in client.get(PAGE).text, "Alle Wünsche" in client.get(PAGE).text) == (
        True,
        False,
    )
    events.change_event(meeting.event.id, wishes_seen_at=NOW)
    page = client.get(PAGE).text
    assert page.count('<svg class="curve__drawing"') == 1
    assert page.count('<table class="bars">') == 4
    assert page.count("<table") == 6  # the weeks of the curve, and the wishes


def test_after_the_event_it_says_who_did_not_come(meeting: Meeting, client: FlaskClient) -> None:
    fill(meeting)
    with clock.freeze(meeting.event.ends_at + timedelta(days=1)):
        page = signed_in(client.application, "Otto").get(PAGE).text
    assert ("Bestätigt und nicht da" in page, "80 %" in page) == (True, True)


def test_helpers_may_not(app: Flask, client: FlaskClient) -> None:
    assert signed_in(app, "Ben").get(PAGE).status_code == 403
