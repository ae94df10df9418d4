"""What lies between two drafts, what is in the way of taking it back, and how a step is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import i18n
from eventsite.programme import rules_drafts, rules_steps
from eventsite.programme.rules_drafts import Touched

ITEM = {
    "id": 1, "public_id": "a", "title": {"en": "Talk"}, "kind": "talk", "room_id": "hall", "cancelled_at": None, "number": "",
    "starts_at": "2027-03-11T09:00:00+00:00", "ends_at": "2027-03-11T09:30:00+00:00", "people": [],
}  # fmt: skip


def draft(**changed: Any) -> Any:
    return {("programme_item", "a"): {**ITEM, **changed}}


def between(before: Any, after: Any) -> list[Touched]:
    return rules_drafts.difference(before, after)


def test_same_draft_is_no_step() -> None:
    assert between(draft(), draft()) == []


def test_new_number_of_the_same_row_is_no_step() -> None:
    assert between(draft(), draft(id=7)) == []


def test_times_are_kept_together() -> None:
    (row,) = between(draft(), draft(ends_at="2027-03-11T10:00:00+00:00"))
    assert (row.before, row.columns) == (
        {"starts_at": ITEM["starts_at"], "ends_at": ITEM["ends_at"]},
        frozenset({"ends_at"}),
    )


@pytest.mark.parametrize(
    ("now", "names"),
    [
        (draft(room_id="attic"), []),
        (draft(room_id="attic", title={"en": "Other"}), []),
        (draft(room_id="cellar"), ["a"]),
        ({}, ["a"]),
    ],
)
def test_only_what_was_changed_since_is_in_the_way(now: Any, names: list[str]) -> None:
    rows = rules_drafts.turned(between(draft(), draft(room_id="attic")))
    assert [row.uid for row in rules_drafts.in_the_way(rows, now)] == names


def test_a_made_row_that_was_changed_stays() -> None:
    rows = rules_drafts.turned(between({}, draft()))
    assert rules_drafts.in_the_way(rows, draft()) == []
    assert rules_drafts.in_the_way(rows, draft(room_id=None)) == rows


columns = st.dictionaries(st.sampled_from(["room_id", "number", "starts_at", "ends_at"]), st.text(max_size=2))
drafts = st.dictionaries(
    st.tuples(st.sampled_from(["round", "programme_item"]), st.sampled_from("abc")),
    columns.map(lambda one: {**ITEM, **one}),
)


@given(drafts, drafts)
def test_difference_leads_there_and_back(before: Any, after: Any) -> None:
    rows = rules_drafts.read(rules_drafts.stored(rules_drafts.difference(before, after)))
    assert (led(before, rows), led(after, rules_drafts.turned(rows))) == (after, before)
    assert rules_drafts.in_the_way(rows, before) == rules_drafts.in_the_way(rules_drafts.turned(rows), after) == []


def led(draft: Any, rows: list[Touched]) -> Any:
    found = dict(draft)
    for row in rows:
        found[row.table, row.uid] = {**found.get((row.table, row.uid), {}), **(row.after or {})}
        if row.after is None:
            del found[row.table, row.uid]
    return found


@pytest.mark.parametrize(
    ("before", "after", "deed", "told"),
    [
        ({}, draft(), "edit", "“Talk” added"),
        (draft(), {}, "edit", "“Talk” deleted"),
        ({}, draft(), "undo", "Undone: “Talk” deleted"),
        ({}, draft(), "redo", "Brought back: “Talk” added"),
        (draft(), draft(cancelled_at="2027-01-11T09:00:00+00:00"), "edit", "“Talk” cancelled"),
        (draft(), draft(room_id="attic"), "edit", "“Talk” moved: Attic"),
        (draft(), draft(room_id="cellar"), "edit", "“Talk” moved: another room"),
        (draft(), draft(room_id=None), "edit", "“Talk” moved: no room"),
        (draft(), draft(title={"en": "Speech"}, people=[{}]), "edit", "“Speech” changed: People, Title"),
        (
            draft(),
            draft(starts_at="2027-03-11T09:15:00+00:00"),
            "edit",
            "“Talk” moved: 10:15–10:30, before 10:00–10:30",
        ),
        (
            draft(),
            draft(starts_at="2027-03-12T09:00:00+00:00", ends_at="2027-03-12T09:30:00+00:00"),
            "edit",
            "“Talk” moved: 12 March 2027, 10:00–10:30, before 11 March 2027, 10:00–10:30",
        ),
    ],
)
def test_step_is_told_in_one_sentence(before: Any, after: Any, deed: str, told: str) -> None:
    with i18n.use_language("en"), i18n.use_zone("Europe/Berlin"):
        assert rules_steps.sentence(between(before, after), deed, {"attic": "Attic"}) == told


def test_several_rows_are_counted() -> None:
    two = {("programme_item", uid): {**ITEM, "public_id": uid} for uid in "ab"}
    moved = {key: {**one, "room_id": None} for key, one in two.items()}
    with i18n.use_language("en"):
        assert rules_steps.sentence(between(two, moved)) == "2 items moved"
        assert rules_steps.sentence(between(two, moved | {("programme_item", "c"): ITEM})) == (
            "1 item added, 2 items moved"
        )
