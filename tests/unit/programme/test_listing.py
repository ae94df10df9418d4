"""What the public pages of a programme show: days, slots, filters, and the table by room; all of it without a database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import i18n
from eventsite.events import colours
from eventsite.programme import filters, grid, listing
from eventsite.programme.snapshot import LATER, Programme

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2027, 3, 11, 8, tzinfo=UTC)  # nine o'clock in Berlin
ALL = filters.Wanted()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with i18n.use_language("en"):
        yield


def item(uid: str, start: int, minutes: int = 60, **values: Any) -> dict[str, Any]:
    """An item as a release stores it; `start` in minutes after nine."""
    begins = START + timedelta(minutes=start)
    words: dict[str, Any] = {name: {} for name in ("subtitle", "abstract", "leading_questions", "place")}
    return {
        **LATER, **words, "id": 1, "uid": uid, "slug": uid, "kind": "talk", "number": "", "title": {"en": uid.title()},
        "starts_at": begins.isoformat(), "ends_at": (begins + timedelta(minutes=minutes)).isoformat(),
        "room": None, "round": None, "position": 0, "capacity": None, "language": "en", "status": "confirmed",
        "open_people": False, "people": [], "created": START.isoformat(), "last_modified": START.isoformat(), **values,
    }  # fmt: skip


def room(name: str) -> dict[str, Any]:
    return {"uid": name.lower(), "name": {"en": name}}


def days_of(*items: dict[str, Any], rounds: tuple[Any, ...] = (), asked: filters.Wanted = ALL) -> list[listing.Day]:
    programme = Programme(1, START, {"items": list(items), "rounds": list(rounds)})
    frame = listing.Frame(BERLIN, "/i/{}".format, "/p/{}".format, colours.themes, {"a": "1 place left"})
    shown = filters.fitting(programme.items, asked, BERLIN)
    return listing.days(programme, shown, listing.Writer(frame), BERLIN)


def slots(days: list[listing.Day]) -> list[tuple[str, str, list[str]]]:
    return [(slot.start, str(slot.title), [one.uid for one in slot.entries]) for day in days for slot in day.slots]


def table(day: listing.Day) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Time and cells of each row: who, over how many rows and columns."""
    made = grid.grid(day)
    return [
        (row.start, [(cell.entry.uid if cell.entry else "", cell.rows, cell.columns) for cell in row.cells])
        for row in made.rows
    ]


def test_items_that_begin_together_share_a_slot() -> None:
    found = days_of(item("a", 0), item("b", 60), item("c", 60, 30), item("tea", 60, kind="break"))
    assert slots(found) == [
        ("09:00", "", ["a"]), ("10:00", "2 items at the same time", ["b", "c"]), ("10:00", "", ["tea"]),
    ]  # fmt: skip


def test_workshops_of_a_round_keep_order_and_numbers() -> None:
    times = {name: (START + timedelta(minutes=m)).isoformat() for name, m in (("starts_at", 0), ("ends_at", 90))}
    one = {"id": 1, "uid": "r", "title": {"en": "Morning"}, "position": 0, **times}
    (day,) = days_of(item("a", 0, 90, round="r", position=2), item("b", 0, 90, round="r", position=1), rounds=(one,))
    (slot,) = day.slots
    assert [(entry.uid, entry.number) for entry in slot.entries] == [("b", "1"), ("a", "2")]
    assert (str(slot.title), slot.note) == ("Morning", "2 workshops at the same time; you take part in one of them.")


def test_item_over_midnight_stands_on_its_first_day_and_says_when_it_ends() -> None:
    (day,) = days_of(item("night", 14 * 60, 180))
    assert (day.name, day.slots[0].start, day.slots[0].end) == ("Thursday, 11 March 2027", "23:00", "02:00 (Friday)")


