"""The waiting list as decisions: order, groups that stay together, how long an offer stands; nobody starves."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.registration import rules, waitlist
from eventsite.registration.rules import Seat, Status
from eventsite.registration.waitlist import Party

NOON = datetime(2027, 1, 11, 11, 0, 45, tzinfo=UTC)  # twelve in Berlin
G = 7  # a group


def alone(*numbers: int) -> list[Party]:
    """People who wait for themselves."""
    return [Party(number, (number,)) for number in numbers]


@pytest.mark.parametrize(
    ("line", "free", "keeps", "chosen", "passed", "kept_for"),
    [
        (alone(1, 2, 3), 2, True, (1, 2), {}, None),
        (alone(1, 2, 3), 0, True, (), {}, None),
        (alone(1, 2, 3), None, True, (1, 2, 3), {}, None),
        # A group of three with two places free lets two pass …
        ([Party(1, (1, 2, 3), G), *alone(4, 5, 6)], 2, True, (4, 5), {G: 2}, None),
        # … and one more, since three are not reached yet …
        ([Party(1, (1, 2, 3), G, passed=2), *alone(6, 7)], 1, True, (6,), {G: 3}, None),
        # … then places are kept for it …
        ([Party(1, (1, 2, 3), G, passed=3), *alone(7)], 2, True, (), {}, G),
        ([Party(1, (1, 2, 3), G, passed=3), *alone(7)], 4, True, (1, 2, 3, 7), {}, None),
        # … but not when the end is near.
        ([Party(1, (1, 2, 3), G, passed=3), *alone(7)], 2, False, (7,), {G: 4}, None),
        # Who stands before the group is served first, as ever.
        ([*alone(1), Party(2, (2, 3), G, passed=2), *alone(4)], 2, True, (1,), {}, G),
        # A smaller group passes a larger one too.
        ([Party(1, (1, 2, 3), G), Party(4, (4, 5), 8)], 2, True, (4, 5), {G: 2}, None),
        ([Party(1, (1, 2, 3), G), Party(4, (4, 5), 8)], 1, True, (), {G: 0, 8: 0}, None),
    ],
)
def test_turns(
    line: list[Party],
    free: int | None,
    keeps: bool,
    chosen: tuple[int, ...],
    passed: dict[int, int],
    kept_for: int | None,
) -> None:
    assert waitlist.turns(line, free, keeps=keeps) == waitlist.Turns(chosen, passed, kept_for)


def test_parties_stand_where_their_first_member_stands() -> None:
    line = [(5, 50, None), (4, 40, G), (2, 20, None), (3, 30, G), (1, 10, 9)]
    assert waitlist.parties(line, {G: 2}) == [
        Party(1, (10,)),
        Party(2, (20,)),
        Party(3, (30, 40), G, 2),
        Party(5, (50,)),
    ]


def test_nothing_is_kept_for_a_group_larger_than_the_event() -> None:
    line = [Party(1, (1, 2, 3), G, passed=9), *alone(4, 5)]
    assert waitlist.turns(line, 2, most=2) == waitlist.Turns((4, 5), {G: 11})
    assert waitlist.turns(line, 2, most=3) == waitlist.Turns((), {}, G)


@pytest.mark.parametrize(
    ("left", "hours", "expected"),
    [
        (timedelta(days=30), 48, "13 12:00"),
        (timedelta(days=30), 336, "25 12:00"),
        (timedelta(days=7, minutes=1), 48, "13 12:00"),
        (timedelta(days=7), 48, "12 12:00"),  # a day at most in the last week
        (timedelta(days=3), 48, "12 09:00"),  # twelve hours at most, and not in the night
        (timedelta(days=1), 48, "11 15:00"),  # three hours at most on the last day
        (timedelta(days=1), 2, "11 14:00"),
        (timedelta(hours=2), 48, "11 14:00"),  # never past the end of moving up
        (timedelta(minutes=30), 48, "11 12:30"),
        (timedelta(minutes=29), 48, None),
        (timedelta(minutes=-5), 48, None),
        (timedelta(days=30), 12, "12 09:00"),  # midnight: nobody is asked for an answer at night
        (timedelta(days=30), 20, "12 09:00"),
        (timedelta(days=30), 8, "11 20:00"),
        (timedelta(days=30), 9, "12 09:00"),
        (timedelta(hours=20), 12, "11 15:00"),
    ],
)
def test_offer_stands_shorter_near_the_date(left: timedelta, hours: int, expected: str | None) -> None:
    until = waitlist.offer_until(NOON, NOON + left, hours, "Europe/Berlin")
    assert (until + timedelta(hours=1)).strftime("%d %H:%M") == expected if until else expected is None
    assert until is None or (until.second, until <= NOON + left) == (0, True)


@pytest.mark.parametrize(
    ("position", "promoted", "capacity", "waited", "left", "expected"),
    [
        (1, 0, 60, 0, 30, "good"),
        (3, 0, 60, 0, 30, "good"),
        (9, 0, 60, 0, 30, "open"),
        (10, 0, 60, 0, 30, "small"),
        (10, 5, 60, 10, 30, "good"),  # five in ten days: some fifteen more in thirty
        (10, 5, 60, 10, 7, "open"),
        (1, 9, 60, 10, 0, "small"),
        (1, 0, None, 0, 30, "good"),
    ],
)
def test_chance(position: int, promoted: int, capacity: int | None, waited: int, left: int, expected: str) -> None:
    days = timedelta(days=1)
    assert waitlist.chance(position, promoted, capacity, waited * days, left * days) == expected


@dataclass
class Person:
    """A registration of the model below."""

    number: int
    status: Status = Status.PENDING
    holds_place: bool = False
    group: int | None = None

    @property
    def seat(self) -> Seat:
        return rules.seat(self.status, holds_place=self.holds_place)


class House:
    """The rules put together as the services do it, without any database."""

    def __init__(self, capacity: int, *, offers: bool) -> None:
        self.capacity, self.offers = capacity, offers
        self.people: list[Person] = []
        self.passed: dict[int, int] = {}

    def of(self, seat: Seat) -> list[Person]:
        return [person for person in self.people if person.seat is seat]

    def move(self, person: Person, after: Status, seat: Seat) -> None:
        assert rules.may_become(person.status, after)
        person.status, person.holds_place = after, seat is Seat.PLACE

    def register(self, size: int = 1) -> None:
        group = len(self.people) + 1 if size > 1 else None
        for left in range(size, 0, -1):
            seat = rules.admit(self.capacity, len(self.of(Seat.PLACE)), len(self.of(Seat.WAITING)), left)
            self.people.append(Person(len(self.people) + 1, holds_place=seat is Seat.PLACE, group=group))
        self.promote()

    def act(self, number: int, deed: str) -> None:
        person = self.people[number % len(self.people)]
        if deed == "confirm" and person.status is Status.PENDING:
            self.move(person, Status.CONFIRMED if person.holds_place else Status.WAITING, person.seat)
        elif deed == "accept" and person.status is Status.OFFERED:
            self.move(person, Status.CONFIRMED, Seat.PLACE)
        elif deed == "split":
            person.group = None
        elif deed in ("cancelled", "refused") and person.status in rules.LIVE:
            self.move(person, Status(deed), Seat.NONE)
        elif deed == "declined" and person.status in (Status.WAITING, Status.OFFERED):
            self.move(person, Status.DECLINED, Seat.NONE)
        elif deed == "expired" and person.status in rules.DUE:
            self.move(person, Status.EXPIRED, Seat.NONE)
        self.promote()

    def parties(self) -> list[Party]:
        line = [(person.number, person.number, person.group) for person in self.of(Seat.WAITING)]
        return waitlist.parties(line, self.passed)

    def promote(self) -> None:
        free = rules.free_places(self.capacity, len(self.of(Seat.PLACE)))
        turns = waitlist.turns(self.parties(), free, self.capacity)
        self.passed.update(turns.passed)
        for person in (self.people[number - 1] for number in turns.members):
            person.holds_place = True
            if person.status is Status.WAITING:
                self.move(person, Status.OFFERED if self.offers else Status.CONFIRMED, Seat.PLACE)


DEEDS = [
    "register",
    "group",
    "confirm",
    "accept",
    "split",
    "cancelled",
    "refused",
    "declined",
    "expired",
    "lower",
    "raise",
]


@given(st.integers(0, 5), st.booleans(), st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 40)), max_size=60))
def test_any_life_of_an_event_keeps_the_promises(capacity: int, offers: bool, deeds: list[tuple[str, int]]) -> None:
    house, highest = House(capacity, offers=offers), capacity
    for deed, number in deeds:
        if deed in ("register", "group"):
            house.register(2 + number % 3 if deed == "group" else 1)
        elif deed == "raise":
            house.capacity += number % 3
            highest = max(highest, house.capacity)
            house.promote()
        elif deed == "lower":
            house.capacity = max(0, house.capacity - number % 3)
        elif house.people:
            held = {p.number for p in house.of(Seat.PLACE)}
            house.act(number, deed)
            assert len(held - {p.number for p in house.of(Seat.PLACE)}) <= 1  # only the one who left loses a place
        assert len(house.of(Seat.PLACE)) <= highest
        free = rules.free_places(house.capacity, len(house.of(Seat.PLACE)))
        waiting = house.parties()
        # Nobody waits beside a free place but a group for which it is too little, and whoever stands behind it.
        assert not free or not waiting or waiting[0].size > free


@given(st.permutations(range(1, 9)), st.one_of(st.none(), st.integers(0, 10)))
def test_single_people_are_served_first_come_first_served(numbers: list[int], free: int | None) -> None:
    line = waitlist.parties([(number, number, None) for number in numbers], {})
    assert list(waitlist.turns(line, free).members) == list(range(1, 9))[:free]


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=8),
    st.lists(st.integers(0, 2), min_size=60, max_size=60),
    st.integers(0, 3),
)
def test_nobody_starves(sizes: list[int], freed: list[int], newcomers: int) -> None:
    """However places fall free and whoever comes behind, everybody in the first line is served within a bound."""
    line: list[tuple[int, int, int | None]] = []
    for size in sizes:
        start = len(line) + 1
        line += [(number, number, start if size > 1 else None) for number in range(start, start + size)]
    first, served, free, passed = {member for _n, member, _g in line}, 0, 0, dict[int, int]()
    numbers = count(1000)
    bound = sum(3 * size for size in sizes)  # each group lets less than twice its size pass
    for step in freed:
        if not first & {member for _n, member, _g in line}:
            return
        line += [(number, number, None) for number in islice(numbers, newcomers)]
        free += step
        turns = waitlist.turns(waitlist.parties(line, passed), free)
        passed.update(turns.passed)
        free -= len(turns.members)
        served += len(turns.members)
        line = [one for one in line if one[1] not in turns.members]
    assert served + free < bound or not first & {member for _n, member, _g in line}
