"""Requests to be forgotten and the hold of an audit: who asked, what was answered, and until when."""

from datetime import datetime

from sqlalchemy import select

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.mail import outbox
from eventsite.privacy import messages, queries, rules
from eventsite.privacy.models import ErasureRequest
from eventsite.registration import queries as registrations


def ask(registration_id: int) -> ErasureRequest:
    """Notes that somebody asked to be forgotten while an audit holds the data; twice is once."""
    with transaction() as session:
        registration = registrations.get_full(registration_id)
        events.lock_event(registration.event_id)
        query = select(ErasureRequest).where(
            ErasureRequest.registration_id == registration_id, ErasureRequest.decision == ""
        )
        known = session.scalar(query)
        if known is not None:
            return known
        now = clock.now()
        row = ErasureRequest(
            event_id=registration.event_id,
            registration_id=registration_id,
            asked_at=now,
            due_at=rules.answer_until(now),
            decided_at=None,
        )
        session.add(row)
        audit.record(
            "erasure asked for",
            subject=f"registration {registration.public_id}",
            actor="participant",
            event_id=registration.event_id,
        )
        session.flush()
        return row


def close(request: ErasureRequest, decision: str, *, actor: str, reason: str = "") -> None:
    """Writes down how a request ended."""
    with transaction() as session:
        row = session.merge(request)
        row.decision, row.reason, row.decided_at, row.decided_by = decision, reason, clock.now(), actor
        details = {"decision": decision}
        audit.record(
            "erasure answered", subject=f"request {row.id}", actor=actor, event_id=row.event_id, details=details
        )


def keep(event_id: int, request_id: int, *, reason: str, actor: str) -> None:
    """Tells the person why the data is kept for now (GDPR Art. 12(4), 17(3)); refuses without a reason."""
    if not reason.strip():
        raise Refused(_l("Please give the reason: the person is told."))
    with transaction():
        events.lock_event(event_id)
        request = queries.get_request(event_id, request_id)
        if request.decision:
            raise Refused(_l("This request is answered already."))
        close(request, "kept", actor=actor, reason=reason.strip())
        registration = registrations.get_full(request.registration_id)
        event = messages.event_for(registration)
        outbox.put(
            messages.kept(event, registration, reason.strip()),
            to_address=registration.email or "",
            to_name=registration.name,
            cause=f"erasure:{request.id}:kept",
            language=registration.language,
            event_id=event_id,
            person_id=registration.person_id,
            reply_to=event.contact_email,
        )


def hold(event_id: int, *, reason: str, until: datetime | None, actor: str) -> None:
    """Keeps names for an audit; an empty reason lifts the hold, and what is due then goes with the next sweep.

    Refuses an end that has passed already, and an end without a reason.
    """
    if until is not None and until <= clock.now():
        raise Refused(_l("This date has passed already."))
    if until is not None and not reason.strip():
        raise Refused(_l("Please give the reason: a hold without one protects nothing."))
    with transaction():
        events.change_event(event_id, actor=actor, hold_reason=reason.strip(), hold_until=until)
        action = "retention held" if reason.strip() else "retention hold lifted"
        audit.record(action, subject=f"event {event_id}", actor=actor, event_id=event_id)


def get_open(event_id: int, request_id: int) -> ErasureRequest:
    """An open request of this event; NotFound for another event's or an answered one."""
    found = queries.get_request(event_id, request_id)
    if found.decision:
        raise NotFound
    return found
