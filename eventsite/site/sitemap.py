"""The sitemap: every public page in every language, with its other languages and its last change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from flask import url_for

from eventsite.core import i18n
from eventsite.events.models import Event
from eventsite.programme.snapshot import Programme, is_quiet
from eventsite.web import pages

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@dataclass(frozen=True)
class Page:
    """One page that exists in every language."""

    endpoint: str
    values: dict[str, Any]
    changed: datetime | None = None


def pages_of(
    event: Event, programme: Programme | None, free: list[tuple[str, datetime]], documented: datetime | None
) -> Iterator[Page]:
    """The public pages of an event."""
    of = {"event": event.slug}
    released = programme.released_at if programme else None
    dates = [date for date in (event.updated_at, released, documented) if date]
    yield Page("site.front", of, max(dates))
    if documented is not None:
        yield Page("documentation.documentation", of, documented)
    if programme is not None:
        yield Page("programme.programme", of, released)
        yield Page("speakers.speakers", of, released)
        yield from (
            Page("programme.item", {**of, "item": item["slug"]}, item["last_modified"])
            for item in programme.items
            if not is_quiet(item)
        )
    if event.venue_id is not None and event.attendance != "online":
        yield Page("venue.venue", of, event.updated_at)
    yield from (Page("site.page", {**of, "page": slug}, changed) for slug, changed in free)


def to_xml(listed: Iterator[Page], known: Any) -> str:
    """The sitemap of these pages (sitemaps.org 0.9 with xhtml:link alternates); endpoints not `known` are left out."""
    return _HEAD + "".join(_entries(page) for page in listed if page.endpoint in known) + "</urlset>\n"


def _entries(page: Page) -> str:
    addresses = {code: pages.external(url_for(page.endpoint, lang=code, **page.values)) for code in i18n.languages()}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(url)}/>'
        for code, url in addresses.items()
    )
    changed = f"<lastmod>{page.changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if page.changed else ""
    return "".join(f"<url><loc>{escape(url)}</loc>{changed}{links}</url>\n" for url in addresses.values())
