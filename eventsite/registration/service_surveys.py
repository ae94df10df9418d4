"""Follow-up forms: written, sent to a circle of people once each, answered by name or without."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, insert, or_, select

from eventsite.core import audit, clock, i18n, ids
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import (
    messages_surveys,
    queries,
    queries_surveys,
    questions_conditions,
    rules_surveys,
    service_answers,
    service_places,
)
from eventsite.registration.library_surveys import FEEDBACK
from eventsite.registration.models import OptionCount, Question, QuestionVersion, Registration
from eventsite.registration.models_surveys import Survey, SurveyRecipient, SurveySheet
from eventsite.registration.questions import Asked, is_empty

__all__ = ["FEEDBACK", "answer", "messages_surveys", "remind", "send"]
AT_ONCE = 50  # letters in one transaction, so that nobody waits long for the lock
_EDITABLE = ("title", "introduction", "purpose", "is_anonymous", "opens_at", "closes_at", "audience")


def store(event_id: int, public_id: str | None, *, actor: str, **values: Any) -> Survey:
    """Writes a form anew (None) or changes one; whether it is anonymous stays as it is from the first mail on.

    Refuses an end before the beginning, and an audience without a status.
    """
    with transaction() as session:
        events.lock_event(event_id)
        survey = queries_surveys.get_survey(event_id, public_id) if public_id else _fresh(event_id)
        wanted = {name: values[name] for name in _EDITABLE if name in values}
        if survey.sent_at is not None and wanted.get("is_anonymous", survey.is_anonymous) != survey.is_anonymous:
            raise Refused(_l("People have been asked already: whether they answer by name cannot be changed any more."))
        for name, value in wanted.items():
            setattr(survey, name, value)
        _refuse_bad_times(survey.opens_at, survey.closes_at)
        if not (survey.audience or {}).get("status"):
            raise Refused(_l("Please choose at least one status."))
        session.add(survey)
        session.flush()
        _note(survey, "follow-up form stored", actor)
        return survey


def open_sheet(event_id: int, title: dict[str, str], purpose: dict[str, str], *, actor: str) -> Survey:
    """The questions that are asked with a proposal: a sheet without recipients, written in the same editor."""
    with transaction() as session:
        sheet = _fresh(event_id, "call")
        sheet.title, sheet.purpose = title, purpose
        session.add(sheet)
        session.flush()
        _note(sheet, "sheet of questions made", actor)
        return sheet


def _fresh(event_id: int, use: str = "people") -> Survey:
    return Survey(
        use=use, public_id=ids.new_public_id(), event_id=event_id, title={}, introduction={}, purpose={}, is_anonymous=False,
        opens_at=None, closes_at=None, audience={}, sent_at=None, reminded_at=None, created_at=clock.now(),
    )  # fmt: skip


def _refuse_bad_times(opens: datetime | None, closes: datetime | None) -> None:
    if opens is not None and closes is not None and closes <= opens:
        raise Refused(_l("The form must close after it opens."))


def _note(survey: Survey, action: str, actor: str, **details: Any) -> None:
    subject = f"survey {survey.public_id}"
    audit.record(action, subject=subject, actor=actor, event_id=survey.event_id, details=details)


def ask(survey: Survey, ready: Asked, *, actor: str) -> None:
    """Adds a ready question; where the event asked it before, its key gets a number."""
    with transaction():
        events.lock_event(survey.event_id)
        key = rules_surveys.fresh_key(ready.key, queries.question_keys(survey.event_id))
        service_answers.ask(survey.event_id, replace(ready, key=key), actor=actor, survey_id=survey.id)


def remove(event_id: int, public_id: str, *, actor: str) -> None:
    """Takes away a form that nobody was asked to answer; any other is refused."""
    with transaction() as session:
        events.lock_event(event_id)
        survey = queries_surveys.get_survey(event_id, public_id)
        if survey.sent_at is not None:
            raise Refused(_l("People have been asked already, so the form stays. You can close it."))
        mine = select(Question.id).where(Question.survey_id == survey.id)
        for table in (OptionCount, QuestionVersion):
            session.execute(delete(table).where(table.question_id.in_(mine)))
        session.execute(delete(Question).where(Question.survey_id == survey.id))
        _note(survey, "follow-up form removed", actor)
        session.delete(survey)


def send(event_id: int, public_id: str, registration_ids: Collection[int], *, actor: str) -> int:
    """Asks these people, as far as they were not asked before; how many are new. Mails follow in the background.

    Refuses a form with faults, one that is closed, and nobody.
    """
    with transaction() as session:
        events.lock_event(event_id)
        survey = queries_surveys.get_survey(event_id, public_id)
        asked = queries.asked(event_id, survey_id=survey.id)
        faults = rules_surveys.faults(asked, is_anonymous=survey.is_anonymous, purpose=survey.purpose)
        if faults:
            raise Refused(" ".join(faults))
        _refuse_closed(survey)
        known = set(_recipients(survey.id))
        fresh = [one for one in dict.fromkeys(registration_ids) if one not in known]
        if not fresh:
            raise Refused(_l("Everybody who fits has been asked already."))
        rows = [{"survey_id": survey.id, "registration_id": one, "has_answered": False} for one in fresh]
        session.execute(insert(SurveyRecipient), rows)
        survey.sent_at = survey.sent_at or clock.now()
        _note(survey, "follow-up form sent", actor, number=len(fresh))
        write_mails.later(survey.id)
        return len(fresh)


def _refuse_closed(survey: Survey) -> None:
    if survey.closes_at is not None and clock.now() >= survey.closes_at:
        raise Refused(_l("The form is closed. Give it a later end first."))


def _recipients(survey_id: int) -> list[int]:
    with transaction() as session:
        return list(
            session.scalars(select(SurveyRecipient.registration_id).where(SurveyRecipient.survey_id == survey_id))
        )


def remind(event_id: int, public_id: str, *, actor: str) -> None:
    """Reminds everybody who has not answered, once; refuses a second reminder and a form that is not open."""
    with transaction():
        events.lock_event(event_id)
        survey = queries_surveys.get_survey(event_id, public_id)
        if rules_surveys.state(survey, clock.now()) != "open":
            raise Refused(_l("The form is not open."))
        if survey.reminded_at is not None:
            raise Refused(_l("People have been reminded already. There is one reminder only."))
        survey.reminded_at = clock.now()
        _note(survey, "follow-up form reminded", actor)
        write_mails.later(survey.id)


@background
def write_mails(survey_id: int) -> None:
    """Writes what is open of a form's mails, some at a time; begun again, it goes on where it stopped."""
    while _write_some(survey_id) == AT_ONCE:
        pass


