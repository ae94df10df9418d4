"""Places fixed by an organiser before the run: a moderator, a promise; each with its reason."""

from typing import Any

from sqlalchemy import delete, select

from eventsite.allocation.models import Pin, SeatChange
from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.models import Registration


def pin(registration_id: int, item_id: int, *, reason: str = "", actor: str) -> Pin:
    """Fixes the place of a registration in the round of a workshop, instead of a former one in that round."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        item = session.get_one(ProgrammeItem, item_id)
        events.lock_event(registration.event_id)
        if item.round_id is None or item.event_id != registration.event_id or item.cancelled_at is not None:
            raise Refused(_l("Places can be fixed in the workshops of this event only."))
        row = _pin_of(registration_id, item.round_id)
        before = _state(row)
        if row is None:
            row = Pin(registration_id=registration_id, round_id=item.round_id)
            session.add(row)
        row.item_id, row.reason, row.created_at, row.created_by = item_id, reason, clock.now(), actor
        session.flush()
        _record("place fixed", registration, actor, item.public_id)
        note_step(registration, item.round_id, "pin", before, _state(row), actor=actor)
        return row


def unpin(registration_id: int, round_id: int, *, actor: str) -> None:
    """Takes a fixed place back; what was allocated stays until the next run."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        events.lock_event(registration.event_id)
        before = _state(_pin_of(registration_id, round_id))
        session.execute(delete(Pin).where(Pin.registration_id == registration_id, Pin.round_id == round_id))
        _record("fixed place taken back", registration, actor, "")
        note_step(registration, round_id, "pin", before, {}, actor=actor)


def _pin_of(registration_id: int, round_id: int) -> Pin | None:
    with transaction() as session:
        return session.scalar(select(Pin).where(Pin.registration_id == registration_id, Pin.round_id == round_id))


def _state(row: Pin | None) -> dict[str, Any]:
    if row is None:
        return {}
    with transaction() as session:
        return {"workshop": session.get_one(ProgrammeItem, row.item_id).public_id, "reason": row.reason}


def note_step(
    registration: Registration,
    round_id: int,
    deed: str,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    actor: str,
    told: bool = False,
) -> None:
    """Keeps a step of the board, so that it can be undone; one that changes nothing is no step."""
    if before == after:
        return
    with transaction() as session:
        step = SeatChange(
            event_id=registration.event_id,
            registration_id=registration.id,
            round_id=round_id,
            deed=deed,
            before=before,
            after=after,
            told=told,
            created_at=clock.now(),
            created_by=actor,
        )
        session.add(step)


def _record(action: str, registration: Registration, actor: str, item: str) -> None:
    subject = f"registration {registration.public_id}"
    audit.record(action, subject=subject, actor=actor, event_id=registration.event_id, details={"item": item})
