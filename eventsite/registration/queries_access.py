"""Reads of access needs: every need somebody named, with what became of it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.registration import queries, rules_access
from eventsite.registration.models import Answer, QuestionVersion, Registration
from eventsite.registration.models_desk import AccessTask
from eventsite.registration.rules_access import Task


def tasks(event: Event) -> list[Task]:
    """Every need of the event's people, in one query."""
    answered = (
        select(Registration, Answer.question_id, Answer.value, QuestionVersion.options, AccessTask)
        .join(Answer, Answer.registration_id == Registration.id)
        .join(QuestionVersion, QuestionVersion.id == Answer.version_id)
        .outerjoin(
            AccessTask,
            and_(AccessTask.registration_id == Registration.id, AccessTask.question_id == Answer.question_id),
        )
        .where(Registration.event_id == event.id, QuestionVersion.kind == "access")
        .order_by(Registration.id, Answer.question_id)
    )
    people: dict[tuple[int, int], tuple[Registration, Any, Any, dict[str, AccessTask]]] = {}
    for registration, question_id, value, options, row in db.session.execute(answered):
        kept = people.setdefault((registration.id, question_id), (registration, value, options, {}))
        if row is not None:
            kept[3][row.need] = row
    found: list[Task] = []
    for (_owner, question_id), (registration, value, options, rows) in people.items():
        labels = {str(option["key"]): i18n.local(option["label"]) for option in options or []}
        for need, words in rules_access.needs(value, labels):
            found.append(_task(event, registration, question_id, (need, words), rows.get(need)))
    return found


def _task(event: Event, one: Registration, question_id: int, need: tuple[str, str], row: AccessTask | None) -> Task:
    starts = event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
    own = row.due_on if row else None
    return Task(
        registration=one.public_id,
        name=one.name,
        status=one.status,
        holds_place=one.holds_place,
        question_id=question_id,
        need=need[0],
        words=need[1],
        due_on=own or rules_access.due_on(starts, need[0], event.access_days),
        state=row.state if row else rules_access.OPEN,
        note=row.note if row else "",
    )


def get_task(event: Event, registration: str, need: str) -> Task:
    """One need of one person of this event; NotFound where nobody has it."""
    for one in tasks(event):
        if (one.registration, one.need) == (registration, need):
            return one
    raise NotFound


def offered(event_id: int) -> dict[str, Mapping[str, str]]:
    """The needs that the form offers, key → words, and the line for others."""
    found: dict[str, Mapping[str, str]] = {}
    for asked in queries.asked(event_id):
        if asked.kind == "access":
            found |= {str(option["key"]): option["label"] for option in asked.options}
    return found
