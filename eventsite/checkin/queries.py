"""Reads of presence."""

from sqlalchemy import func, select

from eventsite.checkin.models import Presence
from eventsite.core.db import db


def present(event_id: int) -> int:
    """How many people were at the event."""
    query = select(func.count(Presence.registration_id.distinct())).where(Presence.event_id == event_id)
    return int(db.session.scalar(query) or 0)


def present_of(registration_ids: list[int]) -> dict[int, Presence]:
    """The presence at the event of those who were there, by registration."""
    query = select(Presence).where(Presence.registration_id.in_(registration_ids), Presence.item_id.is_(None))
    return {row.registration_id: row for row in db.session.scalars(query)}
