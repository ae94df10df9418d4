"""Reads of pictures and downloads; the gallery takes the same number of queries for any number of pictures."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.media.models import Album, Derivative, Download, Photo
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker


def _is_shown() -> ColumnElement[bool]:
    now = clock.now()
    return and_(
        Photo.published_at <= now,
        or_(Photo.publish_after.is_(None), Photo.publish_after <= now),
        Photo.withdrawn_at.is_(None),
        Photo.state == "ready",
    )


def public_photos(event_id: int) -> list[Photo]:
    """What everybody may see, in order, with renditions; two queries."""
    query = (
        select(Photo)
        .where(Photo.event_id == event_id, _is_shown())
        .order_by(Photo.position, Photo.id)
        .options(selectinload(Photo.derivatives))
    )
    return list(db.session.scalars(query))


def gallery(event_id: int) -> list[tuple[Album | None, list[Photo]]]:
    """The public pictures album by album (those without one first), with renditions, in one query."""
    query = (
        select(Photo, Album)
        .outerjoin(Album, Album.id == Photo.album_id)
        .where(Photo.event_id == event_id, _is_shown())
        .order_by(func.coalesce(Album.position, -1), func.coalesce(Album.id, 0), Photo.position, Photo.id)
        .options(joinedload(Photo.derivatives))
    )
    groups: list[tuple[Album | None, list[Photo]]] = []
    for photo, album in db.session.execute(query).unique().all():
        if not groups or groups[-1][0] is not album:
            groups.append((album, []))
        groups[-1][1].append(photo)
    return groups


def embargoes(event_id: int) -> list[Any]:
    """When published pictures and files that still wait will show by themselves."""
    now = clock.now()
    photos = select(Photo.publish_after).where(Photo.event_id == event_id, Photo.publish_after > now)
    files = select(Download.publish_after).where(Download.event_id == event_id, Download.publish_after > now)
    return list(db.session.scalars(union_all(photos, files)))


def all_photos(event_id: int) -> list[Photo]:
    """The organisers' worklist: every picture in order, with renditions."""
    query = (
        select(Photo)
        .where(Photo.event_id == event_id)
        .order_by(Photo.position, Photo.id)
        .options(selectinload(Photo.derivatives))
    )
    return list(db.session.scalars(query))


def get_photo(event_id: int, public_id: str) -> Photo:
    """One picture of an event with its renditions; NotFound where there is none."""
    query = select(Photo).where(Photo.event_id == event_id, Photo.public_id == public_id)
    photo = db.session.scalar(query.options(selectinload(Photo.derivatives)))
    if photo is None:
        raise NotFound
    return photo


def albums(event_id: int) -> list[Album]:
    """The albums of an event in order."""
    return list(db.session.scalars(select(Album).where(Album.event_id == event_id).order_by(Album.position, Album.id)))


def get_rendition(key: str, form: str) -> tuple[Derivative, str]:
    """A rendition that may be shown, with the address of its event; NotFound for what is not published."""
    query = (
        select(Derivative, Event.slug)
        .join(Photo, Photo.id == Derivative.photo_id)
        .join(Event, Event.id == Photo.event_id)
        .where(Derivative.key == key, Derivative.format == form, _is_shown())
        .order_by(Event.published_at.is_(None), Event.published_at)
        .limit(1)
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def find_rendition_of_event(event_id: int, key: str) -> Derivative | None:
    """A rendition of any picture of an event, published or not; for its organisers."""
    query = select(Derivative).join(Photo).where(Photo.event_id == event_id, Derivative.key == key).limit(1)
    return db.session.scalar(query)


def downloads(event_id: int, access: Collection[str] = ("public",)) -> list[Download]:
    """The files of these access levels that are out, in order; one query."""
    is_out = or_(Download.publish_after.is_(None), Download.publish_after <= clock.now())
    query = select(Download).where(Download.event_id == event_id, Download.access.in_(access), is_out)
    return list(db.session.scalars(query.order_by(Download.position, Download.id)))


def all_downloads(event_id: int) -> list[Download]:
    """Every file of an event, for its organisers."""
    query = select(Download).where(Download.event_id == event_id).order_by(Download.position, Download.id)
    return list(db.session.scalars(query))


def get_download(event_id: int, public_id: str) -> Download:
    """One file of an event; NotFound where there is none."""
    found = db.session.scalar(select(Download).where(Download.event_id == event_id, Download.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_public_download(public_id: str) -> tuple[Download, str]:
    """A file for everybody with the address of its event; NotFound for any other."""
    query = select(Download, Event.slug).join(Event, Event.id == Download.event_id)
    row = db.session.execute(query.where(Download.public_id == public_id, Download.access == "public")).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def shown_ids(event_id: int) -> set[str]:
    """The public ids of pictures and files everybody may see now; one query, to take back what was withdrawn."""
    is_out = or_(Download.publish_after.is_(None), Download.publish_after <= clock.now())
    photos = select(literal("p"), Photo.public_id).where(Photo.event_id == event_id, _is_shown())
    files = select(literal("d"), Download.public_id).where(
        Download.event_id == event_id, Download.access == "public", is_out
    )
    return {row[1] for row in db.session.execute(union_all(photos, files))}


def waiting_photos() -> Sequence[int]:
    """Ids of pictures whose renditions have not been made yet."""
    return list(db.session.scalars(select(Photo.id).where(Photo.state == "new").order_by(Photo.id)))


def item_titles(event_id: int) -> dict[int, Any]:
    """The titles of an event's programme items, to group files by them."""
    query = select(ProgrammeItem.id, ProgrammeItem.title).where(ProgrammeItem.event_id == event_id)
    return {row.id: row.title for row in db.session.execute(query)}


def is_speaker_of(event_id: int, link_id: int) -> bool:
    """Whether the holder of a speaker's link appears in this event."""
    query = (
        select(Appearance.id)
        .join(Speaker, Speaker.id == Appearance.speaker_id)
        .join(ProgrammeItem, ProgrammeItem.id == Appearance.item_id)
        .where(Speaker.link_id == link_id, ProgrammeItem.event_id == event_id)
        .limit(1)
    )
    return db.session.scalar(query) is not None
