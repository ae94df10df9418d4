"""Reads of registrations, places, questions and consent texts, each in a fixed number of queries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.people.rules import email_key, filing_name
from eventsite.registration import questions_sections, rules
from eventsite.registration.models import (
    Answer,
    AnswerFile,
    Consent,
    ConsentText,
    OptionCount,
    PlaceCount,
    Question,
    QuestionVersion,
    Registration,
)
from eventsite.registration.questions import Asked
from eventsite.registration.rules import Places, Status

_LIVE = [str(status) for status in rules.LIVE]
IN_LINE = (
    Registration.status.in_([Status.PENDING, Status.WAITING]),
    Registration.holds_place.is_(False),
)
SORTS: dict[str, Any] = {
    "name": (Registration.sort_name, Registration.id),
    "organisation": (func.lower(Registration.organisation), Registration.sort_name),
    "status": (Registration.status, Registration.queue_number),
    "queue": (Registration.queue_number,),
    "newest": (Registration.created_at.desc(), Registration.id.desc()),
}


def place_count(event_id: int) -> PlaceCount | None:
    """The kept counts of an event as they are now."""
    query = select(PlaceCount).where(PlaceCount.event_id == event_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def all_places(event: Event) -> list[Places]:
    """The kept counts of an event's pools; no counting, so it costs the same with 0 and 5000 registrations."""
    return rules.all_places(event, place_count(event.id))


def places_of(event: Event, mode: str) -> Places:
    """The kept counts of the pool from which somebody who takes part this way gets a place."""
    return rules.places_of(event, place_count(event.id), mode)


def recount(event_id: int) -> tuple[int, int]:
    """Places taken and positions waiting as they truly are; what PlaceCount must always equal."""
    live = Registration.status.in_(_LIVE)
    taken = func.coalesce(func.sum(case((Registration.holds_place & live, 1), else_=0)), 0)
    waiting = func.coalesce(func.sum(case((Registration.holds_place.is_(False) & live, 1), else_=0)), 0)
    row = db.session.execute(select(taken, waiting).where(Registration.event_id == event_id)).one()
    return int(row[0]), int(row[1])


def find_by_email(event_id: int, email: str) -> Registration | None:
    """The registration of an address at an event, whatever its status."""
    return db.session.scalar(
        select(Registration).where(Registration.event_id == event_id, Registration.email_key == email_key(email))
    )


def find_by_form(event_id: int, form_key: str) -> Registration | None:
    """The registration that a form of the team has become."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.form_key == form_key)
    return db.session.scalar(query)


def namesakes(event_id: int, name: str) -> int:
    """How many live registrations have exactly this name."""
    same = Registration.sort_name == filing_name(name)
    query = select(func.count(Registration.id)).where(Registration.event_id == event_id, same)
    return int(db.session.scalar(query.where(Registration.status.in_(rules.LIVE))) or 0)


def _with_everything(query: Select[Registration]) -> Select[Registration]:
    return query.options(
        joinedload(Registration.link),
        joinedload(Registration.feed_link),
        joinedload(Registration.person),
        selectinload(Registration.changes),
        selectinload(Registration.answers),
        selectinload(Registration.consents),
    ).execution_options(populate_existing=True)


def get_full(registration_id: int) -> Registration:
    """A registration with links, history, answers and consents."""
    found = db.session.scalar(_with_everything(select(Registration).where(Registration.id == registration_id)))
    if found is None:
        raise NotFound
    return found


def get_registration(event_id: int, public_id: str) -> Registration:
    """A registration of this event by its public id, with all that belongs to it; NotFound for another event's."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.public_id == public_id)
    found = db.session.scalar(_with_everything(query))
    if found is None:
        raise NotFound
    return found


def with_links(registration_id: int) -> Registration:
    """A registration with its two links, for a mail."""
    query = (
        select(Registration)
        .where(Registration.id == registration_id)
        .options(joinedload(Registration.link), joinedload(Registration.feed_link))
    )
    return db.session.scalars(query).one()


def examples(event_id: int, statuses: Sequence[str], limit: int = 3) -> list[Registration]:
    """Some registrations with their links to show a mail with: of these statuses where there are any, languages mixed."""
    group = (Registration.status, Registration.language)
    query = select(*group, func.min(Registration.id), func.max(Registration.id))
    found = db.session.execute(query.where(Registration.event_id == event_id).group_by(*group)).all()
    rows = [row for row in found if row[0] in statuses] or list(found)
    rows = sorted(rows, key=lambda row: row[1] != rows[0][1])
    chosen = list(dict.fromkeys([*(row[2] for row in rows), *(row[3] for row in rows)]))[:limit]
    links = (joinedload(Registration.link), joinedload(Registration.feed_link))
    return list(db.session.scalars(select(Registration).where(Registration.id.in_(chosen)).options(*links)))


