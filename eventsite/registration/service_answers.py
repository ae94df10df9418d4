"""Questions with their versions, answers to a version, consent texts and consents."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from eventsite.core import audit, clock
from eventsite.core.db import touch, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.registration import library, queries, questions
from eventsite.registration.models import (
    Answer,
    Consent,
    ConsentText,
    Question,
    QuestionVersion,
    Registration,
)
from eventsite.registration.questions import Asked


def note(registration: Registration, action: str, actor: str, **details: Any) -> None:
    """An audit row about a registration."""
    audit.record(
        action,
        subject=f"registration {registration.public_id}",
        actor=actor,
        event_id=registration.event_id,
        details=details,
    )


def ask(event_id: int, asked: Asked, *, position: int | None = None, actor: str = "system") -> None:
    """Asks a question, or a new version of it; answers keep pointing to the version they answered.

    Refuses a question without purpose, legal basis, audience and retention class (GDPR Art. 5, 13).
    """
    faults = questions.faults(asked)
    if faults:
        raise Refused(" ".join(faults))
    with transaction() as session:
        events.lock_event(event_id)
        query = select(Question).where(Question.event_id == event_id, Question.key == asked.key)
        question = session.scalar(query)
        if question is None:
            last = session.scalar(select(func.max(Question.position)).where(Question.event_id == event_id))
            question = Question(event_id=event_id, key=asked.key, position=(last or 0) + 1, retired_at=None)
            session.add(question)
            session.flush()
        question.retired_at = None
        if position is not None:
            question.position = position
        newest = session.scalar(
            select(QuestionVersion)
            .where(QuestionVersion.question_id == question.id)
            .order_by(QuestionVersion.number.desc())
            .limit(1)
        )
        if newest is not None and _says_the_same(newest, asked):
            return
        session.add(_version(question, asked, number=newest.number + 1 if newest else 1))
        touch(f"event:{event_id}")
        audit.record("question asked", subject=f"question {asked.key}", actor=actor, event_id=event_id)


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
    }


def _says_the_same(version: QuestionVersion, asked: Asked) -> bool:
    return all(getattr(version, name) == value for name, value in _fields(asked).items())


def _version(question: Question, asked: Asked, *, number: int) -> QuestionVersion:
    return QuestionVersion(question_id=question.id, number=number, created_at=clock.now(), **_fields(asked))


def retire(event_id: int, key: str, *, actor: str = "system") -> None:
    """Asks a question no longer; its answers stay until their time is over."""
    with transaction() as session:
        question = session.scalar(select(Question).where(Question.event_id == event_id, Question.key == key))
        if question is None:
            raise NotFound
        question.retired_at = clock.now()
        audit.record("question retired", subject=f"question {key}", actor=actor, event_id=event_id)


def set_consent_text(event_id: int, kind: str, text: Mapping[str, str], *, actor: str = "system") -> ConsentText:
    """The words of a consent from now on; earlier consents keep the words they were given to (GDPR Art. 7(1))."""
    words = dict(text)
    digest = hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with transaction() as session:
        events.lock_event(event_id)
        query = select(ConsentText).where(ConsentText.event_id == event_id, ConsentText.kind == kind)
        newest = session.scalar(query.order_by(ConsentText.number.desc()).limit(1))
        if newest is not None and newest.text_hash == digest:
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


def store(registration: Registration, answers: Mapping[str, Any], *, is_strict: bool) -> None:
    """Stores the answers that differ; an empty one is taken away. Organisers may leave required ones open."""
    with transaction() as session:
        stored = {
            row.question_id: row
            for row in session.scalars(select(Answer).where(Answer.registration_id == registration.id))
        }
        for asked in queries.asked(registration.event_id):
            if asked.key not in answers and not is_strict:
                continue
            try:
                value = questions.read(asked, answers.get(asked.key))
            except questions.BadAnswer as problem:
                raise Refused(str(problem)) from None
            _store_one(registration, asked, value, stored.get(asked.question_id))
        session.flush()


def _store_one(registration: Registration, asked: Asked, value: Any, row: Answer | None) -> None:
    with transaction() as session:
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


def set_consents(registration_id: int, kinds: Collection[str], *, channel: str, actor: str) -> None:
    """Gives the consents named and withdraws all others, at once; every yes keeps text, time and channel."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        newest = {text.kind: text for text in queries.consent_texts(registration.event_id)}
        given = {
            consent.kind: consent
            for consent in session.scalars(
                select(Consent).where(Consent.registration_id == registration_id, Consent.withdrawn_at.is_(None))
            )
        }
        for kind in sorted(set(given) - set(kinds)):
            given[kind].withdrawn_at = clock.now()
            note(registration, "consent withdrawn", actor, kind=kind)
        for kind in sorted(set(kinds) - set(given)):
            if kind not in newest:
                raise Refused(_l("This consent is not asked for any more."))
            session.add(
                Consent(
                    registration_id=registration_id,
                    text_id=newest[kind].id,
                    kind=kind,
                    given_at=clock.now(),
                    channel=channel,
                    withdrawn_at=None,
                )
            )
            note(registration, "consent given", actor, kind=kind, number=newest[kind].number)
        session.flush()
