"""Verbs of releases: show the draft to the public, and say what that would change."""

from typing import Any

from eventsite.core import audit, clock, i18n
from eventsite.core.db import transaction
from eventsite.events import service as events
from eventsite.programme import changes, queries, snapshot
from eventsite.programme.models import ProgrammeRelease


def release(event_id: int, actor: str = "system") -> int | None:
    """Shows the draft to the public, with what changed since the last time; None when there is nothing new."""
    with transaction() as session:
        event = events.lock_event(event_id)
        session.flush()
        session.expire_all()  # what was loaded before in this transaction may have changed since
        last = queries.find_release(event_id)
        before = last.snapshot if last else None
        after = snapshot.build(queries.rounds(event_id), queries.items(event_id), before, clock.now())
        if snapshot.is_same(after, before or {"rounds": [], "items": []}):
            return None
        number = last.number + 1 if last else 1
        with i18n.use_zone(event.timezone):
            told = changes.described(snapshot.differences(before, after))
        session.add(
            ProgrammeRelease(
                event_id=event_id,
                number=number,
                released_at=clock.now(),
                released_by=actor,
                snapshot=after,
                changes=told,
            )
        )
        details = {"number": number, "changes": len(told)}
        audit.record("programme released", subject=f"release {number}", actor=actor, event_id=event_id, details=details)
        return number


def unreleased_changes(event_id: int) -> list[dict[str, Any]]:
    """What the next release would change, as it would be told; nothing is stored."""
    last = queries.find_release(event_id)
    before = last.snapshot if last else None
    after = snapshot.build(queries.rounds(event_id), queries.items(event_id), before, clock.now())
    return changes.described(snapshot.differences(before, after))
