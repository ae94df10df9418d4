"""Reads of the tracks of a draft."""

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import ProgrammeItem, Track


def tracks(event_id: int) -> list[Track]:
    """The tracks of an event in order."""
    query = select(Track).where(Track.event_id == event_id).order_by(Track.position, Track.id)
    return list(db.session.scalars(query))


def get_track(event_id: int, uid: str) -> Track:
    """A track of this event; NotFound where there is none."""
    one = db.session.scalar(select(Track).where(Track.event_id == event_id, Track.public_id == uid))
    if one is None:
        raise NotFound
    return one


def counts(event_id: int) -> dict[int, int]:
    """How many items of the draft are in each track, by its row."""
    query = select(ProgrammeItem.track_id, func.count()).where(ProgrammeItem.event_id == event_id)
    query = query.where(ProgrammeItem.track_id.is_not(None)).group_by(ProgrammeItem.track_id)
    return {row[0]: row[1] for row in db.session.execute(query) if row[0] is not None}
