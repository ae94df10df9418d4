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


def test_who_waits_longest_moves_up_and_who_wants_to_be_asked_is_passed_over() -> None:
    line = [
        waitlist.InLine(1, 11, NOW + timedelta(hours=1)),
        waitlist.InLine(2, 12, NOW),
        waitlist.InLine(3, 13, NOW - timedelta(hours=1), moves_up=False),
        waitlist.InLine(4, 14, NOW),
    ]
    assert [one.registration_id for one in waitlist.next_up(line, 2)] == [12, 14]
    assert [one.registration_id for one in waitlist.next_up(line, None)] == [12, 14, 11]
    assert waitlist.next_up(line, 0) == []
