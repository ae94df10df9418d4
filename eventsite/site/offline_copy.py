"""The programme to keep: as one file that needs nothing else, for readers who are without a line on the day."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, render_template
from markupsafe import Markup

from eventsite.core import clock
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import listing
from eventsite.programme.views_released import found_release
from eventsite.site import programme_pages
from eventsite.web import cache
from eventsite.web.files import disposition
from eventsite.web.guard import public_page

blueprint = Blueprint("offline", __name__)


def _styles() -> Markup:
    """The look of the booklet, to stand inside the file; fonts are left out, they would be larger than the programme."""
    assets = current_app.extensions["assets"]
    sheet = assets.find(assets.path("css/booklet-file.css")).body.decode()
    return Markup("<style>{}</style>").format(Markup(sheet))


@blueprint.get("/<lang:lang>/<event>/programme.html")
@public_page()
def file(event: Event) -> Any:
    """The whole programme as one file: no picture, script or style from elsewhere."""
    cache.valid_until(dates.next_change(event, clock.now()))
    released, zone = found_release(event), ZoneInfo(event.timezone)
    days = listing.days(released, released.items, listing.Writer(programme_pages.frame(event, {})), zone)
    html = render_template("programme/file.html", styles=_styles(), **programme_pages.booklet(event, released, days))
    response = Response(html, content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(f"{event.slug}.html", inline=False)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
