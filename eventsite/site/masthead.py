"""What every page carries: the site's name, the event's menu, the languages, the accent; as few queries as possible."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import current_app, g, request, url_for
from sqlalchemy import exists, select
from sqlalchemy.sql import ColumnElement

from eventsite.core import clock, i18n, ids
from eventsite.core.db import db
from eventsite.documentation.models import DocumentationVersion
from eventsite.events import queries as events
from eventsite.events.models import Event, InfoPage, Site
from eventsite.media.models import Download, Photo
from eventsite.programme.models import ProgrammeRelease
from eventsite.programme.models_speakers import ReleasedAppearance
from eventsite.proposals import rules as proposals
from eventsite.proposals.models import Call
from eventsite.proposals.rules import Times
from eventsite.registration.models import ConsentText
from eventsite.site import front as fronts
from eventsite.web import cache, pages

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}


class SiteFacts:
    """The site's own words, read when a template first asks for them."""

    @cached_property
    def _row(self) -> Site | None:
        return events.find_site()

    @property
    def name(self) -> str:
        """The site's name in the language of the page."""
        found = g.get("menu_flags")  # a page of an event has read it with its menu
        words = found.site_name if found is not None else self._row.name if self._row else {}
        return i18n.local(words) or "eventsite"

    @property
    def intro(self) -> Any:
        """The site's introduction per language."""
        return self._row.intro if self._row else {}

    @property
    def privacy(self) -> Any:
        """The site's own part of the privacy notice, per language."""
        return self._row.privacy if self._row else {}

    @property
    def accessibility(self) -> Any:
        """The site's accessibility statement, per language."""
        return self._row.accessibility if self._row else {}


def site_facts() -> SiteFacts:
    """The site's own words, one row read once a request."""
    if "site_facts" not in g:
        g.site_facts = SiteFacts()
    return g.site_facts


@dataclass(frozen=True)
class MenuFlags:
    """Which parts of an event exist for the public, and its free pages."""

    has_programme: bool
    has_people: bool
    has_documentation: bool
    has_gallery: bool
    has_downloads: bool
    has_list: bool
    info_pages: list[tuple[str, dict[str, str]]]
    site_name: dict[str, str]
    call: Times


