"""The lists of the workshops for moderators and doors: where, when, who leads, who comes; names only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.allocation import queries_board
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme.models import Appearance, ProgrammeItem

LEADING = ("lead", "moderator")


@dataclass(frozen=True)
class DoorList:
    """One workshop with the names of those who come; texts in all languages stay as they are stored."""

    round: Any
    item: ProgrammeItem
    starts_at: datetime
    ends_at: datetime
    room: Any
    leads: list[str]
    names: list[str]


def door_lists(event: Event) -> tuple[list[DoorList], bool]:
    """One list per workshop in order of rounds, and whether the places are published; without one query per workshop."""
    board = queries_board.board(event)
    leads = _leads(event.id)
    return [
        DoorList(
            one.title,
            column.item,
            column.item.starts_at,
            column.item.ends_at,
            column.item.room.name if column.item.room else None,
            leads.get(column.item.id, []),
            [seat.registration.name for seat in column.seats],
        )
        for one, columns in board.rounds
        for column in columns
        if column.item is not None
    ], board.is_published


def _leads(event_id: int) -> dict[int, list[str]]:
    query = (
        select(Appearance)
        .join(ProgrammeItem, ProgrammeItem.id == Appearance.item_id)
        .where(ProgrammeItem.event_id == event_id, Appearance.role.in_(LEADING))
        .options(joinedload(Appearance.speaker))
        .order_by(Appearance.item_id, Appearance.position)
    )
    found: dict[int, list[str]] = {}
    for appearance in db.session.scalars(query):
        found.setdefault(appearance.item_id, []).append(appearance.speaker.name)
    return found