def test_entry_says_only_what_there_is() -> None:
    track = {"uid": "t", "title": {"en": "Places"}, "colour": "#f4d000"}
    (day,) = days_of(
        item("a", 0, language="fr", track=track, room=room("Hall")), item("b", 60, title={"de": "Nur <b>"})
    )
    first, second = (slot.entries[0] for slot in day.slots)
    assert (first.room, first.language, first.places, first.url) == ("Hall", "fr", "1 place left", "/i/a")
    assert first.track is not None
    assert first.track.title == "Places"
    light, dark = colours.themes("#f4d000")
    assert f'fill="{light}"' in first.track.mark
    assert f'fill="{dark}"' in first.track.mark
    assert str(second.title) == '<span lang="de">Nur &lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("asked", "uids"),
    [
        (ALL, ["a", "b", "tea", "c"]),
        (filters.Wanted(day="2027-03-11"), ["a", "b", "tea"]),
        (filters.Wanted(kind="panel"), ["b"]),
        (filters.Wanted(track="t"), ["a", "c"]),
        (filters.Wanted(track="t", language="en"), ["a"]),
        (filters.Wanted(day="2027-03-12", kind="panel"), []),
        (filters.Wanted(kind="<script>"), []),
    ],
)
def test_filters_take_what_fits_all_of_it(asked: filters.Wanted, uids: list[str]) -> None:
    assert [uid for _start, _title, group in slots(days_of(*varied(), asked=asked)) for uid in group] == uids


def varied() -> tuple[dict[str, Any], ...]:
    track = {"uid": "t", "title": {"en": "Places"}, "colour": "#0b5a6b"}
    return (
        item("a", 0, track=track),
        item("b", 60, kind="panel"),
        item("tea", 120, kind="break"),
        item("c", 24 * 60, track=track, language="de"),
    )


def test_facets_count_beside_what_else_is_chosen() -> None:
    programme = Programme(1, START, {"items": list(varied()), "rounds": []})
    found = filters.facets(programme.items, filters.Wanted(language="en"), BERLIN)
    assert {facet.name: [(one.label, one.count, one.is_chosen) for one in facet.options] for facet in found} == {
        "day": [("Thursday, 11 Mar", 2, False), ("Friday, 12 Mar", 0, False)],
        "kind": [("Talk", 1, False), ("Panel", 1, False)],
        "language": [("German", 1, False), ("English", 2, True)],
    }


def test_short_programmes_need_no_filters() -> None:
    programme = Programme(1, START, {"items": list(varied()), "rounds": []})
    assert filters.facets(programme.items, ALL, BERLIN) == []


def test_table_puts_rooms_beside_each_other_and_plenary_across() -> None:
    hall, one, two = room("Hall"), room("One"), room("Two")
    (day,) = days_of(
        item("open", 0, room=hall), item("long", 60, 90, room=one), item("short", 60, 45, room=two),
        item("next", 105, 45, room=two), item("close", 180, room=hall),
    )  # fmt: skip
    assert [str(column.label) for column in grid.grid(day).columns] == ["Two", "One"]
    assert table(day) == [
        ("09:00", [("open", 1, 2)]),
        ("10:00", [("short", 1, 1), ("long", 2, 1)]),
        ("10:45", [("next", 1, 1)]),
        ("12:00", [("close", 1, 2)]),
    ]


def test_table_makes_room_for_two_in_one_room_and_for_what_has_none() -> None:
    hall = room("Hall")
    (day,) = days_of(item("a", 0, room=hall), item("b", 15, room=hall), item("c", 0))
    assert [(str(column.label), column.width) for column in grid.grid(day).columns] == [("Hall", 2), ("Room open", 1)]
    assert table(day)[0] == ("09:00", [("a", 2, 1), ("", 1, 1), ("c", 2, 1)])


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.integers(0, 4)), min_size=1, max_size=40))
def test_every_row_of_a_table_is_full_and_every_item_stands_once(planned: list[tuple[int, int, int]]) -> None:
    with i18n.use_language("en"):
        items = [
            item(f"i{n}", a * 15, b * 15, room=room(f"R{r}") if r else None) for n, (a, b, r) in enumerate(planned)
        ]
        (day,) = days_of(*items)
        made = grid.grid(day)
    width = sum(column.width for column in made.columns) or 1
    left: list[int] = []
    for row in made.rows:
        left = [rows - 1 for rows in left if rows > 1]
        left += [cell.rows for cell in row.cells for _column in range(cell.columns)]
        assert len(left) == width
    assert sorted(c.entry.uid for row in made.rows for c in row.cells if c.entry) == sorted(one["uid"] for one in items)
