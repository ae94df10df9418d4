"""Access needs as tasks: their dates, what counts, and what must be called off."""

from datetime import date
from typing import Any

import pytest

from eventsite.registration import library, rules_access
from eventsite.registration.rules_access import Task

STARTS = date(2027, 3, 11)


def task(**values: Any) -> Task:
    usual = {"registration": "a", "name": "Ada", "status": "confirmed", "holds_place": True, "question_id": 1}
    return Task(**{**usual, "need": "wheelchair", "words": "Rollstuhl", "due_on": STARTS, **values})


@pytest.mark.parametrize(
    ("need", "own", "day"),
    [
        ("sign-language", {}, date(2027, 1, 14)),
        ("sign-language", {"sign-language": 70}, date(2026, 12, 31)),
        ("wheelchair", {"sign-language": 70}, date(2027, 2, 18)),
        (rules_access.OTHER, {}, date(2027, 2, 18)),
        ("wheelchair", {"wheelchair": 0}, STARTS),
    ],
)
def test_day_until_when(need: str, own: dict[str, int], day: date) -> None:
    assert rules_access.due_on(STARTS, need, own) == day


def test_every_ready_need_has_its_days() -> None:
    assert {str(option["key"]) for option in library.ACCESS.options} == set(rules_access.DAYS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, []),
        ("text", []),
        ({"chosen": [], "other": ""}, []),
        ({"chosen": ["wheelchair", "gone"], "other": "Hund"}, ["Rollstuhl", "gone", "Hund"]),
    ],
)
def test_needs_of_an_answer(value: Any, expected: list[str]) -> None:
    assert [words for _key, words in rules_access.needs(value, {"wheelchair": "Rollstuhl"})] == expected


def test_open_ones_stand_by_date_and_people_without_a_place_wait() -> None:
    late, early = task(name="Late"), task(name="Early", due_on=date(2027, 1, 1))
    waiting, gone = task(status="waiting", holds_place=False), task(status="cancelled", holds_place=False)
    done = task(state="arranged")
    assert rules_access.to_do([late, early, waiting, gone, done]) == [early, late]
    assert rules_access.settled([late, done, gone]) == [done]


def test_arranged_for_somebody_who_does_not_come_is_called_off() -> None:
    gone = task(status="cancelled", holds_place=False, state="arranged")
    assert rules_access.to_call_off([gone, task(state="arranged"), task(status="cancelled")]) == [gone]
