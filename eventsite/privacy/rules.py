"""How long personal data is kept: classes of retention, counted from the end of the event, and the hold of an audit."""

from datetime import datetime, timedelta
from typing import Protocol

# GDPR Art. 5(1)(e): what the privacy notice promises, and what the sweep does.
RETENTION: dict[str, timedelta] = {"sensitive": timedelta(days=14), "identity": timedelta(days=183)}


class Kept(Protocol):
    """The fields of an event from which follows what is due."""

    ends_at: datetime
    hold_reason: str
    hold_until: datetime | None


def is_held(event: Kept, now: datetime) -> bool:
    """Whether an audit forbids forgetting for now (attendance proofs of a funder); a hold needs a reason."""
    return bool(event.hold_reason) and (event.hold_until is None or now < event.hold_until)


def is_due(event: Kept, retention: str, now: datetime) -> bool:
    """Whether data of this class has to go; a hold keeps identities, never answers about health."""
    is_over = now >= event.ends_at + RETENTION[retention]
    return is_over and (retention == "sensitive" or not is_held(event, now))
