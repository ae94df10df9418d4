"""Preview and result of a deed for many, as an organiser sees them."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.registration.models import Registration
from tests.browserless import csrf_token, post_form
from tests.crowd import make_crowd
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import causes, fresh, sign_up

LIST = "/admin/werkstatt/registrations"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=50)
    make_account("Otto", event_id=made.event.id)
    make_account("Ben", event_id=made.event.id, role="helper")
    return made


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Otto")


def people(meeting: Meeting, number: int) -> list[Registration]:
    return [sign_up(meeting.event.id, n, confirmed=True, notify=False) for n in range(1, number + 1)]


def send(client: FlaskClient, path: str, **fields: Any) -> Any:
    page = client.get(path).text
    hidden = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("key", "number")}
    return post_form(client, path, {**hidden, **fields})


def test_preview_tells_everything_and_changes_nothing(meeting: Meeting, client: FlaskClient) -> None:
    rows = people(meeting, 5)
    page = client.get(f"{LIST}/bulk?deed=cancel&whom=all").text
    assert "Person 1, Person 2, Person 3 und 2 weitere" in page
    assert "5 Mails" in page
    assert {fresh(row.id).status for row in rows} == {"confirmed"}


def test_ticked_people_are_cancelled_after_the_question_of_the_mail(meeting: Meeting, client: FlaskClient) -> None:
    rows = people(meeting, 3)
    path = f"{LIST}/bulk?deed=cancel&whom=&chosen={rows[0].public_id}&chosen={rows[2].public_id}"
    refused = send(client, path)
    assert (refused.status_code, "ob sie eine Mail bekommen" in refused.text) == (422, True)
    answer = send(client, path, notify="no", reason="Doppelt angemeldet")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert (page.status_code, "Es wurde niemand angeschrieben." in page.text) == (200, True)
    assert [fresh(row.id).status for row in rows] == ["cancelled", "confirmed", "cancelled"]
    assert causes() == []


def test_sent_twice_is_done_once(meeting: Meeting, client: FlaskClient) -> None:
    row = people(meeting, 1)[0]
    path = f"{LIST}/bulk?deed=cancel&chosen={row.public_id}"
    fields = {"key": "abcdefgh1234", "number": "1", "notify": "yes", "csrf_token": csrf_token(client, path)}
    answers = [client.post(path, data=fields) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"{LIST}/bulk/abcdefgh1234"] * 2
    assert causes() == ["status"]


def test_list_that_changed_meanwhile_is_shown_again(meeting: Meeting, client: FlaskClient) -> None:
    people(meeting, 2)
    path = f"{LIST}/bulk?deed=cancel&whom=all&q=Person"
    token = csrf_token(client, path)
    sign_up(meeting.event.id, 3, confirmed=True, notify=False)
    fields = {"key": "abcdefgh1234", "number": "2", "notify": "yes", "csrf_token": token}
    answer = client.post(path, data=fields)
    assert (answer.status_code, "Liste hat sich geändert" in answer.text) == (422, True)
    assert causes() == []


@pytest.mark.parametrize(
    "query", ["", "deed=explode&whom=all", "deed=cancel", "deed=cancel&chosen=%00", "deed=cancel&whom=all&status=gone"]
)
def test_nobody_is_meant_by_a_strange_address(meeting: Meeting, client: FlaskClient, query: str) -> None:
    people(meeting, 2)
    page = client.get(f"{LIST}/bulk?{query}")
    assert (page.status_code, "Person 1" in page.text) == (200, False)
    data = {"csrf_token": csrf_token(client, f"{LIST}/bulk?deed=cancel&whom=all"), "notify": "yes", "number": "0"}
    assert client.post(f"{LIST}/bulk?{query}", data=data).status_code == 422
    assert causes() == []


def test_preview_asks_the_same_with_one_and_with_a_hundred(meeting: Meeting, client: FlaskClient) -> None:
    event_id = meeting.event.id
    people(meeting, 1)
    client.get(f"{LIST}/bulk?deed=cancel&whom=all")
    found = []
    for _ in range(2):
        db.session.expunge_all()
        with count_queries() as sent:
            assert client.get(f"{LIST}/bulk?deed=cancel&whom=all").status_code == 200
        found.append(len(sent))
        make_crowd(event_id, 100) if len(found) == 1 else None
    assert found[0] == found[1] <= 10


def test_helpers_may_not(app: Flask, meeting: Meeting) -> None:
    helper = signed_in(app, "Ben")
    assert helper.get(f"{LIST}/bulk?deed=cancel&whom=all").status_code == 403
