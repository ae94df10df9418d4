"""Reads of workshops that are offered in several rounds."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import ProgrammeItem, Round


def event_of(item_id: int) -> int:
    """The row of the event of an item."""
    found = db.session.scalar(select(ProgrammeItem.event_id).where(ProgrammeItem.id == item_id))
    if found is None:
        raise NotFound
    return found


def rounds(event_id: int) -> list[Round]:
    """The rounds of the draft in order of time, without what is in them."""
    query = select(Round).where(Round.event_id == event_id)
    return list(db.session.scalars(query.order_by(Round.starts_at, Round.position, Round.id)))


def siblings(item: ProgrammeItem) -> list[ProgrammeItem]:
    """The same workshop in its other rounds, in order of time, with the rounds."""
    if item.offering is None:
        return []
    query = select(ProgrammeItem).where(
        ProgrammeItem.event_id == item.event_id, ProgrammeItem.offering == item.offering
    )
    query = query.where(ProgrammeItem.id != item.id).options(joinedload(ProgrammeItem.round))
    return list(db.session.scalars(query.order_by(ProgrammeItem.starts_at, ProgrammeItem.id)))
