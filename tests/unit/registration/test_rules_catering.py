"""Plates per meal: each person once, remarks counted as words, those who said no stay away."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from eventsite.registration import rules_catering
from eventsite.registration.rules_catering import Guest, Meal

VEGAN, BOTH = Guest(("vegan",)), Guest(("vegan", "gluten-free"), "ohne Sellerie")


def meal(uid: str, hour: int, minutes: int) -> Meal:
    start = datetime(2027, 3, 11, hour, tzinfo=UTC)
    return Meal(uid, {"de": uid}, start, start + timedelta(minutes=minutes))


def test_plates_add_up_to_the_people() -> None:
    found = rules_catering.plates(10, [VEGAN, VEGAN, BOTH, Guest((), "Ohne Sellerie"), Guest()], "")
    assert (found.people, found.usual) == (10, 6)
    assert dict(found.kinds) == {("vegan",): 2, ("vegan", "gluten-free"): 1, (): 1}
    assert dict(found.diets) == {"vegan": 3, "gluten-free": 1}
    assert dict(found.others) == {"ohne Sellerie": 2}
    assert found.usual + sum(found.kinds.values()) == found.people


def test_who_said_no_to_the_meal_stays_away() -> None:
    guests = [VEGAN, Guest(("vegan",), refused=frozenset({"lunch"})), Guest(refused=frozenset({"lunch"}))]
    found = rules_catering.plates(5, guests, "lunch")
    assert (found.people, found.usual, dict(found.diets)) == (3, 2, {"vegan": 1})
    assert rules_catering.plates(5, guests, "").people == 5


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, Guest()),
        ({"diet": ("diet", {"chosen": ["vegan"], "other": "x"})}, Guest(("vegan",), "x")),
        ({"diet": ("diet", None), "lunch": ("yes_no", False)}, Guest(refused=frozenset({"lunch"}))),
        ({"lunch": ("yes_no", True), "diet": ("diet", "strange")}, Guest()),
    ],
)
def test_guest_is_read_from_answers(answers: Any, expected: Guest) -> None:
    assert rules_catering.guest(answers) == expected


def test_long_breaks_are_meals_and_short_ones_where_there_are_no_others() -> None:
    coffee, lunch, dinner = meal("coffee", 10, 30), meal("lunch", 12, 60), meal("dinner", 19, 120)
    assert rules_catering.usual_meals([coffee, lunch, dinner]) == ["lunch", "dinner"]
    assert rules_catering.usual_meals([coffee]) == ["coffee"]


@pytest.mark.parametrize(
    ("hour", "keys", "expected"),
    [(12, {"lunch", "evening"}, "lunch"), (19, {"lunch", "evening"}, "evening"), (12, set(), ""), (9, {"lunch"}, "")],
)
def test_meal_finds_its_question_by_the_hour(hour: int, keys: set[str], expected: str) -> None:
    assert rules_catering.usual_question(meal("x", hour, 60), keys) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("  Ohne   Sellerie ", "ohne Sellerie"), ("FODMAP", "FODMAP"), ("e", "e"), ("", "")]
)
def test_same_words_are_the_same_remark(text: str, expected: str) -> None:
    assert rules_catering.line(text) == expected


def test_most_frequent_stands_first() -> None:
    columns = [rules_catering.plates(9, [VEGAN, BOTH, Guest(("halal",)), VEGAN], "")]
    found = rules_catering.rows(columns, "diets", {"vegan": "vegan", "halal": "halal", "gluten-free": "glutenfrei"})
    assert [(row.words, row.numbers) for row in found] == [("vegan", [3]), ("glutenfrei", [1]), ("halal", [1])]
