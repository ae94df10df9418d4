"""Reads of series and of the events in them."""

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.events.models import Event, Series


def all_series() -> list[Series]:
    """Every series, in the order of making."""
    return list(db.session.scalars(select(Series).order_by(Series.id)))


def counts() -> dict[int, int]:
    """How many events each series has."""
    query = select(Event.series_id, func.count(Event.id)).where(Event.series_id.is_not(None)).group_by(Event.series_id)
    return {row[0]: row[1] for row in db.session.execute(query) if row[0] is not None}


def siblings(event: Event) -> list[tuple[Event, Series]]:
    """The series of an event with its public events that began earlier, latest first; the event itself stands first."""
    query = (
        select(Event, Series)
        .join(Series, Series.id == Event.series_id)
        .where(Event.series_id == event.series_id)
        .where((Event.id == event.id) | (Event.published_at.is_not(None) & (Event.starts_at < event.starts_at)))
        .order_by((Event.id == event.id).desc(), Event.starts_at.desc())
        .limit(7)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]