def waiting_position(registration: Registration) -> int:
    """The place in the waiting list, from 1; in a hybrid event there is a line on site and one online."""
    earlier = Registration.queue_number <= registration.queue_number
    same_line = or_(Event.attendance != "hybrid", Registration.mode == registration.mode)
    query = (
        select(func.count(Registration.id))
        .select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.event_id == registration.event_id, earlier, same_line, *IN_LINE)
    )
    return int(db.session.scalar(query) or 0)


def asked(event_id: int, *, with_drafts: bool = False, survey_id: int | None = None) -> list[Asked]:
    """The questions as they stand in the form to register, or in a follow-up form: the newest published version of each."""
    state = [Question.retired_at.is_(None)] + ([] if with_drafts else [Question.is_draft.is_(False)])
    rows = db.session.execute(_newest_versions(event_id, survey_id).where(*state))
    return questions_sections.in_order([as_asked(question, version) for question, version in rows])


def retired(event_id: int, survey_id: int | None = None) -> list[Asked]:
    """The questions of a form that are no longer asked, as they were asked last."""
    rows = db.session.execute(_newest_versions(event_id, survey_id).where(Question.retired_at.is_not(None)))
    return [as_asked(question, version) for question, version in rows]


def question_keys(event_id: int) -> set[str]:
    """The keys of all questions an event ever asked, drafts and retired ones too."""
    return set(db.session.scalars(select(Question.key).where(Question.event_id == event_id)))


def _newest_versions(event_id: int, survey_id: int | None) -> Select[Question, QuestionVersion]:
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == Question.id)
        .correlate(Question)
        .scalar_subquery()
    )
    return (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(Question.event_id == event_id, Question.survey_id == survey_id, QuestionVersion.number == newest)
        .order_by(Question.position, Question.id)
    )


def full_options(event_id: int, asked: Sequence[Asked]) -> set[tuple[int, str]]:
    """The answers (question id, key) that have no place left, as they are kept (see service_options)."""
    if not any(option.get("places") is not None for one in asked for option in one.options):
        return set()
    query = select(OptionCount.question_id, OptionCount.option_key)
    full = query.where(OptionCount.event_id == event_id, OptionCount.taken >= OptionCount.places)
    return {(row[0], row[1]) for row in db.session.execute(full)}


def find_kept_file(question_id: int, ticket: str) -> AnswerFile | None:
    """The file behind a ticket that no answer has claimed yet; None for a wrong ticket and for a file gone."""
    parts = ids.split_token(ticket)
    if parts is None or not ids.is_valid_proof(parts[1], "answer file", parts[0], 1):
        return None
    return db.session.scalar(
        select(AnswerFile).where(
            AnswerFile.public_id == parts[0],
            AnswerFile.question_id == question_id,
            AnswerFile.registration_id.is_(None),
            AnswerFile.dropped_at.is_(None),
        )
    )


