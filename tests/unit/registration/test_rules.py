"""Statuses, places and the waiting list as decisions: nobody overtakes, no place twice, the count equals the truth."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@dataclass
class Person:
    """A registration of the model below."""

    queue_number: int
    status: Status = Status.PENDING
    holds_place: bool = False

    @property
    def seat(self) -> Seat:
        return rules.seat(self.status, holds_place=self.holds_place)


class House:
    """The rules put together as the services do it, without any database."""

    def __init__(self, capacity: int | None) -> None:
        self.capacity = capacity
        self.people: list[Person] = []

    def of(self, seat: Seat) -> list[Person]:
        return [person for person in self.people if person.seat is seat]

    def move(self, person: Person, after: Status, seat: Seat) -> None:
        assert rules.may_become(person.status, after)
        person.status, person.holds_place = after, seat is Seat.PLACE

    def register(self) -> None:
        seat = rules.admit(self.capacity, len(self.of(Seat.PLACE)), len(self.of(Seat.WAITING)))
        self.people.append(Person(len(self.people) + 1, holds_place=seat is Seat.PLACE))

    def act(self, number: int, deed: str) -> None:
        person = self.people[number % len(self.people)]
        if deed == "confirm" and person.status is Status.PENDING:
            self.move(person, Status.CONFIRMED if person.holds_place else Status.WAITING, person.seat)
        elif deed in ("cancelled", "refused") and person.status in rules.LIVE:
            self.move(person, Status(deed), Seat.NONE)
        elif deed == "expired" and person.status is Status.PENDING:
            self.move(person, Status.EXPIRED, Seat.NONE)
        self.promote()

    def promote(self) -> None:
        free = rules.free_places(self.capacity, len(self.of(Seat.PLACE)))
        for person in rules.next_up(self.of(Seat.WAITING), free):
            person.holds_place = True
            if person.status is Status.WAITING:
                person.status = Status.CONFIRMED


DEEDS = st.sampled_from(["register", "confirm", "cancelled", "refused", "expired", "lower", "raise"])


@given(st.integers(0, 5), st.lists(st.tuples(DEEDS, st.integers(0, 40)), max_size=60))
def test_any_life_of_an_event_keeps_the_promises(capacity: int, deeds: list[tuple[str, int]]) -> None:
    house, highest = House(capacity), capacity
    for deed, number in deeds:
        if deed == "register":
            house.register()
        elif deed == "raise":
            house.capacity = (house.capacity or 0) + number % 3
            highest = max(highest, house.capacity)
            house.promote()
        elif deed == "lower":
            house.capacity = max(0, (house.capacity or 0) - number % 3)
        elif house.people:
            held = {p.queue_number for p in house.of(Seat.PLACE)}
            house.act(number, deed)
            kept = held - {p.queue_number for p in house.of(Seat.PLACE)}
            assert len(kept) <= 1  # nobody but the one who left loses a place
        assert len(house.of(Seat.PLACE)) <= highest
        waiting, free = house.of(Seat.WAITING), rules.free_places(house.capacity, len(house.of(Seat.PLACE)))
        assert not waiting or free == 0  # nobody starves beside a free place


@given(st.permutations(range(1, 9)), st.one_of(st.none(), st.integers(0, 10)))
def test_next_up_is_first_come_first_served(numbers: list[int], free: int | None) -> None:
    line = [Person(number, Status.WAITING) for number in numbers]
    assert [p.queue_number for p in rules.next_up(line, free)] == list(range(1, 9))[:free]
