"""The list of those who want to know when registration opens: left, confirmed, told once, and forgotten."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from eventsite.core import clock, ids
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.mail import queries as mail_queries
from eventsite.mail.models import OutboxMessage
from eventsite.people import rules as people
from eventsite.registration import messages_interest, rules, rules_interest
from eventsite.registration.messages_invitations import event_of
from eventsite.registration.models import Registration
from eventsite.registration.models_interest import Interest

AT_ONCE = 50  # mails in one transaction
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("to_address", "to_name", "subject", "text", "html", "unsubscribe"), ""),
    "attachments": [],
}


def leave_address(event_id: int, email: str, language: str) -> None:
    """Puts an address on the list and asks it to confirm; a known one changes nothing. Refuses once there is no list.

    A mail to confirm that did not arrive is sent again at the earliest ten minutes later.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        if not rules_interest.is_open(event, clock.now()):
            raise Refused(_l("The list is closed. If registration is open, you can register at once."))
        key, now = people.email_key(email), clock.now()
        row = session.scalar(select(Interest).where(Interest.event_id == event_id, Interest.email_key == key))
        if row is not None and (row.confirmed_at is not None or row.mailed_at > now - rules_interest.AGAIN):
            return
        if row is None:
            row = Interest(
                public_id=ids.new_public_id(12), event_id=event_id, email=email, email_key=key, created_at=now
            )
            session.add(row)
        row.language, row.mailed_at = language, now
        session.flush()
        event = event_of(event_id)
        _put(event, row, messages_interest.confirm(event, row), f"{now:%Y%m%d%H%M%S}", leave=True)


def _put(event: Event, row: Interest, mail: outbox.Mail, cause: str, *, leave: bool = False) -> None:
    outbox.put(
        mail,
        to_address=row.email,
        to_name="",
        cause=f"interest:{row.public_id}:{cause}",
        language=row.language,
        event_id=event.id,
        reply_to=event.contact_email,
        unsubscribe=messages_interest.link(row, "leave") if leave else "",
    )


def confirm(interest_id: int) -> None:
    """The address is really that of the one who left it. Twice is once."""
    with transaction() as session:
        row = session.get(Interest, interest_id, populate_existing=True)
        if row is not None and row.confirmed_at is None:
            row.confirmed_at = clock.now()
            tell.later(row.event_id)


def leave(interest_id: int) -> None:
    """Takes an address off the list; nothing of it stays, not even in the mails. Twice is once."""
    with transaction() as session:
        row = session.get(Interest, interest_id)
        if row is not None:
            _forget_mails(OutboxMessage.cause.like(f"interest:{row.public_id}:%"))
            session.delete(row)


def forget(email_keys: Collection[str]) -> None:
    """Takes addresses off every list, for somebody who wants to be forgotten."""
    with transaction() as session:
        found = list(session.scalars(select(Interest).where(Interest.email_key.in_(email_keys))))
        for row in found:
            leave(row.id)


@background
def tell(event_id: int) -> None:
    """Tells everybody on the list that registration is open, and forgets them; begun again, it goes on."""
    while _tell_some(event_id) == AT_ONCE:
        pass


@periodic(minutes=1)
def tell_due() -> None:
    """Finds the events whose registration has opened."""
    query = select(Event).where(Event.id.in_(select(Interest.event_id).where(Interest.confirmed_at.is_not(None))))
    now = clock.now()
    due = [event.id for event in db.session.scalars(query) if rules_interest.may_tell(event, now)]
    db.session.rollback()
    for event_id in due:
        tell(event_id)


def _tell_some(event_id: int) -> int:
    """The mail and the end of the address are one transaction: nobody is told twice or forgotten untold."""
    with transaction() as session:
        if not rules_interest.may_tell(events.lock_event(event_id), clock.now()):
            return 0
        event, texts = event_of(event_id), mail_queries.texts(event_id)
        listed = select(Interest).where(Interest.event_id == event_id, Interest.confirmed_at.is_not(None))
        found = list(session.scalars(listed.order_by(Interest.id).limit(AT_ONCE)))
        keys = [row.email_key for row in found]
        live = (Registration.event_id == event_id, Registration.status.in_(rules.LIVE))
        known = set(session.scalars(select(Registration.email_key).where(*live, Registration.email_key.in_(keys))))
        for row in found:
            if row.email_key not in known:  # whoever is registered by now knows it
                _put(event, row, messages_interest.opened(event, row, texts), "open")
            session.delete(row)
        return len(found)


@periodic(minutes=60)
def forget_old() -> None:
    """Deletes addresses nobody confirmed, lists of events that are over, and after two weeks what was written."""
    now = clock.now()
    over = select(Event.id).where(Event.ends_at <= now)
    unconfirmed = Interest.confirmed_at.is_(None) & (Interest.created_at <= now - rules_interest.UNCONFIRMED)
    with transaction() as session:
        session.execute(delete(Interest).where(or_(unconfirmed, Interest.event_id.in_(over))))
        written = func.coalesce(OutboxMessage.sent_at, OutboxMessage.created_at) <= now - rules_interest.MAILS_KEPT
        _forget_mails(OutboxMessage.cause.like("interest:%"), written)


def _forget_mails(*which: Any) -> None:
    with transaction() as session:
        now = clock.now()
        query = update(OutboxMessage).where(*which, OutboxMessage.blanked_at.is_(None))
        session.execute(query.values(**_EMPTY, state="sent", blanked_at=now))
