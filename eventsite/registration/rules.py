"""Statuses of a registration, who gets a place, who is next in line, and until when a place is held."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from eventsite.core.i18n import lazy_gettext as _l


class Status(StrEnum):
    """Where a registration stands."""

    PENDING = "pending"  # holds a place or a waiting position until its confirmation link expires
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"  # a place is kept until the answer or the deadline of the offer
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    EXPIRED = "expired"


class Seat(StrEnum):
    """What a registration takes up."""

    PLACE = "place"
    WAITING = "waiting"
    NONE = "none"


_ENDS = frozenset({Status.CANCELLED, Status.REFUSED})
_BACK = frozenset({Status.PENDING, Status.CONFIRMED, Status.WAITING})
TRANSITIONS: dict[Status, frozenset[Status]] = {
    # From pending to pending: the address is confirmed, and the organisers have to decide.
    Status.PENDING: frozenset({Status.PENDING, Status.CONFIRMED, Status.WAITING, Status.EXPIRED}) | _ENDS,
    Status.CONFIRMED: _ENDS,
    Status.WAITING: frozenset({Status.CONFIRMED, Status.OFFERED, Status.DECLINED}) | _ENDS,
    Status.OFFERED: frozenset({Status.CONFIRMED, Status.DECLINED, Status.EXPIRED}) | _ENDS,
    Status.DECLINED: _BACK,
    Status.CANCELLED: _BACK,
    Status.REFUSED: frozenset({Status.CONFIRMED, Status.WAITING}),  # only organisers take a refusal back
    Status.EXPIRED: _BACK,
}
STATUS_LABELS: dict[str, Any] = {
    "pending": _l("not confirmed"),
    "confirmed": _l("confirmed"),
    "waiting": _l("waiting list"),
    "offered": _l("place offered"),
    "declined": _l("declined"),
    "cancelled": _l("cancelled"),
    "refused": _l("refused"),
    "expired": _l("expired"),
}
CAUSE_LABELS: dict[str, Any] = {
    "registered": _l("registered"),
    "address confirmed": _l("address confirmed by link"),
    "accepted": _l("accepted by the organisers"),
    "cancellation taken back": _l("own cancellation taken back"),
    "capacity raised": _l("more places"),
    "deadline passed": _l("the deadline passed"),
    "expired": _l("somebody else’s deadline passed"),
    "cancelled": _l("a place became free"),
    "refused": _l("a place became free"),
    "place free": _l("a place became free"),
    "reinstated": _l("taken back in"),
    "cannot come": _l("asked, and cannot come"),
    "not answered": _l("asked, and did not answer"),
    "handed over": _l("handed over to a colleague"),
    "taken over": _l("taken over from a colleague"),
}
# Pictures are asked for in three steps, because "ask me first" is what many people mean; all else is a yes or nothing.
CONSENT_ANSWERS: dict[str, tuple[str, ...]] = {"photo": ("yes", "ask", "no")}
LIVE = frozenset({Status.PENDING, Status.CONFIRMED, Status.WAITING, Status.OFFERED})
ENDED = frozenset(Status) - LIVE
MAY_REGISTER_AGAIN = ENDED - {Status.REFUSED}
DUE = (Status.PENDING, Status.OFFERED)  # end by themselves at held_until


class InLine(Protocol):
    """What the order of the waiting list is made of."""

    @property
    def queue_number(self) -> int: ...


Waiting = TypeVar("Waiting", bound=InLine)


class EventDates(Protocol):
    """The fields of an event that decide about registrations."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def cancelled_at(self) -> datetime | None: ...
    @property
    def registration_closes_at(self) -> datetime | None: ...
    @property
    def wishes_close_at(self) -> datetime | None: ...
    @property
    def allocation_published_at(self) -> datetime | None: ...


def may_become(before: Status, after: Status) -> bool:
    """Whether a registration may go from one status to another."""
    return after in TRANSITIONS[before]


def seat(status: str, *, holds_place: bool) -> Seat:
    """What a registration of this status takes up."""
    if status not in LIVE:
        return Seat.NONE
    return Seat.PLACE if holds_place else Seat.WAITING


def free_places(capacity: int | None, taken: int) -> int | None:
    """Places left; None where there is no limit, never below zero where capacity was lowered."""
    return None if capacity is None else max(0, capacity - taken)


def admit(capacity: int | None, taken: int, waiting: int = 0) -> Seat:
    """A place while one is free and nobody waits for it; nobody is overtaken."""
    free = free_places(capacity, taken)
    if free is None or (free > 0 and waiting == 0):
        return Seat.PLACE
    return Seat.WAITING


def next_up(waiting: Sequence[Waiting], free: int | None) -> list[Waiting]:
    """Who gets the free places: first come, first served."""
    line = sorted(waiting, key=lambda one: one.queue_number)
    return line if free is None else line[:free]


def held_until(now: datetime, hours: int) -> datetime:
    """The end of a confirmation link, to the full minute, so that the mail tells it exactly."""
    return (now + timedelta(hours=hours)).replace(second=0, microsecond=0)


def is_overdue(status: str, held: datetime | None, now: datetime) -> bool:
    """Whether a registration has ended by itself, though the sweep may not have come by yet."""
    return status in DUE and held is not None and held <= now


def may_promote(event: EventDates, now: datetime) -> bool:
    """Nobody is moved up by mail once the event has begun or is cancelled."""
    return event.cancelled_at is None and now < event.starts_at


def may_cancel(status: str, event: EventDates, now: datetime) -> bool:
    """Participants sign off until the event begins."""
    return status in LIVE and now < event.starts_at


def may_hand_over(status: str, event: Any, now: datetime) -> bool:
    """Somebody with a confirmed place may offer it to a colleague where the event allows it, until it begins."""
    is_on = event.may_hand_over and event.cancelled_at is None
    return bool(is_on) and status == Status.CONFIRMED and now < event.starts_at


def may_change_wishes(status: str, event: EventDates, now: datetime) -> bool:
    """Wishes may change until their deadline, and never after places were published."""
    if status not in LIVE or event.allocation_published_at is not None or event.cancelled_at is not None:
        return False
    closes = event.wishes_close_at or event.registration_closes_at or event.starts_at
    return now < min(closes, event.starts_at)


def consent_answers(kind: str) -> tuple[str, ...]:
    """What can be answered to a kind of consent; a plain one can only be given."""
    return CONSENT_ANSWERS.get(kind, ("yes",))
