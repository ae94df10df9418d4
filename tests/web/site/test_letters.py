"""The list of letters as organisers work through it: print, tick off, take back."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import audit, pdf
from eventsite.core.db import db
from eventsite.registration import queries_letters
from eventsite.site import signup
from eventsite.site.signup import Details
from tests.browserless import post_form
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

LETTERS = "/admin/werkstatt/letters"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=None)
    make_account("Otto", event_id=made.event.id)
    make_account("Ben", event_id=made.event.id, role="helper")
    return made


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Otto")


def write(event_id: int, *names: str) -> list[str]:
    for name in names:
        signup.sign_up(event_id, Details(name, None), confirmed=True, source="organiser")
    return [row.message.public_id for row in queries_letters.letters(event_id, limit=500)]


def states(meeting: Meeting) -> list[str]:
    db.session.rollback()
    return [row.message.state for row in queries_letters.letters(meeting.event.id, limit=50)]


def test_list_is_kind_while_there_is_nothing(client: FlaskClient) -> None:
    assert "Nichts zu schreiben" in client.get(LETTERS).text


def test_letters_are_printed_one_and_all_and_who_did_is_noted(meeting: Meeting, client: FlaskClient) -> None:
    ids = write(meeting.event.id, "Ada", "Ben")
    one = post_form(client, f"{LETTERS}/{ids[0]}/print", {}, page=LETTERS)
    both = post_form(client, f"{LETTERS}/print", {}, page=LETTERS)
    assert [pdf.describe(answer.data).pages for answer in (one, both)] == [1, 2]
    assert both.headers["Content-Disposition"] == 'attachment; filename="werkstatt-letters.pdf"'
    noted = db.session.scalars(db.select(audit.AuditRow).where(audit.AuditRow.action == "letters printed"))
    assert [row.details["letters"] for row in noted] == [ids[:1], ids]


def test_letters_are_ticked_off_and_taken_back(meeting: Meeting, client: FlaskClient) -> None:
    ids = write(meeting.event.id, "Ada", "Ben", "Cem")
    post_form(client, f"{LETTERS}/{ids[0]}/done", {"deed": "done"}, page=LETTERS)
    assert states(meeting) == ["letter", "letter", "written"]
    post_form(client, f"{LETTERS}/{ids[0]}/done", {"deed": "undo"}, page=LETTERS)
    assert states(meeting) == ["letter"] * 3
    post_form(client, f"{LETTERS}/done", {"letter": ids[:2]}, page=LETTERS)
    assert states(meeting) == ["letter", "written", "written"]


def test_only_letters_are_letters(app: Flask, meeting: Meeting, client: FlaskClient) -> None:
    write(meeting.event.id, "Ada")
    assert signed_in(app, "Ben").get(LETTERS).status_code == 403
    for step in ("print", "done"):
        assert post_form(client, f"{LETTERS}/nothing/{step}", {}, page=LETTERS).status_code == 404
    assert client.post(f"{LETTERS}/done", data={"letter": "x"}).status_code == 400
    assert states(meeting) == ["letter"]


def test_list_costs_the_same_for_one_and_for_a_hundred(meeting: Meeting, client: FlaskClient) -> None:
    event_id, found = meeting.event.id, []
    for names in (["Ada"], [f"Person {n}" for n in range(99)]):
        write(event_id, *names)
        db.session.remove()
        with count_queries() as counted:
            assert client.get(LETTERS).status_code == 200
        found.append(len(counted))
    assert (found[0], found[0] <= 10) == (found[1], True)
