"""Reads of releases: what each changed, and any one as it was."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import ProgrammeRelease, Round


class Summary(NamedTuple):
    """A release without the frozen programme itself."""

    id: int
    number: int
    released_at: datetime
    released_by: str
    note: dict[str, str]
    changes: list[dict[str, Any]]


def summaries(event_id: int, limit: int = 200) -> list[Summary]:
    """The releases of an event, the last one first; one query."""
    query = select(
        ProgrammeRelease.id,
        ProgrammeRelease.number,
        ProgrammeRelease.released_at,
        ProgrammeRelease.released_by,
        ProgrammeRelease.note,
        ProgrammeRelease.changes,
    ).where(ProgrammeRelease.event_id == event_id)
    return [Summary(*row) for row in db.session.execute(query.order_by(ProgrammeRelease.number.desc()).limit(limit))]


def frozen(event_id: int, numbers: Sequence[int]) -> dict[int, ProgrammeRelease]:
    """These releases by number; NotFound where one is missing. One query."""
    query = select(ProgrammeRelease).where(ProgrammeRelease.event_id == event_id, ProgrammeRelease.number.in_(numbers))
    found = {row.number: row for row in db.session.scalars(query)}
    if found.keys() != set(numbers):
        raise NotFound
    return found


def get_release(event_id: int, number: int) -> ProgrammeRelease:
    """One release; NotFound where there is none."""
    return frozen(event_id, [number])[number]


def before(event_id: int, number: int) -> ProgrammeRelease | None:
    """The release before this one."""
    query = select(ProgrammeRelease).where(ProgrammeRelease.event_id == event_id, ProgrammeRelease.number < number)
    return db.session.scalar(query.order_by(ProgrammeRelease.number.desc()).limit(1))


def draft_rounds(event_id: int) -> list[Round]:
    """The rounds of the draft in order of time, without their workshops; one query."""
    query = select(Round).where(Round.event_id == event_id)
    return list(db.session.scalars(query.order_by(Round.starts_at, Round.position, Round.id)))
