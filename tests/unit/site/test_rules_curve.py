"""The curve over days: sums, round ticks, paths that end where they should, and the table beside it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.site import rules_curve
from eventsite.site.rules_curve import HEIGHT, WIDTH, Week

LABELS = ("ever", "now")


def test_hours_become_days_of_the_events_zone() -> None:
    hours = {datetime(2027, 1, 5, 22, tzinfo=UTC): 2, datetime(2027, 1, 5, 23, tzinfo=UTC): 3}
    assert rules_curve.by_day(hours, "Europe/Berlin") == {date(2027, 1, 5): 2, date(2027, 1, 6): 3}


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (7, [0, 2, 4, 6, 8]),
        (60, [0, 20, 40, 60]),
        (150, [0, 50, 100, 150]),
        (5000, [0, 2000, 4000, 6000]),
    ],
)
def test_ticks_are_round(most: int, ticks: list[int]) -> None:
    assert rules_curve.even_ticks(most) == ticks


@given(st.integers(0, 10**6))
def test_ticks_reach_the_top_and_are_few(most: int) -> None:
    ticks = rules_curve.even_ticks(most)
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 5


def test_path_stands_still_until_the_next_day() -> None:
    assert rules_curve.steps([1, 2], 2) == f"M0 {HEIGHT // 2}H{WIDTH // 2}V0H{WIDTH}"


def test_whoever_goes_makes_a_second_line() -> None:
    came = {date(2027, 1, 4): 3, date(2027, 1, 12): 2}
    went = {date(2027, 1, 13): 1}
    found = rules_curve.curve(came, went, date(2027, 1, 13), labels=LABELS, limit=4)
    assert found is not None
    assert [(line.label, line.last) for line in found.lines] == [("ever", 5), ("now", 4)]
    assert found.weeks == [Week(date(2027, 1, 4), 3, 0, 3), Week(date(2027, 1, 11), 2, 1, 4)]
    assert (found.limit, found.across[0].day) == (round(HEIGHT * (1 - 4 / 6), 1), date(2027, 1, 4))


def test_one_line_says_it_all_while_nobody_has_gone() -> None:
    found = rules_curve.curve({date(2027, 1, 4): 3}, {}, date(2027, 1, 4), labels=LABELS)
    assert found is not None
    assert [(line.label, line.last) for line in found.lines] == [("now", 3)]
    assert found.limit is None


def test_nobody_is_no_curve() -> None:
    assert rules_curve.curve({}, {}, date(2027, 1, 4), labels=LABELS) is None
