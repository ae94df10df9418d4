"""Being forgotten on request: at once, or answered within a month where an audit holds the data; no trace is left."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Text, select

from eventsite.core import clock
from eventsite.core.db import JsonText, Model, db
from eventsite.core.errors import NotFound, Refused
from eventsite.events import service as events
from eventsite.mail import outbox
from eventsite.privacy import queries, rules, service, service_requests
from eventsite.registration import service_answers
from eventsite.registration.models import Registration
from eventsite.registration.service import Details, expire_due
from eventsite.site import erasure, signup
from tests import counting
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, make_meeting, make_site

NAME, EMAIL = "Clara Unverwechselbar", "unverwechselbar@example.org"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    make_site()
    made = make_meeting()
    service_answers.set_up_form(made.event.id)
    return made


@pytest.fixture
def clara(meeting: Meeting) -> Registration:
    details = Details(NAME, EMAIL, "Amt Unverwechselbar")
    answers = {"diet": {"chosen": [], "other": "nichts von Unverwechselbar"}}
    return signup.sign_up(
        meeting.event.id, details, answers=answers, consents={"photo": "ask", "list": "yes"}
    ).registration


def traces(word: str) -> list[str]:
    """Every column in which a word stands, in all tables."""
    db.session.rollback()
    found = []
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Text | JsonText):
                values = db.session.scalars(select(column).where(column.is_not(None)))
                if any(word.casefold() in str(value).casefold() for value in values):
                    found.append(f"{table.name}.{column.name}")
    return found


@both_databases
def test_forgotten_person_leaves_no_trace(app: Flask, clara: Registration) -> None:
    assert "registration.name" in traces("unverwechselbar")
    assert erasure.forget_me(clara.id) is True
    assert traces("unverwechselbar") == []
    row = db.session.get_one(Registration, clara.id)
    assert (row.status, counting.kept(row.event_id)["taken"]) == ("cancelled", 0)


def hold(event_id: int) -> None:
    until = NOW + timedelta(days=400)
    service_requests.hold(event_id, reason="Verwendungsnachweis", until=until, actor="olivia")


@both_databases
def test_audit_lets_the_request_wait_for_its_answer(app: Flask, meeting: Meeting, clara: Registration) -> None:
    hold(meeting.event.id)
    assert (erasure.forget_me(clara.id), erasure.forget_me(clara.id)) == (False, False)
    (request,) = queries.requests(meeting.event.id)
    assert (request.registration.name, request.due_at, request.decision) == (NAME, NOW + timedelta(days=30), "")
    service_requests.keep(meeting.event.id, request.id, reason="Prüfung bis 2028", actor="olivia")
    (request,) = queries.requests(meeting.event.id)
    assert (request.decision, request.reason, request.decided_by) == ("kept", "Prüfung bis 2028", "olivia")
    (mail,) = [m for m in outbox.messages() if m.cause == f"erasure:{request.id}:kept"]
    assert "Prüfung bis 2028" in mail.text and "Prüfung bis 2028" in mail.html
    with pytest.raises(Refused, match="schon beantwortet"):
        service_requests.keep(meeting.event.id, request.id, reason="noch einmal", actor="olivia")


def test_organisers_grant_a_request(app: Flask, meeting: Meeting, clara: Registration) -> None:
    hold(meeting.event.id)
    erasure.forget_me(clara.id)
    (request,) = queries.requests(meeting.event.id)
    erasure.grant(meeting.event.id, request.id, actor="olivia")
    (request,) = queries.requests(meeting.event.id)
    assert (request.decision, request.registration.name, traces("unverwechselbar")) == ("erased", "", [])
    with pytest.raises(NotFound):
        erasure.grant(meeting.event.id, request.id, actor="olivia")


def test_answer_and_hold_need_their_reason(app: Flask, meeting: Meeting, clara: Registration) -> None:
    hold(meeting.event.id)
    erasure.forget_me(clara.id)
    (request,) = queries.requests(meeting.event.id)
    with pytest.raises(Refused, match="Die Person erfährt ihn"):
        service_requests.keep(meeting.event.id, request.id, reason=" ", actor="olivia")
    with pytest.raises(Refused, match="bewahrt nichts"):
        service_requests.hold(meeting.event.id, reason=" ", until=NOW + timedelta(days=1), actor="olivia")
    with pytest.raises(Refused, match="schon vorbei"):
        service_requests.hold(meeting.event.id, reason="Prüfung", until=NOW, actor="olivia")


def test_lifted_hold_lets_data_go(app: Flask, meeting: Meeting, clara: Registration) -> None:
    hold(meeting.event.id)
    service_requests.hold(meeting.event.id, reason="", until=None, actor="olivia")
    assert erasure.forget_me(clara.id) is True


def test_unconfirmed_registration_goes_after_a_week(app: Flask, meeting: Meeting, clara: Registration) -> None:
    lapsed = clara.held_until
    assert lapsed is not None
    with clock.freeze(lapsed):
        expire_due()
    for moment, name in ((rules.UNCONFIRMED - timedelta(minutes=1), NAME), (rules.UNCONFIRMED, "")):
        with clock.freeze(lapsed + moment):
            service.erase_unconfirmed()
            db.session.rollback()
            assert db.session.get_one(Registration, clara.id).name == name
    assert [row.details["count"] for row in queries.erased(meeting.event.id)] == [1]


def test_preview_says_what_goes_when(app: Flask, meeting: Meeting, clara: Registration) -> None:
    end = meeting.event.ends_at
    assert rules.preview(meeting.event, queries.held(meeting.event.id), NOW) == [
        rules.Going("sensitive", 1, end + timedelta(days=14)),
        rules.Going("identity", 1, end + timedelta(days=183)),
    ]
    events.change_event(meeting.event.id, hold_reason="Prüfung", hold_until=None)
    event = events.queries.get_event(meeting.event.slug)
    assert [one.at for one in rules.preview(event, queries.held(event.id), NOW)] == [end + timedelta(days=14), None]
