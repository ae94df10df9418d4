"""What is on in one room, for a screen at its door: now, next and later, for hours without a hand."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template

from eventsite.core import clock, text
from eventsite.core.errors import NotFound
from eventsite.events import queries
from eventsite.events import rules as dates
from eventsite.events.models import Event, Room
from eventsite.programme import listing
from eventsite.programme import queries as programmes
from eventsite.site import masthead, programme_pages
from eventsite.web import cache
from eventsite.web.guard import public_page

blueprint = Blueprint("rooms", __name__)


@blueprint.get("/<lang:lang>/<event>/rooms/<room>/now")
@public_page()
def now(event: Event, room: str) -> Any:
    """The screen of a room, found by its id or by its name in any language."""
    instant, zone = clock.now(), ZoneInfo(event.timezone)
    cache.valid_until(dates.next_change(event, instant))
    found = _room(event, room)
    released = programmes.released(event.id)
    writer = listing.Writer(programme_pages.frame(event, {}))
    items = (
        [item for item in released.items if item["room"] and item["room"]["uid"] == found.public_id] if released else []
    )
    entries = [writer.entry(item) for item in items]
    for entry in entries:
        for boundary in (entry.starts_at, entry.ends_at):
            cache.valid_until(boundary if boundary > instant else None)
    # A new day begins with other words, though nothing of the programme changes.
    local = instant.astimezone(zone)
    cache.valid_until(dates.midnight_after(local))
    return render_template(
        "site/room.html",
        room=found,
        acts=_acts(entries, local),
        is_over=instant >= event.ends_at,
        robots="noindex",
    )


def _room(event: Event, wanted: str) -> Room:
    """A room of the venue; NotFound for what is none, and for events that are nowhere."""
    rooms = queries.rooms(event) if masthead.has_venue_page(event) else []
    by_id = next((room for room in rooms if room.public_id == wanted), None)
    by_name = (room for room in rooms if wanted in {text.slugify(name) for name in room.name.values()})
    found = by_id or next(by_name, None)
    if found is None:
        raise NotFound
    return found


def _acts(entries: list[listing.Entry], local: Any) -> list[dict[str, Any]]:
    """The items of the room in order of time, each with where it stands at this instant."""
    found: list[dict[str, Any]] = []
    is_next_known = False
    for entry in sorted(entries, key=lambda one: (one.starts_at, one.ends_at)):
        if entry.ends_at <= local:
            state = "past"
        elif entry.starts_at <= local:
            state = "now"
        else:
            state = "later" if is_next_known else "next"
            is_next_known = True
        day = listing.day_name(entry.starts_at.date())
        found.append({"entry": entry, "state": state, "day": day, "is_today": entry.starts_at.date() == local.date()})
    return found
