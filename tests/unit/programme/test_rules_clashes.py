"""Clashes of a draft: each kind by example, and all of them against what they mean, minute by minute."""

from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import i18n
from eventsite.programme import rules, rules_clashes
from eventsite.programme.rules_clashes import Planned, PlannedRound
from tests.unit.programme.rows import hour

START, END = hour(8), hour(18)


def planned(uid: str, start: int = 9, end: int = 10, **values: Any) -> Planned:
    return Planned(uid, uid.upper(), values.pop("kind", "talk"), hour(start), hour(end), **values)


def found(*items: Planned) -> list[tuple[str, tuple[str, ...]]]:
    return [(clash.kind, clash.items) for clash in rules_clashes.clashes(items, START, END)]


def test_plain_programme_has_no_clash() -> None:
    ada = (("p1", "Ada"),)
    assert found(planned("a", speakers=ada, room="r1"), planned("b", 10, 11, speakers=ada, room="r1")) == []


def test_room_twice_is_found() -> None:
    assert found(planned("a", room="r1"), planned("b", room="r1"), planned("c", room="r2")) == [("room", ("a", "b"))]


def test_items_without_a_room_do_not_clash() -> None:
    assert found(planned("a"), planned("b")) == []


def test_speaker_twice_is_found_with_the_name() -> None:
    ada, bo = ("p1", "Ada"), ("p2", "Bo")
    clashes = rules_clashes.clashes([planned("a", speakers=(ada, bo)), planned("b", speakers=(ada,))], START, END)
    with i18n.use_language("en"):
        sentences = [str(clash.message) for clash in clashes]
    assert sentences == ["Ada is needed in “A” and “B” at the same time."]


@pytest.mark.parametrize(("start", "end"), [(7, 9), (17, 19)])
def test_item_outside_the_event_is_found(start: int, end: int) -> None:
    assert found(planned("a", start, end)) == [("outside", ("a",))]


@pytest.mark.parametrize(("capacity", "kinds"), [(20, []), (21, ["places"]), (None, [])])
def test_places_beyond_the_room_are_found(capacity: int | None, kinds: list[str]) -> None:
    assert [kind for kind, _items in found(planned("a", room="r1", room_capacity=20, capacity=capacity))] == kinds


def test_workshop_without_a_round_is_found() -> None:
    assert found(planned("a", kind="workshop"), planned("b", 10, 11, kind="workshop", round="r")) == [
        ("no round", ("a",))
    ]


def test_every_clash_of_a_bad_draft_is_found() -> None:
    ada = (("p1", "Ada"),)
    assert found(
        planned("a", 9, 12, room="r1", speakers=ada),
        planned("b", 10, 11, room="r1", speakers=ada),
        planned("c", 11, 13, room="r1"),
    ) == [
        ("room", ("a", "b")), ("speaker", ("a", "b")), ("room", ("a", "c")), ("break", ("a", "b", "c")),
    ]  # fmt: skip


@pytest.mark.parametrize(("needed", "kinds"), [(True, ["step-free"]), (False, [])])
def test_steps_are_told_where_somebody_needs_to_do_without(needed: bool, kinds: list[str]) -> None:
    items = (planned("a", room="r1", has_steps=True, needs_step_free=needed), planned("b", needs_step_free=True))
    assert [kind for kind, _items in found(*items)] == kinds


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([planned("a", 9, 11), planned("b", 11, 12)], [("break", ("a", "b"))]),
        ([planned("a", 9, 11), planned("b", 11, 12, kind="break"), planned("c", 12, 14)], []),
        ([planned("a", 9, 11), planned("b", 10, 12, kind="market")], []),
        ([planned("a", 9, 11), planned("b", 9, 12)], [("break", ("a", "b"))]),
    ],
)
def test_long_stretch_without_a_break_is_told(items: list[Planned], expected: Any) -> None:
    assert found(*items) == expected


def test_break_is_told_with_the_local_time_and_the_measure() -> None:
    with i18n.use_language("en"), i18n.use_zone("Europe/Berlin"):
        (clash,) = rules_clashes.clashes([planned("a", 9, 12)], START, END)
        sentence = "On 11 March 2027, 10:00–13:00, there is no break. After at most 2.5 hours people need one."
        assert str(clash.message) == sentence


