"""A table from a spreadsheet, pasted or uploaded, as typed lines: which column is what, and each row understood."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules_quick, rules_quick_people, rules_quick_times
from eventsite.programme import rules_quick_words as words
from eventsite.programme.rules_quick import Line, Setting
from eventsite.programme.rules_quick_people import Guest

MOST_COLUMNS = 40
FIELDS: dict[str, Any] = {
    "day": _l("Day"),
    "starts": _l("Start, or start and end"),
    "ends": _l("End"),
    "kind": _l("Kind"),
    "number": _l("Number"),
    "title": _l("Title"),
    "subtitle": _l("Subtitle"),
    "room": _l("Room"),
    "people": _l("People"),
    "organisations": _l("Organisations of the people"),
    "moderation": _l("Moderation"),
    "places": _l("Places"),
    "language": _l("Language"),
    "abstract": _l("Text"),
}
_NAMES: dict[str, tuple[str, ...]] = {
    "day": ("tag", "datum", "day", "date"),
    "starts": ("zeit", "uhrzeit", "beginn", "start", "von", "anfang", "time", "begin", "from", "startzeit", "start time"),
    "ends": ("ende", "bis", "end", "to", "until", "endzeit", "end time"),
    "kind": ("art", "format", "typ", "kind", "type", "kategorie"),
    "number": ("nr", "nummer", "number", "no", "id"),
    "title": ("titel", "title", "thema", "programmpunkt", "was", "inhalt", "item", "topic", "what", "bezeichnung", "name"),
    "subtitle": ("untertitel", "subtitle"),
    "room": ("raum", "ort", "room", "place", "location", "wo", "where", "saal"),
    "people": (
        "personen", "wer", "referent", "referentin", "referenten", "referentinnen", "referierende", "speaker",
        "speakers", "people", "who", "mitwirkende", "person", "vortragende", "leitung", "presenter",
    ),
    "organisations": ("organisation", "institution", "einrichtung", "organization", "organisationen", "affiliation"),
    "moderation": ("moderation", "moderator", "moderatorin", "chair"),
    "places": ("platze", "places", "kapazitat", "capacity", "seats", "teilnehmende", "tn", "max"),
    "language": ("sprache", "language"),
    "abstract": ("text", "beschreibung", "abstract", "description", "kurzbeschreibung", "inhalte"),
}  # fmt: skip
_FIELD = {name: key for key, names in _NAMES.items() for name in names}
_LANGUAGES = {"deutsch": "de", "german": "de", "de": "de", "englisch": "en", "english": "en", "en": "en"}


@dataclass(frozen=True)
class Grid:
    """Rows of cells; the header is empty where the first row holds data already."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # each with its line in what was typed

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return min(MOST_COLUMNS, max((len(cells) for _line, cells in self.rows), default=len(self.header)))


def is_table(text: str) -> bool:
    """Whether a text was pasted from a spreadsheet: most of its lines hold tabs, or its first names columns."""
    listed = [line for line in text.splitlines() if line.strip()]
    if not listed:
        return False
    tabbed = sum("\t" in line.strip() for line in listed)
    return tabbed * 2 > len(listed) or len(_named(re.split(r"[;,]", listed[0]))) >= 3


def _named(cells: Sequence[str]) -> dict[str, int]:
    """The fields that cells name as headings, with the first column of each."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells[:MOST_COLUMNS]):
        name = words.plain(re.sub(r"[*:_]in(?:nen)?\b", "", cell.strip()))
        if name in _FIELD:
            found.setdefault(_FIELD[name], place)
    return found


def grid(text: str) -> Grid:
    """The cells of a pasted table."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if "\t" in text else max(";,", key=first.count)
    rows = []
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            rows.append((line, tuple(" ".join(cell.split()) for cell in cells)))
            line = reader.line_num + 1
    except csv.Error:  # a cell of more than 128 kB: no table of a programme
        rows = [(n, tuple(one.split(delimiter))) for n, one in enumerate(text.splitlines(), start=1)]
    filled = [row for row in rows if any(row[1])]
    has_header = bool(filled) and len(_named(filled[0][1])) >= 2
    return Grid(filled[0][1] if has_header else (), tuple(filled[1:] if has_header else filled))


def columns(table: Grid, first: date, last: date) -> dict[str, int]:
    """Which column is what: by the header, else by what stands in the columns."""
    if table.header:
        return _named(table.header)
    found: dict[str, int] = {}
    for place in range(table.width):
        cells = [row[place] for _line, row in table.rows[:50] if place < len(row) and row[place]]
        if not cells:
            continue
        if _most(rules_quick_times.clock(cell) is not None for cell in cells):
            found.setdefault("starts" if "starts" not in found else "ends", place)
        elif _most(rules_quick_times.day(cell, first, last) is not None for cell in cells):
            found.setdefault("day", place)
        elif "title" not in found:
            found["title"] = place
        elif _most(words.is_room(cell) for cell in cells):
            found.setdefault("room", place)
        else:
            found.setdefault("people", place)
    return found


def _most(answers: Any) -> bool:
    listed = list(answers)
    return sum(listed) * 2 > len(listed)


