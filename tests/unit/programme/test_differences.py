"""The told changes are the difference: made in the old release they give the new one, and each is told in words."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsite.core import i18n
from eventsite.programme import changes, differences, snapshot
from tests.unit.programme.rows import NOON, appearance, hour, item, room, round_, track

WORDS = st.sampled_from([{}, {"de": "Eins"}, {"de": "Eins", "en": "One"}, {"de": "Zwei", "en": "One"}])
LATER = NOON + timedelta(days=1)
FIELDS: dict[str, Any] = {
    **{name: WORDS for name in snapshot.WORDS if name != "title"},
    "title": st.sampled_from([{"de": "A"}, {"de": "A", "en": "B"}, {"de": "Ü", "en": "B"}]),
    "kind": st.sampled_from(["talk", "workshop", "break"]),
    "number": st.sampled_from(["", "1", "2a"]),
    "starts_at": st.sampled_from([hour(9), hour(9, 30)]),
    "ends_at": st.sampled_from([hour(11), hour(12)]),
    "room": st.sampled_from([None, room(), room("Aula"), room("Raum 2", "room2")]),
    "round_id": st.sampled_from([None, 1]),
    "position": st.integers(0, 2),
    "capacity": st.sampled_from([None, 0, 12]),
    "language": st.sampled_from(["de", "en"]),
    "cancelled_at": st.sampled_from([None, NOON]),
    "cancel_reason": WORDS,
    "is_open_list": st.booleans(),
    "appearances": st.sampled_from(
        [[], [appearance("Ada")], [appearance("Ada", "moderator"), appearance("Bo", organisations=["Stadt"])]]
    ),
    "tags": st.sampled_from([[], [{"de": "Daten"}], [{"de": "Daten"}, {"de": "Orte", "en": "Places"}]]),
    "track": st.sampled_from([None, "track1", "track2"]),
    "offering": st.sampled_from([None, "o1"]),
    "online_url": st.sampled_from(["", "https://geheim.example.org/1", "https://geheim.example.org/2"]),
    "online_from": st.sampled_from([None, hour(8)]),
    "slug": st.sampled_from(["eins", "zwei"]),
}
ROUNDS = st.fixed_dictionaries(
    {
        "title": st.sampled_from([{"de": "Runde"}, {"de": "Runde 1", "en": "Round 1"}]),
        "position": st.integers(0, 1),
        "starts_at": st.sampled_from([hour(13), hour(13, 15)]),
    }
)
TRACKS = st.dictionaries(
    st.sampled_from(["track1", "track2"]),
    st.sampled_from([("Orte", "#0b5a6b"), ("Räume", "#0b5a6b"), ("Räume", "#770000")]),
    min_size=2,
)
DRAFTS = st.tuples(
    st.dictionaries(st.integers(1, 4), st.fixed_dictionaries(FIELDS), max_size=4),
    st.lists(ROUNDS, min_size=1, max_size=1),
    TRACKS,
)


def frozen(draft: Any, previous: Any = None, now: Any = NOON) -> dict[str, Any]:
    items, rounds, tracks = draft
    uses_rounds = any(values["round_id"] for values in items.values())
    made = [round_(**values) for values in rounds] if uses_rounds else []
    rows = []
    for number, values in items.items():
        known = values["track"]
        given = track(f"{tracks[known][0]} {known}", known, tracks[known][1]) if known else None
        rows.append(item(f"item{number}", **{**values, "track": given}))
    return snapshot.build(made, rows, previous, now)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DRAFTS, DRAFTS)
def test_changes_made_in_the_old_give_the_new(one: Any, other: Any) -> None:
    before = frozen(one)
    after = frozen(other, before, LATER)
    told = differences.between(before, after)
    assert differences.applied(before, told) == differences.content(after)
    assert (told == []) == (differences.content(before) == differences.content(after))
    assert snapshot.is_same(after, before) == (told == [])
    back = differences.between(after, before)
    assert {k: v for k, v in differences.applied(after, back)["items"].items() if v} == {
        k: v for k, v in differences.content(before)["items"].items() if v
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DRAFTS, DRAFTS)
def test_every_change_is_told_in_both_languages_and_no_link_is_given_away(one: Any, other: Any) -> None:
    before = frozen(one)
    kept = changes.described(differences.between(before, frozen(other, before, LATER)))
    for change in kept:
        assert set(change["text"]) == {"de", "en"}
        for code, sentence in change["text"].items():
            with i18n.use_language(code):
                assert i18n.local(change["title"]) in sentence
                told = changes.told(change)
                assert told.before != told.after or change["kind"] in (
                    "removed",
                    "round_removed",
                    "cancelled",
                    "restored",
                )
    assert "geheim" not in json.dumps(kept)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DRAFTS, min_size=2, max_size=5))
def test_sequence_rises_exactly_with_time_place_or_state_and_never_falls(history: list[Any]) -> None:
    previous: Any = None
    for number, draft in enumerate(history):
        current = frozen(draft, previous, NOON + timedelta(hours=number))
        for name in ("rounds", "items"):
            known = differences.by_uid(previous, name)
            assert known.keys() <= differences.by_uid(current, name).keys()
            for uid, entry in differences.by_uid(current, name).items():
                if uid in known:
                    moved = [entry.get(f) for f in snapshot.MOVING] != [known[uid].get(f) for f in snapshot.MOVING]
                    assert entry["sequence"] == known[uid]["sequence"] + moved
        again = frozen(draft, previous, NOON + timedelta(hours=number))
        assert json.dumps(again) == json.dumps(current)
        assert snapshot.is_same(frozen(draft, current, LATER), current)
        previous = current


@pytest.mark.parametrize(
    ("values", "label", "before", "after"),
    [
        ({"capacity": 12}, "Places", "", "12"),
        ({"language": "en"}, "Language", "German", "English"),
        ({"subtitle": {"de": "Neu"}}, "Subtitle", "", "Neu"),
        ({"title": {"de": "Punkt 1", "en": "Item"}}, "Title", "Punkt 1", "Item"),
        ({"bring": {"de": "Einen Stift"}}, "To bring along", "", "Einen Stift"),
        ({"tags": [{"de": "Daten", "en": "Data"}]}, "Tags", "", "Data"),
        ({"track": track()}, "Track", "", "Orte"),
        ({"room": room()}, "Room", "", "Saal"),
        ({"round_id": 1}, "Round", "", "Runde"),
        ({"kind": "panel"}, "Kind", "Talk", "Panel"),
        ({"online_url": "https://geheim.example.org"}, "Online link", "", "a link"),
        ({"appearances": [appearance("Ada", "moderator", organisations=["Stadt"])]}, "People", "", "Ada (Moderation, Stadt)"),
        ({"cancelled_at": NOON, "cancel_reason": {"en": "Ill."}}, "Cancelled", "", "Ill."),
    ],
)  # fmt: skip
def test_before_and_after_in_words(values: Any, label: str, before: str, after: str) -> None:
    rounds = [round_()]
    first = snapshot.build(rounds, [item()], None, NOON)
    second = snapshot.build(rounds, [item(**values)], first, LATER)
    with i18n.use_language("en"):
        (change,) = differences.between(first, second)
        assert changes.told(change) == changes.Told(label, before, after)


def test_title_in_another_language_only_is_told_as_that() -> None:
    first = snapshot.build([], [item(title={"de": "A", "en": "B"})], None, NOON)
    second = snapshot.build([], [item(title={"de": "A", "en": "C"})], first, LATER)
    (kept,) = changes.described(differences.between(first, second))
    assert kept["text"] == {"de": "Neuer Titel: „A“, vorher „EN: B“.", "en": "New title: “C”, before “B”."}


def test_changes_of_former_times_are_read_too() -> None:
    former = [{"uid": "x", "title": {"de": "A"}, "kind": kind} for kind in ("words", "online", "removed", "cancelled")]
    with i18n.use_language("en"):
        assert [changes.told(change).label for change in former] == [
            "Other details",
            "Online link",
            "Taken out",
            "Cancelled",
        ]


def test_organisations_in_two_languages_and_offerings_are_told_in_words() -> None:
    before = {"people": [], "offering": None}
    person = {"name": "Ada", "role": "speaker", "role_label": {}, "organisations": [{"de": "Stadt", "en": "City"}]}
    change = {"title": {"de": "A"}, "before": before, "after": {"people": [person], "offering": "o1"}}
    with i18n.use_language("en"):
        assert changes.in_words({**change, "kind": "people"}) == ("", "Ada (Input, City)")
        assert changes.in_words({**change, "kind": "offering"}) == ("no", "yes")
