"""Tables from spreadsheets are read by their headings or by what stands in them; rooms and people are recognised."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.programme import rules_quick_match, rules_quick_schedule, rules_table
from eventsite.programme.rules_quick import Setting
from eventsite.programme.rules_quick_match import Known
from eventsite.programme.rules_quick_people import Guest

DAYS = Setting(date(2027, 3, 11), date(2027, 3, 12), ("Aula", "Raum 1"))


def lines(text: str) -> list[Any]:
    grid = rules_table.grid(text)
    return rules_table.lines(grid, rules_table.columns(grid, DAYS.first, DAYS.last), DAYS)


def test_german_table_with_headings() -> None:
    text = (
        "Datum\tZeit\tArt\tTitel\tRaum\tReferent*innen\tOrganisation\tPlätze\n"
        "11.03.2027\t10:30–11:00\tBegrüßung\tGuten Morgen\tAula\tAda Byron und Bo Li\tStadt Kassel, Land Hessen\t\n"
        "12.03.2027\t9 Uhr\tWorkshop 3\tNetze\tRaum 1\tCy Doe\tA; B\t20\n"
    )
    found = [(x.day, x.starts, x.ends, x.kind, x.item_number, x.title, x.room, x.places, x.guests) for x in lines(text)]
    pair = (Guest("Ada Byron", ("Stadt Kassel",)), Guest("Bo Li", ("Land Hessen",)))
    assert found == [
        (date(2027, 3, 11), time(10, 30), time(11), "welcome", "", "Guten Morgen", "Aula", None, pair),
        (date(2027, 3, 12), time(9), None, "workshop", "3", "Netze", "Raum 1", 20, (Guest("Cy Doe", ("A", "B")),)),
    ]  # fmt: skip


def test_english_table_with_semicolons_and_a_chair() -> None:
    (line,) = lines("Start;End;Title;Room;Speakers;Chair;Language\n9:00;10:00;Who pays?;Hall;Bo Li;Ada;english")
    assert (line.starts, line.ends, line.title, line.room, line.more) == (
        time(9), time(10), "Who pays?", "Hall", {"language": "en"},
    )  # fmt: skip
    assert line.guests == (Guest("Ada", (), "moderator"), Guest("Bo Li"))


def test_table_without_headings_is_read_by_what_stands_in_it() -> None:
    grid = rules_table.grid("10:30\tNetze\tRaum 1\tAda Byron\n11:30\tRäume\tAula\tBo Li")
    assert (grid.header, rules_table.columns(grid, DAYS.first, DAYS.last)) == (
        (), {"starts": 0, "title": 1, "room": 2, "people": 3},
    )  # fmt: skip


def test_day_and_time_in_one_cell_need_no_heading() -> None:
    found = [
        (line.day, line.starts, line.problems) for line in lines("11.03.2027 09:00\tNetze\n12.03.2027 10:30\tOrte")
    ]
    assert found == [(date(2027, 3, 11), time(9), ()), (date(2027, 3, 12), time(10, 30), ())]


def test_cell_with_day_and_time_and_cells_that_are_none() -> None:
    text = "Zeit\tTitel\n2027-03-12 10:30\tNetze\nspäter\tRäume\n25:00\tOrte\n11:00\t"
    found = [(line.day, line.starts, len(line.problems)) for line in lines(text)]
    assert found == [
        (date(2027, 3, 12), time(10, 30), 0), (date(2027, 3, 12), None, 1),
        (date(2027, 3, 12), None, 1), (date(2027, 3, 12), time(11), 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc\td", True),
        ("Zeit;Titel;Raum\n9:00;Netze;Aula", True),
        ("10:30 Begrüßung, Aula; Ada", False),
        ("", False),
        ("\t10:30 Begrüßung\n\t11:00 Pause", False),
    ],
)
def test_what_is_a_table(text: str, expected: bool) -> None:
    assert rules_table.is_table(text) == expected


cells = st.text(st.one_of(st.sampled_from('09:.;,"\t\n Zeit'), st.characters()), max_size=10)


@given(st.lists(st.lists(cells, max_size=5), max_size=6), st.sampled_from(["\t", ";", ","]))
def test_no_table_makes_it_fall_over(rows: list[list[str]], delimiter: str) -> None:
    text = "\n".join(["Zeit\tTitel\tPersonen", *(delimiter.join(row) for row in rows)])
    for entry in rules_quick_schedule.plan(lines(text), DAYS, "Europe/Berlin"):
        assert entry.problems or (entry.starts_at and entry.ends_at and entry.starts_at < entry.ends_at)


ROOMS = [
    Known("1", ("Große Aula", "Great Hall")),
    Known("2", ("Raum 1",)),
    Known("3", ("Raum 2",)),
    Known("4", ("Foyer",)),
]


@pytest.mark.parametrize(
    ("typed", "certain", "candidates"),
    [
        ("große aula", "1", ["1"]),
        ("Great Hall", "1", ["1"]),
        ("Aula", "", ["1"]),
        ("Raum1", "", ["2"]),
        ("Raum 3", "", []),
        ("Foyeer", "", ["4"]),
        ("Garten", "", []),
    ],
)
def test_rooms_are_known_alike_or_new(typed: str, certain: str, candidates: list[str]) -> None:
    match = rules_quick_match.rooms([typed], ROOMS)[typed]
    assert (match.certain, [room.key for room in match.candidates]) == (certain, candidates)


PEOPLE = [
    Known("a", ("Dr. Markus Weiland",), "DLR"),
    Known("b", ("Mara Weiland",)),
    Known("c", ("Bo Li",)),
    Known("d", ("Bo Li",)),
]


@pytest.mark.parametrize(
    ("typed", "certain", "candidates"),
    [
        ("Markus Weiland", "a", ["a"]),
        ("Weiland, Prof. Dr. Markus", "a", ["a"]),
        ("Marcus Weiland", "", ["a"]),
        ("Bo Li", "", ["c", "d"]),
        ("Ada Byron", "", []),
    ],
)
def test_people_are_asked_about_by_name(typed: str, certain: str, candidates: list[str]) -> None:
    match = rules_quick_match.people([typed], PEOPLE)[typed]
    assert (match.certain, [one.key for one in match.candidates]) == (certain, candidates)
