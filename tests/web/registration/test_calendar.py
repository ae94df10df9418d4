"""The page of one's own calendar: how to subscribe, what comes along, and a new address."""

import re

from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from tests.meeting import make_meeting
from tests.registering import page_of, sign_up


def joined() -> Registration:
    one = sign_up(make_meeting().event.id)
    return registrations.confirm(one.id)


def feed_of(client: FlaskClient, one: Registration) -> str:
    found = re.search(
        r'href="webcal://[^/]*(/calendar/[^"]+)"', client.get(page_of(one, "calendar")).get_data(as_text=True)
    )
    assert found is not None
    return found[1]


def test_page_shows_button_address_and_code(app: Flask) -> None:
    one = joined()
    page = app.test_client().get(page_of(one, "calendar"))
    text = page.get_data(as_text=True)
    assert (page.status_code, text.count("<svg xmlns"), text.count("Google Kalender")) == (200, 1, 1)
    assert app.test_client().get(feed_of(app.test_client(), one)).status_code == 200


def test_choices_are_kept(app: Flask) -> None:
    one, client = joined(), app.test_client()
    page = page_of(one, "calendar")
    sent = client.post(page, data={"alarm": "60"})
    assert (sent.status_code, sent.headers["Location"][-21:]) == (303, "done=calendar_choices")
    db.session.rollback()
    stored = db.session.get_one(Registration, one.id)
    assert (stored.wants_calendar_mails, stored.alarm_minutes) == (False, 60)
    assert client.get(feed_of(client, one)).get_data(as_text=True).count("TRIGGER:-PT1H") > 0


def test_unknown_choice_is_told(app: Flask) -> None:
    one = joined()
    answer = app.test_client().post(page_of(one, "calendar"), data={"alarm": "7", "wants_calendar_mails": "y"})
    assert (answer.status_code, "error-summary" in answer.get_data(as_text=True)) == (422, True)


def test_new_address_ends_the_old_one(app: Flask) -> None:
    one, client = joined(), app.test_client()
    before = feed_of(client, one)
    assert client.post(page_of(one, "calendar/renewal")).status_code == 303
    assert [client.get(address).status_code for address in (before, feed_of(client, one))] == [404, 200]
