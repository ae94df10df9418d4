"""The programme to keep for the day: as one file that needs nothing else, or as an offline copy in the browser.

The copy is made by static/js/offline-worker.js after a click. It fetches what the list of its parts names, and takes it
only as a whole: a version stands for one release, one venue and one look.
"""

import hashlib
import json
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, render_template, url_for
from markupsafe import Markup

from eventsite.core import clock, i18n
from eventsite.core.i18n import _
from eventsite.events import queries
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import listing
from eventsite.programme.snapshot import Programme, is_quiet
from eventsite.programme.views_released import found_release
from eventsite.site import masthead, programme_pages
from eventsite.web import cache
from eventsite.web.files import disposition
from eventsite.web.guard import public_page

blueprint = Blueprint("offline", __name__)
# What the kept pages need to look right and to show what is on now.
ASSETS = (
    "css/public.css",
    "fonts/atkinson-next-latin.woff2",
    "icons/icons.svg",
    "icons/favicon.svg",
    "js/now.js",
    "js/offline.js",
)


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


@blueprint.get("/<lang:lang>/<event>/offline.js")
@public_page()
def worker(event: Event) -> Response:
    """The script that keeps and serves the copy; it stands below the event, whose pages are all it may answer for."""
    assets = current_app.extensions["assets"]
    script = assets.find(assets.path("js/offline-worker.js")).body
    return Response(script, content_type="text/javascript; charset=utf-8")


@blueprint.get("/<lang:lang>/<event>/offline.json")
@public_page()
def parts(event: Event) -> Response:
    """The parts of the copy, under a version that changes with each of them."""
    cache.valid_until(dates.next_change(event, clock.now()))
    released, assets = found_release(event), current_app.extensions["assets"]
    pages = [url_for("programme.programme")]
    pages += [url_for("programme.item", item=item["slug"]) for item in released.items if not is_quiet(item)]
    files = ["/static/" + assets.path(name) for name in ASSETS]
    files.append(url_for("site.theme", event=event.slug, v=event.accent.lstrip("#")).partition("?")[0])
    if masthead.has_venue_page(event) and event.venue is not None:
        pages.append(url_for("venue.venue"))
        files += [url_for("venue.map_picture", key=event.venue.map_key)] if event.venue.map_key else []
    words = {
        "copy": _("Offline copy, as of {date}"),
        "title": _("This page is not part of the offline copy."),
        "back": _("To the programme"),
    }
    said = {"pages": pages, "files": files, "words": words, "home": pages[0], "styles": files[0]}
    said["language"] = i18n.current_language()
    text = json.dumps({**said, "version": _version(event, released, said)}, ensure_ascii=False)
    return Response(text, content_type="application/json; charset=utf-8")


def _version(event: Event, released: Programme, said: dict[str, Any]) -> str:
    """A name for this release at this venue in this look."""
    columns = ("address", "town", "directions", "step_free", "map_url", "map_key", "map_alt", "map_credit")
    venue = [getattr(event.venue, name) for name in columns] if event.venue else []
    rooms = [[r.public_id, r.name, r.capacity, r.equipment, r.is_step_free] for r in queries.rooms(event)]
    facts = [released.number, str(released.released_at), str(event.updated_at), venue, rooms, said]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
