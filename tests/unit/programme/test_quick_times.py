"""Times and days as people type them, the plan they make, and nights on which the clocks are changed."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from eventsite.core import i18n
from eventsite.programme import rules_quick, rules_quick_schedule, rules_times
from eventsite.programme import rules_quick_times as times
from eventsite.programme.rules_quick import Setting

FIRST, LAST = date(2027, 3, 11), date(2027, 3, 13)  # Thursday to Saturday


@pytest.mark.parametrize(
    ("typed", "starts", "ends", "rest"),
    [
        ("10:30 X", (10, 30), None, "X"),
        ("10.30–11 Uhr X", (10, 30), (11, 0), "X"),
        ("9 Uhr X", (9, 0), None, "X"),
        ("9–10 Uhr: X", (9, 0), (10, 0), "X"),
        ("von 9 bis 10.15 Uhr X", (9, 0), (10, 15), "X"),
        ("from 9:00 to 10:00 X", (9, 0), (10, 0), "X"),
        ("ab 18 Uhr X", (18, 0), None, "X"),
        ("9h30 X", (9, 30), None, "X"),
        ("9:00 - 10:00 | X", (9, 0), (10, 0), "X"),
        ("10:30:00\tX", (10, 30), None, "X"),
        ("22:00–24:00 X", (22, 0), (0, 0), "X"),
        ("10:30", (10, 30), None, ""),
        ("19:00 am Fluss", (19, 0), None, "am Fluss"),
        ("10:30-11:00 Uhr – X", (10, 30), (11, 0), "X"),
    ],
)
def test_times_are_read_and_leave_the_rest(typed: str, starts: Any, ends: Any, rest: str) -> None:
    found = times.clock(typed, "de")
    assert found == (times.Clock(time(*starts), time(*ends) if ends else None), rest)


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("9 am X", (9, 0), None),
        ("12 am X", (0, 0), None),
        ("12:30 p.m. X", (12, 30), None),
        ("9–10:30 pm X", (21, 0), (22, 30)),
        ("11–1 pm X", (11, 0), (13, 0)),
        ("9:30am–1pm X", (9, 30), (13, 0)),
    ],
)
def test_english_halves_of_the_day(typed: str, starts: Any, ends: Any) -> None:
    assert times.clock(typed, "en") == (times.Clock(time(*starts), time(*ends) if ends else None), "X")


@pytest.mark.parametrize("typed", ["3 Fragen", "10.3.27 X", "2027", "X 10:30", "10:3 X", "", "100:30 X", "10.30.00.1"])
def test_what_is_no_time_is_left_alone(typed: str) -> None:
    assert times.clock(typed, "de") is None


@pytest.mark.parametrize("typed", ["25:00 X", "10:75 X", "24:00 X", "10:00–24:30 X", "13 pm X"])
def test_times_that_no_clock_shows_are_told(typed: str) -> None:
    found = times.clock(typed)
    assert found is not None and found[0].is_wrong


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Donnerstag, 11. März 2027", 11),
        ("Do, 11.3.", 11),
        ("12.03.27", 12),
        ("Thursday, 11 March", 11),
        ("March 12th, 2027", 12),
        ("2027-03-13", 13),
        ("Freitag", 12),
        ("## Tag 2", 12),
        ("Day 3: Saturday", 13),
        ("Zweiter Tag", 12),
        ("2. Tag (Freitag)", 12),
        ("Fri:", 12),
        ("Tag 1 – Donnerstag, 11.03.", 11),
    ],
)
def test_headings_name_a_day_of_the_event(typed: str, day: int) -> None:
    assert times.day(typed, FIRST, LAST) == (date(2027, 3, day), "")


@pytest.mark.parametrize(("typed", "expected"), [("30.02.2027", None), ("Montag", None), ("99.99.", None)])
def test_days_that_do_not_exist_are_told(typed: str, expected: None) -> None:
    assert times.day(typed, FIRST, LAST) == (expected, "")


@pytest.mark.parametrize(
    "typed", ["10:30 X", "Do it yourself", "Maiglöckchen", "Sonntagsfrage heute", "Tagung", "2 Fragen"]
)
def test_what_is_no_day_is_left_alone(typed: str) -> None:
    assert times.day(typed, FIRST, LAST) is None


def planned(typed: str, first: date = FIRST, last: date = LAST) -> list[Any]:
    """Local start and end, round, and the sentences of each line."""
    setting = Setting(first, last)
    with i18n.use_language("en"):
        return [
            (
                e.line.title,
                *(i18n.format_datetime(t, "Europe/Berlin")[-5:] if t else "" for t in (e.starts_at, e.ends_at)),
                e.round,
                [str(found) for found in (*e.problems, *e.notes)],
            )
            for e in rules_quick_schedule.plan(rules_quick.read(typed, setting), setting, "Europe/Berlin")
        ]


def test_missing_ends_are_the_next_beginning_or_an_hour() -> None:
    assert planned("9:00 A\n9:30 B\n16:00 C") == [
        ("A", "09:00", "09:30", None, []),
        ("B", "09:30", "10:30", None, ["No end was given: an hour is assumed."]),
        ("C", "16:00", "17:00", None, ["No end was given: an hour is assumed."]),
    ]


def test_workshops_below_a_round_and_in_its_time_belong_to_it() -> None:
    found = planned("9:00–11:00 Workshops\n- A\n9:30–10:30 Workshop: B\n11:00–12:00 Workshop: C")
    assert [(title, start, end, round_) for title, start, end, round_, _told in found] == [
        ("Workshops", "09:00", "11:00", None),
        ("A", "09:00", "11:00", 1),
        ("B", "09:30", "10:30", 1),
        ("C", "11:00", "12:00", None),
    ]


def test_end_before_the_start_is_the_next_day_and_the_same_is_no_end() -> None:
    assert planned("22:00–01:00 A\n10:00–10:00 B") == [
        ("A", "22:00", "01:00", None, ["It ends on the next day."]),
        ("B", "10:00", "10:00", None, ["The end must come after the start."]),
    ]


def test_day_outside_of_the_event_is_asked_about() -> None:
    assert planned("15.03.\n9:00–10:00 A") == [
        ("A", "09:00", "10:00", None, ["15 March 2027 is not a day of the event."])
    ]


def test_night_on_which_the_clocks_go_forward_has_no_half_past_two() -> None:
    night = date(2027, 3, 28)
    skipped = "This time does not exist: the clocks are put forward at that moment."
    assert planned("2:30–4:00 A\n1:30–3:30 B", night, night) == [
        ("A", "", "", None, [skipped]),
        ("B", "01:30", "03:30", None, []),
    ]


def test_night_on_which_the_clocks_go_back_has_it_twice() -> None:
    night = date(2027, 10, 31)
    twice = "This time comes twice, since the clocks are put back; the first one is meant."
    assert planned("2:30–4:00 A\n4:00–5:00 B", night, night) == [
        ("A", "02:30", "04:00", None, [twice]),
        ("B", "04:00", "05:00", None, []),
    ]


@pytest.mark.parametrize(("hour", "expected"), [(0, True), (1, True), (2, False), (23, False)])
def test_which_times_come_twice(hour: int, expected: bool) -> None:
    day = 30 if hour == 23 else 31
    assert rules_times.comes_twice(datetime(2027, 10, day, hour, 15, tzinfo=UTC), "Europe/Berlin") == expected