def _is_there(column: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(column == Event.id, *conditions)


def menu_flags(event: Event) -> MenuFlags:
    """All of it in one query with the site's name, however many free pages there are."""
    now = clock.now()
    query = (
        select(
            _is_there(ProgrammeRelease.event_id),
            _is_there(ReleasedAppearance.event_id),
            _is_there(DocumentationVersion.event_id, DocumentationVersion.published_at.is_not(None)),
            _is_there(Photo.event_id, Photo.published_at <= now, Photo.withdrawn_at.is_(None)),
            _is_there(Download.event_id, Download.access == "public"),
            _is_there(ConsentText.event_id, ConsentText.kind == "public_list", ConsentText.retired_at.is_(None)),
            InfoPage.slug,
            InfoPage.title,
            Site.name,
            Call.opens_at,
            Call.closes_at,
        )
        .select_from(Event)
        .outerjoin(Site, Site.id == 1)
        .outerjoin(InfoPage, InfoPage.event_id == Event.id)
        .outerjoin(Call, Call.event_id == Event.id)
        .where(Event.id == event.id)
        .order_by(InfoPage.position)
    )
    rows = db.session.execute(query).all()
    there = [bool(flag) for flag in rows[0][:6]]
    free_pages = [(row[6], row[7]) for row in rows if row[6]]
    name, call = rows[0][8] or {}, Times(*rows[0][9:11])
    return MenuFlags(there[0], there[1], there[2], there[3], there[4], there[5], free_pages, name, call)


def flags(event: Event) -> MenuFlags:
    """The menu's facts, read once a request."""
    if "menu_flags" not in g:
        g.menu_flags = menu_flags(event)
    return g.menu_flags


def has_venue_page(event: Event) -> bool:
    """Whether the event takes place somewhere one can go to."""
    return event.venue_id is not None and event.attendance != "online"


def call_state(event: Event) -> str:
    """Where the call for workshops stands now; a kept page knows when that changes."""
    call, now = flags(event).call, clock.now()
    cache.valid_until(proposals.next_change(call, now))
    is_off = event.cancelled_at is not None or now >= event.starts_at
    return proposals.call_state(call, now, is_off=is_off)


def menu(event: Event) -> list[dict[str, Any]]:
    """The event's menu: only what leads somewhere."""
    found = flags(event)
    entries: list[tuple[str, str, dict[str, Any]]] = []
    if found.has_documentation:
        entries.append((i18n._("Documentation"), "documentation.documentation", {}))
    if found.has_programme:
        entries.append((i18n._("Programme"), "programme.programme", {}))
    if found.has_programme and found.has_people:
        entries.append((i18n._("Speakers"), "speakers.speakers", {}))
    if call_state(event) == "open":
        entries.append((i18n._("Call for workshops"), "proposals.call", {}))
    if found.has_gallery:
        entries.append((i18n._("Pictures"), "media.gallery", {}))
    if found.has_downloads:
        entries.append((i18n._("Downloads"), "media.downloads", {}))
    if found.has_list:
        entries.append((i18n._("Participants"), "participants.public_list", {}))
    if has_venue_page(event):
        entries.append((i18n._("Venue"), "venue.venue", {}))
    entries += [(i18n.local(title), "site.page", {"page": slug}) for slug, title in found.info_pages]
    known = current_app.view_functions
    built = [(label, url_for(endpoint, **values)) for label, endpoint, values in entries if endpoint in known]
    return [{"label": label, "url": url, "current": url.split("?")[0] == request.path} for label, url in built]


def languages() -> list[dict[str, Any]]:
    """The languages of this page, with the address in each."""
    others = dict(pages.other_languages())
    if not others:
        return []
    return [
        {"code": c, "name": LANGUAGE_NAMES.get(c, c), "url": others.get(c, request.path), "current": c == g.lang}
        for c in i18n.languages()
    ]


def _preview(event: Event) -> str | None:
    """The token that shows a draft: the reader's own, or for the team, which may see it anyway, that of the event."""
    is_desk = g.get("account") is not None and g.get("lang") is None
    if is_desk and event.published_at is None and event.preview_link is not None:
        return ids.link_token("preview", event.preview_link.public_id, event.preview_link.generation)
    return request.args.get("preview", "")[:80] or None


def _logo_url(event: Event | None) -> str | None:
    """The event's logo; of a draft with the token that shows it."""
    if event is None or event.logo_key is None:
        return None
    return url_for("site.logo", key=event.logo_key, preview=_preview(event))


def _theme_url(event: Event | None) -> str | None:
    """The event's accent; of a draft with the token that shows it."""
    if event is None:
        return None
    return url_for("site.theme", event=event.slug, v=event.accent.lstrip("#"), preview=_preview(event))


def _alternates(others: list[tuple[str, str]]) -> list[dict[str, str]]:
    """The addresses of this page in all its languages, this one included, as search engines want them."""
    if not others:
        return []
    found = dict([*others, (g.lang, request.path)])
    return [{"code": code, "url": pages.external(found[code])} for code in i18n.languages() if code in found]


def _news(event: Event | None) -> dict[str, Any] | None:
    """What every page of an event must tell first: that it is called off, or has a new date; nothing once it is over."""
    if event is None or (event.cancelled_at is None and (event.moved_from is None or clock.now() >= event.ends_at)):
        return None
    return {"is_called_off": event.cancelled_at is not None, "before": event.moved_from, "reason": event.notice}


def context() -> dict[str, Any]:
    """What templates/layouts/ expects."""
    event = g.get("event")
    is_public = g.get("lang") is not None
    others = pages.other_languages() if is_public else []
    return {
        "lang": i18n.current_language(),
        "site": site_facts(),
        "event": event,
        "account": g.get("account"),
        "nav": menu(event) if event is not None and is_public else [],
        "languages": languages(),
        "preview": event is not None and is_public and event.published_at is None,
        "logo_url": _logo_url(event),
        "news": _news(event),
        "hosts_line": fronts.hosts_line(event),
        "robots": "noindex" if request.args.get("preview") else None,
        "demonstration": current_app.config["SETTINGS"].demo,
        "canonical": pages.external(request.path) if is_public else None,
        "alternates": _alternates(others),
        "theme_url": _theme_url(event),
    }
