"""Versions of questions and consent texts and stored answers."""

from dataclasses import replace

import pytest
from flask import Flask

from eventsite.core.errors import NotFound, Refused
from eventsite.events.models import Event
from eventsite.registration import library, queries, service_answers
from tests.conftest import both_databases
from tests.every_kind import ATTENDANCE
from tests.meeting import make_meeting
from tests.registering import sign_up


@pytest.fixture
def event(app: Flask) -> Event:
    made = make_meeting().event
    service_answers.set_up_form(made.id)
    return made


@both_databases
def test_answer_keeps_the_version_it_answered(event: Event) -> None:
    one = sign_up(event.id, answers={"diet": {"chosen": ["vegan"], "other": ""}})
    service_answers.ask(event.id, replace(library.DIET, label={"de": "Essen", "en": "Meals"}))
    service_answers.ask(event.id, replace(library.DIET, label={"de": "Essen", "en": "Meals"}))
    assert [asked.label["de"] for asked in queries.asked(event.id)] == ["Essen", library.ACCESS.label["de"]]
    ((asked, value),) = queries.answers_of([one.id])[one.id]
    assert (asked.label["de"], value) == ("Verpflegung", {"chosen": ["vegan"], "other": ""})


def test_retired_question_is_not_asked_and_its_answers_stay(event: Event) -> None:
    one = sign_up(event.id, answers={"diet": {"chosen": ["vegan"], "other": ""}})
    service_answers.retire(event.id, "diet")
    assert [asked.key for asked in queries.asked(event.id)] == ["access"]
    assert len(queries.answers_of([one.id])[one.id]) == 1
    with pytest.raises(NotFound):
        service_answers.retire(event.id, "unknown")


def test_question_without_purpose_is_refused(event: Event) -> None:
    with pytest.raises(Refused):
        service_answers.ask(event.id, replace(library.PHONE, purpose={}))


def test_bad_answer_stores_nothing(event: Event) -> None:
    with pytest.raises(Refused):
        sign_up(event.id, answers={"diet": {"chosen": ["meat"], "other": ""}})
    assert queries.recount(event.id) == (0, 0)


def test_required_question_binds_the_public_and_not_the_organisers(event: Event) -> None:
    service_answers.ask(event.id, ATTENDANCE)
    with pytest.raises(Refused):
        sign_up(event.id)
    sign_up(event.id, source="organiser", confirmed=True)
    assert queries.recount(event.id) == (1, 0)


@both_databases
def test_consent_keeps_the_words_it_was_given_to(event: Event) -> None:
    one = sign_up(event.id, consents=["photo"])
    service_answers.set_consent_text(event.id, "photo", {"de": "Neuer Text"})
    service_answers.set_consent_text(event.id, "photo", {"de": "Neuer Text"})
    ((consent, text),) = queries.consents_of(one.id)
    assert (consent.kind, text.number, text.text) == ("photo", 1, library.CONSENT_TEXTS["photo"])
    assert [(t.kind, t.number) for t in queries.consent_texts(event.id)] == [("photo", 2), ("list", 1)]
    with pytest.raises(Refused):
        service_answers.set_consents(one.id, ["unknown"], channel="form", actor="participant")
