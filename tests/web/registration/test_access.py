"""Access needs as the team sees them: what is open until when, notes, dates, who may look, and when all of it is gone."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.privacy import service as privacy
from eventsite.registration import queries_access, rules_access, service_access, service_answers
from eventsite.registration.models_desk import AccessTask
from eventsite.site import signup
from tests.browserless import csrf_token, post_form
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import sign_up

PAGE = "/admin/werkstatt/access"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=150)
    service_answers.set_up_form(made.event.id)
    return made


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    make_account("Otto", event_id=meeting.event.id)
    make_account("Ben", event_id=meeting.event.id, role="helper")
    return signed_in(app, "Otto")


def need(meeting: Meeting, number: int = 1, *chosen: str, other: str = "") -> str:
    answers = {"access": {"chosen": list(chosen), "other": other}}
    return sign_up(meeting.event.id, number, answers=answers, confirmed=True, notify=False).public_id


@both_databases
def test_each_need_is_a_task_until_it_is_settled(meeting: Meeting) -> None:
    uid = need(meeting, 1, "sign-language", "wheelchair", other="Assistenzhund")
    found = queries_access.tasks(meeting.event)
    assert [(task.need, task.due_on) for task in rules_access.to_do(found)] == [
        ("sign-language", date(2027, 1, 14)),
        ("other", date(2027, 2, 18)),
        ("wheelchair", date(2027, 2, 18)),
    ]
    for _ in range(2):  # twice is once
        service_access.settle(meeting.event, uid, "wheelchair", state="arranged", note=" Platz vorn ", actor="test")
    service_access.settle(meeting.event, uid, "other", state="open", due_on=date(2027, 2, 1), actor="test")
    found = queries_access.tasks(meeting.event)
    assert [(task.need, task.due_on) for task in rules_access.to_do(found)] == [
        ("sign-language", date(2027, 1, 14)),
        ("other", date(2027, 2, 1)),
    ]
    assert [(task.need, task.note) for task in rules_access.settled(found)] == [("wheelchair", "Platz vorn")]


def test_what_nobody_needs_cannot_be_settled(meeting: Meeting) -> None:
    uid = need(meeting, 1, "wheelchair")
    with pytest.raises(NotFound):
        service_access.settle(meeting.event, uid, "hearing-loop", state="arranged", actor="test")
    with pytest.raises(Refused):
        service_access.settle(meeting.event, uid, "wheelchair", state="gone", actor="test")


def test_cancelled_person_leaves_what_is_to_be_called_off(meeting: Meeting) -> None:
    uid = need(meeting, 1, "sign-language")
    service_access.settle(meeting.event, uid, "sign-language", state="arranged", actor="test")
    row = db.session.scalar(db.select(AccessTask.registration_id))
    assert row is not None
    signup.sign_off(row, actor="test")
    found = queries_access.tasks(meeting.event)
    assert [(len(rules_access.to_do(found)), len(rules_access.to_call_off(found)))] == [(0, 1)]


def test_page_and_dashboard_ask_the_same_with_one_and_with_a_hundred(meeting: Meeting, client: FlaskClient) -> None:
    need(meeting, 1, "wheelchair")
    event_id, found = meeting.event.id, []
    for first in (2, 101):
        for path in (PAGE, "/admin/werkstatt/"):
            db.session.expunge_all()
            with count_queries() as sent:
                assert client.get(path).status_code == 200
            found.append(len(sent))
        answers = {"access": {"chosen": ["quiet-room"], "other": ""}}
        for number in range(first, 101):
            sign_up(event_id, number, answers=answers, confirmed=True, notify=False)
    assert (found[:2], max(found) <= 10) == (found[2:], True)


def test_team_notes_and_moves_dates_on_the_page(meeting: Meeting, client: FlaskClient) -> None:
    uid = need(meeting, 1, "sign-language")
    page = client.get(PAGE).text
    assert ("Gebärdensprache (DGS)" in page, "14. Januar 2027" in page) == (True, True)
    assert "1 Bedarf ist offen" in client.get("/admin/werkstatt/").text
    fields = {"state": "arranged", "due_on": "", "note": "Zwei Dolmetschende gebucht"}
    assert post_form(client, f"{PAGE}/{uid}/sign-language", fields).status_code == 303
    assert "Zwei Dolmetschende gebucht" in client.get(PAGE).text
    assert "Bedarf" not in client.get("/admin/werkstatt/").text.split("duties")[1].split("</section>")[0]
    bad = post_form(client, f"{PAGE}/{uid}/sign-language", {**fields, "due_on": "morgen"})
    assert (bad.status_code, "Bitte geben Sie ein Datum" in bad.text) == (422, True)
    assert client.get(f"{PAGE}/{uid}/nothing").status_code == 404


@pytest.mark.parametrize(("days", "status"), [("70", 303), ("", 303), ("-1", 422), ("366", 422), ("viele", 422)])
def test_days_before_the_event_are_the_teams(meeting: Meeting, client: FlaskClient, days: str, status: int) -> None:
    need(meeting, 1, "sign-language")
    answer = client.post(PAGE, data={"csrf_token": csrf_token(client, PAGE), "days-sign-language": days})
    assert answer.status_code == status
    expected = "31. Dezember 2026" if days == "70" else "14. Januar 2027"
    assert expected in client.get(PAGE).text


def test_helpers_may_not(app: Flask, meeting: Meeting, client: FlaskClient) -> None:
    uid = need(meeting, 1, "wheelchair")
    helper = signed_in(app, "Ben")
    assert [helper.get(path).status_code for path in (PAGE, f"{PAGE}/{uid}/wheelchair")] == [403, 403]
    assert "Bedarf" not in helper.get("/admin/werkstatt/").text


def test_tasks_go_with_the_answers(meeting: Meeting) -> None:
    uid, event_id = need(meeting, 1, "wheelchair"), meeting.event.id
    service_access.settle(meeting.event, uid, "wheelchair", state="arranged", note="Ada braucht Platz", actor="test")
    with clock.freeze(meeting.event.ends_at + timedelta(days=15)):
        privacy.erase_due()
    assert (queries_access.tasks(meeting.event), list(db.session.scalars(db.select(AccessTask)))) == ([], [])
    assert event_id