def lines(table: Grid, chosen: Mapping[str, int], setting: Setting) -> list[Line]:
    """Each row as a line; `chosen` says which column is what."""
    found: list[Line] = []
    day: date | None = None
    for number, cells in table.rows[: rules_quick.MOST_LINES]:
        values = {key: cells[place] if place < len(cells) else "" for key, place in chosen.items() if place >= 0}
        if not any(values.values()):
            continue
        line = _row(number, values, setting, bool(found))
        if line.is_parallel and line.day not in (None, day):
            line = replace(line, is_parallel=False)
        if not line.is_parallel and line.starts is None and not line.problems:
            line = replace(line, problems=(_l("There is no time."),))
        day = line.day or day
        found.append(replace(line, day=day, text=" | ".join(cell for cell in cells if cell)))
    if len(table.rows) > rules_quick.MOST_LINES:
        found.append(Line(table.rows[-1][0], "talk", "", problems=(rules_quick.too_many(),)))
    return found


def _row(number: int, values: Mapping[str, str], setting: Setting, has_above: bool) -> Line:
    typed = values.get("starts", "")
    day = rules_quick_times.day(values.get("day") or typed, setting.first, setting.last)
    if day is not None and (not values.get("day") or (not typed and rules_quick_times.clock(day[1]) is not None)):
        typed = day[1]  # date and time in one cell
    begins, ends = rules_quick_times.clock(typed, setting.language), rules_quick_times.clock(values.get("ends", ""))
    problems = _problems(values, typed, begins, day)
    title = values.get("title", "")
    read: dict[str, Any] = {"title": title}
    if not values.get("room"):
        read = rules_quick.content(title, setting.rooms, "talk")
    kind, item_number = _kind(values, str(read.get("kind", "")), title)
    people = _people(values, kind)
    return Line(
        number,
        kind=kind,
        title=str(read["title"]),
        day=day[0] if day else None,
        starts=begins[0].starts if begins else None,
        ends=begins[0].ends if begins and begins[0].ends else ends[0].starts if ends else None,
        is_parallel=not typed and has_above,
        item_number=values.get("number", "")[:10] or item_number or str(read.get("item_number", "")),
        room=values.get("room") or str(read.get("room", "")),
        places=_number(values.get("places", "")) or read.get("places"),
        guests=people.guests or read.get("guests", ()),
        is_open=people.is_open or bool(read.get("is_open")),
        more={key: value for key, value in _more(values).items() if value},
        problems=(*problems, *people.problems),
        notes=people.notes,
    )


def _problems(values: Mapping[str, str], typed: str, begins: Any, day: Any) -> list[Any]:
    found = []
    if typed and begins is None:
        found.append(_l("“%(words)s” is no time. An example: 10:30", words=typed[:40]))
    if begins is not None and begins[0].is_wrong:
        found.append(_l("This time does not exist."))
    if values.get("day") and (day is None or day[0] is None):
        found.append(_l("“%(words)s” is no day. An example: 11.03.2027", words=values["day"][:40]))
    if not values.get("title"):
        found.append(_l("There is no title."))
    if len(values.get("title", "")) > rules_quick.MOST_TITLE:
        found.append(_l("The title is longer than %(most)s characters.", most=rules_quick.MOST_TITLE))
    return found


def _kind(values: Mapping[str, str], guessed: str, title: str) -> tuple[str, str]:
    """The kind that the cell names ("Workshop 3" has a number too), else the one the title speaks of."""
    named = re.fullmatch(r"(.*?)\s*(\d{1,3}|[A-Z])?", values.get("kind", "").strip())
    for name, number in ((values.get("kind", ""), ""), (named[1], named[2] or "") if named else ("", "")):
        if words.kind_named(name):
            return words.kind_named(name), number
    return guessed or words.kind_guessed(title), ""


def _people(values: Mapping[str, str], kind: str) -> rules_quick_people.People:
    usual = words.USUAL_ROLES.get(kind, "speaker")
    people = rules_quick_people.read(values.get("people", ""), usual)
    guests = people.guests
    organisations = tuple(words.split(values.get("organisations", ""), ";,"))
    if organisations and len(guests) == len(organisations):
        guests = tuple(
            replace(g, organisations=g.organisations or (o,)) for g, o in zip(guests, organisations, strict=True)
        )
    elif organisations and len(guests) == 1:
        guests = (replace(guests[0], organisations=guests[0].organisations or organisations),)
    elif organisations:
        note = _l("Organisations and people are not equally many; please check who belongs where.")
        people = replace(people, notes=(*people.notes, note))
    chairs = rules_quick_people.read(values.get("moderation", ""), "moderator")
    moderators = tuple(Guest(g.name, g.organisations, "moderator") for g in chairs.guests)
    return replace(people, guests=(*moderators, *guests), problems=(*people.problems, *chairs.problems))


def _number(cell: str) -> int | None:
    found = re.search(r"\d{1,4}", cell)
    return int(found[0]) if found else None


def _more(values: Mapping[str, str]) -> dict[str, str]:
    language = _LANGUAGES.get(words.plain(values.get("language", "")), "")
    return {"subtitle": values.get("subtitle", "")[:300], "abstract": values.get("abstract", ""), "language": language}
