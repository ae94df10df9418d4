"""Wishes as typed: what they mean and what is refused; and who moves up in a workshop."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite.allocation import ballots, waitlist
from eventsite.allocation.ballots import Choice

TITLES = {1: "Eins", 2: "Zwei", 3: "Drei"}
NOW = datetime(2027, 1, 11, tzinfo=UTC)


def test_gap_in_ranks_only_says_the_order() -> None:
    assert ballots.choice({1: 3, 2: None, 3: 1}, {2}) == Choice((3, 1), frozenset({2}))


@pytest.mark.parametrize(
    ("ranks", "never", "at"),
    [
        ({1: 1, 2: 2, 3: 3}, set(), []),
        ({1: 1, 2: 1}, set(), [2]),
        ({1: 0}, set(), [1]),
        ({1: 4}, set(), [1]),
        ({1: 1}, {1}, [1]),
        ({1: None}, {1, 2, 3}, []),
        ({1: 2, 2: 2, 3: 2}, set(), [2, 3]),
    ],
)
def test_rank_faults_stand_at_their_item(ranks: dict[int, int | None], never: set[int], at: list[int]) -> None:
    assert [f.item_id for f in ballots.rank_faults(ranks, never, titles=TITLES, max_choices=3)] == at


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (Choice((1, 2, 3)), 0),
        (Choice(), 0),
        (Choice((1, 1)), 1),
        (Choice((1, 2, 3, 4)), 2),
        (Choice((1,), frozenset({1})), 1),
        (Choice((9,)), 1),
        (Choice((), frozenset({9})), 1),
    ],
)
def test_faults_of_a_choice(choice: Choice, count: int) -> None:
    assert len(ballots.faults(choice, [1, 2, 3], max_choices=3)) == count


@pytest.mark.parametrize("objective", ["fair", "first", "serial"])
@pytest.mark.parametrize("tie", ["lottery", "order"])
def test_rule_is_told_in_two_sentences_at_least(objective: str, tie: str) -> None:
    assert ballots.rule_in_words(objective, tie).count(".") >= 2


LINE = [
    waitlist.InLine(1, 11, NOW + timedelta(hours=1)),
    waitlist.InLine(2, 12, NOW),
    waitlist.InLine(3, 13, NOW - timedelta(hours=1), moves_up=False),
    waitlist.InLine(4, 14, NOW - timedelta(hours=2), moves_up=False, is_asked=True),
]


@pytest.mark.parametrize(
    ("starts_in", "barred", "expected"),
    [(48, (), 13), (2.5, (), 13), (1.5, (), 12), (48, (13,), 12), (48, (11, 12, 13), None)],
)
def test_next_up(starts_in: float, barred: tuple[int, ...], expected: int | None) -> None:
    starts_at = NOW + timedelta(hours=starts_in)
    found = waitlist.next_up(LINE, starts_at, NOW, lambda one: one.registration_id not in barred)
    assert (found.registration_id if found else None) == expected


def test_position_counts_everybody_before() -> None:
    assert [waitlist.position(LINE, one) for one in (14, 13, 12, 11, 10)] == [1, 2, 3, 4, None]


@pytest.mark.parametrize(("hours", "expected"), [(100, 24), (24, 23), (2, 1), (1.9, None), (0, None)])
def test_offer_ends_after_a_day_or_before_the_workshop(hours: float, expected: int | None) -> None:
    until = waitlist.offered_until(NOW + timedelta(hours=hours), NOW)
    assert until == (None if expected is None else NOW + timedelta(hours=expected))


def test_nobody_is_moved_in_the_last_hour() -> None:
    starts_at = NOW + timedelta(hours=1)
    assert [waitlist.may_move(starts_at, NOW - timedelta(seconds=1)), waitlist.may_move(starts_at, NOW)] == [
        True,
        False,
    ]
