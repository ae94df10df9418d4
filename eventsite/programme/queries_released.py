"""Reads of the index of released appearances: who is on stage at an event, and somebody's appearances over the years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import aliased

from eventsite.core import clock, i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme import portraits, rules
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.models_speakers import EventSpeaker, ReleasedAppearance


@dataclass(frozen=True)
class OnStage:
    """One person of a released programme with the rows of the index, by time."""

    speaker: Speaker
    parts: list[ReleasedAppearance]
    featured: int | None = None

    @property
    def organisations(self) -> list[Any]:
        """Those of that day, where some were given, else the present one."""
        return organisations(self.speaker, self.parts)


def organisations(speaker: Speaker, parts: Iterable[ReleasedAppearance]) -> list[Any]:
    """The organisations somebody appeared for, each once; the present one where none was given."""
    found: dict[str, Any] = {}
    for part in parts:
        for one in part.organisations:
            found.setdefault(i18n.local(one), one)
    return list(found.values()) or ([speaker.organisation] if speaker.organisation else [])


@dataclass(frozen=True)
class At:
    """Somebody's appearances at one published event."""

    event_id: int
    slug: str
    title: dict[str, str]
    timezone: str
    starts_at: datetime
    parts: list[dict[str, Any]]


OF_EVENT = ("id", "slug", "title", "timezone", "starts_at")  # as At takes them


@dataclass(frozen=True)
class Life:
    """A person over the years, and when the next event with an appearance becomes public by itself."""

    speaker: Speaker
    at: list[At]
    changes_at: datetime | None


def on_stage(event_id: int) -> list[OnStage]:
    """Everybody in the last release of an event, by name; one query however many."""
    query = (
        select(ReleasedAppearance, Speaker, EventSpeaker.featured)
        .join(Speaker, Speaker.id == ReleasedAppearance.speaker_id)
        .outerjoin(EventSpeaker, (EventSpeaker.event_id == event_id) & (EventSpeaker.speaker_id == Speaker.id))
        .where(ReleasedAppearance.event_id == event_id)
        .order_by(ReleasedAppearance.starts_at, ReleasedAppearance.id)
    )
    found: dict[int, OnStage] = {}
    for part, speaker, featured in db.session.execute(query):
        found.setdefault(speaker.id, OnStage(speaker, [], featured)).parts.append(part)
    return sorted(found.values(), key=lambda one: i18n.sort_key(one.speaker.sort_name))


def neighbours(event_id: int, slug: str) -> tuple[dict[str, str] | None, dict[str, str] | None] | None:
    """Who stands before and after somebody by name; None where nobody of this address is on stage. One light query."""
    query = select(Speaker.slug, Speaker.name, Speaker.sort_name).where(Speaker.id.in_(_of(event_id)))
    listed = sorted(db.session.execute(query).all(), key=lambda row: i18n.sort_key(row.sort_name))
    place = next((n for n, row in enumerate(listed) if row.slug == slug), None)
    if place is None:
        return None
    return _told(listed, place - 1), _told(listed, place + 1)


def _of(event_id: int) -> Any:
    return select(ReleasedAppearance.speaker_id).where(ReleasedAppearance.event_id == event_id)


def _told(listed: Any, place: int) -> dict[str, str] | None:
    return {"slug": listed[place].slug, "name": listed[place].name} if 0 <= place < len(listed) else None


def person(slug: str, event_id: int | None = None) -> Life | None:
    """Somebody with all appearances at published events (and at one more, for its preview), latest first; one query.

    None where nobody of this address has appeared: such a person has no page.
    """
    query = (
        select(ReleasedAppearance, Speaker, Event.published_at, *(getattr(Event, name) for name in OF_EVENT))
        .join(Speaker, Speaker.id == ReleasedAppearance.speaker_id)
        .join(Event, Event.id == ReleasedAppearance.event_id)
        .where(Speaker.slug == slug, Event.published_at.is_not(None) | (Event.id == event_id))
        .order_by(Event.starts_at.desc(), Event.id, ReleasedAppearance.starts_at, ReleasedAppearance.id)
    )
    now, later, known = clock.now(), [], None
    found: dict[int, At] = {}
    for row in db.session.execute(query):
        if row.id != event_id and row.published_at > now:
            later.append(row.published_at)
            continue
        known = row.Speaker
        at = At(row.id, row.slug, row.title, row.timezone, row.starts_at, parts=[])
        found.setdefault(row.id, at).parts.append(_part(row.ReleasedAppearance))
    return Life(known, list(found.values()), min(later, default=None)) if known else None


def _part(part: ReleasedAppearance) -> dict[str, Any]:
    return {
        "slug": part.item_slug,
        "title": part.title,
        "starts_at": part.starts_at,
        "ends_at": part.ends_at,
        "is_cancelled": part.is_cancelled,
        "role_label": rules.role_name(part.role, part.role_label),
        "organisations": part.organisations,
    }


def addresses() -> list[tuple[str, datetime]]:
    """Everybody with a page: address and last change of the profile, in order; one query."""
    there = select(ReleasedAppearance.speaker_id).join(Event, Event.id == ReleasedAppearance.event_id)
    query = select(Speaker.slug, Speaker.updated_at).where(
        Speaker.id.in_(there.where(Event.published_at <= clock.now()))
    )
    return [(slug, changed) for slug, changed in db.session.execute(query.order_by(Speaker.slug))]


def successor(slug: str) -> str | None:
    """The address of the profile into which the one of this address was merged."""
    kept = aliased(Speaker)
    query = select(kept.slug).join(Speaker, Speaker.merged_into_id == kept.id).where(Speaker.slug == slug)
    return db.session.scalar(query)


def uids(speaker_id: int) -> set[str]:
    """The public ids under which releases may name somebody: the own one, and those of profiles merged into it."""
    query = select(Speaker.public_id).where((Speaker.id == speaker_id) | (Speaker.merged_into_id == speaker_id))
    return set(db.session.scalars(query))


def find_on_stage(event_id: int, slug: str) -> Speaker | None:
    """The profile of somebody in the last release of an event."""
    return db.session.scalar(select(Speaker).where(Speaker.slug == slug, Speaker.id.in_(_of(event_id))))


def is_shown(event_id: int, key: str) -> bool:
    """Whether a file is the portrait of somebody in the last release of an event."""
    files = type_coerce(Speaker.portrait_files, Text).contains(key, autoescape=True)
    query = select(Speaker).where(Speaker.id.in_(_of(event_id)), (Speaker.portrait_key == key) | files)
    return any(key in portraits.keys(speaker) for speaker in db.session.scalars(query))


def events_of(speaker_ids: Iterable[int]) -> set[int]:
    """The events in which these profiles stand: in the draft, on the list, or in the last release."""
    wanted = list(speaker_ids)
    items = select(ProgrammeItem.event_id).join(Appearance).where(Appearance.speaker_id.in_(wanted))
    listed = select(EventSpeaker.event_id).where(EventSpeaker.speaker_id.in_(wanted))
    told = select(ReleasedAppearance.event_id).where(ReleasedAppearance.speaker_id.in_(wanted))
    return set(db.session.scalars(items.union(listed, told)))
