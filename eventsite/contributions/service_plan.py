"""What an event wants of its speakers until when, and the reminders that stop by themselves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from eventsite.contributions import messages, queries, queries_board, rules, service_links
from eventsite.contributions.models import Contribution, ContributionPlan
from eventsite.core import audit, clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.events.models import Event


def store(
    event_id: int,
    *,
    wanted: Collection[str],
    due_at: datetime | None,
    reminder_days: list[int],
    may_mail_groups: bool,
    actor: str,
) -> None:
    """Keeps what is wanted until when; refuses reminders without a deadline, and a deadline after the event."""
    if reminder_days and due_at is None:
        raise Refused(_l("Reminders need a date until which everything is wanted."))
    with transaction() as session:
        event = events.lock_event(event_id)
        if due_at is not None and due_at > event.ends_at:
            raise Refused(_l("This date lies after the event."))
        row = session.get(ContributionPlan, event_id) or ContributionPlan(event_id=event_id)
        row.wanted, row.due_at = [key for key in rules.WANTED if key in wanted], due_at
        row.reminder_days, row.may_mail_groups, row.updated_at = reminder_days, may_mail_groups, clock.now()
        session.add(row)
        session.flush()
        audit.record("speakers' deliveries planned", subject=f"event {event.public_id}", actor=actor, event_id=event_id)


@periodic(minutes=15)
def remind_due() -> None:
    """Reminds speakers whose day has come and who lack something; each day once, never at night."""
    now = clock.now()
    query = select(ContributionPlan.event_id).join(Event, Event.id == ContributionPlan.event_id)
    query = query.where(ContributionPlan.due_at.is_not(None), Event.cancelled_at.is_(None), Event.ends_at > now)
    event_ids = list(db.session.scalars(query.where(Event.archived_at.is_(None))))
    db.session.rollback()
    for event_id in event_ids:
        _remind(event_id)


def _remind(event_id: int) -> None:
    for public_id in _candidates(event_id):
        _remind_one(event_id, public_id)


def _due(event: Event, row: Contribution) -> datetime | None:
    plan = queries.plan(event.id)
    if plan.due_at is None or row.sent_at is None or not rules.is_day(clock.now(), event.timezone):
        return None
    instants = rules.reminder_instants(plan.due_at, plan.reminder_days, event.timezone)
    since = max(row.sent_at, row.reminded_at or row.sent_at)
    return rules.due_reminder(instants, since, clock.now())


def _candidates(event_id: int) -> list[str]:
    """Whose day has come, to be judged again one by one under the lock."""
    event = db.session.get_one(Event, event_id)
    query = select(Contribution).where(Contribution.event_id == event_id, Contribution.sent_at.is_not(None))
    query = query.where(Contribution.answer != "no", Contribution.reminders < rules.MOST_REMINDERS)
    waiting = {row.speaker_id for row in db.session.scalars(query) if _due(event, row) is not None}
    found = queries_board.board(event_id, queries.plan(event_id)) if waiting else []
    names = [row.speaker.public_id for row in found if row.speaker.id in waiting and row.missing]
    db.session.rollback()
    return names


def _remind_one(event_id: int, public_id: str) -> None:
    """One reminder and the day it used up, in one transaction: what a crash forgot is found again, nothing goes twice."""
    with transaction() as session:
        event = events.lock_event(event_id)
        found = queries_board.board(event_id, queries.plan(event_id))
        one = next((row for row in found if row.speaker.public_id == public_id), None)
        if one is None or one.contribution is None or event.cancelled_at is not None:
            return
        row = one.contribution
        session.refresh(row)
        due, link = _due(event, row), one.speaker.link
        if due is None or row.answer == "no" or not one.missing or row.reminders >= rules.MOST_REMINDERS:
            return
        if link is None or link.revoked_at is not None or not one.speaker.person.email:
            return
        if link.expires_at is not None and link.expires_at <= clock.now():
            return
        mail = messages.reminder(event_id, one.speaker, link, row, one.missing)
        service_links.put(mail, row, one.speaker.person, f"speaker:{row.public_id}:reminder:{due:%Y%m%d}")
        row.reminded_at, row.reminders = due, row.reminders + 1
        session.flush()
