"""What all public pages of a release share: finding it, addresses, previews for other programs, portraits."""

from typing import Any

from flask import g, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import portraits, queries, structured
from eventsite.programme.models import Speaker
from eventsite.programme.snapshot import Programme
from eventsite.web import cache, pages


def found_release(event: Event) -> Programme:
    """The released programme of an event; NotFound before the first release."""
    cache.valid_until(dates.next_change(event, clock.now()))
    programme = queries.released(event.id)
    if programme is None:
        raise NotFound
    return programme


def address(endpoint: str, **values: Any) -> str:
    """The whole address of a page, without the mark of a preview."""
    return pages.external(url_for(endpoint, preview=None, **values))


def graph(title: str, description: str, url: str, image: str | None = None, kind: str = "website") -> dict[str, Any]:
    """What other programs show of a page (Open Graph)."""
    name = i18n.local(g.event.title) if "event" in g else ""
    return structured.open_graph(kind=kind, title=title, description=description, url=url, image=image, site_name=name)


def picture(speaker: Speaker | None, event: str | None = None) -> dict[str, Any] | None:
    """The portrait of a speaker as the templates take it, served for this event (by slug) or the present; None without."""
    of: dict[str, Any] = {"event": event} if event else {}
    return portraits.picture(speaker, lambda key: url_for("speakers.portrait", key=key, **of))
