"""Proposals: no deed leads where it must not, times of a call, ratings hidden until one has rated, the list as asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from eventsite.proposals import rules, rules_list
from eventsite.proposals.rules import DEEDS, MAY_LAND, OPEN_STATES, Rated, State, Times
from eventsite.proposals.rules_list import Row, Wanted

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOLD = {State.ACCEPTED, State.WAITING, State.REJECTED}


@given(some.sampled_from([State.UNCONFIRMED, State.DRAFT]), some.lists(some.sampled_from(sorted(DEEDS)), max_size=30))
def test_every_life_of_a_proposal_makes_sense(start: State, deeds: list[str]) -> None:
    lived: list[State] = [start]
    for deed in deeds:
        target = rules.after(lived[-1], deed)
        if target is not None:
            lived.append(target)
    assert len(set(lived) & {State.UNCONFIRMED, State.DRAFT}) == 1  # what was sent off never is a draft again
    assert lived[1:2] in ([], [State.SUBMITTED])
    if State.CONFIRMED in lived:
        assert lived[lived.index(State.CONFIRMED) - 1] is State.ACCEPTED
    for end in (State.WITHDRAWN, State.DECLINED):
        assert end not in lived[:-1]
    if lived[-1] in MAY_LAND:
        assert State.ACCEPTED in lived
    for state, following in pairwise(lived):
        assert state != following
        if state in TOLD:  # nothing that was told is taken back behind somebody's back
            assert following not in OPEN_STATES


def test_deeds_and_states_are_complete() -> None:
    reached = {target for _allowed, target in DEEDS.values()}
    assert reached | {State.UNCONFIRMED, State.DRAFT} == set(State) == set(rules.STATE_LABELS)
    assert set(rules.DECISIONS) == {"accept", "reserve", "reject"}
    with pytest.raises(KeyError):
        rules.after(State.DRAFT, "nothing")


@pytest.mark.parametrize(
    ("call", "is_off", "state", "change"),
    [
        (None, False, "hidden", None),
        (Times(None, NOW + HOUR), False, "hidden", None),
        (Times(NOW + HOUR, None), False, "planned", NOW + HOUR),
        (Times(NOW + HOUR, NOW + 2 * HOUR), False, "planned", NOW + HOUR),
        (Times(NOW, NOW + HOUR), False, "open", NOW + HOUR),
        (Times(NOW, None), False, "open", None),
        (Times(NOW - HOUR, NOW), False, "closed", None),
        (Times(NOW - HOUR, NOW + HOUR), True, "closed", NOW + HOUR),
    ],
)
def test_state_of_a_call(call: Times | None, is_off: bool, state: str, change: datetime | None) -> None:
    assert (rules.call_state(call, NOW, is_off=is_off), rules.next_change(call, NOW)) == (state, change)


def test_who_may_change_and_what_is_shown() -> None:
    may = {state for state in State if rules.may_change(state, "open")}
    assert may == {State.UNCONFIRMED, State.DRAFT, State.SUBMITTED, State.REVIEW}
    assert {state for state in State if rules.may_change(state, "closed")} == set()
    assert {rules.shown_state(state) for state in State} == {str(s) for s in State if s is not State.REVIEW}


@given(some.lists(some.sampled_from(rules.MARKS)), some.none() | some.sampled_from(rules.MARKS))
def test_ratings_are_told_after_the_own_one(others: list[int], mine: int | None) -> None:
    marks = [*others, *([mine] if mine else [])]
    found = rules.rated(marks, mine)
    assert (found is None) == (not marks)
    if found is not None:
        assert min(marks) <= found.average <= max(marks) and found.number == len(marks) and found.spread >= 0
    assert (rules.told(found) is None) == (mine is None)


def test_what_lapses_and_is_forgotten() -> None:
    day = timedelta(days=1)
    assert rules.lapses_at("unconfirmed", NOW, NOW, NOW + day) == NOW + day
    assert rules.lapses_at("draft", NOW, NOW + day, None) == NOW + 91 * day
    assert rules.lapses_at("submitted", NOW, NOW, None) is None
    forgotten = {state for state in State if rules.is_forgotten(state, NOW, 6, NOW + 183 * day)}
    assert forgotten == {State.REJECTED, State.DECLINED, State.WITHDRAWN}
    assert not rules.is_forgotten("rejected", NOW, 6, NOW + 182 * day)


def row(uid: str, **values: object) -> Row:
    about = {"title": f"Titel {uid}", "kind": "workshop", "state": "review", "submitted_at": NOW}
    return Row(uid=uid, **{**about, **values})  # type: ignore[arg-type]


ROWS = [
    row("a", title="Ärzte vor Ort", tags=("Land",), rated=Rated(2, 5.0, 0.0, None), names=("Ann",)),
    row("b", title="Bildung", kind="talk", rated=Rated(1, 2.0, 0.0, 2), submitted_at=NOW + HOUR),
    row("c", title="Zukunft", state="accepted", decision="", organisations=("Stadt Kassel",)),
    row("d", title="Arbeit", decision="reject", rated=Rated(1, 4.0, 0.0, 4)),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "bacd"),
        ({"sort": "title"}, "dabc"),
        ({"sort": "rating"}, "dbac"),  # the five of others must not show
        ({"mine": "missing"}, "a"),
        ({"tag": "Land"}, "a"),
        ({"kind": "talk"}, "b"),
        ({"state": "accepted"}, "c"),
        ({"state": "decided"}, "d"),
        ({"q": "kassel ZUKUNFT"}, "c"),
        ({"q": "niemand"}, ""),
        ({"state": "nonsense", "sort": "nonsense", "mine": "nonsense"}, "bacd"),
    ],
)
def test_list_shows_what_is_asked(asked: dict[str, str], found: str) -> None:
    wanted = rules_list.read(asked)
    assert "".join(one.uid for one in rules_list.fitting(ROWS, wanted)) == found
    assert rules_list.read(wanted.arguments()) == wanted


def test_names_cannot_be_searched_where_they_are_hidden() -> None:
    hidden = rules_list.without_names(ROWS)
    assert rules_list.fitting(hidden, Wanted(text="Ann")) == []
    assert hidden[1] == replace(ROWS[1], names=(), organisations=())
