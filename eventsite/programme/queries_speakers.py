"""Reads of profiles: everybody with one, those of a draft, those of a release."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme import queries
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.snapshot import Programme


def speaker_slugs() -> set[str]:
    """The addresses taken by profiles."""
    return set(db.session.scalars(select(Speaker.slug)))


def speakers() -> list[Speaker]:
    """Everybody with a profile, over all events, by name."""
    return sorted(db.session.scalars(select(Speaker)), key=lambda speaker: i18n.sort_key(speaker.sort_name))


def speakers_of(event_id: int) -> list[Speaker]:
    """Everybody in the draft of an event, by name."""
    inside = select(Appearance.speaker_id).join(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
    found = db.session.scalars(select(Speaker).where(Speaker.id.in_(inside)))
    return sorted(found, key=lambda speaker: i18n.sort_key(speaker.sort_name))


def get_speaker(public_id: str) -> Speaker:
    """A speaker with the person behind it; NotFound where there is none."""
    query = select(Speaker).where(Speaker.public_id == public_id).options(joinedload(Speaker.person))
    speaker = db.session.scalar(query)
    if speaker is None:
        raise NotFound
    return speaker


def profiles(programme: Programme) -> list[Speaker]:
    """The profiles of everybody in a release, by name; one query."""
    found = db.session.scalars(select(Speaker).where(Speaker.public_id.in_(list(programme.people()))))
    return sorted(found, key=lambda speaker: i18n.sort_key(speaker.sort_name))


def portraits(programme: Programme) -> set[str]:
    """The storage keys of the portraits that a release shows."""
    return {speaker.portrait_key for speaker in profiles(programme) if speaker.portrait_key}


def all_speakers() -> list[Speaker]:
    """Every profile of the site, by name."""
    return sorted(db.session.scalars(select(Speaker)), key=lambda speaker: i18n.sort_key(speaker.sort_name))


def draft_speakers(event_id: int) -> list[tuple[Speaker, list[ProgrammeItem]]]:
    """Everybody in the draft of an event with their items, by name; one query for the people, two for the items."""
    inside: dict[int, tuple[Speaker, list[ProgrammeItem]]] = {}
    for item in queries.items(event_id):
        for appearance in item.appearances:
            known = inside.setdefault(appearance.speaker_id, (appearance.speaker, []))
            if item not in known[1]:
                known[1].append(item)
    return sorted(inside.values(), key=lambda pair: i18n.sort_key(pair[0].sort_name))


def get_speaker_of(event_id: int, public_id: str) -> Speaker:
    """A speaker who appears in the draft of this event; NotFound for anybody else."""
    found = next((s for s, _items in draft_speakers(event_id) if s.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found
