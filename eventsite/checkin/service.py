"""Noting who is there, at the event or in one workshop."""

from datetime import datetime

from sqlalchemy import delete, select

from eventsite.checkin.models import Presence
from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def check_in(registration_id: int, *, actor: str, item_id: int | None = None, at: datetime | None = None) -> Presence:
    """Notes that somebody is there; twice is once. Refuses who has no place."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        if registration.status != Status.CONFIRMED:
            raise Refused(_l("This person has no confirmed place."))
        query = select(Presence).where(Presence.registration_id == registration_id, Presence.item_id.is_(item_id))
        if item_id is not None:
            query = select(Presence).where(Presence.registration_id == registration_id, Presence.item_id == item_id)
        known = session.scalar(query)
        if known is not None:
            return known
        presence = Presence(
            event_id=registration.event_id,
            registration_id=registration_id,
            item_id=item_id,
            at=at or clock.now(),
            noted_by=actor,
        )
        session.add(presence)
        session.flush()
        subject = f"registration {registration.public_id}"
        audit.record("presence noted", subject=subject, actor=actor, event_id=registration.event_id)
        return presence


def undo(registration_id: int, *, actor: str) -> None:
    """Takes a presence at the event back, noted by mistake."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        session.execute(delete(Presence).where(Presence.registration_id == registration_id, Presence.item_id.is_(None)))
        subject = f"registration {registration.public_id}"
        audit.record("presence taken back", subject=subject, actor=actor, event_id=registration.event_id)
