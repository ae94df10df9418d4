"""What the board of rooms and times shows of one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events import queries as events
from eventsite.events.models import Event, Room
from eventsite.programme import queries, rules_board
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.programme.rules_board import Card, Window
from eventsite.programme.rules_clashes import Clash


@dataclass(frozen=True)
class Column:
    """A room with what is in it; room None: what has none."""

    room: Room | None
    items: list[ProgrammeItem]


@dataclass(frozen=True)
class Board:
    """One day: the days there are, rooms as columns, rounds, where each card lies, and what clashes."""

    days: list[date]
    day: date
    window: Window
    columns: list[Column]
    rounds: list[Round]
    cards: Mapping[str, Card]
    clashes: list[Clash]
    marks: Mapping[str, list[str]]


def board(event: Event, wished: date | None = None) -> Board:
    """The board of a day; of the first one where the wished one has nothing and is no day of the event."""
    everything, rounds = queries.items(event.id), plain_rounds(event.id)
    zone, times = event.timezone, (event.starts_at, event.ends_at)
    days = rules_board.days([*everything, *rounds], *times, zone)
    day = wished if wished in days else days[0]
    items, shown = rules_board.of_day(everything, day, zone), rules_board.of_day(rounds, day, zone)
    window = rules_board.window([*items, *shown], day, *times, zone)
    columns = _columns(rooms(event, everything), items)
    cards = {**rules_board.lay(shown, window)}
    for column in columns:
        cards |= rules_board.lay(column.items, window)
    uids = {item.public_id for item in items}
    clashes = [clash for clash in queries.clashes(event, everything, rounds) if uids.intersection(clash.items)]
    return Board(days, day, window, columns, shown, cards, clashes, rules_board.marks(clashes))


def rooms(event: Event, items: list[ProgrammeItem]) -> list[Room]:
    """The rooms of the venue, and those of another one in which something was planned before."""
    known = events.rooms(event)
    used = {item.room.id: item.room for item in items if item.room is not None}
    return known + [room for room in used.values() if room.id not in {one.id for one in known}]


def _columns(known: list[Room], items: list[ProgrammeItem]) -> list[Column]:
    inside: dict[int | None, list[ProgrammeItem]] = {}
    for item in items:
        inside.setdefault(item.room_id, []).append(item)
    return [*(Column(room, inside.get(room.id, [])) for room in known), Column(None, inside.get(None, []))]


def plain_rounds(event_id: int) -> list[Round]:
    """The draft rounds in order of time, without their workshops; one query."""
    query = select(Round).where(Round.event_id == event_id).order_by(Round.starts_at, Round.position, Round.id)
    return list(db.session.scalars(query))


def later(event: Event, since: Any) -> list[ProgrammeItem | Round]:
    """Rounds and items of a day that begin at an instant or after it, in order of time."""
    ones: list[ProgrammeItem | Round] = [*plain_rounds(event.id), *queries.items(event.id)]
    found = rules_board.later(ones, since, event.timezone)
    return sorted(found, key=lambda one: (one.starts_at, isinstance(one, ProgrammeItem)))


def room_name(item: ProgrammeItem) -> str:
    """The room of an item in words."""
    return i18n.local(item.room.name) if item.room else i18n._("no room")
