"""Reads of contingents: by code, and all of an event with how many wait for one of their places."""

from typing import NamedTuple

from sqlalchemy import func, select

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.registration import contingents, queries
from eventsite.registration.models import Contingent, OptionCount, Registration


class Shown(NamedTuple):
    """A contingent and how many of its members are on the waiting list."""

    contingent: Contingent
    waiting: int


def find_by_code(event_id: int, code: str) -> Contingent | None:
    """The contingent with this code, however it is spelled."""
    key = contingents.code_key(code)
    query = select(Contingent).where(Contingent.event_id == event_id, Contingent.code_key == key)
    return db.session.scalar(query) if key else None


def find_open(event_id: int, code: str) -> Contingent | None:
    """The contingent with this code as long as it keeps places."""
    found = find_by_code(event_id, code)
    is_over = found is not None and found.until is not None and found.until <= clock.now()
    return found if found is not None and found.released_at is None and not is_over else None


def get(event_id: int, public_id: str) -> Contingent:
    """A contingent of this event; NotFound for another event's."""
    query = select(Contingent).where(Contingent.event_id == event_id, Contingent.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def of_event(event_id: int) -> list[Shown]:
    """The contingents of an event by name, in one query."""
    waiting = (
        select(Registration.contingent_id, func.count().label("number"))
        .where(Registration.event_id == event_id, Registration.contingent_id.is_not(None), *queries.IN_LINE)
        .group_by(Registration.contingent_id)
        .subquery()
    )
    query = (
        select(Contingent, func.coalesce(waiting.c.number, 0))
        .outerjoin(waiting, waiting.c.contingent_id == Contingent.id)
        .where(Contingent.event_id == event_id)
        .order_by(Contingent.released_at.is_not(None), func.lower(Contingent.name), Contingent.id)
    )
    return [Shown(row[0], int(row[1])) for row in db.session.execute(query)]


def options(event_id: int) -> dict[tuple[int, str], OptionCount]:
    """The limited answers of an event's form by question and key."""
    found = db.session.scalars(select(OptionCount).where(OptionCount.event_id == event_id))
    return {(one.question_id, one.option_key): one for one in found}
