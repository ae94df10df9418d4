"""Reads of deeds for many: who is chosen, and what became of a deed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, select

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.registration.models import Registration
from eventsite.registration.models_desk import BulkDeed, BulkRow
from eventsite.registration.rules import Status
from eventsite.site import queries_roster
from eventsite.site.rules_roster import Facets, Wanted

SHOWN = 20  # names of each outcome


class Chosen(NamedTuple):
    """One registration a deed is meant for."""

    id: int
    public_id: str
    name: str
    status: str
    email: str | None
    awaits_decision: bool


_COLUMNS = (
    Registration.id,
    Registration.public_id,
    Registration.name,
    Registration.status,
    Registration.email,
    and_(
        Registration.status == Status.PENDING,
        Registration.needs_decision.is_(True),
        Registration.held_until.is_(None),
    ),
)
# Whoever waits goes first: a place that is freed must not move up somebody whose registration ends next.
_ORDER = (case((Registration.holds_place.is_(True), 1), else_=0), Registration.queue_number)


def chosen(event_id: int, public_ids: Sequence[str]) -> list[Chosen]:
    """Those of the event's registrations that were ticked, in the order in which they would be dealt with."""
    query = select(*_COLUMNS).where(Registration.event_id == event_id, Registration.public_id.in_(public_ids))
    return [Chosen(*row) for row in db.session.execute(query.order_by(*_ORDER))]


def all_fitting(event: Event, wanted: Wanted, known: Facets) -> list[Chosen]:
    """All that the filter shows, in the same order."""
    ids = queries_roster.fitting(event, wanted, known).order_by(None).scalar_subquery()
    query = select(*_COLUMNS).where(Registration.id.in_(ids))
    return [Chosen(*row) for row in db.session.execute(query.order_by(*_ORDER))]


def get_deed(event_id: int, public_id: str) -> BulkDeed:
    """A deed of this event; NotFound for another event's."""
    query = select(BulkDeed).where(BulkDeed.event_id == event_id, BulkDeed.public_id == public_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def outcome(bulk_id: int) -> list[tuple[str, str, int]]:
    """State, reason and number of the rows of a deed."""
    query = select(BulkRow.state, BulkRow.why, func.count()).where(BulkRow.bulk_id == bulk_id)
    found = [
        (str(row[0]), str(row[1]), int(row[2]))
        for row in db.session.execute(query.group_by(BulkRow.state, BulkRow.why))
    ]
    return sorted(found, key=lambda row: (row[0] != "done", row))


def left_alone(bulk_id: int) -> list[Any]:
    """Name, public id and reason of the first who stayed as they were."""
    query = (
        select(Registration.name, Registration.public_id, BulkRow.why)
        .join(BulkRow, BulkRow.registration_id == Registration.id)
        .where(BulkRow.bulk_id == bulk_id, BulkRow.state == "left")
        .order_by(Registration.sort_name, Registration.id)
    )
    return list(db.session.execute(query.limit(SHOWN)))
