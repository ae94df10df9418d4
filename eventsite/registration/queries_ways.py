"""Reads of codes, of registrations that wait for a decision, and of groups."""

from collections.abc import Sequence

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.registration import rules, rules_ways
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import EntryCode, RegistrationGroup
from eventsite.registration.rules import Status

_LIVE = [str(status) for status in rules.LIVE]
AWAITING = (
    Registration.status == str(Status.PENDING),
    Registration.needs_decision.is_(True),
    Registration.held_until.is_(None),
)


def codes(event_id: int) -> list[EntryCode]:
    """The codes of an event, newest first."""
    return list(
        db.session.scalars(select(EntryCode).where(EntryCode.event_id == event_id).order_by(EntryCode.id.desc()))
    )


def find_code(event_id: int, typed: str) -> EntryCode | None:
    """The code as somebody typed it."""
    key = rules_ways.code_key(typed)
    query = select(EntryCode).where(EntryCode.event_id == event_id, EntryCode.key == key)
    return db.session.scalar(query.execution_options(populate_existing=True)) if key else None


def get_code(event_id: int, public_id: str) -> EntryCode:
    """A code of this event by its public id."""
    query = select(EntryCode).where(EntryCode.event_id == event_id, EntryCode.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def used(code_ids: Sequence[int]) -> dict[int, int]:
    """How many registrations each code lets in at present; who signed off no longer counts."""
    query = (
        select(Registration.code_id, func.count(Registration.id))
        .where(Registration.code_id.in_(code_ids), Registration.status.in_(_LIVE))
        .group_by(Registration.code_id)
    )
    return {code_id: count for code_id, count in db.session.execute(query) if code_id is not None}


def awaiting(event_id: int, *, limit: int = 100) -> list[Registration]:
    """Registrations that wait for the organisers' decision, the longest waiting first."""
    query = select(Registration).where(Registration.event_id == event_id, *AWAITING)
    return list(db.session.scalars(query.order_by(Registration.queue_number).limit(limit)))


def count_awaiting(event_id: int) -> int:
    """How many registrations wait for a decision."""
    query = select(func.count(Registration.id)).where(Registration.event_id == event_id, *AWAITING)
    return int(db.session.scalar(query) or 0)


def get_group(group_id: int) -> RegistrationGroup:
    """A group by its id."""
    return db.session.get_one(RegistrationGroup, group_id)


def members(group_id: int) -> list[Registration]:
    """The registrations of a group in the order of the form."""
    query = select(Registration).where(Registration.group_id == group_id).order_by(Registration.queue_number)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
