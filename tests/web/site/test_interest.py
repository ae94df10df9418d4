"""Leaving an address on the page of an announced event: one answer for all, links that act by a button only."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail.links import resolved
from eventsite.mail.models import OutboxMessage
from eventsite.registration.models_interest import Interest
from tests.browserless import csrf_token, post_form
from tests.conftest import NOW
from tests.meeting import make_meeting, make_site, visit
from tests.organisers import make_account, signed_in

PAGE = "/de/werkstatt/interest"
OPENS = NOW + timedelta(days=20)


@pytest.fixture
def event(app: Flask) -> Event:
    """An event whose registration opens in twenty days."""
    return make_meeting(host_id=make_site(), registration_opens_at=OPENS, interest_list=True).event


def rows() -> list[Interest]:
    db.session.rollback()
    return list(db.session.scalars(select(Interest).order_by(Interest.id)))


def link_in_mail() -> str:
    db.session.rollback()
    text = resolved(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first().text, "")
    found = re.search(r"(/n/\S+/)", text)
    assert found
    return found[1]


def test_from_the_front_page_to_the_list_and_off_it(app: Flask, client: FlaskClient, event: Event) -> None:
    front = visit(app, "/de/werkstatt/").text
    assert f'href="{PAGE}"' in front
    assert "Die Anmeldung öffnet am 31. Januar 2027" in front
    left = post_form(client, PAGE, {"email": "ada@example.org"})
    assert (left.status_code, [row.confirmed_at for row in rows()]) == (200, [None])
    path = link_in_mail()
    reader = app.test_client()
    assert "Ja, sagen Sie mir Bescheid" in reader.get(path).text
    assert rows()[0].confirmed_at is None  # looking changes nothing
    assert reader.post(path).status_code == 303
    shown = reader.get(path)
    assert "steht auf der Liste" in shown.text
    assert (shown.headers["Cache-Control"], shown.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "Set-Cookie" not in shown.headers
    assert reader.get(f"{path}leave").status_code == 200
    assert len(rows()) == 1
    assert reader.post(f"{path}leave", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert rows() == []
    gone = reader.get(path)
    assert (gone.status_code, "nicht mehr auf der Liste" in gone.text) == (404, True)


def test_answer_is_the_same_for_known_unknown_and_machines(app: Flask, client: FlaskClient, event: Event) -> None:
    data = [{"email": "ada@example.org"}, {"email": "ada@example.org"}, {"email": "ada@example.org", "website": "x"}]
    answers = [post_form(client, PAGE, one).text for one in data]
    assert answers[0] == answers[1] == answers[2]
    machine = post_form(client, PAGE, {"email": "bot@example.org", "website": "https://spam.example"})
    assert machine.text == answers[0].replace("ada@", "bot@")
    assert [row.email for row in rows()] == ["ada@example.org"]


def test_bad_address_is_told_and_kept(client: FlaskClient, event: Event) -> None:
    for typed in ("", "niemand", "a@b", "x" * 300 + "@example.org"):
        answer = post_form(client, PAGE, {"email": typed})
        assert (answer.status_code, 'aria-invalid="true"' in answer.text, typed in unescape(answer.text)) == (
            422, True, True,
        )  # fmt: skip
    assert rows() == []


def test_no_more_than_so_many_from_one_address(client: FlaskClient, event: Event) -> None:
    data = {"csrf_token": csrf_token(client, PAGE), "email": "niemand"}
    statuses = [client.post(PAGE, data=data).status_code for _ in range(101)]
    assert (set(statuses[:100]), statuses[100]) == ({422}, 429)


def test_once_registration_is_open_the_page_leads_there(app: Flask, client: FlaskClient, event: Event) -> None:
    post_form(client, PAGE, {"email": "ada@example.org"})
    with clock.freeze(OPENS):
        assert visit(app, PAGE).location == "/de/werkstatt/register"
        assert "Zur Anmeldung" in visit(app, link_in_mail()).text or "/register" in visit(app, link_in_mail()).text
    with clock.freeze(event.ends_at):
        assert visit(app, PAGE).location == "/de/werkstatt/"


def test_organisers_see_the_number_and_the_notice_tells(app: Flask, client: FlaskClient, event: Event) -> None:
    make_account("Otto", event_id=event.id)
    post_form(client, PAGE, {"email": "ada@example.org"})
    app.test_client().post(link_in_mail())
    page = signed_in(app, "Otto").get("/admin/werkstatt/").text
    assert "Warten auf die Anmeldung</dt><dd>1</dd>" in page
    assert "ada@example.org" not in page
    assert "wenn Sie erfahren möchten, wann die Anmeldung öffnet" in visit(app, "/de/werkstatt/privacy").text
    assert 'name="interest_list"' in signed_in(app, "Otto").get("/admin/werkstatt/registration").text
