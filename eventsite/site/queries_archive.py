"""Reads of the archive: a light row for every event, and the whole of those on one page."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from eventsite.core.db import db
from eventsite.documentation.models import DocumentationVersion
from eventsite.events.models import Event, Series, Venue
from eventsite.site.rules_archive import Past


def past_events(now: datetime) -> tuple[list[Past], datetime | None]:
    """Every public event that is over or put into the archive, latest first, and when the next one joins; one query."""
    columns = (Event.id, Event.starts_at, Event.ends_at, Event.timezone, Event.topics, Event.archived_at)
    query = (
        select(*columns, Event.published_at, Venue.town, Series.slug)
        .outerjoin(Venue, Venue.id == Event.venue_id)
        .outerjoin(Series, Series.id == Event.series_id)
        .where(Event.published_at.is_not(None))
        .order_by(Event.starts_at.desc(), Event.id)
    )
    found: list[Past] = []
    changes: list[datetime] = []
    for event_id, starts, ends, zone, topics, archived, published, town, series in db.session.execute(query):
        joins = max(published, min(ends, archived) if archived else ends)
        if joins > now:
            changes.append(joins)
            continue
        year = str(starts.astimezone(ZoneInfo(zone)).year)
        found.append(Past(event_id, year, tuple(topics or ()), town or "", series or ""))
    return found, min(changes) if changes else None


def listed(event_ids: Sequence[int]) -> list[tuple[Event, bool]]:
    """These events with their venues, in this order, and whether their documentation is public."""
    has_report = exists().where(
        DocumentationVersion.event_id == Event.id, DocumentationVersion.published_at.is_not(None)
    )
    query = select(Event, has_report).where(Event.id.in_(event_ids)).options(joinedload(Event.venue))
    found = {event.id: (event, bool(flag)) for event, flag in db.session.execute(query)}
    return [found[event_id] for event_id in event_ids if event_id in found]
