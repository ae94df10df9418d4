"""Copying an event: dates keep their time of day, their order and their lengths, across months and changed clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.site import rules_copying as rules
from eventsite.site.rules_copying import Shift

BERLIN = ZoneInfo("Europe/Berlin")
walls = st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31)).map(lambda one: one.replace(second=0, microsecond=0))  # noqa: DTZ001
spans = st.integers(1, 60 * 24 * 3)


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN)  # type: ignore[misc,arg-type]


def wall(instant: datetime) -> datetime:
    return instant.astimezone(BERLIN).replace(tzinfo=None, fold=0)


def exists(one: datetime) -> bool:
    """Whether a clock in Berlin shows this exactly once."""
    aware = one.replace(tzinfo=BERLIN)
    return aware.utcoffset() == aware.replace(fold=1).utcoffset()


@given(walls, st.integers(-2000, 2000), st.lists(st.tuples(st.integers(-90_000, 90_000), spans), max_size=6))
def test_times_lengths_and_order_are_kept_by_the_clock_on_the_wall(start, days, planned) -> None:
    shift = Shift(start.replace(tzinfo=BERLIN), (start + timedelta(days=days)).replace(tzinfo=BERLIN), "Europe/Berlin")
    moved_starts = []
    for offset, length in sorted(planned):
        first = start + timedelta(minutes=offset)
        last, by = first + timedelta(minutes=length), wall(shift.after) - wall(shift.before)
        before = (first.replace(tzinfo=BERLIN).astimezone(UTC), last.replace(tzinfo=BERLIN).astimezone(UTC))
        moved = shift.span(*before)
        assert (moved[1] > moved[0]) == (before[1] > before[0])
        if all(exists(one) for one in (first, last, first + by, last + by)):
            assert (wall(moved[0]), wall(moved[1])) == (first + by, last + by)
            assert shift.deadline(before[0]) == (first + timedelta(days=shift.days)).replace(tzinfo=BERLIN)
            assert not shift.is_skipped(before[0], moved[0])
            moved_starts.append(moved[0])
    assert moved_starts == sorted(moved_starts)


def test_a_start_at_another_hour_moves_the_programme_but_no_deadline_into_the_next_day() -> None:
    shift = Shift(berlin(2027, 3, 11, 9, 30), berlin(2028, 3, 9, 11), "Europe/Berlin")
    assert shift.time(berlin(2027, 3, 11, 13)) == berlin(2028, 3, 9, 14, 30)
    assert shift.deadline(berlin(2027, 2, 25, 23, 59)) == berlin(2028, 2, 24, 23, 59)
    assert shift.day("2027-03-10") == "2028-03-08"
    assert shift.day("next week") == "next week"


def test_time_that_the_clocks_skip_comes_an_hour_later_and_is_told() -> None:
    shift = Shift(berlin(2026, 3, 27, 18), berlin(2027, 3, 27, 18), "Europe/Berlin")
    night = (berlin(2026, 3, 28, 2, 30), berlin(2026, 3, 28, 3))
    start, end = shift.span(*night)
    assert (wall(start), wall(end)) == (datetime(2027, 3, 28, 3, 30), datetime(2027, 3, 28, 4))  # noqa: DTZ001
    assert [shift.is_skipped(before, after) for before, after in zip(night, (start, end), strict=True)] == [True, True]
    assert shift.is_skipped(night[0], shift.deadline(night[0]), is_deadline=True)


def test_night_in_which_an_hour_comes_twice_keeps_lengths() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    start, end = Shift(berlin(2026, 10, 24, 18), berlin(2027, 10, 23, 18), "Europe/Berlin").span(*twice)
    assert end - start == timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "same_weekday", "expected"),
    [
        ((2027, 3, 11), True, (2028, 3, 9)),  # a Thursday
        ((2027, 3, 11), False, (2028, 3, 11)),
        ((2027, 1, 1), True, (2027, 12, 31)),  # a Friday: the nearest one lies in the old year
        ((2024, 2, 29), False, (2027, 2, 28)),
        ((2019, 5, 6), True, (2027, 5, 3)),  # the next one that is still to come
        ((2026, 1, 13), True, (2027, 1, 12)),
    ],
)
def test_day_that_is_proposed(day, same_weekday, expected) -> None:
    found = rules.next_day(date(*day), date(2027, 1, 11), same_weekday=same_weekday)
    assert found == date(*expected)
    assert not same_weekday or found.weekday() == date(*day).weekday()


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.booleans())
def test_proposed_day_is_still_to_come_and_near_the_date(day, today, same_weekday) -> None:
    found = rules.next_day(day, today, same_weekday=same_weekday)
    assert found > max(day, today)
    assert (found.weekday() == day.weekday()) or not same_weekday
    assert (
        min(abs((found - rules._in_year(day, year)).days) for year in (found.year - 1, found.year, found.year + 1)) <= 3
    )


@pytest.mark.parametrize(
    ("slug", "taken", "expected"),
    [
        ("kassel-2027", {"kassel-2027"}, "kassel-2028"),
        ("kassel", {"kassel"}, "kassel-2028"),
        ("kassel", {"kassel", "kassel-2028", "kassel-2028-2"}, "kassel-2028-3"),
        ("x" * 60, {"x" * 60}, "x" * 54 + "-2028"),
        ("20271", set(), "20271-2028"),
    ],
)
def test_address_of_the_copy_is_free(slug, taken, expected) -> None:
    assert rules.slug_for(slug, 2027, 2028, taken) == expected


def test_people_come_along_only_with_their_programme() -> None:
    assert rules.wanted_parts(["people", "pages", "nothing"]) == {"pages"}
    assert rules.wanted_parts(["people", "programme"]) == {"people", "programme"}
    assert rules.with_year("Fachtag 2027 (12027)", 2027, 2028) == "Fachtag 2028 (12027)"
