"""Who moves up when a workshop place falls free, until when, and how long an offer holds it: pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

CUT_OFF = timedelta(hours=1)  # before a workshop begins, people are on their way to it: nobody is moved any more
OFFER = timedelta(hours=24)
SHORTEST_OFFER = timedelta(hours=1)  # too late to ask: whoever is to be asked is passed over


@dataclass(frozen=True)
class InLine:
    """One position in the waiting list of a workshop."""

    waiting_id: int
    registration_id: int
    since: datetime
    moves_up: bool = True  # moved at once when a place is free, else asked
    is_asked: bool = False  # a place is offered already


def in_order(line: Sequence[InLine]) -> list[InLine]:
    """Whoever waits longest comes first."""
    return sorted(line, key=lambda one: (one.since, one.waiting_id))


def position(line: Sequence[InLine], registration_id: int) -> int | None:
    """The position of somebody in a line, 1 for the first; None who does not wait."""
    ordered = [one.registration_id for one in in_order(line)]
    return ordered.index(registration_id) + 1 if registration_id in ordered else None


def next_up(
    line: Sequence[InLine], starts_at: datetime, now: datetime, admits: Callable[[InLine], bool]
) -> InLine | None:
    """Who gets the next free place: whoever waits longest and may have it; nobody is asked twice or too late."""
    for one in in_order(line):
        is_too_late = not one.moves_up and offered_until(starts_at, now) is None
        if not one.is_asked and not is_too_late and admits(one):
            return one
    return None


def may_move(starts_at: datetime, now: datetime) -> bool:
    """Whether places may still change hands before a workshop begins."""
    return now < starts_at - CUT_OFF


def offered_until(starts_at: datetime, now: datetime) -> datetime | None:
    """The end of an offer made now, to the full minute; None where it is too late to ask."""
    end = min(now + OFFER, starts_at - CUT_OFF).replace(second=0, microsecond=0)
    return end if end >= now + SHORTEST_OFFER - timedelta(minutes=1) else None
