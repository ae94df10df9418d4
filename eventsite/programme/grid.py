"""A day of the programme as a table: a column for each room, a row for each time at which something begins or ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup, escape

from eventsite.core.i18n import _
from eventsite.programme.listing import Day, Entry, clock


@dataclass(frozen=True, slots=True)
class Column:
    """A room; two columns wide where two items are in it at the same time."""

    label: Markup
    width: int


@dataclass(frozen=True, slots=True)
class Cell:
    """An item, or nothing, over so many rows and columns."""

    entry: Entry | None
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Row:
    """From one time to the next; `title` names the round that begins."""

    start: str
    starts_at: datetime
    ends_at: datetime
    title: Markup
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class Grid:
    """The table of one day."""

    iso: str
    name: str
    columns: list[Column]
    rows: list[Row]


def is_worth_it(days: Iterable[Day]) -> bool:
    """Whether anything happens at the same time as something else, so that columns tell more than a list."""
    return any(len(group) > 1 for day in days for group in _groups(day.entries))


def grid(day: Day) -> Grid:
    """The table of a day; an item that has the day to itself for its time goes across all rooms."""
    entries = day.entries
    beside = [entry for group in _groups(entries) if len(group) > 1 for entry in group]
    places, columns = _columns(beside)
    width = sum(column.width for column in columns) or 1
    times = sorted({instant for entry in entries for instant in (entry.starts_at, entry.ends_at)})
    if len(times) == 1:
        times.append(times[0])
    number = {instant: place for place, instant in enumerate(times)}
    titles = {slot.starts_at: slot.title for slot in day.slots if slot.is_together and slot.note}
    rows = [Row(clock(a), a, b, titles.get(a, Markup())) for a, b in pairwise(times)]
    taken = [[False] * width for _row in rows]
    starting: dict[tuple[int, int], Cell] = {}
    for entry in entries:
        first = min(number[entry.starts_at], len(rows) - 1)
        height = max(1, number[entry.ends_at] - first)
        column, wide = places.get(entry.uid, (0, width))
        starting[first, column] = Cell(entry, height, wide)
        for row in range(first, first + height):
            taken[row][column : column + wide] = [True] * wide
    _fill(rows, starting, taken)
    return Grid(day.iso, day.name, columns, [row for row, full in zip(rows, taken, strict=True) if any(full)])


def _fill(rows: list[Row], starting: dict[tuple[int, int], Cell], taken: list[list[bool]]) -> None:
    """Puts the cells that begin into their rows, and empty ones where a room has nothing."""
    for place, row in enumerate(rows):
        if not any(taken[place]):
            continue
        for column, is_taken in enumerate(taken[place]):
            if (place, column) in starting:
                row.cells.append(starting[place, column])
            elif not is_taken:
                row.cells.append(Cell(None))


def _groups(entries: list[Entry]) -> list[list[Entry]]:
    """The entries, in order of time, in groups that hang together by overlapping."""
    groups: list[list[Entry]] = []
    until: datetime | None = None
    for entry in entries:
        if until is not None and entry.starts_at < until:
            groups[-1].append(entry)
            until = max(until, entry.ends_at)
        else:
            groups.append([entry])
            until = entry.ends_at
    return groups


def _columns(entries: list[Entry]) -> tuple[dict[str, tuple[int, int]], list[Column]]:
    """The column of each entry (with its width), and the rooms in the order in which they are first used."""
    rooms: dict[str, list[list[Entry]]] = {}
    labels: dict[str, Markup] = {}
    for entry in entries:
        lanes = rooms.setdefault(entry.room_uid, [])
        labels.setdefault(entry.room_uid, entry.room or escape(_("Room open")))
        free = next((lane for lane in lanes if lane[-1].ends_at <= entry.starts_at), None)
        if free is None:
            lanes.append([entry])
        else:
            free.append(entry)
    order = sorted(rooms, key=lambda uid: uid == "")  # what has no room yet comes last
    places: dict[str, tuple[int, int]] = {}
    columns: list[Column] = []
    before = 0
    for uid in order:
        for number, lane in enumerate(rooms[uid]):
            places.update({entry.uid: (before + number, 1) for entry in lane})
        columns.append(Column(labels[uid], len(rooms[uid])))
        before += len(rooms[uid])
    return places, columns
