"""Verbs of series: events that are held again and again under one name."""

from sqlalchemy import func, select

from eventsite.core import audit, ids
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules
from eventsite.events.models import Event, Series

Words = dict[str, str]


def store_series(public_id: str | None, *, title: Words, slug: str, actor: str = "system") -> Series:
    """A new series, or a changed one; refuses an address that is no address or that another series has."""
    with transaction() as session:
        row = _get(public_id) if public_id else Series(public_id=ids.new_public_id())
        if not rules.is_slug(slug):
            raise Refused(
                _l("The address may hold small letters, digits and hyphens only, and some words are reserved.")
            )
        if session.scalar(select(Series.id).where(Series.slug == slug, Series.public_id != row.public_id)) is not None:
            raise Refused(_l("There is a series with this address already."))
        row.title, row.slug = title, slug
        session.add(row)
        session.flush()
        audit.record("series stored", subject=f"series {row.public_id}", actor=actor)
        return row


def delete_series(public_id: str, *, actor: str = "system") -> None:
    """Takes a series away; refuses one that has events."""
    with transaction() as session:
        row = _get(public_id)
        if session.scalar(select(func.count(Event.id)).where(Event.series_id == row.id)):
            raise Refused(_l("Events belong to this series. Take them out of it first."))
        session.delete(row)
        audit.record("series deleted", subject=f"series {public_id}", actor=actor)


def _get(public_id: str) -> Series:
    with transaction() as session:
        found = session.scalar(select(Series).where(Series.public_id == public_id))
        if found is None:
            raise NotFound
        return found
