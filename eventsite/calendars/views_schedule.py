"""schedule.xml and schedule.json: the released programme for conference apps."""

from flask import Blueprint, Response, current_app, url_for

from eventsite.calendars import schedule
from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.media import queries as media
from eventsite.media import rules as embargo
from eventsite.programme import queries as programmes
from eventsite.web import cache, pages
from eventsite.web.files import disposition
from eventsite.web.guard import public_page

blueprint = Blueprint("schedule", __name__)


def _attachments(event: Event) -> dict[int, list[schedule.Tree]]:
    """The files everybody may have, by the id of their item; the page is made anew when an embargo ends."""
    cache.valid_until(embargo.next_change(media.embargoes(event.id), clock.now()))
    found: dict[int, list[schedule.Tree]] = {}
    for one in media.downloads(event.id):
        if one.item_id is not None:
            url = url_for("media.download", download=one.public_id, filename=one.filename, preview=None)
            found.setdefault(one.item_id, []).append({"url": pages.external(url), "title": i18n.local(one.title)})
    return found


def _made(event: Event) -> tuple[schedule.Tree, schedule.Source]:
    programme = programmes.released(event.id)
    if programme is None:
        raise NotFound
    base_url = str(current_app.config["SETTINGS"].base_url).rstrip("/")
    source = schedule.Source(event, base_url, str(programme.number), _attachments(event))
    return schedule.tree(source, programme.items), source


def _answer(octets: bytes, content_type: str, filename: str) -> Response:
    response = Response(octets, content_type=content_type)
    response.headers["Content-Disposition"] = disposition(filename, inline=True)
    return response


@blueprint.get("/<lang:lang>/<event>/schedule.xml")
@public_page()
def xml(event: Event) -> Response:
    """The format of frab and pentabarf."""
    found, source = _made(event)
    return _answer(schedule.to_xml(found, source), "application/xml; charset=utf-8", f"{event.slug}-schedule.xml")


@blueprint.get("/<lang:lang>/<event>/schedule.json")
@public_page()
def json(event: Event) -> Response:
    """The same as JSON."""
    found, source = _made(event)
    return _answer(schedule.to_json(found, source), "application/json", f"{event.slug}-schedule.json")
