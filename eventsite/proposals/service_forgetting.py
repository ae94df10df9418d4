"""Forgets proposals in time: what was never confirmed, what was not accepted, and everything with the event's identities."""

from sqlalchemy import select

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.jobs import periodic
from eventsite.proposals import rules, service
from eventsite.proposals.models import Call, Proposal


@periodic(minutes=60)
def forget_due() -> None:
    """Takes away what its time is over for; a second run finds nothing left."""
    now = clock.now()
    query = select(Proposal, Call.keep_months).join(Call, Call.event_id == Proposal.event_id)
    due = []
    for one, months in db.session.execute(query.where(Proposal.erased_at.is_(None))):
        lapses = rules.lapses_at(one.state, one.created_at, one.updated_at, one.until)
        if (lapses is not None and now >= lapses) or rules.is_forgotten(one.state, one.state_at, months, now):
            due.append(one.id)
    db.session.rollback()
    for proposal_id in due:
        service.forget(proposal_id, actor="system")


def forget_event(event_id: int) -> int:
    """Forgets every proposal of an event, with the identities of its participants; how many there were."""
    query = select(Proposal.id).where(Proposal.event_id == event_id, Proposal.erased_at.is_(None))
    due = list(db.session.scalars(query))
    db.session.rollback()
    for proposal_id in due:
        service.forget(proposal_id, actor="system")
    return len(due)
