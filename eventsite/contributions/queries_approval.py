"""Reads of what waits for the organisers' decision."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from eventsite.contributions.models import Material, SpeakerChange
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker


@dataclass
class Sent:
    """What one speaker sent that nobody has decided on yet."""

    speaker: Speaker
    changes: list[SpeakerChange] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)


def of_event(event_id: int) -> ColumnElement[bool]:
    """Proposals an event's organisers decide on: of its items, and of the profiles of those who appear in it."""
    items = select(ProgrammeItem.id).where(ProgrammeItem.event_id == event_id)
    people = select(Appearance.speaker_id).join(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
    return or_(SpeakerChange.item_id.in_(items), SpeakerChange.item_id.is_(None) & SpeakerChange.speaker_id.in_(people))


def of_items(event_id: int) -> ColumnElement[bool]:
    """Files for items of an event."""
    return Material.item_id.in_(select(ProgrammeItem.id).where(ProgrammeItem.event_id == event_id))


def sent(event_id: int) -> list[Sent]:
    """Everything open, person by person, who waits longest first; two queries for any number of people."""
    found: dict[int, Sent] = {}
    for change in db.session.scalars(_open(SpeakerChange, of_event(event_id))):
        found.setdefault(change.speaker_id, Sent(change.speaker)).changes.append(change)
    for material in db.session.scalars(_open(Material, of_items(event_id))):
        found.setdefault(material.speaker_id, Sent(material.speaker)).materials.append(material)
    return list(found.values())


def _open(model: Any, of: ColumnElement[bool]) -> Any:
    query = select(model).where(model.state == "open", of).order_by(model.id)
    return query.options(joinedload(model.speaker), joinedload(model.item))


def get_portrait(event_id: int, public_id: str) -> str:
    """The storage key of a proposed portrait; NotFound for another event's."""
    query = select(SpeakerChange).where(SpeakerChange.public_id == public_id, SpeakerChange.field == "portrait")
    row = db.session.scalar(query.where(of_event(event_id)))
    if row is None or row.cut_key is None:
        raise NotFound
    return row.cut_key


def get_material(event_id: int, public_id: str) -> Material:
    """A file for an item of this event, approved or not; NotFound for any other."""
    row = db.session.scalar(select(Material).where(Material.public_id == public_id, of_items(event_id)))
    if row is None:
        raise NotFound
    return row
