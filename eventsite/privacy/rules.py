"""How long personal data is kept: classes of retention, counted from the end of the event, and the hold of an audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

# GDPR Art. 5(1)(e): what the privacy notice promises, and what the sweep does.
RETENTION: dict[str, timedelta] = {"sensitive": timedelta(days=14), "identity": timedelta(days=183)}
# Whoever never confirmed the address may not be the one who typed it: nothing is kept longer than a last question needs.
UNCONFIRMED = timedelta(days=7)
ANSWER_DAYS = 30  # GDPR Art. 12(3): one month


class Kept(Protocol):
    """The fields of an event from which follows what is due."""

    ends_at: datetime
    hold_reason: str
    hold_until: datetime | None


@dataclass(frozen=True)
class Going:
    """What of an event goes when: a class of data, how many rows there are, and the instant (None: an audit holds it)."""

    retention: str
    count: int
    at: datetime | None


def is_held(event: Kept, now: datetime) -> bool:
    """Whether an audit forbids forgetting for now (attendance proofs of a funder); a hold needs a reason."""
    return bool(event.hold_reason) and (event.hold_until is None or now < event.hold_until)


def is_due(event: Kept, retention: str, now: datetime) -> bool:
    """Whether data of this class has to go; a hold keeps identities, never answers about health."""
    is_over = now >= event.ends_at + RETENTION[retention]
    return is_over and (retention == "sensitive" or not is_held(event, now))


def goes_at(event: Kept, retention: str, now: datetime) -> datetime | None:
    """When data of this class goes; None while a hold without an end keeps it."""
    usual = event.ends_at + RETENTION[retention]
    if retention == "sensitive" or not is_held(event, now):
        return usual
    return None if event.hold_until is None else max(usual, event.hold_until)


def preview(event: Kept, counts: Iterable[tuple[str, int]], now: datetime) -> list[Going]:
    """What will go, in the order of the counts handed in."""
    return [Going(retention, count, goes_at(event, retention, now)) for retention, count in counts]


def answer_until(asked: datetime) -> datetime:
    """Until when a request has to be answered."""
    return asked + timedelta(days=ANSWER_DAYS)
