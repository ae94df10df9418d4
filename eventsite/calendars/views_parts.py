"""Calendars of parts of a programme, and the page that offers all of an event's calendars."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, url_for

from eventsite.calendars import parts
from eventsite.calendars.views import answer, base_url, feed
from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import entries
from eventsite.programme import queries as programmes
from eventsite.web import cache, pages
from eventsite.web.guard import public_page

blueprint = Blueprint("calendar_parts", __name__)
HEADINGS = {
    parts.DAYS: _l("By day"),
    parts.ROOMS: _l("By room"),
    parts.TRACKS: _l("By track"),
    parts.KINDS: _l("By kind"),
}


@blueprint.get("/<lang:lang>/<event>/<any(days, rooms, tracks, kinds):part>/<value>/calendar.ics")
@public_page()
def part(event: Event, part: str, value: str) -> Response:
    """What is on one day, in one room, on one track or of one kind, with the UIDs of the event's calendar."""
    programme = programmes.released(event.id)
    zone = ZoneInfo(event.timezone)
    found = parts.chosen(programme.everything if programme else [], part, value, zone)
    if not found:
        raise NotFound
    frame = entries.frame_of(event, base_url())
    listed = [entries.item_entry(item, frame) for item in found]
    name = f"{i18n.local(event.title)}: {parts.label_of(found[-1], part, zone)}"
    return answer(feed(event, listed, name=name), listed, f"{event.slug}-{value}.ics")


@blueprint.get("/<lang:lang>/<event>/calendar")
@public_page()
def overview(event: Event) -> Any:
    """All calendars of an event to subscribe, and what the common programs make of them."""
    cache.valid_until(dates.next_change(event, clock.now()))
    programme = programmes.released(event.id)
    items = programme.everything if programme else []
    groups = []
    for name in parts.PARTS:
        listed = [
            {"label": one.label, "count": one.count, "url": _address("calendar_parts.part", part=name, value=one.value)}
            for one in parts.choices(items, name, ZoneInfo(event.timezone))
        ]
        if listed:
            groups.append({"heading": HEADINGS[name], "feeds": listed})
    whole = _address("calendars.event")
    return render_template("calendars/overview.html", whole=whole, groups=groups)


def _address(endpoint: str, **values: Any) -> str:
    return pages.external(url_for(endpoint, preview=None, **values))
