"""Questions with their versions, answers to a version, consent texts and consents."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from eventsite.core import audit, clock
from eventsite.core.db import touch, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.i18n import local
from eventsite.events import service as events
from eventsite.registration import (
    library,
    queries,
    questions,
    questions_conditions,
    questions_faults,
    questions_sections,
    rules,
    rules_surveys,
    service_files,
    service_options,
)
from eventsite.registration.models import (
    Answer,
    Consent,
    ConsentText,
    Question,
    QuestionVersion,
    Registration,
)
from eventsite.registration.models_surveys import Survey
from eventsite.registration.questions import Asked
from eventsite.registration.questions_conditions import Settled


def note(registration: Registration, action: str, actor: str, **details: Any) -> None:
    """An audit row about a registration."""
    audit.record(
        action,
        subject=f"registration {registration.public_id}",
        actor=actor,
        event_id=registration.event_id,
        details=details,
    )


def ask(
    event_id: int,
    asked: Asked,
    *,
    position: int | None = None,
    actor: str = "system",
    draft: bool = False,
    survey_id: int | None = None,
) -> None:
    """Asks a question, or a new version of it; answers keep pointing to the version they answered.

    It stands in the form to register, or in a follow-up form; keys are an event's own, whatever the form.
    Refuses a question without purpose, legal basis, audience and retention class (GDPR Art. 5, 13); a draft may lack
    them, is asked nobody, and a question that stands in the form is never made one.
    """
    with transaction() as session:
        events.lock_event(event_id)
        query = select(Question).where(Question.event_id == event_id, Question.key == asked.key)
        question = session.scalar(query)
        is_draft = draft and (question is None or question.is_draft)
        if not is_draft:
            _refuse_faulty(event_id, asked, survey_id)
        last = session.scalar(select(func.max(Question.position)).where(Question.event_id == event_id)) or 0
        if question is None:
            question = Question(
                event_id=event_id, key=asked.key, position=last + 1, is_draft=is_draft, survey_id=survey_id
            )
            session.add(question)
            session.flush()
        elif question.survey_id != survey_id:
            raise NotFound
        elif question.retired_at is not None:
            question.position = last + 1
        question.retired_at, question.is_draft = None, is_draft
        if position is not None:
            question.position = position
        newest = session.scalar(
            select(QuestionVersion)
            .where(QuestionVersion.question_id == question.id)
            .order_by(QuestionVersion.number.desc())
            .limit(1)
        )
        if newest is None or not _says_the_same(newest, asked):
            session.add(_version(question, asked, number=newest.number + 1 if newest else 1))
            service_options.follow(event_id, question.id, asked.kind, asked.options)
            audit.record("question asked", subject=f"question {asked.key}", actor=actor, event_id=event_id)
        touch(f"event:{event_id}")


def _refuse_faulty(event_id: int, asked: Asked, survey_id: int | None) -> None:
    """Judges the question as it will stand among the others, and those that depend on it."""
    known = queries.asked(event_id, with_drafts=True, survey_id=survey_id)
    others = [one for one in known if not one.is_draft or one.key == asked.key]
    place = next((n for n, one in enumerate(others) if one.key == asked.key), len(others))
    form = questions_sections.in_order([*others[:place], asked, *others[place + 1 :]])
    faults = questions_faults.faults(asked, form)
    if survey_id is not None:
        with transaction() as session:
            survey = session.get_one(Survey, survey_id)
            faults += rules_surveys.faults_of(asked, is_anonymous=survey.is_anonymous, use=survey.use)
    faults += [
        str(_l("“%(question)s” depends on an answer that is not there any more.", question=local(dict(one.label))))
        for one in questions_conditions.dependants(form, asked.key)
        if not questions_conditions.is_possible(one, form)
    ]
    if faults:
        raise Refused(" ".join(faults))


def publish(event_id: int, key: str, *, actor: str = "system", survey_id: int | None = None) -> None:
    """Asks a drafted question from now on; refuses it with what it lacks."""
    asked = queries.asked(event_id, with_drafts=True, survey_id=survey_id)
    ask(event_id, _find(asked, key), actor=actor, survey_id=survey_id)


def bring_back(event_id: int, key: str, *, actor: str = "system", survey_id: int | None = None) -> None:
    """Asks a retired question again, as the last of its section."""
    ask(event_id, _find(queries.retired(event_id, survey_id), key), actor=actor, survey_id=survey_id)


def _find(asked: Sequence[Asked], key: str) -> Asked:
    found = next((one for one in asked if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def move(event_id: int, key: str, step: int, *, actor: str = "system", survey_id: int | None = None) -> None:
    """Moves a question up (-1) or down (1) in the form; refuses to put it before one it depends on."""
    with transaction() as session:
        events.lock_event(event_id)
        asked = queries.asked(event_id, with_drafts=True, survey_id=survey_id)
        _find(asked, key)
        order = {name: number for number, name in enumerate(questions_sections.moved(asked, key, step), start=1)}
        form = [one for one in sorted(asked, key=lambda one: order[one.key]) if not one.is_draft]
        if not all(questions_conditions.is_possible(one, form) for one in form):
            raise Refused(_l("A question that depends on another stands after it. Nothing was moved."))
        query = select(Question).where(Question.event_id == event_id, Question.survey_id == survey_id)
        for question in session.scalars(query):
            question.position = order.get(question.key, len(order) + 1)
        audit.record("question moved", subject=f"question {key}", actor=actor, event_id=event_id)


def _fields(asked: Asked) -> dict[str, Any]:
    return {
        "kind": asked.kind,
        "label": dict(asked.label),
        "help": dict(asked.help),
        "options": [dict(option) for option in asked.options],
        "is_required": asked.is_required,
        "purpose": dict(asked.purpose),
        "legal_basis": asked.legal_basis,
        "audience": asked.audience,
        "retention": asked.retention,
        "limits": dict(asked.limits),
        "condition": dict(asked.condition),
        "answer_until": asked.answer_until,
        "section": asked.section,
        "section_title": dict(asked.section_title),
    }


def _says_the_same(version: QuestionVersion, asked: Asked) -> bool:
    return all(getattr(version, name) == value for name, value in _fields(asked).items())


def _version(question: Question, asked: Asked, *, number: int) -> QuestionVersion:
    return QuestionVersion(question_id=question.id, number=number, created_at=clock.now(), **_fields(asked))


def retire(event_id: int, key: str, *, actor: str = "system", survey_id: int | None = None) -> None:
    """Asks a question no longer; its answers stay until their time is over. Refused while another depends on it."""
    with transaction() as session:
        events.lock_event(event_id)
        query = select(Question).where(Question.event_id == event_id, Question.key == key)
        question = session.scalar(query.where(Question.survey_id == survey_id))
        if question is None:
            raise NotFound
        waiting = questions_conditions.dependants(queries.asked(event_id, survey_id=survey_id), key)
        if waiting:
            label = local(dict(waiting[0].label))
            raise Refused(_l("“%(question)s” is only asked for some answers to this. Change it first.", question=label))
        question.retired_at, question.is_draft = clock.now(), False
        audit.record("question retired", subject=f"question {key}", actor=actor, event_id=event_id)


def set_consent_text(event_id: int, kind: str, text: Mapping[str, str], *, actor: str = "system") -> ConsentText:
    """The words of a consent from now on; earlier consents keep the words they were given to (GDPR Art. 7(1))."""
    words = dict(text)
    digest = hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with transaction() as session:
        events.lock_event(event_id)
        query = select(ConsentText).where(ConsentText.event_id == event_id, ConsentText.kind == kind)
        newest = session.scalar(query.order_by(ConsentText.number.desc()).limit(1))
        if newest is not None and newest.text_hash == digest and newest.retired_at is None:
            return newest
        number = newest.number + 1 if newest else 1
        row = ConsentText(
            event_id=event_id, kind=kind, number=number, text=words, text_hash=digest, created_at=clock.now()
        )
        session.add(row)
        session.flush()
        audit.record("consent text changed", subject=f"consent {kind}", actor=actor, event_id=event_id)
        return row


def set_up_form(
    event_id: int,
    asked: Sequence[Asked] = library.DEFAULT,
    consents: Collection[str] = library.DEFAULT_CONSENTS,
) -> None:
    """Gives a new event the ready questions and consent texts."""
    with transaction():
        for position, one in enumerate(asked, start=1):
            ask(event_id, one, position=position)
        for kind in consents:
            set_consent_text(event_id, kind, library.CONSENT_TEXTS[kind])


def store(
    registration: Registration, answers: Mapping[str, Any], *, is_strict: bool, survey_id: int | None = None
) -> None:
    """Stores the answers to the form to register, or to a follow-up form, that differ; an empty one is taken away.

    Strict, as for participants: required questions, conditions and deadlines count, and all questions are judged.
    Organisers may leave required ones open, and change single answers at any time.
    """
    with transaction() as session:
        stored = {
            row.question_id: row
            for row in session.scalars(select(Answer).where(Answer.registration_id == registration.id))
        }
        asked = queries.asked(registration.event_id, survey_id=survey_id)
        given = {one.key: stored[one.question_id].value for one in asked if one.question_id in stored}
        settled = _settled(asked, answers, given, is_strict=is_strict)
        if settled.problems:
            raise Refused(next(iter(settled.problems.values())))
        for one in asked:
            if one.key in settled.values:
                _store_one(registration, one, settled.values[one.key], stored.get(one.question_id))
        service_options.hold(registration)
        session.flush()


def _settled(
    asked: Sequence[Asked], answers: Mapping[str, Any], stored: Mapping[str, Any], *, is_strict: bool
) -> Settled:
    if is_strict:
        return questions_conditions.settle(asked, answers, clock.now(), stored=stored)
    found = Settled()
    for one in asked:
        if one.key in answers:
            try:
                found.values[one.key] = questions.read(replace(one, is_required=False), answers[one.key])
            except questions.BadAnswer as problem:
                found.problems[one.key] = str(problem)
    return found


def _store_one(registration: Registration, asked: Asked, value: Any, row: Answer | None) -> None:
    with transaction() as session:
        if asked.kind == "file" and value != (row.value if row else None):
            service_files.claim(registration.id, asked.question_id, value)
        if value is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            session.add(
                Answer(
                    registration_id=registration.id,
                    question_id=asked.question_id,
                    version_id=asked.version_id,
                    value=value,
                    answered_at=clock.now(),
                )
            )
        elif row.value != value:
            row.value, row.version_id, row.answered_at = value, asked.version_id, clock.now()


def retire_consent(event_id: int, kind: str, *, actor: str = "system") -> None:
    """Asks for a consent no longer; what was agreed to before stays until it is withdrawn."""
    with transaction() as session:
        events.lock_event(event_id)
        query = select(ConsentText).where(ConsentText.event_id == event_id, ConsentText.kind == kind)
        texts = list(session.scalars(query.where(ConsentText.retired_at.is_(None))))
        if not texts:
            raise NotFound
        for text in texts:
            text.retired_at = clock.now()
        audit.record("consent retired", subject=f"consent {kind}", actor=actor, event_id=event_id)


def set_consents(
    registration_id: int, answers: Collection[str] | Mapping[str, str], *, channel: str, actor: str
) -> None:
    """Keeps what is answered to each kind of consent and withdraws all others, at once; text, time and channel are proof.

    `answers` maps kinds to one of rules.consent_answers; a mere collection of kinds is a yes to each.
    """
    wanted = dict(answers) if isinstance(answers, Mapping) else dict.fromkeys(answers, "yes")
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        newest = {text.kind: text for text in queries.consent_texts(registration.event_id)}
        query = select(Consent).where(Consent.registration_id == registration_id, Consent.withdrawn_at.is_(None))
        given = {consent.kind: consent for consent in session.scalars(query)}
        for kind, consent in sorted(given.items()):
            if wanted.get(kind) != consent.answer:
                consent.withdrawn_at = clock.now()
                note(registration, "consent withdrawn", actor, kind=kind, answer=consent.answer)
        for kind, answer in sorted(wanted.items()):
            if kind in given and given[kind].answer == answer:
                continue
            if kind not in newest or answer not in rules.consent_answers(kind):
                raise Refused(_l("This consent is not asked for any more."))
            row = Consent(
                registration_id=registration_id,
                text_id=newest[kind].id,
                kind=kind,
                answer=answer,
                given_at=clock.now(),
                channel=channel,
                withdrawn_at=None,
            )
            session.add(row)
            note(registration, "consent given", actor, kind=kind, answer=answer, number=newest[kind].number)
        session.flush()
