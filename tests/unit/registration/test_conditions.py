"""Which questions are asked of whom: conditions in chains, deadlines, full options; and the order of the form."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from eventsite.core import i18n
from eventsite.registration import questions_faults
from eventsite.registration.questions import Asked
from eventsite.registration.questions_conditions import in_words, is_possible, settle
from eventsite.registration.questions_sections import in_order, moved
from tests.every_kind import ask

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def when(key: str, parent: str, *values: str, **changes: Any) -> Asked:
    return replace(ask("text", **changes), key=key, condition={"key": parent, "values": list(values)})


@pytest.mark.parametrize(
    ("parent", "answer", "values", "is_asked"),
    [
        ("yes_no", "yes", ("yes",), True),
        ("yes_no", "no", ("yes",), False),
        ("yes_no", "no", (), True),
        ("yes_no", "", (), False),
        ("single", "a", ("a", "b"), True),
        ("single", "c", ("a", "b"), False),
        ("multiple", ["a", "c"], ("c",), True),
        ("multiple", [], (), False),
        ("diet", {"chosen": ["b"], "other": ""}, ("b",), True),
        ("diet", {"chosen": [], "other": "ohne Paprika"}, (), True),
        ("diet", {"chosen": [], "other": "b"}, ("b",), False),
        ("consent", "y", ("yes",), True),
        ("consent", "", ("yes",), False),
        ("text", "anything", (), True),
        ("text", "  ", (), False),
    ],
)
def test_condition(parent: str, answer: Any, values: tuple[str, ...], is_asked: bool) -> None:
    first = ask(parent)
    form = [first, when("then", first.key, *values, is_required=True)]
    found = settle(form, {first.key: answer, "then": ""}, NOW)
    assert ("then" in found.problems) is is_asked
    kept = settle(form, {first.key: answer, "then": "said"}, NOW).values["then"]
    assert kept == ("said" if is_asked else None)


def test_unmet_condition_goes_through_a_chain() -> None:
    chain = [ask("yes_no"), when("second", "yes-no", "yes"), when("third", "second")]
    given_all = {"second": "b", "third": "c"}
    assert settle(chain, {"yes-no": "no", **given_all}, NOW).values == {"yes-no": False, "second": None, "third": None}
    assert settle(chain, {"yes-no": "yes", **given_all}, NOW).values == {"yes-no": True, "second": "b", "third": "c"}


@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (0, True), (1, True)])
def test_deadline_keeps_what_was_stored(minutes: int, is_late: bool) -> None:
    one, now = ask("text", answer_until=NOW, is_required=True), NOW + timedelta(minutes=minutes)
    changed = settle([one], {"text": "new"}, now, stored={"text": "old"})
    assert (changed.values["text"], bool(changed.problems)) == ((None, True) if is_late else ("new", False))
    unchanged = settle([one], {"text": "old"}, now, stored={"text": "old"})
    assert (unchanged.values["text"], unchanged.problems) == ("old", {})
    silent = settle([one], {}, now)
    assert bool(silent.problems) is not is_late  # nobody has to answer what can no longer be answered


def test_full_option_stays_with_whoever_holds_it() -> None:
    one = replace(ask("multiple"), question_id=7)
    full = {(7, "c")}
    assert settle([one], {"multiple": ["a", "c"]}, NOW, full=full).problems.keys() == {"multiple"}
    kept = settle([one], {"multiple": ["a", "c"]}, NOW, full=full, stored={"multiple": ["c"]})
    assert (kept.values, kept.problems) == ({"multiple": ["a", "c"]}, {})


@pytest.mark.parametrize(
    ("condition", "is_good"),
    [
        ({}, True),
        ({"key": "single", "values": ["a"]}, True),
        ({"key": "single", "values": []}, True),
        ({"key": "single", "values": ["foreign"]}, False),
        ({"key": "nothing", "values": []}, False),
        ({"key": "text", "values": []}, False),
        ({"key": "later", "values": []}, False),
    ],
)
def test_condition_needs_an_earlier_question(condition: dict[str, Any], is_good: bool) -> None:
    one = ask("text", condition=condition)
    form = [ask("single"), one, replace(ask("text"), key="later")]
    assert is_possible(one, form) is is_good
    assert (questions_faults.faults(one, form) == []) is is_good


def test_condition_in_words() -> None:
    by_key = {"single": ask("single"), "consent": ask("consent")}
    with i18n.use_language("en"):
        assert [in_words(when("x", *condition), by_key) for condition in (("single", "a", "b"), ("single",), ("consent", "yes"))] == [
            "Only if you answered “Question single” with: First or Second.",
            "Only if you answered “Question single”.",
            "Only if you agreed: “Question consent”.",
        ]  # fmt: skip


def places(*keys: str) -> list[Asked]:
    """Questions called like their section and a number: needs-1."""
    return [replace(ask("text"), key=key, section=key.split("-")[0]) for key in keys]


def test_sections_stand_together_with_about_you_first() -> None:
    found = in_order(places("needs-1", "around-1", "you-1", "needs-2"))
    assert [one.key for one in found] == ["you-1", "needs-1", "needs-2", "around-1"]


@pytest.mark.parametrize(
    ("key", "step", "expected"),
    [
        ("needs-2", -1, ["needs-2", "needs-1", "around-1"]),
        ("needs-1", 1, ["needs-2", "needs-1", "around-1"]),
        ("around-1", -1, ["around-1", "needs-1", "needs-2"]),
        ("needs-1", -1, ["needs-1", "needs-2", "around-1"]),
        ("around-1", 1, ["needs-1", "needs-2", "around-1"]),
    ],
)
def test_moving_takes_the_section_along_at_its_ends(key: str, step: int, expected: list[str]) -> None:
    assert moved(places("needs-1", "needs-2", "around-1"), key, step) == expected


_KEYS = ("you-1", "needs-1", "needs-2", "around-1", "around-2", "part-1")


@given(some.permutations(_KEYS), some.sampled_from(_KEYS), some.sampled_from([-1, 1]))
def test_moving_loses_nobody(keys: list[str], key: str, step: int) -> None:
    assert sorted(moved(places(*keys), key, step)) == sorted(keys)


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("Wann sind Sie geboren?", 1), ("Date of birth", 1), ("Wie alt sind Sie?", 1), ("Gender", 1), ("Anrede", 1), ("Titel", 1),
        ("Private Adresse", 1), ("Straße und Hausnummer", 1), ("Nationality", 1), ("IBAN", 1), ("Konfession", 1), ("Allergien?", 1),
        ("Behindertenparkplatz?", 1), ("Thema Ihres Vortrags", 0), ("Mit welcher Straßenbahn?", 0), ("Verwaltung", 0), ("Alternative", 0),
        ("Stage", 0), ("Arbeitsort", 0),
    ],
)  # fmt: skip
def test_what_a_meeting_does_not_need_is_recognised(label: str, count: int) -> None:
    one = Asked(key="q", kind="text", label={"de": label})
    assert len(questions_faults.warnings(one)) == count
    assert len(questions_faults.warnings(replace(one, kind="file"))) == count + 1
