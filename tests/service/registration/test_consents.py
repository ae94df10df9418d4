"""Consents: three answers about pictures, a proof of each step, withdrawn at once, and the lists they open."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.registration import library, queries, service_answers
from eventsite.registration import service as registrations
from eventsite.registration.models import Consent
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, make_meeting
from tests.registering import sign_up


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting()
    service_answers.set_up_form(made.event.id)
    return made


def steps(registration_id: int) -> list[tuple[str, str, bool]]:
    db.session.rollback()
    query = select(Consent).where(Consent.registration_id == registration_id).order_by(Consent.id)
    return [(row.kind, row.answer, row.withdrawn_at is None) for row in db.session.scalars(query)]


def answer(registration_id: int, **answers: str) -> None:
    service_answers.set_consents(registration_id, answers, channel="personal page", actor="participant")


@both_databases
def test_each_answer_about_pictures_is_kept_as_a_step(app: Flask, meeting: Meeting) -> None:
    one = sign_up(meeting.event.id, consents={"photo": "yes"})
    for given in ("ask", "ask", "no"):
        answer(one.id, photo=given)
    assert steps(one.id) == [("photo", "yes", False), ("photo", "ask", False), ("photo", "no", True)]
    assert queries.consents_given(one.id) == {"photo": "no"}


def test_withdrawing_counts_at_once_and_keeps_the_proof(app: Flask, meeting: Meeting) -> None:
    one = sign_up(meeting.event.id, consents={"photo": "yes", "list": "yes"})
    answer(one.id)
    assert queries.consents_given(one.id) == {}
    assert [row.withdrawn_at for row, _text in queries.consents_of(one.id)] == [NOW, NOW]


@pytest.mark.parametrize("answers", [{"list": "ask"}, {"photo": "maybe"}, {"portrait": "yes"}])
def test_what_is_not_offered_is_refused(app: Flask, meeting: Meeting, answers: dict[str, str]) -> None:
    one = sign_up(meeting.event.id)
    with pytest.raises(Refused):
        answer(one.id, **answers)
    assert steps(one.id) == []


@both_databases
def test_list_names_who_has_a_place_and_agreed(app: Flask, meeting: Meeting) -> None:
    people = [sign_up(meeting.event.id, number, consents=["list"] if number != 2 else []) for number in (1, 2, 3, 4)]
    for one in people[:3]:
        registrations.confirm(one.id)
    answer(people[2].id)
    assert queries.listed(meeting.event.id, "list") == [("Person 1", "Stadt 1")]


def test_retired_consent_is_asked_no_longer_and_can_return(app: Flask, meeting: Meeting) -> None:
    one = sign_up(meeting.event.id, consents=["list"])
    service_answers.retire_consent(meeting.event.id, "list")
    assert [text.kind for text in queries.consent_texts(meeting.event.id)] == ["photo"]
    assert (queries.asks_for(meeting.event.id, "list"), queries.consents_given(one.id)) == (False, {"list": "yes"})
    service_answers.set_consent_text(meeting.event.id, "list", library.CONSENT_TEXTS["list"])
    assert queries.asks_for(meeting.event.id, "list") is True
