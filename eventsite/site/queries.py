"""Reads for pages that show several features at once, each as few queries as a public page may cost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import aliased, joinedload

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.documentation.models import DocumentationVersion
from eventsite.events.models import Event, Host, InfoPage, Site
from eventsite.programme.models import ProgrammeRelease
from eventsite.programme.queries import programme_of
from eventsite.programme.snapshot import Programme
from eventsite.registration import rules
from eventsite.registration.models import PlaceCount
from eventsite.registration.rules import Places


@dataclass(frozen=True)
class Front:
    """What the front page of an event needs beside the event itself."""

    programme: Programme | None
    places: list[Places]  # of a hybrid event those on site, then those online


def front(event: Event) -> Front:
    """The last release and how full the event is, in one query."""
    later = aliased(ProgrammeRelease)
    is_last = ~exists().where(later.event_id == event.id, later.number > ProgrammeRelease.number)
    query = (
        select(ProgrammeRelease, PlaceCount)
        .select_from(Event)
        .outerjoin(ProgrammeRelease, (ProgrammeRelease.event_id == Event.id) & is_last)
        .outerjoin(PlaceCount, PlaceCount.event_id == Event.id)
        .where(Event.id == event.id)
    )
    release, count = db.session.execute(query.execution_options(populate_existing=True)).one()
    return Front(programme_of(release), rules.all_places(event, count))


def announced_events(*, past: int | None = None, now: datetime | None = None) -> list[tuple[Event, bool]]:
    """Every event with a date of publication, even a later one, and whether its documentation is public; latest first.

    With `past` only so many of those that are over `now`.
    """
    has_report = exists().where(
        DocumentationVersion.event_id == Event.id, DocumentationVersion.published_at.is_not(None)
    )
    query = (
        select(Event, has_report)
        .where(Event.published_at.is_not(None))
        .options(joinedload(Event.venue))
        .order_by(Event.starts_at.desc(), Event.id)
    )
    if past is not None:
        was = select(Event.id).where(Event.published_at <= now, Event.ends_at <= now)
        query = query.where((Event.ends_at > now) | Event.id.in_(was.order_by(Event.starts_at.desc()).limit(past)))
    return [(event, bool(flag)) for event, flag in db.session.execute(query).all()]


def get_info_page(event_id: int, slug: str) -> InfoPage:
    """A free page of an event; NotFound where there is none."""
    page = db.session.scalar(select(InfoPage).where(InfoPage.event_id == event_id, InfoPage.slug == slug))
    if page is None:
        raise NotFound
    return page


def hosts_of_site() -> list[Host]:
    """The host that answers for the site first, then the others that hold public events."""
    answering = select(Site.host_id).where(Site.id == 1).scalar_subquery()
    query = select(Host).order_by((Host.id == func.coalesce(answering, 0)).desc(), Host.id)
    return list(db.session.scalars(query))


def last_releases() -> dict[int, Programme]:
    """The released programme of every event, in one query."""
    later = aliased(ProgrammeRelease)
    is_last = ~exists().where(later.event_id == ProgrammeRelease.event_id, later.number > ProgrammeRelease.number)
    found = {row.event_id: programme_of(row) for row in db.session.scalars(select(ProgrammeRelease).where(is_last))}
    return {event_id: programme for event_id, programme in found.items() if programme}


def free_pages() -> dict[int, list[tuple[str, datetime]]]:
    """Address and last change of the free pages of every event."""
    found: dict[int, list[tuple[str, datetime]]] = {}
    for event_id, slug, changed in db.session.execute(
        select(InfoPage.event_id, InfoPage.slug, InfoPage.updated_at).order_by(InfoPage.position)
    ):
        found.setdefault(event_id, []).append((slug, changed))
    return found


def documentation_dates() -> dict[int, datetime]:
    """When the documentation of each event was last published."""
    query = select(DocumentationVersion.event_id, func.max(DocumentationVersion.published_at))
    query = query.where(DocumentationVersion.published_at.is_not(None)).group_by(DocumentationVersion.event_id)
    return {row[0]: row[1] for row in db.session.execute(query) if row[1]}


def logo_owner(key: str) -> tuple[bool, list[str]]:
    """Whether a host has this logo, and the addresses of the events (drafts too) whose logo it is."""
    is_hosts = db.session.scalar(select(Host.id).where(Host.logo_key == key).limit(1)) is not None
    return is_hosts, list(db.session.scalars(select(Event.slug).where(Event.logo_key == key)))


def database_problem() -> str | None:
    """Why the database does not answer, or None."""
    try:
        db.session.execute(text("SELECT number FROM revision LIMIT 1"))
    except Exception as problem:
        db.session.rollback()
        return type(problem).__name__
    return None
