"""Where an event takes place: address, ways, step-free ways in words, the picture of a map, and the rooms."""

from typing import Any

from flask import Blueprint, render_template

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.events import queries
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import structured
from eventsite.programme.views_released import address, graph
from eventsite.site import front as fronts
from eventsite.site import masthead
from eventsite.web import cache
from eventsite.web.guard import public_page

blueprint = Blueprint("venue", __name__)


@blueprint.get("/<lang:lang>/<event>/venue")
@public_page()
def venue(event: Event) -> Any:
    """The venue with its rooms; an event that is only online has none."""
    cache.valid_until(dates.next_change(event, clock.now()))
    if not masthead.has_venue_page(event):
        raise NotFound
    place = structured.place(event.venue)
    return render_template(
        "site/venue.html",
        venue=event.venue,
        place=fronts.place(event),
        rooms=queries.rooms(event),
        json_ld={"@context": "https://schema.org", **place} if place else None,
        open_graph=graph(_("Venue"), i18n.local(event.title), address("venue.venue")),
    )
