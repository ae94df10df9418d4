"""Letters are marked as written, or as to be written again; who printed them is noted, since they carry personal links."""

from collections.abc import Sequence

from sqlalchemy import select

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.events import service as events
from eventsite.mail.models import OutboxMessage


def mark(event_id: int, public_ids: Sequence[str] | None, *, is_written: bool, actor: str) -> int:
    """Marks letters (None: all of the event) as written, or takes that back; how many changed. Twice is once."""
    before, after = ("letter", "written") if is_written else ("written", "letter")
    with transaction() as session:
        events.lock_event(event_id)
        query = select(OutboxMessage).where(OutboxMessage.event_id == event_id, OutboxMessage.state == before)
        query = query.where(OutboxMessage.blanked_at.is_(None))
        if public_ids is not None:
            query = query.where(OutboxMessage.public_id.in_(public_ids))
        found = list(session.scalars(query.execution_options(populate_existing=True)))
        for one in found:
            one.state, one.sent_at = after, clock.now() if is_written else None
        if found:
            _note(event_id, f"letters {after}", [one.public_id for one in found], actor)
        return len(found)


def note_print(event_id: int, public_ids: Sequence[str], *, actor: str) -> None:
    """Notes who printed which letters."""
    with transaction():
        _note(event_id, "letters printed", public_ids, actor)


def _note(event_id: int, action: str, public_ids: Sequence[str], actor: str) -> None:
    details = {"letters": list(public_ids)}
    audit.record(action, subject=f"event {event_id}", actor=actor, event_id=event_id, details=details)
