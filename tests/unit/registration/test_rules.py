"""Statuses, pools of places and dates as decisions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from eventsite.registration import rules
from eventsite.registration.rules import Seat, Status

NOW = datetime(2027, 1, 11, 9, 30, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "seat"),
    [
        (None, 5000, 0, Seat.PLACE),
        (1, 0, 0, Seat.PLACE),
        (1, 1, 0, Seat.WAITING),
        (2, 1, 1, Seat.WAITING),  # a place is free, but somebody waits for it
        (1, 3, 0, Seat.WAITING),  # capacity was lowered
        (0, 0, 0, Seat.WAITING),
    ],
)
def test_admit(capacity: int | None, taken: int, waiting: int, seat: Seat) -> None:
    assert rules.admit(capacity, taken, waiting) is seat


@pytest.mark.parametrize("status", list(Status))
def test_ended_registrations_take_up_nothing(status: Status) -> None:
    seats = {rules.seat(status, holds_place=holds) for holds in (True, False)}
    assert seats == ({Seat.PLACE, Seat.WAITING} if status in rules.LIVE else {Seat.NONE})


def test_transitions() -> None:
    allowed = {(str(before), str(after)) for before in Status for after in Status if rules.may_become(before, after)}
    assert allowed == {
        *(("pending", after) for after in ("pending", "confirmed", "waiting", "expired", "cancelled", "refused")),
        *(("confirmed", after) for after in ("cancelled", "refused")),
        *(("waiting", after) for after in ("confirmed", "offered", "declined", "cancelled", "refused")),
        *(("offered", after) for after in ("confirmed", "declined", "expired", "cancelled", "refused")),
        *((before, after) for before in ("declined", "cancelled", "expired") for after in ("pending", "confirmed", "waiting")),
        *(("refused", after) for after in ("confirmed", "waiting")),
    }  # fmt: skip


def test_held_until_is_told_to_the_minute() -> None:
    assert rules.held_until(NOW, 48) == datetime(2027, 1, 13, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "held", "overdue"),
    [
        ("pending", NOW, True),
        ("pending", NOW + timedelta(minutes=1), False),
        ("offered", NOW, True),
        ("confirmed", NOW, False),
        ("pending", None, False),
    ],
)
def test_is_overdue(status: str, held: datetime | None, overdue: bool) -> None:
    assert rules.is_overdue(status, held, NOW) is overdue


@dataclass(frozen=True)
class Dates:
    """An event of tomorrow."""

    starts_at: datetime = NOW + timedelta(days=30)
    cancelled_at: datetime | None = None
    registration_closes_at: datetime | None = NOW + timedelta(days=20)
    wishes_close_at: datetime | None = None
    allocation_published_at: datetime | None = None


@pytest.mark.parametrize(
    ("dates", "after", "may"),
    [
        (Dates(), timedelta(), True),
        (Dates(), timedelta(days=20), False),
        (Dates(wishes_close_at=NOW + timedelta(days=25)), timedelta(days=24), True),
        (Dates(wishes_close_at=NOW + timedelta(days=99)), timedelta(days=30), False),
        (Dates(registration_closes_at=None), timedelta(days=29), True),
        (Dates(allocation_published_at=NOW), timedelta(), False),
        (Dates(cancelled_at=NOW), timedelta(), False),
    ],
)
def test_may_change_wishes(dates: Dates, after: timedelta, may: bool) -> None:
    assert rules.may_change_wishes("confirmed", dates, NOW + after) is may
    assert not rules.may_change_wishes("cancelled", dates, NOW + after)


@dataclass(frozen=True)
class Event:
    """An event with places; a hybrid one has some online."""

    attendance: str = "onsite"
    capacity: int | None = 100
    online_capacity: int | None = 500
    overbooking: int = 0
    promotion: str = "order"
    offer_hours: int = 48
    promotion_stops_hours: int = 12
    timezone: str = "Europe/Berlin"
    starts_at: datetime = NOW + timedelta(days=30)
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class Count:
    """What is kept about an event."""

    taken: int = 90
    waiting: int = 0
    online_taken: int = 7
    online_waiting: int = 2
    to_onsite: int = 3
    to_online: int = 4
    reserved: int = 5


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Event(), [(100, 97, 2, 5, 0)]),
        (Event("online"), [(100, 97, 2, 5, 0)]),
        (Event(overbooking=10), [(110, 97, 2, 5, 8)]),
        (Event(capacity=55, overbooking=3), [(56, 97, 2, 5, 0)]),
        (Event(capacity=None, overbooking=10), [(None, 97, 2, 5, None)]),
        (Event("hybrid"), [(100, 90, 3, 5, 5), (500, 7, 6, 0, 493)]),
        (Event("hybrid", overbooking=10, online_capacity=None), [(110, 90, 3, 5, 15), (None, 7, 6, 0, None)]),
    ],
)
def test_pools_of_an_event(event: Event, expected: list[tuple[int | None, ...]]) -> None:
    found = rules.all_places(event, Count())
    assert [(one.capacity, one.taken, one.waiting, one.reserved, one.free) for one in found] == expected
    assert rules.places_of(event, Count(), "online") == found[-1]
    assert rules.places_of(event, Count(), "onsite") == found[0]


def test_pools_of_an_event_without_registrations() -> None:
    assert rules.all_places(Event("hybrid"), None) == [
        rules.Places(100, 0, 0, 0, ("onsite",)),
        rules.Places(500, 0, 0, 0, ("online",)),
    ]


@pytest.mark.parametrize(("size", "seat"), [(1, Seat.PLACE), (5, Seat.PLACE), (6, Seat.WAITING)])
def test_a_group_needs_room_for_all_of_it(size: int, seat: Seat) -> None:
    assert rules.Places(100, 90, 0, reserved=5).seat_for(size) is seat


@pytest.mark.parametrize(
    ("event", "after", "may"),
    [
        (Event(), timedelta(), True),
        (Event(), timedelta(days=29, hours=12), False),
        (Event(promotion_stops_hours=0), timedelta(days=29, hours=23, minutes=59), True),
        (Event(promotion_stops_hours=0), timedelta(days=30), False),
        (Event(cancelled_at=NOW), timedelta(), False),
        (Event(promotion="offer"), timedelta(days=29, hours=11, minutes=30), True),
        (Event(promotion="offer"), timedelta(days=29, hours=11, minutes=31), False),
    ],
)
def test_may_promote(event: Event, after: timedelta, may: bool) -> None:
    assert rules.may_promote(event, NOW + after) is may


@pytest.mark.parametrize(
    ("event", "status", "may"),
    [
        (Event("hybrid"), "confirmed", True),
        (Event("hybrid"), "waiting", True),
        (Event("hybrid"), "pending", False),
        (Event("hybrid"), "offered", False),
        (Event("onsite"), "confirmed", False),
        (Event("hybrid", cancelled_at=NOW), "confirmed", False),
        (Event("hybrid", starts_at=NOW), "confirmed", False),
    ],
)
def test_may_switch(event: Event, status: str, may: bool) -> None:
    assert rules.may_switch(status, event, NOW) is may
