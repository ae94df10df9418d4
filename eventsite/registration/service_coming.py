"""Asking whether people (still) come: by the reminder at its time and after a new date; answers are kept, nobody twice."""

from sqlalchemy import or_, select

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import messages_coming, rules, service_answers, service_places
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

__all__ = ["answer_yes", "messages_coming", "remind_due"]
AT_ONCE = 50  # letters in one transaction, so that nobody waits long for the lock


@periodic(minutes=5)
def remind_due() -> None:
    """Asks those with a place whether they still come, once the time the organisers chose has come."""
    now = clock.now()
    query = select(Event.id).where(
        Event.reminder_at <= now, Event.starts_at > now, Event.cancelled_at.is_(None), Event.published_at <= now
    )
    event_ids = list(db.session.scalars(query))
    db.session.rollback()
    for event_id in event_ids:
        while _remind_some(event_id) == AT_ONCE:
            pass


def _remind_some(event_id: int) -> int:
    """Who had a place before the reminder was due and was not asked since; what a crash forgot is found again."""
    with transaction() as session:
        event = events.lock_event(event_id)
        query = (
            select(Registration)
            .where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED)
            .where(Registration.confirmed_at < event.reminder_at, Registration.email.is_not(None))
            .where(or_(Registration.asked_at.is_(None), Registration.asked_at < event.reminder_at))
            .order_by(Registration.id)
            .limit(AT_ONCE)
        )
        people = list(session.scalars(query))
        for one in people:
            ask(one)
            due = event.reminder_at.strftime("%Y%m%d%H%M") if event.reminder_at else ""
            service_places.write("still_coming", one, f"reminder:{one.public_id}:{due}")
        return len(people)


def ask(registration: Registration) -> None:
    """Notes that somebody is asked now; an earlier answer no longer counts."""
    registration.asked_at, registration.coming, registration.coming_at = clock.now(), "", None


def answer_yes(registration_id: int) -> None:
    """Somebody with a place says that they come; twice is once. A no goes through site/signup.decline."""
    with transaction():
        event, registration = service_places.lock(registration_id)
        if registration.status != Status.CONFIRMED:
            raise Refused(_l("You have no place at this event at the moment. Your personal page tells you more."))
        if not rules.may_cancel(registration.status, event, clock.now()):
            raise Refused(_l("The event has begun. Please write to the organisers instead."))
        if registration.coming != "yes":
            registration.coming, registration.coming_at = "yes", clock.now()
            service_answers.note(registration, "says yes", "participant")


def note_no(registration_id: int) -> None:
    """Keeps that somebody said no, for the figures; the place is freed by the caller in the same transaction."""
    with transaction():
        _event, registration = service_places.lock(registration_id)
        registration.coming, registration.coming_at = "no", clock.now()
