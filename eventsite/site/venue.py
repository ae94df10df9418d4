"""Where an event takes place: address, ways, step-free ways in words, the picture of a map, and the rooms."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.events import queries
from eventsite.events import rules as dates
from eventsite.events.models import Event, Venue
from eventsite.programme import structured
from eventsite.programme.views_released import address, graph
from eventsite.site import front as fronts
from eventsite.site import masthead
from eventsite.web import cache
from eventsite.web.files import stored_file
from eventsite.web.guard import public, public_page

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
        picture=_picture(event.venue),
        json_ld={"@context": "https://schema.org", **place} if place else None,
        open_graph=graph(_("Venue"), i18n.local(event.title), address("venue.venue")),
    )


def _picture(venue: Venue | None) -> dict[str, Any] | None:
    """The picture of the way as the page shows it."""
    if venue is None or venue.map_key is None:
        return None
    size = {"width": venue.map_width, "height": venue.map_height}
    return {
        "url": url_for("venue.map_picture", key=venue.map_key),
        "alt": venue.map_alt,
        "credit": venue.map_credit,
        **size,
    }


@blueprint.get("/maps/<event>/<key>")
@public
def map_picture(event: Event, key: str) -> Response:
    """The picture of the way to the venue of this event; nothing else of the storage."""
    if event.venue is None or key != event.venue.map_key:
        raise NotFound
    kept = "private, no-store" if request.args.get("preview") else "public, max-age=31536000, immutable"
    return stored_file(key, content_type="image/webp", cache=kept)
