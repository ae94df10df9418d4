"""Verbs of tracks: store, put in order, take away; the public sees them with the next release."""

from sqlalchemy import update

from eventsite.core import ids
from eventsite.core.db import assign
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import colours
from eventsite.programme import queries_tracks
from eventsite.programme.models import ProgrammeItem, Track
from eventsite.programme.service_drafts import step

MOST_TRACKS = 20


def store_track(event_id: int, uid: str | None, *, title: dict[str, str], colour: str, actor: str = "system") -> Track:
    """Creates or changes a track; a colour too pale to be read on paper is darkened. Refuses a track without a name."""
    if not any(title.values()):
        raise Refused(_l("A track needs a name."))
    readable = colours.themes(colour)[0]
    with step(event_id, actor) as session:
        if uid is not None:
            known = queries_tracks.get_track(event_id, uid)
            assign(known, {"title": title, "colour": readable})
            return known
        present = queries_tracks.tracks(event_id)
        if len(present) >= MOST_TRACKS:
            raise Refused(
                _l("An event has at most %(most)s tracks: nobody tells more colours apart.", most=MOST_TRACKS)
            )
        position = max((one.position for one in present), default=-1) + 1
        made = Track(public_id=ids.new_public_id(), event_id=event_id, title=title, colour=readable, position=position)
        session.add(made)
        session.flush()
        return made


def move_track(event_id: int, uid: str, steps: int, *, actor: str = "system") -> None:
    """Moves a track up (negative) or down; beyond the ends it stays at the end."""
    with step(event_id, actor):
        rows = queries_tracks.tracks(event_id)
        one = queries_tracks.get_track(event_id, uid)
        place = max(0, min(len(rows) - 1, rows.index(one) + steps))
        rows.remove(one)
        rows.insert(place, one)
        for position, row in enumerate(rows):
            row.position = position


def delete_track(event_id: int, uid: str, *, actor: str = "system") -> None:
    """Takes a track away; its items stay, in no track."""
    with step(event_id, actor) as session:
        one = queries_tracks.get_track(event_id, uid)
        session.execute(update(ProgrammeItem).where(ProgrammeItem.track_id == one.id).values(track_id=None))
        session.delete(one)
