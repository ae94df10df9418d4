"""Small verbs of the organisers' pages about registrations: what was taken out of the house, and who looked."""

from collections.abc import Sequence

from eventsite.core import audit
from eventsite.core.db import transaction


def note_export(event_id: int, keys: Sequence[str], *, actor: str) -> None:
    """Notes that somebody took the answers about health in a file."""
    with transaction():
        details = {"questions": list(keys)}
        audit.record(
            "sensitive answers exported", subject=f"event {event_id}", actor=actor, event_id=event_id, details=details
        )
