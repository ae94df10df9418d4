"""Verbs of the board: move an item or a round, move all that is later, duplicate. Each says what the mover saw."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from eventsite.core import i18n
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import queries as events
from eventsite.events import service as locks
from eventsite.events.models import Event, Room
from eventsite.programme import queries, queries_board, rules_board, service
from eventsite.programme.models import Appearance, ProgrammeItem, Round
from eventsite.programme.service_drafts import step

# What a duplicate has of its own.
OWN = frozenset({"id", "public_id", "event_id", "slug", "number", "offering"}) | frozenset(
    {"starts_at", "ends_at", "position", "cancelled_at", "cancel_reason", "created_at", "updated_at"}
)


class Overtaken(Refused):
    """Somebody else has moved the same meanwhile; nothing was changed."""


def move(
    item_id: int, *, starts_at: datetime, ends_at: datetime, room_id: int | None, seen: str, actor: str
) -> ProgrammeItem:
    """Puts an item elsewhere in time and room; refuses where it is not any more where the mover saw it."""
    with transaction() as session:
        event_id = session.get_one(ProgrammeItem, item_id).event_id
        event = locks.lock_event(event_id)
        item = session.scalars(_fresh(ProgrammeItem, item_id)).one()
        room = session.get(Room, item.room_id) if item.room_id is not None else None
        if seen != rules_board.stamp(item, room.public_id if room else None):
            where = i18n.local(room.name) if room else i18n._("no room")
            raise _overtaken(item, where, event)
        _check(starts_at, ends_at)
        if room_id not in {item.room_id, None, *(one.id for one in events.rooms(event))}:
            raise Refused(_l("There is no such room at this venue."))
        return service.change_item(item_id, actor=actor, starts_at=starts_at, ends_at=ends_at, room_id=room_id)


def _fresh(model: Any, key: int) -> Any:
    return select(model).where(model.id == key).execution_options(populate_existing=True)


def _check(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at - starts_at > rules_board.LONGEST:
        raise Refused(_l("Nothing may last longer than %(hours)s hours.", hours=24))


def _overtaken(one: Any, where: str, event: Event) -> Overtaken:
    with i18n.use_zone(event.timezone):
        span = f"{i18n.format_date(one.starts_at)}, {i18n.format_timespan(one.starts_at, one.ends_at)}"
    values = {"title": i18n.local(one.title), "where": f"{span}, {where}" if where else span}
    return Overtaken(
        _l("Somebody has moved “%(title)s” meanwhile; it is now here: %(where)s. Nothing was changed.", **values)
    )


def move_round(round_id: int, *, starts_at: datetime, ends_at: datetime, seen: str, actor: str) -> Round:
    """Puts a round elsewhere; workshops with its times take the new ones, others move by as much as its start."""
    with transaction() as session:
        event = locks.lock_event(session.get_one(Round, round_id).event_id)
        one = session.scalars(_fresh(Round, round_id)).one()
        if seen != rules_board.stamp(one):
            raise _overtaken(one, "", event)
        _check(starts_at, ends_at)
        times, by = (one.starts_at, one.ends_at), starts_at - one.starts_at
        with step(event.id, actor):
            inside = session.scalars(select(ProgrammeItem).where(ProgrammeItem.round_id == round_id))
            others = [item for item in inside if (item.starts_at, item.ends_at) != times]
            # The round first: one of the others may come to have its former times, and must not move twice.
            moved = service.change_round(round_id, actor=actor, starts_at=starts_at, ends_at=ends_at)
            for item in others:
                service.change_item(item.id, actor=actor, starts_at=item.starts_at + by, ends_at=item.ends_at + by)
            return moved


def shift(event_id: int, since: datetime, by: timedelta, *, seen: str, actor: str) -> int:
    """Moves all of a day that begins at an instant or after it; how many items and rounds that were.

    `seen` is what the preview showed: refuses where anything of it has changed meanwhile.
    """
    with transaction() as session:
        event = locks.lock_event(event_id)
        session.expire_all()
        found = queries_board.later(event, since)
        if seen != rules_board.stamp_of_all(found):
            raise Overtaken(_l("The programme was changed meanwhile. Please look at the preview again."))
        with step(event_id, actor):
            for one in found:
                starts_at, ends_at = one.starts_at + by, one.ends_at + by
                if isinstance(one, ProgrammeItem):
                    service.change_item(one.id, actor=actor, starts_at=starts_at, ends_at=ends_at)
                else:  # its workshops are in the list themselves
                    one.starts_at, one.ends_at = starts_at, ends_at
            session.flush()
        return len(found)


def duplicate(item_id: int, *, actor: str) -> ProgrammeItem:
    """The same item again with its people: right behind it, or beside it in its round."""
    with transaction() as session:
        item = queries.get_item(session.get_one(ProgrammeItem, item_id).event_id, _uid(item_id))
        with step(item.event_id, actor):
            length = item.ends_at - item.starts_at
            starts_at = item.starts_at if item.round_id is not None else item.ends_at
            columns = [column.name for column in ProgrammeItem.__table__.columns if column.name not in OWN]
            values: dict[str, Any] = {name: getattr(item, name) for name in columns}
            last = max((one.position for one in queries.items(item.event_id)), default=0)
            values |= {"starts_at": starts_at, "ends_at": starts_at + length, "position": last + 1}
            people = [_person(appearance) for appearance in item.appearances]
            return service.create_item(item.event_id, appearances=people, actor=actor, **values)


def _uid(item_id: int) -> str:
    with transaction() as session:
        return session.get_one(ProgrammeItem, item_id).public_id


def _person(appearance: Appearance) -> dict[str, Any]:
    names = ("speaker_id", "role", "role_label", "organisations")
    return {name: getattr(appearance, name) for name in names}
