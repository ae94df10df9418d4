"""Registrations whose address does not work."""

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.registration.models import Registration


def undeliverable(event_id: int, *, limit: int, offset: int = 0) -> list[Registration]:
    """The registrations whose address does not work, by name."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.undeliverable != "")
    return list(db.session.scalars(query.order_by(Registration.sort_name, Registration.id).limit(limit).offset(offset)))


def count_undeliverable(event_id: int) -> int:
    """How many registrations have an address that does not work."""
    query = select(func.count()).where(Registration.event_id == event_id, Registration.undeliverable != "")
    return int(db.session.scalar(query) or 0)
