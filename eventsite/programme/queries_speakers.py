"""Reads of profiles: everybody with one, those of an event, those of a release."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.models_speakers import EventSpeaker
from eventsite.programme.rules_speakers import DeskRow
from eventsite.programme.snapshot import Programme


def speaker_slugs() -> set[str]:
    """The addresses taken by profiles."""
    return set(db.session.scalars(select(Speaker.slug)))


def _by_name(found: Iterable[Speaker]) -> list[Speaker]:
    return sorted(found, key=lambda speaker: i18n.sort_key(speaker.sort_name))


def speakers() -> list[Speaker]:
    """Everybody with a profile, over all events, by name."""
    return _by_name(db.session.scalars(select(Speaker).where(Speaker.merged_into_id.is_(None))))


def _inside(event_id: int) -> Any:
    """The ids of everybody in the draft of an event or on its list."""
    items = select(ProgrammeItem.id).where(ProgrammeItem.event_id == event_id)
    named = select(Appearance.speaker_id).where(Appearance.item_id.in_(items))
    return named.union(select(EventSpeaker.speaker_id).where(EventSpeaker.event_id == event_id))


def speakers_of(event_id: int) -> list[Speaker]:
    """Everybody in the draft of an event or on its list, by name."""
    query = select(Speaker).where(Speaker.id.in_(_inside(event_id)), Speaker.merged_into_id.is_(None))
    return _by_name(db.session.scalars(query))


def desk(event_id: int) -> list[DeskRow]:
    """The organisers' table: everybody of an event with items and roles, by name; three queries however many."""
    rows = {speaker.id: DeskRow(speaker) for speaker in speakers_of(event_id)}
    query = select(Appearance).join(Appearance.item).where(ProgrammeItem.event_id == event_id)
    query = query.options(contains_eager(Appearance.item)).order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    for one in db.session.scalars(query):
        if one.speaker_id in rows:
            rows[one.speaker_id].parts.append((one.item, one))
    marked = {one.speaker_id for one in featured(event_id)}
    return [replace(row, is_featured=number in marked) for number, row in rows.items()]


def featured(event_id: int) -> list[EventSpeaker]:
    """Those who stand first on the public list of an event, in their order."""
    query = select(EventSpeaker).where(EventSpeaker.event_id == event_id, EventSpeaker.featured.is_not(None))
    return list(db.session.scalars(query.order_by(EventSpeaker.featured, EventSpeaker.id)))


def get_speaker(public_id: str) -> Speaker:
    """A speaker with the person behind it; NotFound where there is none."""
    query = select(Speaker).where(Speaker.public_id == public_id).options(joinedload(Speaker.person))
    speaker = db.session.scalar(query)
    if speaker is None:
        raise NotFound
    return speaker


def get_speaker_of(event_id: int, public_id: str) -> Speaker:
    """A speaker in the draft of this event or on its list; NotFound for anybody else."""
    query = select(Speaker).where(Speaker.public_id == public_id, Speaker.id.in_(_inside(event_id)))
    query = query.options(joinedload(Speaker.person))
    speaker = db.session.scalar(query.where(Speaker.merged_into_id.is_(None)))
    if speaker is None:
        raise NotFound
    return speaker


def is_in_item(event_id: int, speaker_id: int) -> bool:
    """Whether somebody is in an item of the draft of an event."""
    inside = select(Appearance.id).join(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
    return db.session.scalar(inside.where(Appearance.speaker_id == speaker_id).limit(1)) is not None


def profiles(programme: Programme) -> list[Speaker]:
    """The profiles of everybody in a release, by name; one query."""
    found = db.session.scalars(select(Speaker).where(Speaker.public_id.in_(list(programme.people()))))
    return _by_name(found)
