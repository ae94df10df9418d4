"""Where cards lie on the board: windows of a day, lanes of what overlaps, stamps, what is later, digits for styles."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.programme import rules_board
from eventsite.programme.rules_board import Card, Window
from eventsite.programme.rules_clashes import Clash

BERLIN = "Europe/Berlin"


@dataclass(frozen=True)
class Thing:
    public_id: str
    starts_at: datetime
    ends_at: datetime


def at(hour: int, minute: int = 0, day: int = 11) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def thing(name: str, start: datetime, length: int) -> Thing:
    return Thing(name, start, start + timedelta(minutes=length))


SHOWN = Window(at(8), at(18), BERLIN)


def test_cards_of_one_room_follow_each_other() -> None:
    found = rules_board.lay([thing("a", at(9), 30), thing("b", at(9, 30), 60)], SHOWN)
    assert found == {"a": Card(60, 30), "b": Card(90, 60)}


def test_what_overlaps_lies_side_by_side_and_lanes_are_used_again() -> None:
    things = [thing("a", at(9), 60), thing("b", at(9, 30), 60), thing("c", at(10), 60), thing("d", at(12), 15)]
    found = rules_board.lay(things, SHOWN)
    assert {name: (card.lane, card.lanes) for name, card in found.items()} == {
        "a": (0, 2), "b": (1, 2), "c": (0, 2), "d": (0, 1),
    }  # fmt: skip


def test_short_item_is_high_enough_to_be_read_and_covers_nothing() -> None:
    found = rules_board.lay([thing("a", at(9), 5), thing("b", at(9, 5), 30)], SHOWN)
    assert found == {"a": Card(60, 15, 0, 2), "b": Card(65, 30, 1, 2)}


def test_item_over_midnight_is_cut_at_the_edges() -> None:
    shown = Window(at(23, day=10), at(9), BERLIN)
    assert rules_board.lay([thing("a", at(22, day=10), 180)], shown) == {"a": Card(0, 120)}


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 200)), max_size=12))
def test_no_two_cards_lie_on_each_other(times: list[tuple[int, int]]) -> None:
    listed = [thing(str(n), at(9) + timedelta(minutes=start), length) for n, (start, length) in enumerate(times)]
    cards = rules_board.lay(listed, Window(at(9), at(9) + timedelta(hours=24), BERLIN))
    assert set(cards) == {one.public_id for one in listed}
    placed = sorted(cards.values(), key=lambda card: card.top)
    for n, one in enumerate(placed):
        assert one.lane < one.lanes <= rules_board.MOST_LANES
        for other in placed[n + 1 :]:
            is_beside = other.top >= one.top + one.height or one.lane != other.lane
            assert is_beside or one.lanes == rules_board.MOST_LANES


def test_days_are_those_of_the_event_and_of_what_is_planned() -> None:
    late = thing("a", at(23, 30, day=14), 30)  # half past midnight in Berlin
    found = rules_board.days([late], at(8), at(16, day=12), BERLIN)
    assert found == [date(2027, 3, 11), date(2027, 3, 12), date(2027, 3, 15)]


@pytest.mark.parametrize(
    ("things", "expected"),
    [
        ([], (at(8), at(17))),  # the event itself: 9:30 to 16:45
        ([thing("early", at(6, 10), 20)], (at(6), at(17))),
        ([thing("long", at(15), 30 * 60)], (at(8), at(23))),
        ([thing("night", at(20, day=10), 240)], (at(23, day=10), at(17))),
    ],
)
def test_window_shows_full_hours_and_one_to_move_into(things: list[Thing], expected: tuple[datetime, datetime]) -> None:
    shown = rules_board.window(things, date(2027, 3, 11), at(8, 30), at(15, 45), BERLIN)
    assert (shown.starts_at, shown.ends_at) == expected


def test_empty_day_of_a_long_event_shows_a_usual_day() -> None:
    shown = rules_board.window([], date(2027, 3, 12), at(8), at(16, day=13), BERLIN)
    assert (shown.starts_at, shown.minutes) == (at(8, day=12), 9 * 60)


@pytest.mark.parametrize(("day", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 3, 11), 24)])
def test_night_of_the_change_has_its_own_length(day: date, hours: int) -> None:
    start, end = (rules_board.midnight(one, BERLIN) for one in (day, day + timedelta(days=1)))
    shown = rules_board.window([Thing("party", start, end)], day, start, end, BERLIN)
    assert (shown.minutes, len(shown.hours)) == (hours * 60, hours + 1)
    assert [shown.offset(instant) for _top, instant in shown.hours] == [top for top, _instant in shown.hours]


def test_stamp_knows_another_place_or_time_only() -> None:
    one = thing("a", at(9), 30)
    stamps = [
        rules_board.stamp(one, "hall"),
        rules_board.stamp(one),
        rules_board.stamp(replace(one, ends_at=at(10)), "hall"),
        rules_board.stamp(replace(one, starts_at=at(8)), "hall"),
    ]
    assert len(set(stamps)) == 4
    assert rules_board.stamp(replace(one, public_id="b"), "hall") == stamps[0]
    assert rules_board.stamp_of_all([one]) != rules_board.stamp_of_all([replace(one, public_id="b")])


def test_later_is_the_rest_of_the_day() -> None:
    listed = [thing(name, start, 30) for name, start in (("a", at(9)), ("b", at(10)), ("c", at(22, 59)), ("d", at(23)))]
    assert [one.public_id for one in rules_board.later(listed, at(10), BERLIN)] == ["b", "c"]


def test_marks_are_words_each_once_and_a_missing_break_is_no_card() -> None:
    clashes = [Clash("room", ("a", "b"), "x"), Clash("room", ("a", "c"), "y"), Clash("break", ("a",), "z")]
    assert {uid: len(words) for uid, words in rules_board.marks(clashes).items()} == {"a": 1, "b": 1, "c": 1}


@given(st.integers(0, 9999))
def test_digits_add_up(number: int) -> None:
    worth = {"k": 1000, "h": 100, "t": 10, "o": 1}
    assert sum(worth[place] * digit for place, digit in rules_board.digits(number)) == number


def test_classes_of_a_card() -> None:
    assert rules_board.placed(Card(1235, 60)) == "up-k1 up-h2 up-t3 up-o5 by-t6"
    assert rules_board.placed(Card(0, 15, 1, 2)) == "by-t1 by-o5 lane-1 lanes-2"
