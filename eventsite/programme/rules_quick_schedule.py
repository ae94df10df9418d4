"""Typed lines as a plan: which day, from when until when, in which round; what was assumed, and what cannot be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules_quick_words as words
from eventsite.programme import rules_times
from eventsite.programme.rules_quick import Line, Setting

USUAL_LENGTH = timedelta(hours=1)  # of a last line without an end
MOST_UNTIL_NEXT = timedelta(hours=4)  # a later beginning is no end of this


@dataclass(frozen=True)
class Entry:
    """A line with its instants; `round` is the number of the line of its round, None outside of one."""

    line: Line
    starts_at: datetime | None
    ends_at: datetime | None
    round: int | None = None
    problems: tuple[Any, ...] = ()
    notes: tuple[Any, ...] = ()


def plan(lines: Sequence[Line], setting: Setting, zone: str) -> list[Entry]:
    """Every line with its times; a missing end is the next beginning of that day, else an hour later."""
    found: list[Entry] = []
    day, last, current = setting.first, None, None
    for place, line in enumerate(lines):
        day = line.day or day
        if line.is_parallel and last is not None:
            own = Entry(line, last.starts_at, last.ends_at, problems=line.problems, notes=line.notes)
            own = replace(own, problems=(*own.problems, *_of_the_line_above(last)))
        else:
            own = _timed(line, day, _next_start(lines, place, day), zone)
            last = own
        if line.kind == words.ROUND:
            current = own
        elif line.kind == "workshop" and current is not None and _is_inside(own, current):
            own = replace(own, round=current.line.number)
        elif not line.is_parallel:
            current = None
        found.append(_checked(own, setting, zone))
    return found


def _of_the_line_above(last: Entry) -> tuple[Any, ...]:
    return () if last.starts_at and last.ends_at else (_l("The line above, whose time this takes, has none."),)


def _is_inside(own: Entry, current: Entry) -> bool:
    if not (own.starts_at and own.ends_at and current.starts_at and current.ends_at):
        return own.line.is_parallel
    return current.starts_at <= own.starts_at and own.ends_at <= current.ends_at


def _next_start(lines: Sequence[Line], place: int, day: date) -> time | None:
    """When the next line of the same day that has a time begins, if that is later."""
    here = lines[place].starts
    latest = datetime.combine(day, here) + MOST_UNTIL_NEXT if here is not None else None
    for line in lines[place + 1 :]:
        if line.day is not None and line.day != day:
            return None
        if line.starts is not None and here is not None and latest is not None and line.starts > here:
            return line.starts if datetime.combine(day, line.starts) <= latest else None
    return None


def _timed(line: Line, day: date, following: time | None, zone: str) -> Entry:
    if line.starts is None:
        return Entry(line, None, None, problems=line.problems, notes=line.notes)
    problems, notes = list(line.problems), list(line.notes)
    starts_at = rules_times.instant(datetime.combine(day, line.starts), zone)
    if line.ends is None and following is None and starts_at is not None:
        ends_at: datetime | None = starts_at + USUAL_LENGTH
        notes.append(_l("No end was given: an hour is assumed."))
    else:
        ends_at = _end(day, line.starts, line.ends or following or line.starts, zone)
    if starts_at is None or ends_at is None:
        problems.append(_l("This time does not exist: the clocks are put forward at that moment."))
        return Entry(line, None, None, problems=tuple(problems), notes=tuple(notes))
    if line.ends == line.starts:
        problems.append(_l("The end must come after the start."))
    elif line.ends is not None and line.ends < line.starts:
        notes.append(_l("It ends on the next day."))
    if ends_at <= starts_at:  # the clocks are put back in between
        ends_at += timedelta(hours=1)
    if any(rules_times.comes_twice(one, zone) for one in (starts_at, ends_at)):
        notes.append(_l("This time comes twice, since the clocks are put back; the first one is meant."))
    return Entry(line, starts_at, ends_at, problems=tuple(problems), notes=tuple(notes))


def _end(day: date, starts: time, ends: time, zone: str) -> datetime | None:
    return rules_times.instant(datetime.combine(day + timedelta(days=ends <= starts), ends), zone)


def _checked(entry: Entry, setting: Setting, zone: str) -> Entry:
    if entry.starts_at is None or entry.ends_at is None:
        return entry
    local = entry.starts_at.astimezone(ZoneInfo(zone)).date()
    notes, problems = list(entry.notes), list(entry.problems)
    if not setting.first <= local <= setting.last:
        notes.append(_l("%(day)s is not a day of the event.", day=i18n.format_date(local)))
    if entry.ends_at - entry.starts_at > rules_times.LONGEST:
        problems.append(rules_times.too_long())
    return replace(entry, notes=tuple(notes), problems=tuple(problems))


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in order of time, what has none at the end."""
    late = datetime.max.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: (entry.starts_at or late, entry.line.number))
