"""The checklist of an event: what rules_checklist finds missing, as sentences with links to where it is put right."""

from dataclasses import dataclass
from typing import Any

from flask import g, url_for
from sqlalchemy import exists, func, select

from eventsite.core import clock, i18n
from eventsite.core.db import db
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules as event_rules
from eventsite.events.models import Event, Room, Site
from eventsite.programme.models import Appearance, ProgrammeItem, ProgrammeRelease, Round
from eventsite.site import desk
from eventsite.site import rules_checklist as rules
from eventsite.site.rules_checklist import Facts, Item, Lack

# Key → sentence, page, field there, permission to put it right.
SENTENCES: dict[str, tuple[Any, str, str, str]] = {
    "title": (_l("The event has no title yet."), "events_admin.settings", "title", "event.edit"),
    "host": (_l("The event has no host yet."), "events_admin.settings", "hosts", "event.edit"),
    "imprint": (_l("No host of the event has an imprint yet (DDG § 5)."), "places_admin.hosts", "", "owner"),
    "lead": (_l("Two sentences that say what it is about are missing."), "events_admin.settings", "lead", "event.edit"),
    "contact": (
        _l("There is no e-mail address people can write to."), "events_admin.settings", "contact_email", "event.edit",
    ),
    "venue": (_l("The place is missing."), "events_admin.settings", "venue_id", "event.edit"),
    "step_free": (_l("The venue does not say how it is reached without steps."), "places_admin.venues", "", "owner"),
    "online_address": (
        _l("No item has an online link: people would not know where to go."),
        "programme_admin.programme", "", "programme.edit",
    ),
    "privacy": (_l("The site has no privacy notice yet."), "site_setup.site", "privacy", "owner"),
    "former_year": (
        _l("Title or short title still name the year %(year)s."), "events_admin.settings", "title", "event.edit",
    ),
    "registration_late": (
        _l("Registration opens or closes only after the event has begun or ended."),
        "registration_settings.settings", "registration_closes_at", "event.edit",
    ),
    "wishes_date": (
        _l("Until when can wishes for workshops be changed? The allocation comes after that."),
        "registration_settings.settings", "wishes_close_at", "event.edit",
    ),
    "wishes_late": (
        _l("Wishes can be changed until the event begins: no time is left for the allocation."),
        "registration_settings.settings", "wishes_close_at", "event.edit",
    ),
    "release": (
        _l("The programme is not released: visitors do not see it yet."),
        "programme_admin_releases.releases", "", "programme.edit",
    ),
    "empty_rounds": (_l("Rounds without workshops: %(count)s."), "programme_admin.programme", "", "programme.edit"),
    "no_places": (
        _l("Workshops without a number of places: %(count)s."), "programme_admin.programme", "", "programme.edit",
    ),
    "no_people": (_l("Workshops without people: %(count)s."), "programme_admin.programme", "", "programme.edit"),
    "no_room": (_l("Workshops without a room: %(count)s."), "programme_admin.programme", "", "programme.edit"),
    "words_de": (
        _l("Texts of the event that are missing in German: %(count)s."), "events_admin.settings", "title", "event.edit",
    ),
    "words_en": (
        _l("Texts of the event that are missing in English: %(count)s."), "events_admin.settings", "title", "event.edit",
    ),
    "items_de": (
        _l("Items without a German title: %(count)s."), "programme_admin.programme", "", "programme.edit",
    ),
    "items_en": (
        _l("Items without an English title: %(count)s."), "programme_admin.programme", "", "programme.edit",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One line of the checklist; without an address for those who may not put it right."""

    sentence: str
    url: str
    is_blocking: bool
    examples: str


def points(event: Event) -> list[Point]:
    """What the event lacks, most urgent first, in one query; their number is shown in the navigation of this request."""
    missing = event_rules.missing_before_publishing(event, event.hosts)
    found = [_point(event, lack) for lack in rules.lacks(event, facts(event), clock.now(), missing)]
    g.open_points = len(found)
    return found


def _point(event: Event, lack: Lack) -> Point:
    sentence, endpoint, anchor, permission = SENTENCES[lack.key]
    may = g.account.is_owner if permission == "owner" else desk.may(permission)
    values: dict[str, Any] = {} if permission == "owner" else {"event": event.slug}
    told = str(sentence) % {"count": i18n.format_number(lack.count), "year": lack.count}
    url = url_for(endpoint, _anchor=anchor or None, **values) if may else ""
    return Point(told, url, lack.is_blocking, ", ".join(i18n.local(dict(title)) for title in lack.examples))


def facts(event: Event) -> Facts:
    """What the checklist looks at, in one query, however long the programme is."""
    of_event = ProgrammeItem.event_id == Event.id
    empty = select(func.count(Round.id)).where(
        Round.event_id == Event.id,
        ~exists().where(ProgrammeItem.round_id == Round.id, ProgrammeItem.cancelled_at.is_(None)),
    )
    query = (
        select(
            ProgrammeItem.title,
            ProgrammeItem.round_id,
            ProgrammeItem.capacity,
            exists().where(Appearance.item_id == ProgrammeItem.id) | ProgrammeItem.is_open_list,
            ProgrammeItem.room_id,
            ProgrammeItem.online_url,
            empty.scalar_subquery(),
            exists().where(ProgrammeRelease.event_id == Event.id),
            Site.privacy,
            exists().where(Room.venue_id == Event.venue_id),
        )
        .select_from(Event)
        .outerjoin(Site, Site.id == 1)
        .outerjoin(ProgrammeItem, of_event & ProgrammeItem.cancelled_at.is_(None))
        .where(Event.id == event.id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    rows = db.session.execute(query).all()
    items = [
        Item(dict(row[0]), row[1] is not None, row[2], bool(row[3]), row[4] is not None, bool(row[5]))
        for row in rows
        if row[0] is not None
    ]
    return Facts(
        items=items,
        empty_rounds=rows[0][6],
        is_released=bool(rows[0][7]),
        has_privacy=any(dict(rows[0][8] or {}).values()),
        has_rooms=bool(rows[0][9]),
        step_free=dict(event.venue.step_free) if event.venue is not None else {},
    )
