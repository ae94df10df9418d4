"""Pages of personal data: being forgotten, the lists of participants, the organisers' page with hold and requests."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.privacy import queries as privacy
from eventsite.registration import library, queries, service_answers
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from tests.browserless import post_form
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting, make_site
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import fresh, page_of, sign_up

DESK = "/admin/werkstatt/personal-data"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    make_site()
    made = make_meeting()
    service_answers.set_up_form(made.event.id)
    return made


@pytest.fixture
def clara(meeting: Meeting) -> Registration:
    one = sign_up(meeting.event.id, consents={"photo": "ask", "list": "yes"})
    registrations.confirm(one.id)
    return one


@pytest.fixture
def desk(app: Flask, meeting: Meeting) -> FlaskClient:
    make_account("Olivia", event_id=meeting.event.id)
    return signed_in(app, "Olivia")


def test_looking_deletes_nothing_the_button_does(client: FlaskClient, clara: Registration) -> None:
    address = page_of(clara, "erasure")
    assert client.get(address).status_code == 200
    assert fresh(clara.id).name == "Person 1"
    answer = client.post(address)
    assert (answer.status_code, "Ihre Daten sind gelöscht" in answer.text) == (200, True)
    assert (fresh(clara.id).name, fresh(clara.id).status) == ("", "cancelled")
    assert client.get(address).status_code == 404


def test_under_a_hold_the_request_is_noted_and_answered(
    desk: FlaskClient, client: FlaskClient, clara: Registration
) -> None:
    events.change_event(clara.event_id, hold_reason="Verwendungsnachweis", hold_until=NOW + timedelta(days=500))
    assert "Löschung beantragen" in client.get(page_of(clara, "erasure")).text
    answer = client.post(page_of(clara, "erasure"))
    assert (answer.status_code, "10. Februar 2027" in answer.text) == (200, True)
    (request,) = privacy.requests(clara.event_id)
    page = desk.get(DESK).text
    assert "Person 1" in page and "10. Februar 2027" in page
    refused = post_form(desk, f"{DESK}/requests/{request.id}/refusal", {"reason": ""}, page=DESK)
    assert (refused.status_code, fresh(clara.id).name) == (422, "Person 1")
    done = post_form(desk, f"{DESK}/requests/{request.id}/erasure", {}, page=DESK)
    assert (done.status_code, fresh(clara.id).name) == (303, "")
    again = post_form(desk, f"{DESK}/requests/{request.id}/erasure", {}, page=DESK)
    assert again.status_code == 404


@pytest.mark.parametrize(
    ("reason", "until", "status"),
    [("Prüfung", "2028-03-01T00:00", 303), ("Prüfung", "", 303), ("", "", 303), ("", "2028-03-01T00:00", 422),
     ("Prüfung", "2020-01-01T00:00", 422), ("Prüfung", "morgen", 422), ("x" * 301, "", 422)],
)  # fmt: skip
def test_hold_is_set_and_lifted(desk: FlaskClient, meeting: Meeting, reason: str, until: str, status: int) -> None:
    answer = post_form(desk, f"{DESK}/hold", {"hold_reason": reason, "hold_until": until}, page=DESK)
    assert answer.status_code == status
    db.session.rollback()
    event = events.queries.get_event("werkstatt")
    assert event.hold_reason == (reason if status == 303 else "")
    assert status == 303 or reason in answer.text


def test_list_is_for_people_with_a_place(client: FlaskClient, meeting: Meeting, clara: Registration) -> None:
    waiting = sign_up(meeting.event.id, 2)
    assert "Stadt 1" in client.get(page_of(clara, "participants")).text
    assert client.get(page_of(waiting, "participants")).status_code == 404
    service_answers.retire_consent(meeting.event.id, "list")
    assert client.get(page_of(clara, "participants")).status_code == 404


def test_public_list_exists_where_it_is_asked_for(client: FlaskClient, meeting: Meeting, clara: Registration) -> None:
    assert client.get("/de/werkstatt/participants").status_code == 404
    service_answers.set_consent_text(meeting.event.id, "public_list", library.CONSENT_TEXTS["public_list"])
    assert "Person 1" not in client.get("/de/werkstatt/participants").text
    service_answers.set_consents(clara.id, {"public_list": "yes"}, channel="personal page", actor="participant")
    page = client.get("/de/werkstatt/participants")
    assert ("Person 1" in page.text, page.headers.getlist("Set-Cookie")) == (True, [])
    assert "/de/werkstatt/participants" in client.get("/de/werkstatt/").text
    service_answers.set_consents(clara.id, {}, channel="personal page", actor="participant")
    assert "Person 1" not in client.get("/de/werkstatt/participants").text


def test_queries_do_not_grow(desk: FlaskClient, client: FlaskClient, meeting: Meeting) -> None:
    event_id, seen = meeting.event.id, []
    service_answers.set_consent_text(event_id, "public_list", library.CONSENT_TEXTS["public_list"])
    for numbers in (range(1, 2), range(2, 40)):
        for number in numbers:
            registrations.confirm(sign_up(event_id, number, consents=["public_list"]).id)
        db.session.remove()  # nothing is known beforehand, as in a request of its own
        with count_queries() as public:
            assert client.get("/de/werkstatt/participants").text.count('<th scope="row">') == numbers[-1]
        db.session.remove()
        with count_queries() as organisers:
            assert desk.get(DESK).status_code == 200
        seen.append((len(public), len(organisers)))
    assert seen[0] == seen[1]
    assert (seen[0][0] <= 6, seen[0][1] <= 10) == (True, True)


def test_pictures_are_answered_on_the_form_and_later(client: FlaskClient, clara: Registration) -> None:
    page = client.get(page_of(clara, "consents")).text
    assert page.count('type="radio"') == 3
    answer = client.post(page_of(clara, "consents"), data={"consent_photo": "no", "consent_list": "y"})
    assert (answer.status_code, queries.consents_given(clara.id)) == (303, {"photo": "no", "list": "yes"})
    bad = client.post(page_of(clara, "consents"), data={"consent_photo": "maybe"})
    assert (bad.status_code, queries.consents_given(clara.id)) == (422, {"photo": "no", "list": "yes"})
