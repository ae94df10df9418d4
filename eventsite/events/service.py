"""Verbs of the site and its events: set up, create, change, publish, archive."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from eventsite.core import audit, clock, ids, images, storage
from eventsite.core.db import assign, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import queries, rules
from eventsite.events.models import Event, EventHost, Host, InfoPage, OldSlug, Room, Site, Venue
from eventsite.people import service as people
from eventsite.people.models import PersonalLink

Words = dict[str, str]
LOGO_WIDTH = 480  # pixels: sharp on a telephone at the size of a masthead


def lock_event(event_id: int) -> Event:
    """The present row of an event, locked until the transaction ends: all places of an event are given under it."""
    with transaction() as session:
        query = select(Event).where(Event.id == event_id).with_for_update().execution_options(populate_existing=True)
        event = session.scalar(query)
        if event is None:
            raise NotFound
        return event


def set_up_site(**values: Any) -> Site:
    """Creates or changes what the site says about itself: name, intro, host_id, privacy, accessibility, mail_url."""
    with transaction() as session:
        site = session.get(Site, 1)
        if site is None:
            empty: dict[str, Any] = {"name": {}, "intro": {}, "privacy": {}, "accessibility": {}}
            site = Site(id=1, **{**empty, **values})
            session.add(site)
        else:
            assign(site, values)
        site.set_up_at = site.set_up_at or clock.now()
        session.flush()
        audit.record("site changed", subject="site", details={"fields": sorted(values)})
        return site


def create_host(**values: Any) -> Host:
    """A new host organisation; `name` and `imprint` are texts per language."""
    with transaction() as session:
        host = Host(public_id=ids.new_public_id(), **{"name": {}, "imprint": {}, **values})
        session.add(host)
        session.flush()
        return host


def change_host(host_id: int, **values: Any) -> None:
    """Changes a host organisation."""
    with transaction() as session:
        assign(session.get_one(Host, host_id), values)


def create_venue(*, rooms: list[dict[str, Any]] | None = None, **values: Any) -> Venue:
    """A new venue with its rooms in order."""
    with transaction() as session:
        defaults: dict[str, Any] = {"name": {}, "directions": {}, "step_free": {}}
        venue = Venue(public_id=ids.new_public_id(), **{**defaults, **values})
        session.add(venue)
        session.flush()
        for position, room in enumerate(rooms or []):
            add_room(venue.id, position=position, **room)
        return venue


def change_venue(venue_id: int, **values: Any) -> None:
    """Changes a venue."""
    with transaction() as session:
        assign(session.get_one(Venue, venue_id), values)


def add_room(venue_id: int, **values: Any) -> Room:
    """A new room of a venue."""
    with transaction() as session:
        room = Room(public_id=ids.new_public_id(), venue_id=venue_id, **{"name": {}, "equipment": {}, **values})
        session.add(room)
        session.flush()
        return room


def change_room(room_id: int, **values: Any) -> None:
    """Changes a room."""
    with transaction() as session:
        assign(session.get_one(Room, room_id), values)


def _check_dates(event: Event) -> None:
    if event.ends_at <= event.starts_at:
        raise Refused(_l("The event must end after it starts."))
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if opens and closes and closes <= opens:
        raise Refused(_l("Registration must close after it opens."))


def free_slug(title: Words, starts_at: datetime) -> str:
    """An address for a new event that nothing else has or had, made from its title and year."""
    with transaction() as session:
        taken = {*session.scalars(select(Event.slug)), *session.scalars(select(OldSlug.slug))}
    return rules.slug_of(next((words for words in title.values() if words), ""), starts_at.year, taken)


def create_event(*, host_ids: list[int], actor: str = "system", **values: Any) -> Event:
    """A new draft event; refuses an address that is taken or reserved and dates that contradict each other."""
    slug = values["slug"]
    if not rules.is_slug(slug):
        raise Refused(_l("The address may hold small letters, digits and hyphens only, and some words are reserved."))
    with transaction() as session:
        taken = session.scalar(select(Event.id).where(Event.slug == slug)) or session.get(OldSlug, slug)
        if taken is not None:
            raise Refused(_l("There is an event with this address already."))
        instant = clock.now()
        words = ("kind", "title", "short_title", "subtitle", "lead", "text", "privacy_note")
        defaults: dict[str, Any] = {
            **{word: {} for word in words},
            "facts": [],
            "topics": [],
            "languages": ["de", "en"],
        }
        preview = people.create_link("preview")
        event = Event(
            public_id=ids.new_public_id(),
            preview_link_id=preview.id,
            entry_changed_at=instant,
            created_at=instant,
            updated_at=instant,
            **{**defaults, **values},
        )
        _check_dates(event)
        session.add(event)
        session.flush()
        for position, host_id in enumerate(host_ids):
            session.add(EventHost(event_id=event.id, host_id=host_id, position=position))
        audit.record("event created", subject=f"event {event.public_id}", actor=actor, event_id=event.id)
        return event


def change_event(event_id: int, *, actor: str = "system", host_ids: list[int] | None = None, **values: Any) -> Event:
    """Changes an event; a new address leaves a redirect at the old one."""
    with transaction() as session:
        event = lock_event(event_id)
        if values.get("slug", event.slug) != event.slug:
            _rename(event, values["slug"])
        before = rules.calendar_facts(event)
        assign(event, values)
        _check_dates(event)
        event.updated_at = clock.now()
        _follow_in_calendars(event, before)
        if host_ids is not None:
            session.execute(delete(EventHost).where(EventHost.event_id == event.id))
            for position, host_id in enumerate(host_ids):
                session.add(EventHost(event_id=event.id, host_id=host_id, position=position))
        audit.record(
            "event changed",
            subject=f"event {event.public_id}",
            actor=actor,
            event_id=event.id,
            details={"fields": sorted(values)},
        )
        return event


def _follow_in_calendars(event: Event, before: tuple[Any, Any]) -> None:
    now = rules.calendar_facts(event)
    if now[0] != before[0]:
        event.sequence += 1
    if now != before:
        event.entry_changed_at = clock.now()


def _rename(event: Event, slug: str) -> None:
    with transaction() as session:
        if not rules.is_slug(slug):
            raise Refused(
                _l("The address may hold small letters, digits and hyphens only, and some words are reserved.")
            )
        if session.scalar(select(Event.id).where(Event.slug == slug)) is not None:
            raise Refused(_l("There is an event with this address already."))
        former = session.get(OldSlug, slug)
        if former is not None and former.event_id != event.id:
            raise Refused(_l("There is an event with this address already."))
        if former is not None:
            session.delete(former)
        session.add(OldSlug(slug=event.slug, event_id=event.id))
        event.slug = slug


def publish_event(event_id: int, *, actor: str = "system", at: datetime | None = None) -> None:
    """Makes an event public; refuses one without title or without a host that has an imprint (DDG § 5)."""
    with transaction():
        event = lock_event(event_id)
        loaded = queries.get_event(event.slug)
        if rules.missing_before_publishing(loaded, loaded.hosts):
            raise Refused(_l("An event needs a title and a host with an imprint before it can be published."))
        event.published_at = at or clock.now()
        audit.record("event published", subject=f"event {event.public_id}", actor=actor, event_id=event.id)


def withdraw_event(event_id: int, *, actor: str = "system") -> None:
    """Makes a published event a draft again: strangers find nothing, files and feeds included."""
    with transaction():
        event = lock_event(event_id)
        event.published_at = None
        audit.record("event withdrawn", subject=f"event {event.public_id}", actor=actor, event_id=event.id)


def set_info_page(event_id: int, slug: str, *, title: Words, text: Words, position: int = 0) -> InfoPage:
    """Creates or changes a free page of an event."""
    if not rules.is_page_slug(slug):
        raise Refused(_l("The address may hold small letters, digits and hyphens only, and some words are reserved."))
    with transaction() as session:
        page = session.scalar(select(InfoPage).where(InfoPage.event_id == event_id, InfoPage.slug == slug))
        if page is None:
            page = InfoPage(event_id=event_id, slug=slug, title={}, text={})
            session.add(page)
        page.title, page.text, page.position, page.updated_at = title, text, position, clock.now()
        session.flush()
        return page


def delete_info_page(event_id: int, slug: str) -> None:
    """Takes a free page away."""
    with transaction() as session:
        session.execute(delete(InfoPage).where(InfoPage.event_id == event_id, InfoPage.slug == slug))
        session.info["stale"].update({f"event:{event_id}", "site"})


def store_info_page(
    event_id: int, former_slug: str | None, slug: str, *, title: Words, text: Words, position: int
) -> None:
    """Stores a free page under a (new) address; refuses an address that another page has."""
    with transaction() as session:
        if former_slug != slug:
            taken = session.scalar(select(InfoPage.id).where(InfoPage.event_id == event_id, InfoPage.slug == slug))
            if taken is not None:
                raise Refused(_l("There is a page with this address already."))
            if former_slug is not None:
                delete_info_page(event_id, former_slug)
        set_info_page(event_id, slug, title=title, text=text, position=position)


def renew_preview_link(event_id: int) -> None:
    """Makes the preview link of an event worthless and a new one valid."""
    with transaction() as session:
        event = session.get_one(Event, event_id)
        link = session.get(PersonalLink, event.preview_link_id) if event.preview_link_id else None
        if link is None:
            event.preview_link_id = people.create_link("preview").id
        else:
            people.reissue_link(link)


def _logo(content: bytes) -> str:
    """The storage key of a logo made anew from what was uploaded; refuses what is no picture."""
    images.check(content)
    (made,) = images.derive(content, [LOGO_WIDTH], ("webp",))
    return storage.put(made.content)


def set_host_logo(host_id: int, content: bytes | None) -> None:
    """Gives a host a logo, or takes it away; what was uploaded is never served itself."""
    key = _logo(content) if content else None
    with transaction() as session:
        session.get_one(Host, host_id).logo_key = key


def set_event_logo(event_id: int, content: bytes | None, *, actor: str = "system") -> None:
    """Gives an event a logo, or takes it away; what was uploaded is never served itself."""
    key = _logo(content) if content else None
    with transaction():
        event = lock_event(event_id)
        event.logo_key = key
        audit.record("logo changed", subject=f"event {event.public_id}", actor=actor, event_id=event.id)
