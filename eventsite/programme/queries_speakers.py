"""Reads of profiles: everybody with one, those of an event, those of a release."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.models_speakers import EventSpeaker, SpeakerMerge
from eventsite.programme.rules_speakers import DeskRow
from eventsite.programme.snapshot import Programme


def speaker_slugs() -> set[str]:
    """The addresses taken by profiles."""
    return set(db.session.scalars(select(Speaker.slug)))


def _by_name(found: Iterable[Speaker]) -> list[Speaker]:
    return sorted(found, key=lambda speaker: i18n.sort_key(speaker.sort_name))


def speakers(*, with_person: bool = False) -> list[Speaker]:
    """Everybody with a profile, over all events, by name; with the person behind it where that is wanted."""
    query = select(Speaker).where(Speaker.merged_into_id.is_(None))
    return _by_name(db.session.scalars(query.options(joinedload(Speaker.person)) if with_person else query))


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


def profiles(programme: Programme) -> dict[str, Speaker]:
    """The profile of everybody in a release by the public id it names them with; one query.

    Of a merged person that is the profile which was kept.
    """
    named = aliased(Speaker)
    query = select(named.public_id, Speaker).join(Speaker, Speaker.id == func.coalesce(named.merged_into_id, named.id))
    rows = db.session.execute(query.where(named.public_id.in_(list(programme.people()))))
    return {row[0]: row[1] for row in rows}


def get_merge(kept_id: int, public_id: str) -> SpeakerMerge:
    """A merge into this profile that was not taken back; NotFound where there is none."""
    query = select(SpeakerMerge).where(SpeakerMerge.public_id == public_id, SpeakerMerge.kept_id == kept_id)
    row = db.session.scalar(query.where(SpeakerMerge.split_at.is_(None)))
    if row is None:
        raise NotFound
    return row


def merges(kept_id: int) -> list[tuple[SpeakerMerge, Speaker]]:
    """What was merged into this profile and not taken back, the last one first, with the profile as it was."""
    query = select(SpeakerMerge, Speaker).join(Speaker, Speaker.id == SpeakerMerge.merged_id)
    query = query.where(SpeakerMerge.kept_id == kept_id, SpeakerMerge.split_at.is_(None))
    return [(row, merged) for row, merged in db.session.execute(query.order_by(SpeakerMerge.id.desc()))]


def appearances(speaker_id: int) -> list[tuple[Appearance, ProgrammeItem, Event]]:
    """Everything somebody does in the drafts of all events, the latest first."""
    query = (
        select(Appearance, ProgrammeItem, Event)
        .join(ProgrammeItem, ProgrammeItem.id == Appearance.item_id)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(Appearance.speaker_id == speaker_id)
        .order_by(ProgrammeItem.starts_at.desc(), Appearance.id)
    )
    return [(one, item, event) for one, item, event in db.session.execute(query)]
