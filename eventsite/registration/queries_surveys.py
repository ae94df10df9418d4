"""Reads of follow-up forms: what there is, who may answer, and the sheets that came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, case, func, select

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.registration import queries, questions_sections, rules_surveys
from eventsite.registration.models import Answer, Question, QuestionVersion, Registration
from eventsite.registration.models_surveys import Survey, SurveyRecipient, SurveySheet
from eventsite.registration.questions import Asked
from eventsite.registration.rules_surveys import Sheet


@dataclass(frozen=True)
class Numbers:
    """How many may answer, have the mail, have had the reminder, and have answered."""

    asked: int = 0
    sent: int = 0
    reminded: int = 0
    answered: int = 0


def surveys(event_id: int) -> list[tuple[Survey, Numbers]]:
    """The follow-up forms of an event, newest first, with their numbers; two queries."""
    query = select(Survey).where(Survey.event_id == event_id, Survey.use == "people").order_by(Survey.id.desc())
    found = list(db.session.scalars(query.execution_options(populate_existing=True)))
    numbers = _numbers([one.id for one in found])
    return [(one, numbers.get(one.id, Numbers())) for one in found]


def get_survey(event_id: int, public_id: str, *uses: str) -> Survey:
    """A follow-up form of this event (or a sheet of one of the other uses named); NotFound for another event's."""
    query = select(Survey).where(Survey.event_id == event_id, Survey.public_id == public_id)
    query = query.where(Survey.use.in_(uses or ("people",)))
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def numbers(survey_id: int) -> Numbers:
    """The numbers of one form."""
    return _numbers([survey_id]).get(survey_id, Numbers())


def _numbers(survey_ids: Sequence[int]) -> dict[int, Numbers]:
    def how_many(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0).cast(Integer))

    row = SurveyRecipient
    counts = (
        func.count(),
        how_many(row.sent_at.is_not(None)),
        how_many(row.reminded_at.is_not(None)),
        how_many(row.has_answered),
    )
    query = select(row.survey_id, *counts).where(row.survey_id.in_(survey_ids)).group_by(row.survey_id)
    return {found[0]: Numbers(*map(int, found[1:])) for found in db.session.execute(query)}


def recipient(survey_id: int, registration_id: int) -> SurveyRecipient:
    """The row of somebody who may answer, as it is now; NotFound for everybody else."""
    found = db.session.get(SurveyRecipient, (survey_id, registration_id), populate_existing=True)
    if found is None:
        raise NotFound
    return found


def of_registration(registration_id: int) -> list[tuple[Survey, bool]]:
    """The forms somebody may answer, in order, and whether that was done; one query."""
    query = (
        select(Survey, SurveyRecipient.has_answered)
        .join(SurveyRecipient, SurveyRecipient.survey_id == Survey.id)
        .where(SurveyRecipient.registration_id == registration_id)
        .order_by(Survey.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def asked_anywhere(event_id: int) -> tuple[list[Asked], list[tuple[Survey, Asked]]]:
    """What the form to register asks, and what the forms that were sent ask, in order, for the privacy notice; one query."""
    newest = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == Question.id)
    query = (
        select(Survey, Question, QuestionVersion)
        .select_from(Question)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .outerjoin(Survey, Survey.id == Question.survey_id)
        .where(Question.event_id == event_id, Question.is_draft.is_(False))
        .where(QuestionVersion.number == newest.correlate(Question).scalar_subquery())
        .where(Survey.sent_at.is_not(None) | (Question.survey_id.is_(None) & Question.retired_at.is_(None)))
        .order_by(Survey.id, Question.position, Question.id)
    )
    rows = [(row[0], queries.as_asked(row[1], row[2])) for row in db.session.execute(query)]
    form = questions_sections.in_order([one for survey, one in rows if survey is None])
    return form, [(survey, one) for survey, one in rows if survey is not None]


def all_asked(survey_id: int) -> tuple[list[Asked], dict[int, Asked]]:
    """Every question a form asked, retired ones with answers last, and each version by its id; one query."""
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.survey_id == survey_id, Question.is_draft.is_(False))
        .order_by(Question.retired_at.is_not(None), Question.position, Question.id, QuestionVersion.number)
    )
    newest: dict[int, Asked] = {}
    versions: dict[int, Asked] = {}
    for question, version in db.session.execute(query):
        newest[question.id] = versions[version.id] = queries.as_asked(question, version)
    return list(newest.values()), versions


def sheets(survey: Survey, versions: Mapping[int, Asked]) -> list[Sheet]:
    """The sheets that came in: anonymous ones in the order of their random keys, the others by name; one query."""
    return _anonymous(survey.id, versions) if survey.is_anonymous else _named(survey.id, versions)


def _anonymous(survey_id: int, versions: Mapping[int, Asked]) -> list[Sheet]:
    query = select(SurveySheet).where(SurveySheet.survey_id == survey_id).order_by(SurveySheet.id)
    found = []
    for row in db.session.scalars(query):
        asked = {int(version): versions[int(version)] for version in row.answers if int(version) in versions}
        answers = {one.question_id: (one, row.answers[str(version)]) for version, one in asked.items()}
        found.append(Sheet(answers, on=row.answered_on))
    return found


def _named(survey_id: int, versions: Mapping[int, Asked]) -> list[Sheet]:
    query = (
        select(Registration.public_id, Registration.name, Answer.version_id, Answer.value)
        .join(Answer, Answer.registration_id == Registration.id)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.survey_id == survey_id)
        .order_by(Registration.sort_name, Registration.id, Question.position)
    )
    found: dict[str, tuple[str, dict[int, tuple[Asked, Any]]]] = {}
    for number, name, version, value in db.session.execute(query):
        if version in versions:
            one = versions[version]
            found.setdefault(number, (name, {}))[1][one.question_id] = (one, value)
    return [Sheet(answers, name=name, number=number) for number, (name, answers) in found.items()]


def words(survey: Survey) -> dict[str, str]:
    """What stands for the placeholders of its mails, in the current language, and where the button leads."""
    promise = promise_in_words(survey)
    title, introduction = (i18n.local(dict(one)) for one in (survey.title, survey.introduction))
    return {"survey": title, "introduction": introduction, "promise": promise, "survey_page": survey.public_id}


def promise_in_words(survey: Survey) -> str:
    """What becomes of the answers, and until when they can be given, in sentences."""
    until = i18n.format_datetime(survey.closes_at) if survey.closes_at else ""
    told = _(
        "Your answers are anonymous: they are stored without your name and apart from your registration, with the day only."
    )
    if not survey.is_anonymous:
        told = _("Your answers belong to your registration. You can change them as long as the form is open.")
    return " ".join([told, *([_("You can answer until %(until)s.", until=until)] if until else [])])


def is_told(survey: Survey, found: Sequence[Sheet]) -> bool:
    """Whether the answers are shown, or only their number."""
    return rules_surveys.is_told(len(found), is_anonymous=survey.is_anonymous)
