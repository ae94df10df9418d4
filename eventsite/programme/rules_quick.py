"""Typed programmes: "10:30 Begrüßung, Aula; Markus Weiland (DLR-Projektträger)" as data, and data as such lines again.

A line is: time, title, room behind a comma, people behind a semicolon with organisations in brackets. A heading names
the day. A line with a hyphen in front takes place at the same time as the line above: the workshops of a round.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules, rules_quick_people, rules_quick_times
from eventsite.programme import rules_quick_words as words
from eventsite.programme.rules_quick_people import Guest

MOST_LINES, MOST_TITLE = 500, 300
_BULLET = re.compile(r"\s*[-–—•*·‣]\s+|\t+|\s{2,}")
_NUMBER = r"(?P<number>[A-Za-z]?\d{1,3}[A-Za-z]?|[A-Z])"
_PREFIX = re.compile(rf"(?P<word>[^\W\d_][^:;,\"]{{0,40}}?)(?:\s+(?:Nr\.\s?|No\.\s?|#)?{_NUMBER})?\s*:\s+(?=\S)")
_PLACES = re.compile(
    r"(?:max\. |maximal )?(\d{1,4})\s+(?:Plätze|Plätzen|Platz|places|place|seats|TN|Personen)", re.IGNORECASE
)
_SPECIAL = ',;:"@[]()|\t'


@dataclass(frozen=True)
class Line:
    """What was understood of one line; an item, or a round of parallel workshops (kind "round")."""

    number: int  # where it stands in what was typed, from 1
    kind: str
    title: str
    day: date | None = None  # None: that of the line above, else the first
    starts: time | None = None
    ends: time | None = None  # not after the start: the next day
    is_parallel: bool = False  # at the same time as the last line that had a time
    item_number: str = ""
    room: str = ""
    places: int | None = None
    guests: tuple[Guest, ...] = ()
    is_open: bool = False  # more people, who are not named
    text: str = ""  # as it was typed
    more: dict[str, str] = field(default_factory=dict)  # subtitle, abstract, language: columns of tables only
    problems: tuple[Any, ...] = ()  # why it cannot be taken in
    notes: tuple[Any, ...] = ()  # what was assumed


@dataclass(frozen=True)
class Setting:
    """What lines are read against: the days of the event, and the names of its rooms."""

    first: date
    last: date
    rooms: tuple[str, ...] = ()
    language: str = "de"


def read(text: str, setting: Setting) -> list[Line]:
    """Every line that is not empty, in order; headings with a day are no lines of their own but count for those below."""
    found: list[Line] = []
    day: date | None = None
    above = ""
    for number, typed in enumerate(text.splitlines(), start=1):
        if not typed.strip():
            continue
        if len(found) >= MOST_LINES:
            return [*found, Line(number, "talk", "", problems=(too_many(),))]
        heading = rules_quick_times.day(typed, setting.first, setting.last)
        is_dated = heading is not None and rules_quick_times.clock(heading[1], setting.language) is not None
        if heading is not None and (is_dated or not heading[1]):
            day, above = heading[0], ""
            if day is None:
                found.append(
                    Line(number, "talk", typed.strip()[:MOST_TITLE], text=typed.strip(), problems=(_no_day(),))
                )
            if not heading[1]:
                continue
        line = _line(number, heading[1] if heading is not None and is_dated else typed, day, above, setting)
        if _is_end_of_above(line, found):
            continue
        if not line.is_parallel:
            above = line.kind
        found.append(line)
    return found


def _is_end_of_above(line: Line, found: list[Line]) -> bool:
    """Whether a line ("16:00 Ende") only says when the last one with a time ends, which then is told there."""
    place = next((n for n in range(len(found) - 1, -1, -1) if found[n].starts is not None), None)
    if place is None or line.starts is None or line.ends or line.problems or line.room or line.guests:
        return False
    last = found[place]
    is_end = words.is_end(line.title) and last.day == line.day and last.starts is not None and last.starts < line.starts
    if not is_end or last.ends not in (None, line.starts):
        return False
    note = _l("“%(words)s” is taken as its end.", words=line.text)
    found[place] = replace(last, ends=line.starts, notes=(*last.notes, note))
    return True


def too_many() -> Any:
    """Why the rest of a very long text is not read."""
    return _l("There are more than %(most)s lines. Please enter the rest afterwards.", most=MOST_LINES)


def _no_day() -> Any:
    return _l("This day does not exist, or the event has no such day.")


def _line(number: int, typed: str, day: date | None, above: str, setting: Setting) -> Line:
    bullet = _BULLET.match(typed)
    body = typed[bullet.end() :] if bullet else typed.strip()
    timed = rules_quick_times.clock(body.strip(), setting.language)
    rest = timed[1] if timed else body.strip()
    is_parallel = timed is None and bool(above) and (bullet is not None or _is_of_a_round(rest, above))
    usual = {words.ROUND: "workshop", "market": "stand", "workshop": "workshop"}.get(above, "talk")
    values = content(rest, setting.rooms, usual if is_parallel else "talk")
    problems: list[Any] = []
    if timed is None and not is_parallel:
        problems.append(_l("No time was found. Begin with one, for example 10:30 or 10:30–11:00."))
    if timed is not None and timed[0].is_wrong:
        problems.append(_l("This time does not exist."))
    if not values["title"]:
        problems.append(_l("There is no title."))
    if len(values["title"]) > MOST_TITLE:
        problems.append(_l("The title is longer than %(most)s characters.", most=MOST_TITLE))
    starts, ends = (timed[0].starts, timed[0].ends) if timed else (None, None)
    return Line(
        number,
        day=day,
        starts=starts,
        ends=ends,
        is_parallel=is_parallel,
        text=typed.strip(),
        **{**values, "problems": (*problems, *values["problems"])},
    )


def _is_of_a_round(rest: str, above: str) -> bool:
    prefix = _PREFIX.match(rest)
    return above in (words.ROUND, "workshop") and prefix is not None and words.kind_named(prefix["word"]) == "workshop"


def content(rest: str, rooms: Sequence[str], usual: str) -> dict[str, Any]:
    """Kind, number, title, room, places and people of what follows the time."""
    kind, number, rest = _prefix(rest)
    title, head, tail = _halves(rest)
    room, places = "", None
    if title is None:
        title, room, places = _head(head, rooms)
    else:
        room, places = _behind_title(head)
    guessed = kind or words.kind_guessed(title, usual)
    people = rules_quick_people.read(tail, words.USUAL_ROLES.get(guessed, "speaker"))
    found = {"kind": guessed, "title": title, "item_number": number, "room": room, "places": places}
    return found | {
        "guests": people.guests,
        "is_open": people.is_open,
        "notes": people.notes,
        "problems": people.problems,
    }


def _prefix(rest: str) -> tuple[str, str, str]:
    """A kind and number in front of a colon; a word that names none is part of the title, and so is "Runde 1:"."""
    found = _PREFIX.match(rest)
    kind = words.kind_named(found["word"]) if found else ""
    if found is None or not kind:
        return "", "", rest
    if kind == words.ROUND and found["number"]:
        return kind, "", rest
    return kind, found["number"] or "", rest[found.end() :]


def _halves(rest: str) -> tuple[str | None, str, str]:
    """The title where it stands between quotation marks, what stands before the people, and the people."""
    if rest.startswith('"'):
        end = words.closing(rest, 0)
        behind = rest[end + 1 :].lstrip() if end is not None else ""
        if end is not None and (not behind or behind[0] in ",;@["):
            parts = words.split(behind, ";")
            has_head = bool(behind) and not behind.startswith(";")
            tail = parts[1:] if has_head else parts
            return words.unquoted(rest[: end + 1]), parts[0] if has_head and parts else "", "; ".join(tail)
    parts = words.split(rest, ";")
    is_headless = rest.lstrip().startswith(";")
    head = "" if is_headless or not parts else parts[0]
    return None, head, "; ".join(parts if is_headless else parts[1:])


def _head(head: str, rooms: Sequence[str]) -> tuple[str, str, int | None]:
    """Title, room and places of a head, the last two in any order."""
    head, places = _places(head)
    title, room = _with_room(head, rooms)
    if room and places is None:
        title, places = _places(title)
    return _clean(title), room, places


def _with_room(head: str, rooms: Sequence[str]) -> tuple[str, str]:
    """Title and room; a room is known, looks like one, or stands behind @ or in square brackets."""
    marked = re.search(r"^(.*?)(?:\s@\s?(.+)|\s\[([^\[\]]+)\])$", head)
    if marked:
        return marked[1], words.unquoted(marked[2] or marked[3])
    known = {words.plain(name) for name in rooms}
    bracketed = re.search(r"^(.+)\s\(([^()]+)\)$", head)
    if bracketed and words.plain(bracketed[2]) in known:
        return bracketed[1], bracketed[2].strip()
    pieces = head.split(",")
    for place in range(1, len(pieces)):
        behind = ",".join(pieces[place:]).strip()
        if words.plain(behind) in known:
            return ",".join(pieces[:place]), behind
    last = pieces[-1].strip()
    is_alike = len(last.split()) <= 3 and words.likeness(last, rooms) >= words.ALIKE
    if len(pieces) > 1 and (is_alike or words.is_room(last)):
        return ",".join(pieces[:-1]), pieces[-1].strip()
    return head, ""


def _places(head: str) -> tuple[str, int | None]:
    before, _comma, last = head.rpartition(",")
    found = _PLACES.fullmatch(last.strip()) if before else None
    return (before.strip(), int(found[1])) if found else (head, None)


def _behind_title(head: str) -> tuple[str, int | None]:
    """Room and places behind a title in quotation marks: all that is left is the room."""
    parts = words.split(head, ",")
    places = _PLACES.fullmatch(parts[-1]) if parts else None
    left = ", ".join(parts[:-1] if places else parts).lstrip("@ ").strip()
    if left.startswith("[") and left.endswith("]"):
        left = left[1:-1]
    return words.unquoted(left), int(places[1]) if places else None


def _clean(title: str) -> str:
    return words.unquoted(title.strip().rstrip(",:;").strip())


def written(lines: Iterable[Line], rooms: Sequence[str] = ()) -> str:
    """Lines as they are typed, in the current language; reading them gives the same again."""
    rows: list[str] = []
    day: date | None = None
    above = ""
    for line in lines:
        if line.day is not None and line.day != day:
            day, above = line.day, ""
            heading = f"{i18n.format_weekday(day)}, {i18n.format_date(day)}"
            rows += ["", heading] if rows else [heading]
        usual = {words.ROUND: "workshop", "market": "stand", "workshop": "workshop"}.get(above, "talk")
        rows.append(_written(line, usual if line.is_parallel else "talk", rooms))
        above = above if line.is_parallel else line.kind
    return "\n".join(rows)


def _written(line: Line, usual: str, rooms: Sequence[str]) -> str:
    time_words = "-" if line.is_parallel else _clock(line)
    known = {words.plain(name) for name in rooms}
    room = ""
    if line.room:
        is_known = words.plain(line.room) in known and not set(_SPECIAL) & set(line.room)
        room = f", {line.room}" if is_known else " @ " + words.quoted(line.room, _SPECIAL)
    places = ""
    if line.places is not None:
        places = i18n._(", %(number)s places", number=line.places)
    people = rules_quick_people.written(line.guests, words.USUAL_ROLES.get(line.kind, "speaker"), is_open=line.is_open)
    title = words.quoted(line.title, _SPECIAL)
    title = f'"{line.title}"' if title == line.title and _is_misread(line, rooms) else title
    return f"{time_words} {_prefix_of(line, usual)}{title}{room}{places}{'; ' + people if people else ''}"


def _is_misread(line: Line, rooms: Sequence[str]) -> bool:
    """Whether a title would lose something: "am Fluss" behind a time is taken for a.m."""
    timed = rules_quick_times.clock(f"10:00 {line.title}", i18n.current_language())
    return _head(line.title, rooms) != (line.title, "", None) or timed is None or timed[1] != line.title


def _prefix_of(line: Line, usual: str) -> str:
    has_number = re.fullmatch(_NUMBER, line.item_number) is not None
    if not has_number and words.kind_guessed(line.title, usual) == line.kind:
        return ""
    place = 0 if i18n.current_language() == "de" else 1
    word = words.KIND_WORDS[line.kind][place]
    return f"{word} {line.item_number}: " if has_number else f"{word}: "


def _clock(line: Line) -> str:
    start = f"{line.starts:%H:%M}" if line.starts else ""
    return f"{start}–{line.ends:%H:%M}" if line.ends else start


def usual_role(kind: str) -> str:
    """The role of somebody in an item of a kind, where nothing is said."""
    return words.USUAL_ROLES.get(kind, "speaker") if kind in rules.KINDS else "speaker"
