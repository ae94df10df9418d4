"""Invitations: listed, sent in the background once each, answered by a personal link, ended by one click."""

import logging
from collections.abc import Sequence

from sqlalchemy import or_, select, update

from eventsite.core import audit, clock, ids
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.mail import outbox, queries_suppression, service_suppression
from eventsite.mail import queries as mail_queries
from eventsite.mail.models import OutboxMessage
from eventsite.people.rules import email_key
from eventsite.registration import messages_invitations, queries, queries_lists, rules
from eventsite.registration.models_lists import Invitation

log = logging.getLogger("eventsite.registration")
AT_ONCE = 50
_OPEN = ("listed", "sending", "invited", "bounced", "declined")


def enlist(event_id: int, people: Sequence[dict[str, str]], *, basis: str) -> None:
    """Puts checked people on the list of invitations; an address that is there already is left as it is."""
    with transaction() as session:
        keys = [email_key(one["email"]) for one in people]
        query = select(Invitation.email_key).where(Invitation.event_id == event_id, Invitation.email_key.in_(keys))
        there = set(session.scalars(query))
        for one, key in zip(people, keys, strict=True):
            if key in there:
                continue
            there.add(key)
            row = Invitation(public_id=ids.new_public_id(12), event_id=event_id, email_key=key, basis=basis, **one)
            row.state, row.state_at, row.created_at = "listed", clock.now(), clock.now()
            session.add(row)


def send_all(event_id: int, *, actor: str) -> int:
    """Sends the invitation to everybody who has none yet; how many these are. Refuses while nobody could register."""
    with transaction() as session:
        event = events.lock_event(event_id)
        if event.published_at is None or event.published_at > clock.now():
            raise Refused(_l("Please publish the event first: the links in the invitations would lead nowhere."))
        if event.cancelled_at is not None or event.starts_at <= clock.now():
            raise Refused(_l("The event has begun or is cancelled. Nobody can be invited any more."))
        listed = update(Invitation).where(Invitation.event_id == event_id, Invitation.state == "listed")
        count = int(session.execute(listed.values(state="sending", state_at=clock.now())).rowcount)  # type: ignore[attr-defined]
        if count:
            subject = f"event {event.public_id}"
            audit.record("invitations sent", subject=subject, actor=actor, event_id=event_id, details={"count": count})
            send.later(event_id)
        return count


@background
def send(event_id: int) -> None:
    """Writes the mails in small transactions; what a crash leaves is found by the sweep, and each is written once."""
    while _send_some(event_id) == AT_ONCE:
        pass


def _send_some(event_id: int) -> int:
    with transaction() as session:
        query = select(Invitation).where(Invitation.event_id == event_id, Invitation.state == "sending")
        found = list(session.scalars(query.order_by(Invitation.id).limit(AT_ONCE).with_for_update(skip_locked=True)))
        if not found:
            return 0
        event, texts = messages_invitations.event_of(event_id), mail_queries.texts(event_id)
        unwanted = queries_suppression.suppressed([one.email_key for one in found])
        for one in found:
            one.state_at = clock.now()
            known = queries.find_by_email(event_id, one.email)
            if known is not None and known.status in rules.LIVE:
                one.state, one.registration_id = "registered", known.id
            elif one.email_key in unwanted:
                one.state = "unsubscribed"
            else:
                one.state = "invited"
                outbox.put(
                    messages_invitations.invitation(event, one, texts),
                    to_address=one.email,
                    to_name=one.name,
                    cause=f"invitation:{one.public_id}",
                    language=one.language,
                    event_id=event_id,
                    reply_to=event.contact_email,
                    unsubscribe=messages_invitations.link(one, "unsubscribe"),
                )
        return len(found)


@periodic(minutes=1)
def send_due() -> None:
    """Goes on with invitations whose bell was lost, and notes those whose mail came back."""
    event_ids = list(db.session.scalars(select(Invitation.event_id).where(Invitation.state == "sending").distinct()))
    db.session.rollback()
    for event_id in event_ids:
        send(event_id)
    _note_returned()


def _note_returned() -> None:
    failed = select(OutboxMessage.cause).where(
        OutboxMessage.cause.like("invitation:%"),
        or_(OutboxMessage.state == "failed", OutboxMessage.bounced_at.is_not(None)),
    )
    returned = [cause.partition(":")[2] for cause in db.session.scalars(failed)]
    db.session.rollback()
    for start in range(0, len(returned), 500):
        with transaction() as session:
            some = Invitation.public_id.in_(returned[start : start + 500])
            session.execute(update(Invitation).where(some, Invitation.state == "invited").values(state="bounced"))


def _locked(invitation_id: int) -> Invitation:
    with transaction() as session:
        query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
        return session.scalars(query.execution_options(populate_existing=True)).one()


def is_key(invitation_id: int | None) -> bool:
    """Whether an invitation still lets somebody in: not once it has led to a registration."""
    return invitation_id is not None and _locked(invitation_id).state in _OPEN


def mark_registered(invitation_id: int, registration_id: int) -> None:
    """The invited person has registered, with whatever address."""
    with transaction():
        row = _locked(invitation_id)
        row.state, row.state_at, row.registration_id = "registered", clock.now(), registration_id


def decline(invitation_id: int) -> None:
    """The invited person does not come; registering later is still possible. Twice is once."""
    with transaction():
        row = _locked(invitation_id)
        if row.state in ("invited", "bounced", "sending"):
            row.state, row.state_at = "declined", clock.now()


def unsubscribe(invitation_id: int) -> None:
    """No invitation to this address any more, of whatever event of this site; a registration stays. Twice is once."""
    with transaction():
        row = _locked(invitation_id)
        service_suppression.suppress(row.email_key, event_id=row.event_id)
        if row.state != "registered":
            row.state, row.state_at = "unsubscribed", clock.now()


def remove(event_id: int, public_id: str, *, actor: str) -> None:
    """Takes somebody off the list, as long as nothing was sent."""
    with transaction() as session:
        query = select(Invitation).where(Invitation.event_id == event_id, Invitation.public_id == public_id)
        row = session.scalar(query)
        if row is not None and row.state == "listed":
            session.delete(row)
            audit.record("invitation removed", subject=f"invitation {public_id}", actor=actor, event_id=event_id)


find = queries_lists.find_invitation
