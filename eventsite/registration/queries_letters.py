"""Reads of the letters that replace mails to people without an e-mail address."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.mail.models import OutboxMessage
from eventsite.registration.models import Registration

STATES = ("letter", "written")


class Row(NamedTuple):
    """A letter and whom it is for."""

    message: OutboxMessage
    registration_id: str  # public
    organisation: str
    postal_address: str


def _of(event_id: int, states: Sequence[str]) -> list[Any]:
    return [OutboxMessage.event_id == event_id, OutboxMessage.state.in_(states), OutboxMessage.blanked_at.is_(None)]


def count(event_id: int, states: Sequence[str] = STATES) -> int:
    """How many letters there are; those whose words are blanked by now are left out."""
    query = select(func.count(OutboxMessage.id)).where(*_of(event_id, states))
    return int(db.session.scalar(query) or 0)


def letters(event_id: int, states: Sequence[str] = STATES, *, limit: int, offset: int = 0) -> list[Row]:
    """The letters, those to write first, the oldest in front."""
    person = (Registration.event_id == OutboxMessage.event_id) & (Registration.person_id == OutboxMessage.person_id)
    query = (
        select(OutboxMessage, Registration.public_id, Registration.organisation, Registration.postal_address)
        .join(Registration, person)
        .where(*_of(event_id, states))
        .order_by(OutboxMessage.state, OutboxMessage.id)
    )
    return [Row(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def get_letter(event_id: int, public_id: str) -> Row:
    """One letter; raises NotFound."""
    person = (Registration.event_id == OutboxMessage.event_id) & (Registration.person_id == OutboxMessage.person_id)
    query = (
        select(OutboxMessage, Registration.public_id, Registration.organisation, Registration.postal_address)
        .join(Registration, person)
        .where(*_of(event_id, STATES), OutboxMessage.public_id == public_id)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return Row(*found)
