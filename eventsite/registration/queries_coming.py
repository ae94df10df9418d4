"""Who was asked whether they come, and what they answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.registration.models import Announcement, Registration
from eventsite.registration.rules import Status

UNANSWERED: tuple[Any, ...] = (
    Registration.status == Status.CONFIRMED,
    Registration.asked_at.is_not(None),
    Registration.coming == "",
)


@dataclass(frozen=True)
class Answers:
    """How many with a place said yes, said no, were asked without an answer, and were not asked."""

    yes: int
    no: int
    open: int
    unasked: int


def answers(event_id: int) -> Answers:
    """The answers in figures, one query."""
    is_asked = Registration.asked_at.is_not(None)
    query = (
        select(Registration.status, Registration.coming, is_asked, func.count(Registration.id))
        .where(Registration.event_id == event_id)
        .group_by(Registration.status, Registration.coming, is_asked)
    )
    found = {"yes": 0, "no": 0, "open": 0, "unasked": 0}
    for status, coming, asked, number in db.session.execute(query):
        if coming == "no" and status != Status.CONFIRMED:
            found["no"] += number
        elif status == Status.CONFIRMED and coming == "yes":
            found["yes"] += number
        elif status == Status.CONFIRMED:
            found["open" if asked else "unasked"] += number
    return Answers(**found)


def unanswered(event_id: int, *, limit: int, offset: int = 0) -> list[Registration]:
    """Those with a place who were asked and have not answered, by name."""
    query = select(Registration).where(Registration.event_id == event_id, *UNANSWERED)
    return list(db.session.scalars(query.order_by(Registration.sort_name, Registration.id).limit(limit).offset(offset)))


def announcements(event_id: int) -> list[Announcement]:
    """What was announced of an event, the last one first."""
    query = select(Announcement).where(Announcement.event_id == event_id)
    return list(db.session.scalars(query.order_by(Announcement.id.desc())))