def get_answer_file(registration_id: int, public_id: str) -> tuple[AnswerFile, str]:
    """A file somebody gave as an answer, and who may see it (the audience of the version answered); else NotFound."""
    row = db.session.execute(
        select(AnswerFile, QuestionVersion.audience)
        .join(
            Answer,
            (Answer.question_id == AnswerFile.question_id) & (Answer.registration_id == AnswerFile.registration_id),
        )
        .join(QuestionVersion, QuestionVersion.id == Answer.version_id)
        .where(
            AnswerFile.registration_id == registration_id,
            AnswerFile.public_id == public_id,
            AnswerFile.dropped_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def as_asked(question: Question, version: QuestionVersion) -> Asked:
    """A version of a question as forms and rules take it."""
    return Asked(
        key=question.key,
        kind=version.kind,
        label=version.label,
        help=version.help or {},
        options=version.options or [],
        is_required=version.is_required,
        purpose=version.purpose or {},
        legal_basis=version.legal_basis,
        audience=version.audience,
        retention=version.retention,
        question_id=question.id,
        version_id=version.id,
        limits=version.limits or {},
        condition=version.condition or {},
        answer_until=version.answer_until,
        section=version.section,
        section_title=version.section_title or {},
        is_draft=question.is_draft,
    )


def answers_of(registration_ids: Sequence[int]) -> dict[int, list[tuple[Asked, Any]]]:
    """What people answered, each with the question as it was asked then, in the order of the form."""
    query = (
        select(Answer, Question, QuestionVersion)
        .join(Question, Question.id == Answer.question_id)
        .join(QuestionVersion, QuestionVersion.id == Answer.version_id)
        .where(Answer.registration_id.in_(registration_ids))
        .order_by(Question.survey_id.is_not(None), Question.survey_id, Question.position, Question.id)
    )
    found: dict[int, list[tuple[Asked, Any]]] = {one: [] for one in registration_ids}
    for answer, question, version in db.session.execute(query):
        found[answer.registration_id].append((as_asked(question, version), answer.value))
    return found


def consent_texts(event_id: int) -> list[ConsentText]:
    """The newest text of each kind of consent an event asks for, in the order they were made."""
    query = select(ConsentText).where(ConsentText.event_id == event_id).order_by(ConsentText.number, ConsentText.id)
    newest: dict[str, ConsentText] = {}
    for text in db.session.scalars(query):
        newest[text.kind] = text
    return [text for text in newest.values() if text.retired_at is None]


def asks_for(event_id: int, kind: str) -> bool:
    """Whether an event asks people for a consent of this kind; its list exists as long as it does."""
    query = select(ConsentText.id).where(ConsentText.event_id == event_id, ConsentText.kind == kind)
    return db.session.scalar(query.where(ConsentText.retired_at.is_(None)).limit(1)) is not None


def consents_given(registration_id: int) -> dict[str, str]:
    """What a person answered to each kind of consent and has not taken back."""
    query = select(Consent.kind, Consent.answer).where(
        Consent.registration_id == registration_id, Consent.withdrawn_at.is_(None)
    )
    return {row.kind: row.answer for row in db.session.execute(query)}


def listed(event_id: int, kind: str) -> list[tuple[str, str]]:
    """Name and organisation of everybody confirmed who agreed to stand in the list of this kind, by name; one query."""
    query = (
        select(Registration.name, Registration.organisation)
        .join(Consent, Consent.registration_id == Registration.id)
        .where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED)
        .where(Consent.kind == kind, Consent.answer == "yes", Consent.withdrawn_at.is_(None))
        .order_by(Registration.sort_name, Registration.id)
    )
    return [(name, organisation) for name, organisation in db.session.execute(query)]


def consents_of(registration_id: int) -> list[tuple[Consent, ConsentText]]:
    """Every consent somebody gave, withdrawn ones too, with the exact text it was given to."""
    query = (
        select(Consent, ConsentText)
        .join(ConsentText, ConsentText.id == Consent.text_id)
        .where(Consent.registration_id == registration_id)
        .order_by(Consent.id)
    )
    return list(db.session.execute(query))


def _matching(event_id: int, text: str, statuses: Sequence[str]) -> list[Any]:
    conditions: list[Any] = [Registration.event_id == event_id]
    if statuses:
        conditions.append(Registration.status.in_(statuses))
    for word in text.split()[:6]:
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        fields = (Registration.name, Registration.email, Registration.organisation)
        like = [column.ilike(pattern, escape="\\") for column in fields]
        conditions.append(or_(*like, Registration.public_id == word))
    return conditions


def search(
    event_id: int, *, text: str = "", statuses: Sequence[str] = (), sort: str = "name", limit: int = 50, offset: int = 0
) -> list[Registration]:
    """The registrations of an event that match, sorted by one of SORTS."""
    order = SORTS.get(sort, SORTS["name"])
    query = select(Registration).where(*_matching(event_id, text, statuses)).order_by(*order)
    return list(db.session.scalars(query.limit(limit).offset(offset)))


def count(event_id: int, *, text: str = "", statuses: Sequence[str] = ()) -> int:
    """How many registrations match."""
    query = select(func.count(Registration.id)).where(*_matching(event_id, text, statuses))
    return int(db.session.scalar(query) or 0)


def counts_by_status(event_id: int) -> dict[str, int]:
    """Registrations per status; every status is there, with 0 where there are none."""
    query = (
        select(Registration.status, func.count(Registration.id))
        .where(Registration.event_id == event_id)
        .group_by(Registration.status)
    )
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return {str(status): found.get(str(status), 0) for status in Status}
