"""The figures of an event over all features, for the organisers' start page."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from eventsite.allocation.models import AllocationRun, Wish
from eventsite.core.db import db
from eventsite.documentation.models import DocumentationVersion
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.programme.models import ProgrammeItem, ProgrammeRelease
from eventsite.registration.models import PlaceCount, Registration
from eventsite.registration.models_interest import Interest


@dataclass
class Figures:
    """What the dashboard knows of an event, read with a fixed number of queries."""

    by_status: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    waiting: int = 0
    with_wishes: int = 0
    items: int = 0
    items_changed_at: Any = None
    released_at: Any = None
    applied_runs: int = 0
    failed_mails: int = 0
    waiting_mails: int = 0
    published_version: int | None = None
    interested: int = 0


def figures(event: Event) -> Figures:
    """Six queries, however many people have registered."""
    mine = Registration.event_id == event.id
    statuses = db.session.execute(
        select(Registration.status, func.count()).where(mine).group_by(Registration.status)
    ).all()
    wishes = select(func.count(Wish.registration_id.distinct())).join(
        Registration, Registration.id == Wish.registration_id
    )
    places = db.session.get(PlaceCount, event.id)
    items = db.session.execute(
        select(func.count(ProgrammeItem.id), func.max(ProgrammeItem.updated_at)).where(
            ProgrammeItem.event_id == event.id
        )
    ).one()
    mails = db.session.execute(
        select(OutboxMessage.state, func.count())
        .where(OutboxMessage.event_id == event.id, OutboxMessage.state.in_(("failed", "waiting")))
        .group_by(OutboxMessage.state)
    ).all()
    single = db.session.execute(
        select(
            select(func.max(ProgrammeRelease.released_at))
            .where(ProgrammeRelease.event_id == event.id)
            .scalar_subquery(),
            select(func.count(AllocationRun.id))
            .where(AllocationRun.event_id == event.id, AllocationRun.applied_at.is_not(None))
            .scalar_subquery(),
            select(func.max(DocumentationVersion.number))
            .where(DocumentationVersion.event_id == event.id, DocumentationVersion.published_at.is_not(None))
            .scalar_subquery(),
            wishes.where(mine).scalar_subquery(),
            select(func.count(Interest.id))
            .where(Interest.event_id == event.id, Interest.confirmed_at.is_not(None))
            .scalar_subquery(),
        )
    ).one()
    by_state = {row[0]: row[1] for row in mails}
    return Figures(
        by_status={row[0]: row[1] for row in statuses},
        taken=places.taken + places.online_taken if places else 0,
        waiting=places.waiting + places.online_waiting if places else 0,
        items=items[0],
        items_changed_at=items[1],
        released_at=single[0],
        applied_runs=single[1],
        published_version=single[2],
        with_wishes=single[3],
        interested=single[4],
        failed_mails=by_state.get("failed", 0),
        waiting_mails=by_state.get("waiting", 0),
    )