def test_item_of_thirty_hours_is_told() -> None:
    long = Planned("a", "A", "market", hour(9), hour(9) + timedelta(hours=30))
    kinds = [clash.kind for clash in rules_clashes.clashes([long], START, START + timedelta(days=3))]
    assert kinds == ["long"]


def test_round_without_workshops_is_told() -> None:
    sets = [PlannedRound("r", "Runde 1"), PlannedRound("s", "Runde 2")]
    clashes = rules_clashes.clashes([planned("a", kind="workshop", round="r")], START, END, sets)
    with i18n.use_language("en"):
        assert [(c.kind, str(c.message)) for c in clashes] == [("empty round", "There are no workshops in “Runde 2”.")]


STEP = timedelta(minutes=5)
drafts = st.lists(
    st.builds(
        lambda start, length, kind, room, speakers, places, steps: (start, length, kind, room, speakers, places, steps),
        st.integers(0, 60),
        st.integers(1, 45),
        st.sampled_from(["talk", "break", "workshop", "market"]),
        st.sampled_from([None, "r1", "r2"]),
        st.sets(st.sampled_from(["p1", "p2", "p3"])),
        st.sampled_from([None, 10, 30]),
        st.booleans(),
    ),
    max_size=8,
)


def drafted(draft: Any) -> list[Planned]:
    base = hour(7)
    return [
        Planned(
            f"i{n}", f"I{n}", kind, base + start * STEP, base + (start + length) * STEP,
            round="w" if steps and kind == "workshop" else None, room=room, room_capacity=20 if room else None,
            capacity=places, speakers=tuple((p, p) for p in sorted(speakers)),
            has_steps=steps and room is not None, needs_step_free=n % 2 == 0,
        )
        for n, (start, length, kind, room, speakers, places, steps) in enumerate(draft)
    ]  # fmt: skip


def moments(item: Planned) -> set[datetime]:
    """The starts of the five-minute pieces an item fills."""
    count = int((item.ends_at - item.starts_at) / STEP)
    return {item.starts_at + n * STEP for n in range(count)}


def by_definition(items: list[Planned]) -> set[Any]:
    """What is a clash, said as plainly as possible."""
    day = {START + n * STEP for n in range(int((END - START) / STEP))}
    told: set[Any] = {("outside", i.uid) for i in items if not moments(i) <= day}
    told |= {("places", i.uid) for i in items if i.room_capacity and (i.capacity or 0) > i.room_capacity}
    told |= {("no round", i.uid) for i in items if i.kind == "workshop" and not i.round}
    told |= {("step-free", i.uid) for i in items if i.has_steps and i.needs_step_free}
    for a, b in combinations(items, 2):
        if moments(a) & moments(b):
            told |= {("room", frozenset({a.uid, b.uid}))} if a.room and a.room == b.room else set()
            told |= {("speaker", frozenset({a.uid, b.uid}), p) for p in set(a.speakers) & set(b.speakers)}
    strain = [i for i in items if i.kind not in rules.FREE_KINDS]
    return told | {("break", frozenset(stretch)) for stretch in stretches(strain)}


def stretches(items: list[Planned]) -> list[set[str]]:
    """Connected by less than ten minutes of rest, and longer than two hours and a half."""
    groups: list[list[Planned]] = []
    for item in items:
        reach = {m + n * STEP for m in moments(item) for n in range(-2, 3)}
        near = [group for group in groups if any(moments(other) & reach for other in group)]
        groups = [group for group in groups if group not in near] + [[item, *(o for group in near for o in group)]]
    spans = [(min(i.starts_at for i in g), max(i.ends_at for i in g), {i.uid for i in g}) for g in groups]
    return [uids for start, end, uids in spans if end - start > timedelta(minutes=150)]


@given(drafts)
def test_clashes_are_exactly_what_they_are_by_definition(draft: Any) -> None:
    items = drafted(draft)
    told: list[Any] = []
    for clash in rules_clashes.clashes(items, START, END):
        if clash.kind in ("room", "break"):
            told.append((clash.kind, frozenset(clash.items)))
        elif clash.kind == "speaker":
            name = clash.message.values["name"]
            told.append((clash.kind, frozenset(clash.items), (name, name)))
        else:
            told.append((clash.kind, *clash.items))
    assert (len(told), set(told)) == (len(set(told)), by_definition(items))
