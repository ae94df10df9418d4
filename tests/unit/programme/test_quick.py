"""Typed programmes are understood as people mean them; nothing typed makes them fall over, and what is written reads the same."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.core import i18n
from eventsite.programme import rules, rules_quick, rules_quick_schedule
from eventsite.programme import rules_quick_words as words
from eventsite.programme.rules_quick import Line, Setting
from eventsite.programme.rules_quick_people import Guest

DAYS = Setting(date(2027, 3, 11), date(2027, 3, 12), ("Aula", "Raum 1", "Saal 2, EG"))
ENGLISH = Setting(DAYS.first, DAYS.last, DAYS.rooms, "en")
IMPULSE = "DLR-Projektträger"


def one(typed: str, setting: Setting = DAYS) -> Line:
    (line,) = rules_quick.read(typed, setting)
    return line


def test_line_of_the_issue_is_understood_whole() -> None:
    line = one("10:30 Begrüßung, Aula; Markus Weiland (DLR-Projektträger)")
    assert (line.starts, line.ends, line.kind, line.title, line.room, line.guests, line.problems, line.notes) == (
        time(10, 30), None, "welcome", "Begrüßung", "Aula", (Guest("Markus Weiland", (IMPULSE,)),), (), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kind", "number", "title", "room", "places"),
    [
        ("9:00 Ankommen", "arrival", "", "Ankommen", "", None),
        ("9:00 Keynote: Orte, die tragen", "keynote", "", "Orte, die tragen", "", None),
        ("9:00 Wer, wie, was, Raum 1", "talk", "", "Wer, wie, was", "Raum 1", None),
        ("9:00 Lernen, Saal 2, EG", "talk", "", "Lernen", "Saal 2, EG", None),
        ("9:00 Lernen @ Garten hinten", "talk", "", "Lernen", "Garten hinten", None),
        ("9:00 Lernen [Garten]", "talk", "", "Lernen", "Garten", None),
        ("9:00 Lernen, Sitzungssaal 3, 20 Plätze", "talk", "", "Lernen", "Sitzungssaal 3", 20),
        ("9:00 Workshop 3a: Netze", "workshop", "3a", "Netze", "", None),
        ('9:00 "Räume, Netze; Ende", Aula', "talk", "", "Räume, Netze; Ende", "Aula", None),
        ("9:00 Gemeinsames Mittagessen und Pause", "break", "", "Gemeinsames Mittagessen und Pause", "", None),
        ("9:00 Stand der Dinge", "talk", "", "Stand der Dinge", "", None),
        ("9:00 Workshop-Runde 1: Vormittag", "round", "", "Workshop-Runde 1: Vormittag", "", None),
        ("9:00 Podiumsdiskussion zur Zukunft", "panel", "", "Podiumsdiskussion zur Zukunft", "", None),
        ("9:00 Marktstand 4: Stadt Fulda", "stand", "4", "Stadt Fulda", "", None),
        ("9:00 Lunch break", "break", "", "Lunch break", "", None),
        ("9:00 Kaffee", "break", "", "Kaffee", "", None),
        ("9:00 Kaffee und Kuchen", "break", "", "Kaffee und Kuchen", "", None),
        ("9:00 Fairer Kaffee vor Ort", "talk", "", "Fairer Kaffee vor Ort", "", None),
        ("9:00 Mittagsimbiss", "break", "", "Mittagsimbiss", "", None),
        ("9:00 WS 1: Netze", "workshop", "1", "Netze", "", None),
        ("9:00 Lernen (Aula)", "talk", "", "Lernen", "Aula", None),
        ("9:00 Lernen (für alle)", "talk", "", "Lernen (für alle)", "", None),
        ("9:00 Lernen, max. 20 TN, Raum 1", "talk", "", "Lernen", "Raum 1", 20),
        ("9:00 Panel discussion: who pays?", "panel", "", "who pays?", "", None),
    ],
)
def test_title_kind_room_and_places(typed: str, kind: str, number: str, title: str, room: str, places: Any) -> None:
    line = one(typed)
    assert (line.kind, line.item_number, line.title, line.room, line.places) == (kind, number, title, room, places)


@pytest.mark.parametrize(
    ("people", "guests", "is_open"),
    [
        ("Ada Byron", [("Ada Byron", (), "", "")], False),
        ("Ada Byron, Bo Li (Stadt Fulda)", [("Ada Byron", (), "", ""), ("Bo Li", ("Stadt Fulda",), "", "")], False),
        ("Ada Byron (A; B) und Bo Li", [("Ada Byron", ("A", "B"), "", ""), ("Bo Li", (), "", "")], False),
        ("Ada Byron (Amt für Schule und Sport / Land)", [("Ada Byron", ("Amt für Schule und Sport", "Land"), "", "")], False),
        ("Moderation Ada Byron; Bo", [("Ada Byron", (), "moderator", ""), ("Bo", (), "", "")], False),
        ("Ada Byron, Bo Li u. a.", [("Ada Byron", (), "", ""), ("Bo Li", (), "", "")], True),
        ("Moderation: Ada; Bo", [("Ada", (), "moderator", ""), ("Bo", (), "", "")], False),
        ("Erzählt: Ada", [("Ada", (), "", "Erzählt")], False),
        ("mit Ada, N. N.", [("Ada", (), "", "")], True),
        ("Ada Byron, Universität Kassel", [("Ada Byron", ("Universität Kassel",), "", "")], False),
        ('"Müller, Lüdenscheidt (Band)"', [("Müller, Lüdenscheidt (Band)", (), "", "")], False),
        ("Ada Byron and others", [("Ada Byron", (), "", "")], True),
        ("Ада Лавлейс (Одеса), 王小明, Nguyễn Thị Minh Khai", [
            ("Ада Лавлейс", ("Одеса",), "", ""), ("王小明", (), "", ""), ("Nguyễn Thị Minh Khai", (), "", ""),
        ], False),
    ],
)  # fmt: skip
def test_people_roles_and_organisations(people: str, guests: Any, is_open: bool) -> None:
    line = one(f"9:00 Vortrag; {people}")
    found = [(g.name, g.organisations, g.role, g.label) for g in line.guests]
    assert (found, line.is_open, line.title) == (guests, is_open, "Vortrag")


def test_guessed_organisation_is_told() -> None:
    line = one("9:00 Vortrag; Ada Byron, Universität Kassel")
    with i18n.use_language("en"):
        assert [str(note) for note in line.notes] == ["“Universität Kassel” is taken as the organisation of Ada Byron."]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Begrüßung, Aula", "No time was found. Begin with one, for example 10:30 or 10:30–11:00."),
        ("3 Fragen an Ada", "No time was found. Begin with one, for example 10:30 or 10:30–11:00."),
        ("25:00 Begrüßung", "This time does not exist."),
        ("10:30", "There is no title."),
        ("10:30 ; Ada Byron", "There is no title."),
        ("31.02.2027", "This day does not exist, or the event has no such day."),
        ("- Begrüßung", "No time was found. Begin with one, for example 10:30 or 10:30–11:00."),
        ("10:30 " + "x" * 301, "The title is longer than 300 characters."),
        ("10:30 Vortrag; " + "x" * 121, "This does not look like a name. A name has at most 120 characters."),
    ],
)
def test_what_cannot_be_understood_is_said(typed: str, problem: str) -> None:
    with i18n.use_language("en"):
        assert [str(found) for found in one(typed).problems] == [problem]


def test_headings_name_the_day_and_bullets_the_same_time() -> None:
    typed = [
        "Donnerstag, 11. März",
        "10:00–11:00 Workshop-Runde",
        "- Workshop 1: Netze",
        "  Workshop 2: Räume",
        "",
        "Tag 2:",
    ]
    lines = rules_quick.read("\n".join([*typed, "9:00 Frühstück"]), DAYS)
    found = [(line.number, line.kind, line.title, line.day and line.day.day, line.is_parallel) for line in lines]
    assert found == [
        (2, "round", "Workshop-Runde", 11, False),
        (3, "workshop", "Netze", 11, True),
        (4, "workshop", "Räume", 11, True),
        (7, "break", "Frühstück", 12, False),
    ]


@pytest.mark.parametrize("end", ["Ende", "Ende der Veranstaltung", "End of the event"])
def test_line_that_says_it_is_over_ends_the_one_above(end: str) -> None:
    typed = f"10:00 Ankommen\n11:00 Runde\n- Workshop 1: Netze\n12:30 {end}\n12.03.2027\n9:00 {end}\n10:00 Ende gut"
    with i18n.use_language("en"):
        lines = rules_quick.read(typed, DAYS)
        assert [(line.title, line.ends, len(line.notes)) for line in lines] == [
            ("Ankommen", None, 0), ("Runde", time(12, 30), 1), ("Netze", None, 0), (end, None, 0), ("Ende gut", None, 0),
        ]  # fmt: skip
        assert str(lines[1].notes[0]) == f"“12:30 {end}” is taken as its end."


def test_very_long_text_ends_with_a_sentence() -> None:
    lines = rules_quick.read("\n".join(f"9:00 Punkt {n}" for n in range(600)), DAYS)
    assert (len(lines), bool(lines[-1].problems), lines[-2].title) == (501, True, "Punkt 499")


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_word_that_is_written_is_read_as_what_it_stands_for(language: str) -> None:
    place = 0 if language == "de" else 1
    assert {words.kind_named(names[place]): key for key, names in words.KIND_WORDS.items()} == {
        key: key for key in (*rules.KINDS, words.ROUND)
    }
    assert {words.role_named(names[place]) for names in words.ROLE_WORDS.values()} == set(rules.ROLES)


SAMPLES = [
    "10:30", "10.30–11 Uhr", "9–10 am", "- ", "11.03.2027", "Tag 2", "Workshop 1: ", "Aula", ", ", "; ", '"', '""', "(", ")",
    "[", "]", " @ ", " / ", "|", "Moderation: ", "Ada Byron", "N. N.", "und", "\n", "\t", "Stadt", "20 Plätze", "ß", "\u202e",
    "Donnerstag", ":", "24:00", "Runde", "\x00", "王", "e\u0301", "#", "  ",
]  # fmt: skip
typed_texts = st.lists(st.one_of(st.sampled_from(SAMPLES), st.text(max_size=6)), max_size=25).map("".join)


@given(typed_texts, st.sampled_from([DAYS, ENGLISH]))
def test_nothing_typed_makes_it_fall_over(typed: str, setting: Setting) -> None:
    lines = rules_quick.read(typed, setting)
    for entry in rules_quick_schedule.plan(lines, setting, "Europe/Berlin"):
        assert entry.problems or (entry.starts_at and entry.ends_at and entry.starts_at < entry.ends_at)
        assert (entry.line.kind in rules.KINDS or entry.line.kind == words.ROUND) and len(str(entry.problems)) < 2000


word = st.text(
    st.one_of(st.sampled_from('abzÄß王12,;:"@()[]/|&-.!'), st.characters(codec="utf-8", categories=["L", "N", "P"])),
    min_size=1, max_size=12,
)  # fmt: skip
phrases = st.lists(st.one_of(word, st.sampled_from(["am", "und", "Stadt", "Pause", "Workshop", "N. N.", "mit", "h", "Uhr"])),
                   min_size=1, max_size=4).map(" ".join).filter(lambda text: text == " ".join(text.split()))  # fmt: skip
guests = st.builds(
    Guest,
    phrases,
    st.lists(phrases, max_size=3, unique=True).map(tuple),
    st.sampled_from(["", "moderator", "graphic"]),
    st.just(""),
) | st.builds(Guest, phrases, st.just(()), st.just(""), phrases)


@st.composite
def written_lines(draw: Any) -> Line:
    kind = draw(st.sampled_from([*rules.KINDS, words.ROUND]))
    number = draw(st.sampled_from(["", "1", "12", "3a", "B"])) if kind != words.ROUND else ""
    starts, ends = draw(st.times()), draw(st.none() | st.times())
    return Line(
        1, kind, draw(phrases), day=date(2027, 3, draw(st.integers(11, 12))),
        starts=starts.replace(second=0, microsecond=0, tzinfo=None),
        ends=ends and ends.replace(second=0, microsecond=0),
        item_number=number, room=draw(st.just("") | st.sampled_from(DAYS.rooms) | phrases),
        places=draw(st.none() | st.integers(1, 9999)),
        guests=tuple(dict.fromkeys(draw(st.lists(guests, max_size=4)))), is_open=draw(st.booleans()),
    )  # fmt: skip


def facts(lines: list[Line]) -> list[Any]:
    names = (
        "kind",
        "title",
        "day",
        "starts",
        "ends",
        "is_parallel",
        "item_number",
        "room",
        "places",
        "guests",
        "is_open",
    )
    return [(*(getattr(line, name) for name in names), len(line.problems), len(line.notes)) for line in lines]


@settings(max_examples=50)
@given(st.lists(written_lines(), min_size=1, max_size=3), st.sampled_from(["de", "en"]))
def test_what_is_written_reads_the_same(lines: list[Line], language: str) -> None:
    with i18n.use_language(language):
        typed = rules_quick.written(lines, DAYS.rooms)
    setting = Setting(DAYS.first, DAYS.last, DAYS.rooms, language)
    assert facts(rules_quick.read(typed, setting)) == facts(lines)
