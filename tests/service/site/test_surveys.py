"""Follow-up forms on a real database: asked once, answered once, and anonymous means that nothing leads back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.schema import CreateTable

from eventsite.checkin import service as checkins
from eventsite.core import clock
from eventsite.core.audit import AuditRow
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.events.queries import get_event
from eventsite.privacy import service as privacy
from eventsite.registration import library, queries, queries_surveys, service_answers, service_surveys
from eventsite.registration.library_surveys import FEEDBACK
from eventsite.registration.models import Question, Registration
from eventsite.registration.models_surveys import Survey, SurveyRecipient, SurveySheet
from eventsite.site import queries_audience, queries_roster, signup
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, make_meeting
from tests.registering import causes, mails
from tests.service.registration.test_races import at_once
from tests.surveying import GIVEN, make_survey, send, with_place


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting()


def asks() -> list[str]:
    return [cause for cause in causes() if cause.startswith("survey")]


def sheets() -> list[SurveySheet]:
    db.session.rollback()
    return list(db.session.scalars(select(SurveySheet)))


@both_databases
def test_everybody_is_asked_once_and_the_silent_reminded_once(app: Flask, meeting: Meeting) -> None:
    people, survey = with_place(meeting, 1, 2, 3), make_survey(meeting.event.id)
    send(survey, *people[:2])
    service_surveys.write_due()
    with pytest.raises(Refused, match="schon gefragt"):
        send(survey, *people[:2])
    service_surveys.answer(survey.id, people[0].id, GIVEN)
    with clock.freeze(NOW + timedelta(days=3)):
        service_surveys.remind(survey.event_id, survey.public_id, actor="test")
        send(survey, *people)
        at_once(app, lambda _n: service_surveys.write_due(), range(8))
    assert asks() == ["survey", "survey", "survey_reminder", "survey"]
    assert mails()[-2][0] == "person2@example.org"
    with pytest.raises(Refused, match="nur eine Erinnerung"):
        service_surveys.remind(survey.event_id, survey.public_id, actor="test")
    assert queries_surveys.numbers(survey.id) == queries_surveys.Numbers(3, 3, 1, 1)


@both_databases
def test_32_clicks_are_one_sheet(app: Flask, meeting: Meeting) -> None:
    (one,), survey = with_place(meeting, 1), make_survey(meeting.event.id)
    send(survey, one)
    survey_id, one_id = survey.id, one.id

    def click(_number: int) -> bool:
        try:
            service_surveys.answer(survey_id, one_id, GIVEN)
        except Refused:
            return False
        return True

    assert sum(at_once(app, click, range(32))) == 1
    assert len(sheets()) == 1


def reachable(name: str) -> set[str]:
    """The tables to which keys lead from this one."""
    table = Survey.metadata.tables[name]
    return {key.column.table.name for column in table.columns for key in column.foreign_keys}


@both_databases
def test_anonymous_is_anonymous(app: Flask, meeting: Meeting) -> None:
    people, survey = with_place(meeting, 1, 2, 3), make_survey(meeting.event.id)
    send(survey, *people)
    before = audited()
    for one in people:
        service_surveys.answer(survey.id, one.id, GIVEN)
    found = sheets()
    columns = {column.name: getattr(found[0], column.name) for column in SurveySheet.__table__.columns}
    assert set(columns) == {"id", "survey_id", "answered_on", "answers"} and reachable("survey_sheet") == {"survey"}
    assert not {"id", "answered_at", "updated_at"} & set(SurveyRecipient.__table__.columns.keys())
    assert len({one.id for one in found}) == 3 and all(len(one.id) == 24 for one in found)
    assert "WITHOUT ROWID" in _create_statement() or db.engine.dialect.name == "postgresql"
    assert audited() == before
    assert queries.answers_of([one.id for one in people]) == {one.id: [] for one in people}


def audited() -> int:
    db.session.rollback()
    return len(db.session.scalars(select(AuditRow.id)).all())


def _create_statement() -> str:
    return str(CreateTable(SurveySheet.__table__).compile(db.engine))


@both_databases
def test_named_answers_belong_to_the_registration_and_go_with_their_class(app: Flask, meeting: Meeting) -> None:
    (one,), survey = with_place(meeting, 1), make_survey(meeting.event.id, is_anonymous=False)
    service_surveys.ask(survey, library.DIET, actor="test")
    send(survey, one)
    food = {"diet": {"chosen": ["vegan"], "other": ""}}
    service_surveys.answer(survey.id, one.id, {**GIVEN, **food})
    service_surveys.answer(survey.id, one.id, {**GIVEN, "overall": "4", **food})
    given = {asked.key: value for asked, value in queries.answers_of([one.id])[one.id]}
    assert given == {"overall": "4", "good": "Das Essen", "diet": {"chosen": ["vegan"], "other": ""}}
    privacy.erase_sensitive(meeting.event.id)
    privacy.erase_registration(db.session.get_one(Registration, one.id))
    assert queries.answers_of([one.id]) == {one.id: []}
    assert queries_surveys.numbers(survey.id).answered == 1


def test_form_to_register_stays_as_it_is(app: Flask, meeting: Meeting) -> None:
    service_answers.ask(meeting.event.id, library.LUNCH)
    survey = make_survey(meeting.event.id, is_anonymous=False)
    service_surveys.ask(survey, library.LUNCH, actor="test")
    assert [one.key for one in queries.asked(meeting.event.id)] == ["lunch"]
    keys = [one.key for one in queries.asked(meeting.event.id, survey_id=survey.id)]
    assert keys == [*(one.key for one in FEEDBACK), "lunch-2"]
    with pytest.raises(NotFound):
        service_answers.retire(meeting.event.id, "lunch", survey_id=survey.id)
    other = make_survey(meeting.event.id)
    assert queries.asked(meeting.event.id, survey_id=other.id)[0].key == "overall-2"


def test_whoever_has_signed_off_gets_nothing_unless_the_circle_says_so(app: Flask, meeting: Meeting) -> None:
    people = with_place(meeting, 1, 2)
    opens = NOW + timedelta(days=2)
    survey = make_survey(meeting.event.id, opens_at=opens)
    other = make_survey(meeting.event.id, opens_at=opens, audience={"status": "confirmed,cancelled"})
    for one in (survey, other):
        send(one, *people)
    assert asks() == []
    signup.sign_off(people[0].id)
    with clock.freeze(opens):
        service_surveys.write_due()
        assert len(asks()) == 3
        assert [a for a, _s in mails()[-3:]] == ["person2@example.org", "person1@example.org", "person2@example.org"]


def test_refusals(app: Flask, meeting: Meeting) -> None:
    one, stranger = with_place(meeting, 1, 2)
    event_id = meeting.event.id
    survey = make_survey(event_id, closes_at=NOW + timedelta(days=1))
    empty = service_surveys.store(event_id, None, actor="test", is_anonymous=True, audience={"status": "confirmed"})
    with pytest.raises(Refused, match="keine Frage"):
        send(empty, one)
    with pytest.raises(Refused, match="nicht offen"):
        send(survey, one)
        with clock.freeze(NOW + timedelta(days=1)):
            service_surveys.answer(survey.id, one.id, GIVEN)
    with pytest.raises(NotFound):
        service_surveys.answer(survey.id, stranger.id, GIVEN)
    with pytest.raises(Refused, match="passt hier nicht"):
        service_surveys.ask(survey, library.PHONE, actor="test")
    with pytest.raises(Refused, match="nicht mehr ändern"):
        service_surveys.store(event_id, survey.public_id, actor="test", is_anonymous=False)
    with pytest.raises(Refused, match="nach dem Beginn"):
        service_surveys.store(event_id, survey.public_id, actor="test", opens_at=NOW, closes_at=NOW)
    with pytest.raises(Refused, match="bleibt die Nachfrage"):
        service_surveys.remove(event_id, survey.public_id, actor="test")
    service_surveys.remove(event_id, empty.public_id, actor="test")
    assert len(queries_surveys.surveys(event_id)) == 1


@both_databases
def test_an_unsent_form_goes_with_its_questions(app: Flask, meeting: Meeting) -> None:
    survey = make_survey(meeting.event.id)
    service_surveys.remove(meeting.event.id, survey.public_id, actor="test")
    assert db.session.scalars(select(Question)).all() == []


def test_circle_by_presence_and_workshop(app: Flask, meeting: Meeting) -> None:
    people = with_place(meeting, 1, 2)
    checkins.check_in(people[0].id, actor="test", at=NOW)
    there = make_survey(meeting.event.id, audience={"status": "confirmed", "presence": "yes"})
    away = make_survey(meeting.event.id, audience={"status": "confirmed", "presence": "no"})
    event = get_event("werkstatt")
    known = queries_roster.facets(event.id)
    assert list(queries_audience.not_asked(event, there, known)) == [people[0].id]
    assert list(queries_audience.not_asked(event, away, known)) == [people[1].id]
    send(there, people[0])
    assert list(queries_audience.not_asked(event, there, known)) == []
    gone = make_survey(meeting.event.id, audience={"status": "confirmed", "place": "gone"})
    assert list(queries_audience.not_asked(event, gone, known)) == []
