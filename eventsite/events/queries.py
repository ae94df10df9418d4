"""Reads of the site, its events, hosts, venues and free pages."""

from sqlalchemy import Text, cast, literal, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.core import clock
from eventsite.core.db import Revision, db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event, Host, InfoPage, OldSlug, Room, Site, Venue
from eventsite.people.models import Membership


def find_site() -> Site | None:
    """The row of the site, once it is set up."""
    return db.session.get(Site, 1)


def event_revisions(slug: str) -> dict[str, int]:
    """The revisions a public page of this event depends on, in one query; NotFound for an unknown event."""
    scope = literal("event:").concat(cast(Event.id, Text))
    site = select(Revision.number).where(Revision.scope == "site").scalar_subquery()
    query = select(scope, Revision.number, site).outerjoin(Revision, Revision.scope == scope).where(Event.slug == slug)
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return {row[0]: row[1] or 0, "site": row[2] or 0}


def find_event(slug: str) -> Event | None:
    """An event by its address, draft or not, with venue and hosts."""
    loaded = (joinedload(Event.venue), joinedload(Event.hosts), joinedload(Event.preview_link))
    query = select(Event).where(Event.slug == slug).options(*loaded)
    return db.session.scalars(query).unique().one_or_none()


def get_event(slug: str) -> Event:
    """An event by its address; NotFound where there is none."""
    event = find_event(slug)
    if event is None:
        raise NotFound
    return event


def find_renamed(slug: str) -> str | None:
    """The present address of an event that once had this one."""
    query = select(Event.slug).join(OldSlug, OldSlug.event_id == Event.id).where(OldSlug.slug == slug)
    return db.session.scalar(query)


def published_events() -> list[Event]:
    """Everything the public may see, with venue and hosts, latest first."""
    query = (
        select(Event)
        .where(Event.published_at <= clock.now())
        .options(joinedload(Event.venue), selectinload(Event.hosts))
        .order_by(Event.starts_at.desc())
    )
    return list(db.session.scalars(query))


def events_of(account_id: int, *, is_owner: bool) -> list[Event]:
    """The events an account may work on, latest first; all of them for an owner."""
    query = select(Event).order_by(Event.starts_at.desc())
    if not is_owner:
        query = query.join(Membership, Membership.event_id == Event.id).where(Membership.account_id == account_id)
    return list(db.session.scalars(query))


def info_pages(event_id: int) -> list[InfoPage]:
    """The free pages of an event in the order of the menu."""
    return list(db.session.scalars(select(InfoPage).where(InfoPage.event_id == event_id).order_by(InfoPage.position)))


def hosts() -> list[Host]:
    """All hosts of the site."""
    return list(db.session.scalars(select(Host).order_by(Host.id)))


def venues() -> list[Venue]:
    """All venues with their rooms."""
    return list(db.session.scalars(select(Venue).options(selectinload(Venue.rooms)).order_by(Venue.id)))


def rooms(event: Event) -> list[Room]:
    """The rooms of an event's venue."""
    if event.venue_id is None:
        return []
    return list(db.session.scalars(select(Room).where(Room.venue_id == event.venue_id).order_by(Room.position)))
