"""Reads for the public pages of the programme: how many places are given, and what there is to take home of an item."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, func, select

from eventsite.allocation.models import Allocation, WaitingPlace
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.media.models import Download
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


@dataclass(frozen=True)
class Around:
    """What the page of an item tells beside the item: places given, files that are out, and when more will be."""

    taken: int
    downloads: list[Download] = field(default_factory=list)
    embargoes: list[datetime] = field(default_factory=list)


def around(event_id: int, item_id: int) -> Around:
    """All of it in one query."""
    seated = (
        select(func.count())
        .select_from(Allocation)
        .join(Registration, Registration.id == Allocation.registration_id)
        .where(Allocation.item_id == item_id, Registration.status == Status.CONFIRMED)
    )
    offered = (
        select(func.count())
        .select_from(WaitingPlace)
        .join(Registration, Registration.id == WaitingPlace.registration_id)
        .where(WaitingPlace.item_id == item_id, WaitingPlace.offered_until.is_not(None))
        .where(Registration.status == Status.CONFIRMED)
    )
    own = and_(Download.event_id == Event.id, Download.item_id == item_id, Download.access == "public")
    query = (
        select(Download, seated.scalar_subquery(), offered.scalar_subquery())
        .select_from(Event)
        .outerjoin(Download, own)
        .where(Event.id == event_id)
        .order_by(Download.position, Download.id)
    )
    rows, now = db.session.execute(query).all(), clock.now()
    files = [row[0] for row in rows if row[0] is not None]
    return Around(
        taken=rows[0][1] + rows[0][2],
        downloads=[one for one in files if one.publish_after is None or one.publish_after <= now],
        embargoes=[one.publish_after for one in files if one.publish_after is not None and one.publish_after > now],
    )
