"""One person's page: everything in it, health only after a noted opening, verbs with a last look, details and notes."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.checkin import service as checkins
from eventsite.core import audit
from eventsite.core.db import db
from eventsite.registration import library, queries, service_access, service_answers
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.allocating import publish, wish
from tests.browserless import csrf_token, post_form
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import causes, fresh, sign_up

LIST = "/admin/werkstatt/registrations"
ANSWERS = {"diet": {"chosen": ["vegan"], "other": ""}, "access": {"chosen": ["wheelchair"], "other": ""}}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=2)
    service_answers.set_up_form(made.event.id)
    service_answers.ask(made.event.id, library.MUNICIPALITY)
    for name, role in (("Otto", "organiser"), ("Bea", "office"), ("Ben", "helper"), ("Edda", "editor")):
        make_account(name, event_id=made.event.id, role=role)
    return made


@pytest.fixture
def person(meeting: Meeting) -> Registration:
    answers = {**ANSWERS, "municipality": "Kassel"}
    return sign_up(meeting.event.id, 1, answers=answers, consents=["photo"], confirmed=True)


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Otto")


def page(person: Registration, step: str = "") -> str:
    return f"{LIST}/{person.public_id}{step}"


def test_page_tells_the_whole_story(meeting: Meeting, person: Registration, client: FlaskClient) -> None:
    wish(meeting, person, "second", "first")
    publish(meeting)
    checkins.check_in(person.id, actor="test")
    post_form(client, page(person, "/note"), {"note": "Kommt mit Kollegin"}, page=page(person))
    text = client.get(page(person)).text
    for word in (
        *("Kassel", "person1@example.org", "Kommt mit Kollegin", "hat einen Platz", "war da", "Notiz geändert"),
        *("Einwilligung gegeben", "Otto", "Mail:", "Räume öffnen"),
    ):
        assert word in text, word


def test_answers_about_health_open_by_a_noted_click(person: Registration, client: FlaskClient) -> None:
    closed = client.get(page(person)).text
    assert ("vegan" in closed, "2 Angaben zur Gesundheit" in closed) == (False, True)
    assert client.get(page(person, "/sensitive")).status_code in (404, 405)
    opened = post_form(client, page(person, "/sensitive"), {}, page=page(person))
    assert (opened.status_code, "vegan" in opened.text, "Rollstuhl" in opened.text) == (200, True, True)
    seen = db.session.scalars(db.select(audit.AuditRow).where(audit.AuditRow.action == "sensitive answers seen")).all()
    assert [row.subject for row in seen] == [f"registration {person.public_id}"]
    assert "vertrauliche Angaben angesehen" in client.get(page(person)).text


def test_office_manages_without_health_and_others_not_at_all(
    app: Flask, meeting: Meeting, person: Registration, client: FlaskClient
) -> None:
    service_access.settle(meeting.event, person.public_id, "wheelchair", state="arranged", actor="test")
    assert "Bedarf organisiert" in client.get(page(person)).text
    office = signed_in(app, "Bea")
    text = office.get(page(person)).text
    assert [word in text for word in ("Kassel", "vegan", "Bedarf organisiert")] == [True, False, False]
    assert "Verpflegung" not in office.get(page(person, "/details")).text
    token = csrf_token(office, page(person))
    assert office.post(page(person, "/sensitive"), data={"csrf_token": token}).status_code == 403
    assert office.post(f"{LIST}/sensitive", data={"csrf_token": token}).status_code == 403
    for path in ("/admin/werkstatt/access", "/admin/werkstatt/catering"):
        assert office.get(path).status_code == 403
    for name in ("Ben", "Edda"):
        other = signed_in(app, name)
        steps = ("", "/details", "/deeds/cancel")
        assert [other.get(page(person, step)).status_code for step in steps] == [403] * 3


def test_page_asks_the_same_with_a_short_and_a_long_story(
    meeting: Meeting, person: Registration, client: FlaskClient
) -> None:
    wish(meeting, person, "second", "first")
    path, found = page(person), []
    for notes in (40, 0):
        db.session.expunge_all()
        with count_queries() as sent:
            assert client.get(path).status_code == 200
        found.append(len(sent))
        for number in range(notes):
            service_answers.set_consents(person.id, ["photo"] if number % 2 else [], channel="form", actor="test")
    assert (found[0], found[0] <= 10) == (found[1], True)


@pytest.mark.parametrize(
    ("deed", "fields", "status"),
    [
        ("cancel", {"notify": "yes", "reason": "Tagung verlegt"}, "cancelled"),
        ("refuse", {"notify": "no"}, "refused"),
        ("resend", {}, "confirmed"),
        ("renew", {}, "confirmed"),
    ],
)
def test_verb_shows_first_and_acts_on_post(
    person: Registration, client: FlaskClient, deed: str, fields: dict[str, str], status: str
) -> None:
    before = len(causes())
    assert client.get(page(person, f"/deeds/{deed}")).status_code == 200
    assert fresh(person.id).status == "confirmed"
    answer = post_form(client, page(person, f"/deeds/{deed}"), fields)
    assert (answer.status_code, fresh(person.id).status) == (303, status)
    assert len(causes()) - before == (0 if fields.get("notify") == "no" else 1)


def test_exception_from_the_order_wants_its_reason(meeting: Meeting, person: Registration, client: FlaskClient) -> None:
    sign_up(meeting.event.id, 2, confirmed=True)
    waiting = sign_up(meeting.event.id, 3, confirmed=True)
    path = page(waiting, "/deeds/move_up")
    assert post_form(client, path, {"reason": ""}).status_code == 422
    refused = post_form(client, path, {"reason": "Zusage"})
    assert (refused.status_code, "kein Platz frei" in refused.text, 'value="Zusage"' in refused.text) == (
        422,
        True,
        True,
    )


def test_ending_asks_whether_to_write(person: Registration, client: FlaskClient) -> None:
    answer = post_form(client, page(person, "/deeds/cancel"), {"reason": "x"})
    assert (answer.status_code, fresh(person.id).status) == (422, "confirmed")


@pytest.mark.parametrize(("deed", "status"), [("explode", 404), ("reinstate", 200), ("%00", 404), ("accept", 200)])
def test_verb_that_does_not_apply_does_nothing(
    person: Registration, client: FlaskClient, deed: str, status: int
) -> None:
    answer = client.get(page(person, f"/deeds/{deed}"))
    assert (answer.status_code, "inzwischen geändert" in answer.text) == (status, status == 200)
    token = csrf_token(client, page(person, "/deeds/cancel"))
    sent = client.post(page(person, f"/deeds/{deed}"), data={"csrf_token": token, "notify": "yes"})
    assert (sent.status_code, fresh(person.id).status) == (422 if status == 200 else 404, "confirmed")


def test_details_of_somebody_without_an_address_are_corrected(meeting: Meeting, client: FlaskClient) -> None:
    details = signup.Details("Ada Brif", None, "")
    row = signup.sign_up(meeting.event.id, details, source="organiser", confirmed=True, answers=ANSWERS).registration
    path = page(row, "/details")
    text = client.get(path).text
    assert ('value="Ada Brif"' in text, "E-Mail-Adresse ergänzen" in text) == (True, True)
    fields: dict[str, Any] = {"name": "Ada Brief", "organisation": "Stadt Kassel", "language": "en"}
    fields |= {"postal_address": "Weg 1\n34117 Kassel", "q_municipality": "Kassel", "q_diet": ["halal"]}
    assert post_form(client, path, {**fields, "name": ""}).status_code == 422
    assert post_form(client, path, fields).status_code == 303
    found = fresh(row.id)
    assert (found.name, found.sort_name, found.postal_address.splitlines()) == (
        "Ada Brief",
        "brief ada",
        ["Weg 1", "34117 Kassel"],
    )
    given = {asked.key: value for asked, value in queries.answers_of([row.id])[row.id]}
    expected = {"municipality": "Kassel", "diet": {"chosen": ["halal"], "other": ""}, "access": ANSWERS["access"]}
    assert given == expected


def test_details_do_not_show_health_and_keep_what_is_left_empty(person: Registration, client: FlaskClient) -> None:
    path = page(person, "/details")
    assert "checked" not in client.get(path).text
    fields: dict[str, Any] = {"name": "Person 1", "organisation": "", "language": "de", "postal_address": ""}
    fields |= {"q_municipality": "", "q_diet": ["halal"]}
    assert post_form(client, path, fields).status_code == 303
    given = {asked.key: value for asked, value in queries.answers_of([person.id])[person.id]}
    assert given == {"access": ANSWERS["access"], "diet": {"chosen": ["halal"], "other": ""}}


def test_cause_of_a_cancellation_is_not_told_as_a_promotion(person: Registration, client: FlaskClient) -> None:
    signup.sign_off(person.id)
    assert "Platz frei geworden" not in client.get(page(person)).text


def test_office_does_not_lose_answers_it_cannot_see(app: Flask, person: Registration) -> None:
    fields = {"name": "Person 1", "organisation": "", "language": "de", "postal_address": "", "q_municipality": "Ulm"}
    assert post_form(signed_in(app, "Bea"), page(person, "/details"), fields).status_code == 303
    given = {asked.key: value for asked, value in queries.answers_of([person.id])[person.id]}
    assert given == {**ANSWERS, "municipality": "Ulm"}
