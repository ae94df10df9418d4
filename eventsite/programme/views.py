"""Public pages of the released programme: by day and item by item."""

from typing import Any

from flask import Blueprint, render_template

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import queries, queries_speakers, structured
from eventsite.programme.views_released import address, found_release, graph, picture
from eventsite.web import cache
from eventsite.web.guard import public_page

blueprint = Blueprint("programme", __name__)


def _item_data(item: dict[str, Any], event: Event) -> dict[str, Any]:
    return structured.item(
        item,
        event.timezone,
        url=address("programme.item", item=item["slug"]),
        person_url=lambda slug: address("speakers.speaker", person=slug),
        event_url=address("site.front"),
    )


@blueprint.get("/<lang:lang>/<event>/programme")
@public_page()
def programme(event: Event) -> Any:
    """The programme by day; before the first release the page says that it is being put together."""
    cache.valid_until(dates.next_change(event, clock.now()))
    released = queries.released(event.id)
    title, description = i18n._("Programme"), i18n.local(event.title)
    return render_template(
        "programme/programme.html",
        days=released.days(event.timezone) if released else [],
        places={},
        provisional=event.starts_at > clock.now(),
        open_graph=graph(title, description, address("programme.programme")),
    )


@blueprint.get("/<lang:lang>/<event>/programme/<item>")
@public_page()
def item(event: Event, item: str) -> Any:
    """One item with its people."""
    released = found_release(event)
    found = released.find(item)
    if found is None:
        raise NotFound
    pictures = {speaker.public_id: picture(speaker) for speaker in queries_speakers.profiles(released)}
    people = [{**person, "picture": pictures.get(person["uid"])} for person in found["people"]]
    previous, following = released.neighbours(found)
    title, url = i18n.local(found["title"]), address("programme.item", item=item)
    return render_template(
        "programme/item.html",
        item={**found, "people": people},
        round=released.round_of(found),
        places=None,
        previous=previous,
        following=following,
        json_ld={"@context": "https://schema.org", **_item_data(found, event)},
        open_graph=graph(title, i18n.local(found["subtitle"]) or i18n.local(event.title), url),
    )
