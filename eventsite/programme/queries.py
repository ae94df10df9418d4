"""Reads of the programme: the draft for those who plan it, the release for everybody else."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.programme import needs, rules_clashes
from eventsite.programme.models import Appearance, ProgrammeItem, ProgrammeRelease, Round
from eventsite.programme.rules_clashes import Clash, Planned, PlannedRound
from eventsite.programme.snapshot import Programme


def find_release(event_id: int) -> ProgrammeRelease | None:
    """The row of the last release."""
    query = select(ProgrammeRelease).where(ProgrammeRelease.event_id == event_id)
    return db.session.scalar(query.order_by(ProgrammeRelease.number.desc()).limit(1))


def releases(event_id: int) -> list[ProgrammeRelease]:
    """All releases with their changes, the last one first."""
    query = select(ProgrammeRelease).where(ProgrammeRelease.event_id == event_id)
    return list(db.session.scalars(query.order_by(ProgrammeRelease.number.desc())))


def released(event_id: int) -> Programme | None:
    """The programme as the public sees it, in one query; None before the first release.

    What it says must not be changed in place: it is kept for the next reader.
    """
    frozen = type_coerce(ProgrammeRelease.snapshot, Text)
    query = select(ProgrammeRelease.number, ProgrammeRelease.released_at, frozen)
    query = query.where(ProgrammeRelease.event_id == event_id).order_by(ProgrammeRelease.number.desc())
    row = db.session.execute(query.limit(1)).first()
    return _read(row[0], row[1], row[2], i18n.current_language()) if row else None


@lru_cache(maxsize=8)
def _read(number: int, released_at: datetime, frozen: str, _language: str) -> Programme:
    """A release never changes: whoever asks with the same text and language gets what was read the first time."""
    return Programme(number, released_at, json.loads(frozen))


def programme_of(row: ProgrammeRelease | None) -> Programme | None:
    """A release as pages and feeds read it."""
    return Programme(row.number, row.released_at, row.snapshot) if row else None


def find_released_item(event_id: int, slug: str) -> tuple[Programme, dict[str, Any]] | None:
    """The released programme and the item in it that has this address."""
    programme = released(event_id)
    item = programme.find(slug) if programme else None
    return (programme, item) if programme and item else None


def _with_people(query: Any) -> Any:
    return query.options(
        joinedload(ProgrammeItem.room),
        joinedload(ProgrammeItem.round),
        joinedload(ProgrammeItem.track),
        selectinload(ProgrammeItem.appearances).joinedload(Appearance.speaker),
    )


def items(event_id: int) -> list[ProgrammeItem]:
    """The draft items in order of time, with room, round, people."""
    query = _with_people(select(ProgrammeItem).where(ProgrammeItem.event_id == event_id))
    query = query.order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.position, ProgrammeItem.id)
    return list(db.session.scalars(query))


def get_item(event_id: int, public_id: str) -> ProgrammeItem:
    """A draft item of this event with room, round and people; NotFound where there is none."""
    query = select(ProgrammeItem).where(ProgrammeItem.event_id == event_id, ProgrammeItem.public_id == public_id)
    item = db.session.scalar(_with_people(query))
    if item is None:
        raise NotFound
    return item


def rounds(event_id: int) -> list[Round]:
    """The draft rounds in order of time, each with its workshops, their rooms and people."""
    inside = selectinload(Round.items)
    query = (
        select(Round)
        .where(Round.event_id == event_id)
        .options(
            inside.joinedload(ProgrammeItem.room),
            inside.selectinload(ProgrammeItem.appearances).joinedload(Appearance.speaker),
        )
        .order_by(Round.starts_at, Round.position, Round.id)
    )
    return list(db.session.scalars(query))


def get_round(event_id: int, public_id: str) -> Round:
    """A draft round of this event; NotFound where there is none."""
    one = db.session.scalar(select(Round).where(Round.event_id == event_id, Round.public_id == public_id))
    if one is None:
        raise NotFound
    return one


def slugs(event_id: int) -> set[str]:
    """The addresses taken by the items of an event."""
    return set(db.session.scalars(select(ProgrammeItem.slug).where(ProgrammeItem.event_id == event_id)))


def clashes(event: Event, known: list[ProgrammeItem] | None = None, sets: list[Round] | None = None) -> list[Clash]:
    """What in the draft of an event cannot or should not be; what is cancelled is in nobody's way.

    `known` and `sets` are its items and rounds where they were read already.
    """
    planned = [item for item in (items(event.id) if known is None else known) if item.cancelled_at is None]
    has_steps = any(item.room is not None and not item.room.is_step_free for item in planned)
    step_free = needs.step_free(event) if has_steps else frozenset()
    found = list(db.session.scalars(select(Round).where(Round.event_id == event.id))) if sets is None else sets
    named = [PlannedRound(one.public_id, i18n.local(one.title)) for one in found]
    return rules_clashes.clashes([_planned(item, step_free) for item in planned], event.starts_at, event.ends_at, named)


def _planned(item: ProgrammeItem, step_free: frozenset[str]) -> Planned:
    room = item.room
    return Planned(
        uid=item.public_id,
        title=i18n.local(item.title),
        kind=item.kind,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        round=item.round.public_id if item.round else None,
        room=room.public_id if room else None,
        room_name=i18n.local(room.name) if room else "",
        room_capacity=room.capacity if room else None,
        capacity=item.capacity,
        speakers=tuple({a.speaker.public_id: (a.speaker.public_id, a.speaker.name) for a in item.appearances}.values()),
        has_steps=room is not None and not room.is_step_free,
        needs_step_free=item.public_id in step_free,
    )


def count_items(event_id: int) -> int:
    """How many items the draft has."""
    query = select(func.count()).select_from(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
    return db.session.scalar(query) or 0
