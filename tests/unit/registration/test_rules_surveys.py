"""Follow-up forms: when they are open, what they need, what answers come to, and what few anonymous ones hide."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from eventsite.core import i18n
from eventsite.registration import library, rules_surveys
from eventsite.registration.library_surveys import FEEDBACK
from eventsite.registration.questions import Asked
from eventsite.registration.questions_faults import faults
from eventsite.registration.rules_surveys import Sheet
from tests.every_kind import ATTENDANCE

NOW = datetime(2027, 3, 12, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
OVERALL = replace(FEEDBACK[0], question_id=1)
GOOD = replace(FEEDBACK[1], question_id=2)
NUMBER = Asked("hours", "number", {"de": "Stunden"}, question_id=3)
FOOD = replace(library.DIET, question_id=4)


@dataclass
class Times:
    sent_at: datetime | None = NOW - HOUR
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@pytest.mark.parametrize(
    ("times", "state"),
    [
        (Times(sent_at=None), "draft"),
        (Times(), "open"),
        (Times(opens_at=NOW + HOUR), "planned"),
        (Times(opens_at=NOW), "open"),
        (Times(closes_at=NOW + HOUR), "open"),
        (Times(closes_at=NOW), "closed"),
    ],
)
def test_state(times: Times, state: str) -> None:
    assert rules_surveys.state(times, NOW) == state


def test_ready_questions_may_be_asked_as_they_are_also_without_a_name() -> None:
    assert [faults(one, FEEDBACK) for one in FEEDBACK] == [[]] * 5
    assert rules_surveys.faults(FEEDBACK, is_anonymous=True, purpose={"de": "Besser werden"}) == []
    assert [one.kind for one in FEEDBACK] == ["single", "long_text", "long_text", "single", "yes_no"]


def test_form_needs_questions_and_purpose_and_asks_nothing_that_tells_who_it_is() -> None:
    places = replace(OVERALL, options=({"key": "a", "label": {"de": "A"}, "places": 3},))
    with i18n.use_language("en"):
        assert len(rules_surveys.faults([], is_anonymous=True, purpose={})) == 2
        assert len(rules_surveys.faults([library.PHONE, places], is_anonymous=True, purpose={"de": "x"})) == 2
        assert rules_surveys.faults([library.PHONE, places], is_anonymous=False, purpose={"de": "x"}) == []
        assert len(rules_surveys.faults([ATTENDANCE], is_anonymous=False, purpose={"de": "x"})) == 1


def sheets(number: int) -> list[Sheet]:
    values = ["5", "4", "5", "1", "5", "4", "5"]
    return [
        Sheet({1: (OVERALL, values[n]), **({2: (GOOD, f"Satz {9 - n}")} if n < 5 else {})}, on=NOW.date())
        for n in range(number)
    ]


def test_figures_are_counted_in_the_order_of_the_form_and_texts_in_that_of_the_alphabet() -> None:
    with i18n.use_language("de"):
        overall, good = rules_surveys.results([OVERALL, GOOD], sheets(7), is_anonymous=True)
        assert [(row["label"], row["value"]) for row in overall.rows] == [
            ("sehr gut", 4), ("gut", 2), ("mittel", 0), ("weniger gut", 0), ("nicht gut", 1),
        ]  # fmt: skip
    assert good.texts == ["Satz 5", "Satz 6", "Satz 7", "Satz 8", "Satz 9"]
    assert (overall.answered, good.answered) == (7, 5)


@pytest.mark.parametrize(
    ("number", "is_anonymous", "told"), [(4, True, False), (5, True, True), (1, False, True), (0, False, False)]
)
def test_few_anonymous_sheets_are_a_number_only(number: int, is_anonymous: bool, told: bool) -> None:
    assert rules_surveys.is_told(number, is_anonymous=is_anonymous) is told


def test_a_question_few_have_answered_stays_hidden_among_many_sheets() -> None:
    few = [*sheets(4), *(Sheet({2: (GOOD, "Kaffee")}) for _n in range(3))]
    assert rules_surveys.hidden_columns([OVERALL, GOOD], few, is_anonymous=True) == {1}
    assert rules_surveys.hidden_columns([OVERALL, GOOD], few, is_anonymous=False) == set()
    hidden = rules_surveys.results([OVERALL], few, is_anonymous=True)[0]
    assert (hidden.is_hidden, hidden.answered, hidden.rows, hidden.texts) == (True, 4, [], [])


def test_numbers_lists_with_a_line_of_their_own_and_answers_no_longer_offered() -> None:
    given = [
        Sheet({3: (NUMBER, 10), 4: (FOOD, {"chosen": ["vegan"], "other": "ohne Sellerie"})}, name="A"),
        Sheet({3: (NUMBER, 2), 4: (FOOD, {"chosen": [], "other": "Tee"})}, name="B"),
    ]
    with i18n.use_language("de"):
        number, food = rules_surveys.results([NUMBER, FOOD], given, is_anonymous=False)
        assert [(row["label"], row["value"]) for row in number.rows] == [("2", 1), ("10", 1)]
        assert (number.average, food.texts, food.rows[0]["value"]) == (6.0, ["ohne Sellerie", "Tee"], 1)
        newer = replace(FOOD, options=FOOD.options[1:])
        again = rules_surveys.results([newer], given, is_anonymous=False)[0]
        assert (again.rows[-1]["label"], again.rows[-1]["value"]) == ("vegan", 1)


def test_health_is_left_out_for_whoever_may_not_see_it() -> None:
    assert rules_surveys.visible([OVERALL, FOOD], may_see_sensitive=False) == [OVERALL]
    assert rules_surveys.visible([OVERALL, FOOD], may_see_sensitive=True) == [OVERALL, FOOD]


def test_rate_and_keys() -> None:
    assert (rules_surveys.rate(1, 3), rules_surveys.rate(0, 0)) == (33, 0)
    assert rules_surveys.fresh_key("good", {"good", "good-2"}) == "good-3"
