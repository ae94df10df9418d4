"""A release is frozen, says what changed, and moves SEQUENCE and LAST-MODIFIED exactly when it should."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.programme import differences, snapshot
from eventsite.programme.snapshot import Programme
from tests.unit.programme.rows import NOON, appearance, hour, item, room, round_, track

LATER = NOON + timedelta(days=1)


def build(items: list[Any], previous: Any = None, now: Any = NOON, rounds: list[Any] | None = None) -> dict[str, Any]:
    return snapshot.build(rounds or [], items, previous, now)


def facts(stored: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    return [(i["uid"], i["sequence"], i["last_modified"], i["status"]) for i in stored["items"]]


def test_first_release_starts_at_zero() -> None:
    assert facts(build([item()])) == [("item1", 0, NOON.isoformat(), "confirmed")]


def test_unchanged_release_is_the_same() -> None:
    first = build([item(room=room(), appearances=[appearance("Ada")])])
    again = build([item(room=room(), appearances=[appearance("Ada")])], first, LATER)
    assert (snapshot.is_same(again, first), differences.between(first, again)) == (True, [])


@pytest.mark.parametrize(
    ("change", "sequence", "is_modified", "kinds"),
    [
        ({"starts_at": hour(9, 15)}, 1, True, ["moved"]),
        ({"ends_at": hour(11)}, 1, True, ["moved"]),
        ({"room": room("Raum 2", "room2")}, 1, True, ["room"]),
        ({"cancelled_at": NOON}, 1, True, ["cancelled"]),
        ({"title": {"de": "Neu"}}, 0, True, ["renamed"]),
        ({"appearances": [appearance("Ada")]}, 0, True, ["people"]),
        ({"is_open_list": True}, 0, True, ["people"]),
        ({"abstract": {"de": "Mehr dazu"}}, 0, True, ["abstract"]),
        ({"target_group": {"de": "Kommunen"}}, 0, False, ["target_group"]),
        ({"prerequisites": {"de": "Keine"}}, 0, False, ["prerequisites"]),
        ({"bring": {"de": "Ein Laptop"}}, 0, False, ["bring"]),
        ({"tags": [{"de": "Daten"}]}, 0, False, ["tags"]),
        ({"offering": "o1"}, 0, False, ["offering"]),
        ({"track": track()}, 0, False, ["track"]),
        ({"online_url": "https://raum.example.org/1"}, 0, False, ["online"]),
        ({"online_from": hour(8)}, 0, False, ["online"]),
        ({"starts_at": hour(8), "room": room(), "title": {"de": "Neu"}}, 1, True, ["moved", "room", "renamed"]),
    ],
)
def test_change_counts_as_what_it_is(change: Any, sequence: int, is_modified: bool, kinds: list[str]) -> None:
    first = build([item()])
    second = build([item(**change)], first, LATER)
    stored = second["items"][0]
    modified = LATER.isoformat() if is_modified else NOON.isoformat()
    assert (stored["sequence"], stored["last_modified"]) == (sequence, modified)
    assert [found["kind"] for found in differences.between(first, second)] == kinds


def without_later(stored: dict[str, Any]) -> dict[str, Any]:
    """A release as it was stored before items had tracks, tags and the like."""
    return {**stored, "items": [{n: v for n, v in i.items() if n not in snapshot.LATER} for i in stored["items"]]}


def test_release_of_former_times_is_read_and_compared_as_if_the_new_fields_had_been_empty() -> None:
    first = build([item()])
    old = without_later(first)
    assert (snapshot.is_same(first, old), differences.between(old, first)) == (True, [])
    assert Programme(1, NOON, old).items == Programme(1, NOON, first).items
    gone = build([], old, LATER)
    assert [change["kind"] for change in differences.between(old, gone)] == ["removed"]


def test_retold_track_is_told_once() -> None:
    first = build([item("item1", track=track()), item("item2", track=track())])
    second = build([item("item1", track=track("Räume")), item("item2", track=track("Räume"))], first, LATER)
    told = differences.between(first, second)
    assert [(c["uid"], c["title"], c["kind"]) for c in told] == [("track1", {"de": "Räume"}, "track retold")]
    third = build([item("item1"), item("item2")], second, LATER)
    expected = [("item1", "track", None), ("item2", "track", None)]
    assert [(c["uid"], c["kind"], c["after"]["track"]) for c in differences.between(second, third)] == expected


def test_removed_item_leaves_a_tombstone_for_ever() -> None:
    first = build([item("item1"), item("item2")])
    second = build([item("item1")], first, LATER)
    third = build([item("item1")], second, LATER + timedelta(days=1))
    expected = [("item1", 0, NOON.isoformat(), "confirmed"), ("item2", 1, LATER.isoformat(), "cancelled")]
    assert (facts(second), facts(third)) == (expected, expected)
    assert differences.between(first, second) == [{"uid": "item2", "title": {"de": "Punkt 2"}, "kind": "removed"}]
    assert differences.between(second, third) == []


def test_cancelled_and_restored_counts_twice() -> None:
    first = build([item()])
    second = build([item(cancelled_at=NOON)], first, LATER)
    third = build([item()], second, LATER + timedelta(hours=1))
    assert [s["items"][0]["sequence"] for s in (first, second, third)] == [0, 1, 2]
    assert [c["kind"] for c in differences.between(second, third)] == ["restored"]


def test_words_without_content_are_left_out() -> None:
    stored = build([item(title={"de": "Nur deutsch", "en": "  "})])
    assert stored["items"][0]["title"] == {"de": "Nur deutsch"}


def read(items: list[Any], rounds: list[Any] | None = None) -> Programme:
    return Programme(1, NOON, build(items, rounds=rounds))


def test_days_hold_items_and_rounds_in_order_of_time() -> None:
    workshops = [item(f"item{n}", round_id=1, position=n, starts_at=hour(13), ends_at=hour(14)) for n in (3, 2)]
    night = item("item4", starts_at=hour(23, 30), ends_at=hour(23, 45))
    days = read([item("item1"), *workshops, night], [round_()]).days("Europe/Berlin")
    found = [(day["date"], [e["uid"] for e in day["entries"]]) for day in days]
    assert found == [(date(2027, 3, 11), ["item1", "round1"]), (date(2027, 3, 12), ["item4"])]
    assert [i["uid"] for i in days[0]["entries"][1]["items"]] == ["item2", "item3"]


def test_round_without_workshops_is_not_shown() -> None:
    assert read([], [round_()]).days("Europe/Berlin") == []


def test_find_knows_no_tombstone() -> None:
    first = build([item("item1"), item("item2")])
    programme = Programme(2, LATER, build([item("item1")], first, LATER))
    assert (programme.find("item2"), len(programme.items), len(programme.everything)) == (None, 1, 2)


def test_neighbours_of_a_workshop_stay_in_its_round() -> None:
    workshops = [item(f"item{n}", round_id=1, position=n) for n in (2, 3, 4)]
    programme = read([item("item1"), *workshops], [round_()])
    previous, following = programme.neighbours(programme.items[1])
    middle = programme.neighbours(programme.items[2])
    assert (previous, following and following["uid"]) == (None, "item3")
    assert [one and one["uid"] for one in middle] == ["item2", "item4"]


def test_neighbours_leave_breaks_out() -> None:
    pause = item("item2", kind="break", starts_at=hour(10), ends_at=hour(11))
    programme = read([item("item1"), pause, item("item3", starts_at=hour(11), ends_at=hour(12))])
    found = programme.neighbours(programme.items[0])
    assert [one and one["uid"] for one in found] == [None, "item3"]


def test_people_hold_every_item_they_are_in() -> None:
    ada = appearance("Ada")
    programme = read([item("item1", appearances=[ada]), item("item2", appearances=[appearance("Bo"), ada])])
    found = {uid: [i["uid"] for _p, i in entries] for uid, entries in programme.people().items()}
    assert found == {"p-ada": ["item1", "item2"], "p-bo": ["item2"]}


@pytest.mark.parametrize(
    ("given_name", "expected"), [({}, "Moderation"), ({"de": "Durch den Tag"}, {"de": "Durch den Tag"})]
)
def test_role_is_the_usual_name_unless_one_was_given(given_name: Any, expected: Any) -> None:
    programme = read([item(appearances=[appearance("Ada", "moderator", role_label=given_name)])])
    assert programme.items[0]["people"][0]["role_label"] == expected


@pytest.mark.parametrize(("of_the_day", "expected"), [([], ["Stadt"]), (["Land", "Bund"], ["Land", "Bund"])])
def test_organisation_of_the_day_is_frozen(of_the_day: list[str], expected: list[str]) -> None:
    person = appearance("Ada", organisation="Stadt", organisations=of_the_day)
    assert build([item(appearances=[person])])["items"][0]["people"][0]["organisations"] == expected


drafts = st.lists(
    st.builds(
        lambda n, start, length, name, off: (n, start, length, name, off),
        st.integers(1, 6),
        st.integers(0, 12),
        st.integers(1, 5),
        st.sampled_from(["A", "B", "ü"]),
        st.booleans(),
    ),
    unique_by=lambda row: row[0],
)


def rows(draft: Any) -> list[Any]:
    return [
        item(
            f"item{n}",
            starts_at=hour(start),
            ends_at=hour(start + length),
            title={"de": name},
            cancelled_at=NOON if off else None,
        )
        for n, start, length, name, off in draft
    ]


@given(st.lists(drafts, min_size=1, max_size=6))
def test_sequences_only_rise_and_only_with_a_change(history: Any) -> None:
    previous: Any = None
    for number, draft in enumerate(history):
        current = build(rows(draft), previous, NOON + timedelta(hours=number))
        before = {i["uid"]: i for i in (previous or {"items": []})["items"]}
        changed = {c["uid"]: c["kind"] for c in differences.between(previous, current)}
        for one in current["items"]:
            old = before.get(one["uid"])
            if old is None or old.get("removed"):
                continue
            assert one["sequence"] >= old["sequence"]
            was_gone_already = old["status"] == "cancelled" and one.get("removed", False)
            is_told = one["uid"] in changed and not was_gone_already
            assert (one["last_modified"] != old["last_modified"]) == is_told
        assert {i["uid"] for i in current["items"]} >= before.keys()
        assert build(rows(draft), current, NOON + timedelta(days=9)) == current
        previous = current
