"""Verbs of the team about single proposals: rate, comment, tag, and prepare decisions that are told in one batch."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select, update

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.proposals import messages, queries, rules, service
from eventsite.proposals.models import Proposal, ProposalComment, ProposalRating
from eventsite.proposals.rules import State

AT_ONCE = 50  # letters in one transaction, so that nobody waits long for the lock
MOST_TAGS, TAG_LENGTH = 12, 40


def rate(event_id: int, public_id: str, account_id: int, value: int, *, actor: str) -> None:
    """Stores or changes the own rating; the first one begins the review. Refuses what is no mark, and what is decided."""
    if value not in rules.MARKS:
        raise Refused(_l("Please choose one of the marks."))
    with transaction() as session:
        events.lock_event(event_id)
        proposal = queries.get_proposal(event_id, public_id, is_read=True)
        if proposal.state not in rules.OPEN_STATES:
            raise Refused(_l("This proposal is decided already."))
        row = session.get(ProposalRating, (proposal.id, account_id))
        if row is None:
            row = ProposalRating(proposal_id=proposal.id, account_id=account_id, value=value, rated_at=clock.now())
            session.add(row)
        row.value, row.rated_at = value, clock.now()
        service.note(proposal, "proposal rated", actor)
        if proposal.state == State.SUBMITTED:
            service.change_state(proposal, "review", actor)


def comment(event_id: int, public_id: str, account_id: int, text: str, *, actor: str) -> None:
    """Adds a word for the team; refuses an empty one."""
    if not text.strip():
        raise Refused(_l("Please write something."))
    with transaction() as session:
        events.lock_event(event_id)
        proposal = queries.get_proposal(event_id, public_id, is_read=True)
        row = ProposalComment(proposal_id=proposal.id, account_id=account_id, text=text.strip(), written_at=clock.now())
        session.add(row)
        service.note(proposal, "proposal commented", actor)


def uncomment(event_id: int, public_id: str, account_id: int, comment_id: int, *, actor: str) -> None:
    """Takes an own comment away; NotFound for somebody else's."""
    with transaction() as session:
        events.lock_event(event_id)
        proposal = queries.get_proposal(event_id, public_id, is_read=True)
        row = session.get(ProposalComment, comment_id)
        if row is None or (row.proposal_id, row.account_id) != (proposal.id, account_id):
            raise NotFound
        session.delete(row)
        service.note(proposal, "comment taken away", actor)


def tag(event_id: int, public_id: str, tags: Sequence[str], *, actor: str) -> None:
    """The team's own tags of a proposal instead of those before, each once."""
    with transaction():
        events.lock_event(event_id)
        proposal = queries.get_proposal(event_id, public_id, is_read=True)
        wanted = [" ".join(one.split())[:TAG_LENGTH] for one in tags]
        proposal.tags = list(dict.fromkeys(one for one in wanted if one))[:MOST_TAGS]
        service.note(proposal, "proposal tagged", actor)


def prepare(event_id: int, public_ids: Collection[str], decision: str, *, actor: str) -> tuple[int, int]:
    """Prepares one decision for many, or takes it back with ""; how many it fits, and how many it does not.

    Nobody outside learns of it before `send`.
    """
    if decision and decision not in rules.DECISIONS:
        raise NotFound
    with transaction() as session:
        events.lock_event(event_id)
        query = select(Proposal).where(Proposal.event_id == event_id, Proposal.public_id.in_(public_ids))
        found = list(session.scalars(query.execution_options(populate_existing=True)))
        if len(found) != len(set(public_ids)):
            raise NotFound
        fits = [one for one in found if _may_decide(one, decision)]
        for one in fits:
            one.decision, one.decided_by, one.released_at = decision, actor if decision else "", None
            service.note(one, "decision prepared" if decision else "decision taken back", actor, decision=decision)
        return len(fits), len(found) - len(fits)


def _may_decide(one: Proposal, decision: str) -> bool:
    is_on_its_way = one.decision != "" and one.released_at is not None
    if is_on_its_way or one.erased_at is not None:
        return False
    return bool(one.decision) if not decision else rules.after(one.state, decision) is not None


def send(event_id: int, number: int, *, actor: str) -> int:
    """Sends off every prepared decision, as many as the preview has counted; the mails follow in the background.

    Refuses when there are none, or another number than `number` by now.
    """
    with transaction() as session:
        events.lock_event(event_id)
        found = queries.prepared(event_id)
        if not found:
            raise Refused(_l("No decision is prepared that has not been told."))
        if len(found) != number:
            raise Refused(_l("The decisions have changed since you looked at them. Please look again."))
        mine = Proposal.id.in_([one.id for one in found])
        session.execute(update(Proposal).where(mine).values(released_at=clock.now(), told_at=None))
        for one in found:
            service.note(one, "decision sent off", actor, decision=one.decision)
        write_mails.later(event_id)
        return number


@background
def write_mails(event_id: int) -> None:
    """Writes what is open of a batch, some at a time; begun again after a crash, it goes on where it stopped."""
    while _write_some(event_id) == AT_ONCE:
        pass


@periodic(minutes=5)
def write_due() -> None:
    """Goes on with batches whose bell was lost."""
    query = select(Proposal.event_id).where(Proposal.released_at.is_not(None), Proposal.told_at.is_(None)).distinct()
    due = list(db.session.scalars(query))
    db.session.rollback()
    for event_id in due:
        write_mails(event_id)


def _write_some(event_id: int) -> int:
    """The next decisions: state and mail in one transaction, so that each is told exactly once."""
    with transaction() as session:
        events.lock_event(event_id)
        query = select(Proposal.id).where(Proposal.event_id == event_id, Proposal.released_at.is_not(None))
        due = list(session.scalars(query.where(Proposal.told_at.is_(None)).order_by(Proposal.id).limit(AT_ONCE)))
        event: Any = messages.event_for(event_id) if due else None
        for proposal_id in due:
            one = queries.whole(proposal_id)
            decision, one.told_at = one.decision, clock.now()
            # Who has had everything deleted meanwhile is told nothing, and keeps nobody else waiting.
            if decision and rules.after(one.state, decision) is not None:
                service.change_state(one, decision, one.decided_by)
                cause = f"{decision}:{one.released_at:%Y%m%d%H%M%S%f}"
                service.put(messages.letter(messages.DECISION_KINDS[decision], event, one), one, event, cause)
            one.decision = ""
            session.flush()
        return len(due)