@periodic(minutes=5)
def write_due() -> None:
    """Goes on with mails whose bell was lost, and begins with those of forms that have opened."""
    now = clock.now()
    open_now = or_(Survey.closes_at.is_(None), Survey.closes_at > now)
    query = select(Survey.id).where(Survey.sent_at.is_not(None), open_now)
    query = query.where(Survey.use == "people")
    due = list(db.session.scalars(query.where(or_(Survey.opens_at.is_(None), Survey.opens_at <= now))))
    db.session.rollback()
    for survey_id in due:
        write_mails(survey_id)


def _write_some(survey_id: int) -> int:
    """The next mails; whoever has signed off since gets none, unless the audience names that status."""
    with transaction() as session:
        event = events.lock_event(session.get_one(Survey, survey_id).event_id)
        survey = session.get_one(Survey, survey_id, populate_existing=True)
        if rules_surveys.state(survey, clock.now()) != "open":
            return 0
        row, first = SurveyRecipient, SurveyRecipient.sent_at.is_(None)
        due: Any = first
        if survey.reminded_at is not None:  # whoever was asked after the reminder gets none
            due = or_(
                first,
                and_(row.has_answered.is_(False), row.reminded_at.is_(None), row.sent_at < survey.reminded_at),
            )
        query = select(row).where(row.survey_id == survey_id, due).order_by(row.registration_id).limit(AT_ONCE)
        found = list(session.scalars(query.execution_options(populate_existing=True)))
        for one in found:
            _write(survey, event, one)
        return len(found)


def _write(survey: Survey, event: Event, row: SurveyRecipient) -> None:
    with transaction() as session:
        one = session.get_one(Registration, row.registration_id, populate_existing=True)
        kind = "survey" if row.sent_at is None else "survey_reminder"
        if one.status in survey.audience["status"].split(",") and one.name:
            with i18n.use_language(one.language), i18n.use_zone(event.timezone):
                words = queries_surveys.words(survey)
            service_places.write(kind, one, f"{kind}:{survey.public_id}:{one.public_id}", **words)
        if kind == "survey":
            row.sent_at = clock.now()
        else:
            row.reminded_at = clock.now()
        session.flush()


def answer(survey_id: int, registration_id: int, answers: Mapping[str, Any]) -> None:
    """Takes the sheet of somebody who was asked; by name it can be changed, without a name it is given once.

    Refuses a form that is not open and a second anonymous sheet; NotFound for whoever was not asked. Of an anonymous
    sheet nothing is noted with the person but that there was one.
    """
    with transaction() as session:
        _event, registration = service_places.lock(registration_id)
        survey = session.get_one(Survey, survey_id, populate_existing=True)
        row = queries_surveys.recipient(survey_id, registration_id)
        if rules_surveys.state(survey, clock.now()) != "open":
            raise Refused(_l("This form is not open."))
        if not survey.is_anonymous:
            service_answers.store(registration, answers, is_strict=True, survey_id=survey_id)
            service_answers.note(registration, "follow-up form answered", "participant", survey=survey.public_id)
        elif row.has_answered:
            raise Refused(_l("You have answered already. Anonymous answers cannot be found again to be changed."))
        else:
            _keep_sheet(survey, answers)
        row.has_answered = True
        session.flush()


def _keep_sheet(survey: Survey, answers: Mapping[str, Any]) -> None:
    with transaction() as session:
        asked = queries.asked(survey.event_id, survey_id=survey.id)
        settled = questions_conditions.settle(asked, answers, clock.now())
        if settled.problems:
            raise Refused(next(iter(settled.problems.values())))
        values = {str(one.version_id): settled.values[one.key] for one in asked}
        zone = ZoneInfo(session.get_one(Event, survey.event_id).timezone)
        sheet = SurveySheet(
            id=ids.new_public_id(24),
            survey_id=survey.id,
            answered_on=clock.now().astimezone(zone).date(),
            answers={version: value for version, value in values.items() if not is_empty(value)},
        )
        session.add(sheet)
