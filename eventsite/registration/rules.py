"""Statuses of a registration, who gets a place, who is next in line, and until when a place is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import waitlist


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
    "contingent released": _l("a contingent was released"),
    "group split": _l("the group no longer waits together"),
    "moved on site": _l("place on site instead of online"),
    "moved online": _l("place online instead of on site"),
    "offer accepted": _l("offer accepted"),
    "declined": _l("a place became free"),
    "mode changed": _l("a place became free"),
}
# Pictures are asked for in three steps, because "ask me first" is what many people mean; all else is a yes or nothing.
CONSENT_ANSWERS: dict[str, tuple[str, ...]] = {"photo": ("yes", "ask", "no")}
LIVE = frozenset({Status.PENDING, Status.CONFIRMED, Status.WAITING, Status.OFFERED})
ENDED = frozenset(Status) - LIVE
MAY_REGISTER_AGAIN = ENDED - {Status.REFUSED}
DUE = (Status.PENDING, Status.OFFERED)  # end by themselves at held_until


MODES = ("onsite", "online")
MODE_LABELS: dict[str, Any] = {"onsite": _l("on site"), "online": _l("online")}


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


class EventPlaces(Protocol):
    """The fields of an event that say how many places it has, and how the waiting list moves."""

    @property
    def attendance(self) -> str: ...
    @property
    def capacity(self) -> int | None: ...
    @property
    def online_capacity(self) -> int | None: ...
    @property
    def overbooking(self) -> int: ...
    @property
    def promotion(self) -> str: ...
    @property
    def offer_hours(self) -> int: ...
    @property
    def promotion_stops_hours(self) -> int: ...
    @property
    def timezone(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


class Counted(Protocol):
    """The kept counts of an event (see models.PlaceCount)."""

    @property
    def taken(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def online_taken(self) -> int: ...
    @property
    def online_waiting(self) -> int: ...
    @property
    def to_onsite(self) -> int: ...
    @property
    def to_online(self) -> int: ...
    @property
    def reserved(self) -> int: ...


@dataclass(frozen=True)
class Places:
    """How full an event is, or one way to take part in a hybrid one."""

    capacity: int | None  # with what may be overbooked
    taken: int
    waiting: int
    reserved: int = 0  # of open contingents
    modes: tuple[str, ...] = MODES

    @property
    def free(self) -> int | None:
        """Places left for everybody; None where there is no limit, never below zero where capacity was lowered."""
        return free_places(self.capacity, self.taken + self.reserved)

    @property
    def next_seat(self) -> Seat:
        """What the next registration gets."""
        return self.seat_for(1)

    def seat_for(self, size: int) -> Seat:
        """What so many people get who come together."""
        return admit(self.capacity, self.taken + self.reserved, self.waiting, size)


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


def admit(capacity: int | None, taken: int, waiting: int = 0, size: int = 1) -> Seat:
    """A place while there is room for all who come together and nobody waits for it; nobody is overtaken."""
    free = free_places(capacity, taken)
    if free is None or (free >= size and waiting == 0):
        return Seat.PLACE
    return Seat.WAITING


def overbooked(capacity: int | None, percent: int) -> int | None:
    """How many places are given away: the real ones and so many percent more, rounded down."""
    return None if capacity is None else capacity + capacity * percent // 100


def usual_mode(attendance: str) -> str:
    """How people take part unless they choose."""
    return "online" if attendance == "online" else "onsite"


def modes_to_choose(attendance: str) -> tuple[str, ...]:
    """The ways to take part between which one may choose; none but in a hybrid event."""
    return MODES if attendance == "hybrid" else ()


def all_places(event: EventPlaces, count: Counted | None) -> list[Places]:
    """The pools of an event: one, or on site and online for a hybrid one. What is overbooked is the place on site."""
    zero = (0, 0, 0, 0, 0, 0, 0)
    names = ("taken", "waiting", "online_taken", "online_waiting", "to_onsite", "to_online", "reserved")
    taken, waiting, online_taken, online_waiting, to_onsite, to_online, reserved = (
        zero if count is None else tuple(getattr(count, name) for name in names)
    )
    capacity = overbooked(event.capacity, event.overbooking)
    if event.attendance != "hybrid":
        return [Places(capacity, taken + online_taken, waiting + online_waiting, reserved)]
    return [
        Places(capacity, taken, waiting + to_onsite, reserved, ("onsite",)),
        Places(event.online_capacity, online_taken, online_waiting + to_online, 0, ("online",)),
    ]


def together(pools: Sequence[Places]) -> Places:
    """All pools as one, for those who only want to know whether there is room at all."""
    if len(pools) == 1:
        return pools[0]
    free = [one.free for one in pools if one.next_seat is Seat.PLACE]
    capacities = [one.capacity for one in pools if one.capacity is not None]
    is_limited = len(capacities) == len(pools)
    taken = sum(capacities) - sum(one or 0 for one in free) if is_limited else sum(one.taken for one in pools)
    return Places(sum(capacities) if is_limited else None, taken, 0 if free else sum(one.waiting for one in pools))


def places_of(event: EventPlaces, count: Counted | None, mode: str) -> Places:
    """The pool from which somebody who takes part this way gets a place."""
    return next(one for one in all_places(event, count) if mode in one.modes)


def held_until(now: datetime, hours: int) -> datetime:
    """The end of a confirmation link, to the full minute, so that the mail tells it exactly."""
    return (now + timedelta(hours=hours)).replace(second=0, microsecond=0)


def is_overdue(status: str, held: datetime | None, now: datetime) -> bool:
    """Whether a registration has ended by itself, though the sweep may not have come by yet."""
    return status in DUE and held is not None and held <= now


def promotion_stops_at(event: EventPlaces) -> datetime:
    """After this instant nobody is moved up by mail."""
    return waitlist.stops_at(event.starts_at, event.promotion_stops_hours)


def may_promote(event: EventPlaces, now: datetime) -> bool:
    """Nobody is moved up by mail shortly before the event, nor when it is cancelled."""
    if event.cancelled_at is not None or now >= promotion_stops_at(event):
        return False
    return event.promotion != "offer" or offer_until(event, now) is not None


def offer_until(event: EventPlaces, now: datetime) -> datetime | None:
    """Until when an offer made now stands; None when it would be too short."""
    return waitlist.offer_until(now, promotion_stops_at(event), event.offer_hours, event.timezone)


def may_switch(status: str, event: EventPlaces, now: datetime) -> bool:
    """Participants of a hybrid event change between on site and online until it begins."""
    is_open = event.attendance == "hybrid" and event.cancelled_at is None and now < event.starts_at
    return is_open and status in (Status.CONFIRMED, Status.WAITING)


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
