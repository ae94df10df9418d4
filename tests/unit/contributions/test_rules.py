"""What is wanted and missing, how two people's words are joined, what changed between two texts, when a link ends."""

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.contributions import rules
from eventsite.contributions.rules import Facts

LEAD = frozenset({"lead"})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(roles=LEAD), ["answer", "biography", "portrait", "words", "technology", "travel", "consents"]),
        (Facts(), ["answer", "biography", "portrait", "technology", "travel", "consents"]),
        (Facts(answer="no", roles=LEAD), []),
        (Facts(answer="yes", given=frozenset(rules.USUAL), roles=LEAD), []),
        (Facts(answer="yes", given=frozenset(rules.USUAL) - {"words"}, open=frozenset({"words"}), roles=LEAD), []),
        (Facts(answer="yes", given=frozenset(rules.USUAL), returned=frozenset({"biography"})), ["biography"]),
    ],
)
def test_what_is_missing(facts: Facts, expected: list[str]) -> None:
    assert rules.missing(rules.cells(facts, rules.USUAL)) == expected


def test_what_nobody_asks_for_is_shown_where_it_came() -> None:
    states = rules.cells(Facts(answer="yes", given=frozenset({"materials"}), roles=LEAD), ("materials", "words"))
    assert states == {
        "answer": "done", "biography": "none", "portrait": "none", "words": "missing", "technology": "none",
        "travel": "none", "consents": "none", "materials": "done",
    }  # fmt: skip


def test_two_people_in_different_fields_are_joined() -> None:
    seen = rules.seen_of({"name": "Ada", "organisation": "Amt"})
    stored = {"name": "Dr. Ada", "organisation": "Amt"}
    assert rules.merged({"name": "Ada", "organisation": "Stadt"}, stored, seen) == {
        "name": "Dr. Ada",
        "organisation": "Stadt",
    }


def test_two_people_in_one_field_clash() -> None:
    with pytest.raises(rules.Clash) as clash:
        rules.merged({"name": "Ada B"}, {"name": "Dr. Ada"}, rules.seen_of({"name": "Ada"}))
    assert (clash.value.fields, clash.value.stored) == (["name"], {"name": "Dr. Ada"})


def test_same_words_of_two_people_do_not_clash() -> None:
    typed = {"biography": {"de": "Forscht.", "en": ""}}
    seen = rules.seen_of({"biography": {}})
    assert rules.merged(typed, {"biography": {"de": "Forscht."}}, seen) == typed


@given(st.text(max_size=60), st.text(max_size=60))
def test_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    pieces = rules.difference(before, after)
    assert "".join(piece for kind, piece in pieces if kind != "in") == before
    assert "".join(piece for kind, piece in pieces if kind != "out") == after


def test_difference_names_the_words() -> None:
    assert rules.difference("Sie forscht viel", "Sie lehrt viel") == [
        ("same", "Sie "),
        ("out", "forscht"),
        ("in", "lehrt"),
        ("same", " viel"),
    ]


@pytest.mark.parametrize(("word", "pieces"), [("a ", 2), ("a\n", 2)])
def test_difference_of_endless_repetition_is_told_at_once(word: str, pieces: int) -> None:
    before, after = word * 5000, (word * 3 + "b ") * 1250
    start = monotonic()
    assert len(rules.difference(before, after)) == pieces
    assert monotonic() - start < 1


def test_link_ends_some_weeks_after_the_last_event() -> None:
    first, last = datetime(2027, 3, 11, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC)
    assert rules.link_end([last, first]) == last + timedelta(days=60)
    assert rules.link_end([]) is None


@pytest.mark.parametrize(
    ("typed", "days"), [("", []), ("3, 14", [14, 3]), ("21;7 1", [21, 7, 1]), ("0", [0]), ("60", [60])]
)
def test_days_before_are_read(typed: str, days: list[int]) -> None:
    assert rules.reminder_days(typed) == days


@pytest.mark.parametrize("typed", ["bald", "61", "3, 3", "-1", "1 2 3 4 5 6", "٣"])
def test_bad_days_are_refused(typed: str) -> None:
    with pytest.raises(rules.Refused):
        rules.reminder_days(typed)


def test_reminders_keep_their_hour_over_the_change_of_clocks() -> None:
    due = datetime(2027, 4, 2, 16, tzinfo=UTC)  # summer time began on 28 March
    instants = rules.reminder_instants(due, [10, 2], "Europe/Berlin")
    assert instants == [datetime(2027, 3, 23, 8, tzinfo=UTC), datetime(2027, 3, 31, 7, tzinfo=UTC)]
    assert rules.due_reminder(instants, instants[0], instants[1]) == instants[1]
    assert rules.due_reminder(instants, instants[1], instants[1] + timedelta(hours=1)) is None
    assert rules.due_reminder(instants, instants[0], instants[1] + timedelta(days=4)) is None


@pytest.mark.parametrize(("hour", "is_day"), [(6, False), (7, True), (18, True), (19, False)])
def test_day_is_between_eight_and_twenty(hour: int, is_day: bool) -> None:
    assert rules.is_day(datetime(2027, 1, 11, hour, 0, tzinfo=UTC), "Europe/Berlin") is is_day
