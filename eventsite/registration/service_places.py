"""Places and waiting positions: taken and freed under the event's lock, and counted as they change."""

from dataclasses import replace

from sqlalchemy import select

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.ical import CONFIRMED
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.mail.outbox import Mail
from eventsite.registration import calendar, messages, queries, rules, service_options
from eventsite.registration.models import Contingent, PlaceCount, Registration, StatusChange
from eventsite.registration.rules import Places, Seat, Status


def count_of(event_id: int) -> PlaceCount:
    """The present count of an event; the caller holds the event's lock."""
    with transaction() as session:
        query = select(PlaceCount).where(PlaceCount.event_id == event_id)
        count = session.scalar(query.execution_options(populate_existing=True))
        if count is None:
            count = PlaceCount(event_id=event_id, taken=0, waiting=0, last_queue_number=0)
            session.add(count)
            session.flush()
        return count


def lock(registration_id: int) -> tuple[Event, Registration]:
    """The present row of a registration under its event's lock."""
    with transaction() as session:
        event = events.lock_event(session.get_one(Registration, registration_id).event_id)
        query = select(Registration).where(Registration.id == registration_id)
        return event, session.scalars(query.execution_options(populate_existing=True)).one()


def places_for(event: Event, mode: str) -> Places:
    """How full it is now for somebody who takes part this way; the caller holds the event's lock."""
    return rules.places_of(event, count_of(event.id), mode)


def open_contingent(contingent_id: int | None) -> Contingent | None:
    """The present row of a contingent that still keeps places; the caller holds the event's lock."""
    with transaction() as session:
        query = select(Contingent).where(Contingent.id == contingent_id, Contingent.released_at.is_(None))
        return session.scalar(query.execution_options(populate_existing=True)) if contingent_id else None


def weigh(registration: Registration, seat: Seat, by: int) -> None:
    """Counts what a registration takes up, in the pool of its mode and in its contingent; the caller holds the lock."""
    with transaction() as session:
        count, is_online = count_of(registration.event_id), registration.mode == "online"
        if seat is Seat.WAITING and is_online:
            count.online_waiting += by
        elif seat is Seat.WAITING:
            count.waiting += by
        elif seat is Seat.PLACE and is_online:
            count.online_taken += by
        elif seat is Seat.PLACE:
            count.taken += by
        if seat is Seat.PLACE and registration.in_contingent:
            contingent = session.get_one(Contingent, registration.contingent_id, populate_existing=True)
            contingent.taken += by
            if contingent.released_at is None:
                count.reserved -= by
        session.flush()


def want_mode(registration: Registration, mode: str | None, number: int | None = None) -> None:
    """Puts somebody into the line of another mode, or takes the wish back; counted."""
    count = count_of(registration.event_id)
    for wanted, by in ((registration.wanted_mode, -1), (mode, 1)):
        if wanted == "online":
            count.to_online += by
        elif wanted == "onsite":
            count.to_onsite += by
    registration.wanted_mode, registration.switch_number = mode, number if mode else None


def settle(
    registration: Registration,
    after: Status,
    seat: Seat,
    *,
    before: Status | None,
    actor: str,
    cause: str,
    in_contingent: bool | None = None,
) -> StatusChange:
    """Moves a registration to a status and a seat, with count, history and audit; refuses what rules do not allow.

    A place stays one of the contingent's, or not, unless `in_contingent` says otherwise.
    """
    if before is not None and not rules.may_become(before, after):
        raise Refused(_l("The registration has changed in the meantime. Please look at it again."))
    with transaction():
        if before is not None:
            weigh(registration, rules.seat(before, holds_place=registration.holds_place), -1)
        registration.status, registration.holds_place = str(after), seat is Seat.PLACE
        if in_contingent is not None or seat is not Seat.PLACE:
            registration.in_contingent = bool(in_contingent) and seat is Seat.PLACE
        registration.status_at = registration.updated_at = clock.now()
        if after not in rules.DUE:
            registration.held_until = None
        if after is Status.CONFIRMED and registration.confirmed_at is None:
            registration.confirmed_at = clock.now()
        weigh(registration, seat, 1)
        if after in rules.ENDED:
            want_mode(registration, None)
            service_options.free(registration.id)
        return note_step(registration, before, actor=actor, cause=cause)


def note_step(registration: Registration, before: Status | None, *, actor: str, cause: str) -> StatusChange:
    """One line of a registration's history, and of the audit."""
    with transaction() as session:
        after, known = registration.status, str(before) if before else None
        change = StatusChange(
            registration_id=registration.id, at=clock.now(), before=known, after=after, actor=actor, cause=cause
        )
        session.add(change)
        audit.record(
            f"registration {after}",
            subject=f"registration {registration.public_id}",
            actor=actor,
            event_id=registration.event_id,
            details={"before": known, "cause": cause},
        )
        session.flush()
        return change


def take(event: Event, registration: Registration, size: int = 1) -> tuple[Seat, bool]:
    """What somebody who comes now gets (with `size` - 1 others who come together), and whether the contingent gives it.

    The caller holds the event's lock and settles.
    """
    found = places_for(event, registration.mode)
    contingent = open_contingent(registration.contingent_id) if "onsite" in found.modes else None
    is_room = found.capacity is None or found.taken < found.capacity
    if contingent is not None and contingent.taken < contingent.places and is_room:
        return Seat.PLACE, True
    return found.seat_for(size), False


def fresh_queue_number(event_id: int) -> int:
    """The next number of the order of registration."""
    count = count_of(event_id)
    count.last_queue_number += 1
    return count.last_queue_number


def write(kind: str, registration: Registration, cause: str, **extra: str) -> None:
    """Puts the mail of this kind into the running transaction, once per cause; a letter for people without an address.

    `extra` are the values of placeholders that the registration does not know. What the calendar of the person does not
    know yet goes along as an invitation.
    """
    with transaction():
        full = queries.with_links(registration.id)
        event = messages.event_for(full)
        mail, news = messages.letter(kind, event, full, extra=extra), calendar.news(event, full)
        if news:
            mail = replace(mail, attachments=calendar.parts(event, full, news))
        is_new = put(mail, full, event, cause=cause, to_address=registration.email or "")
        if news and mail.attachments and is_new:
            full.is_invited, full.invited_sequence = news[0].status == CONFIRMED, news[0].sequence


def put(
    mail: Mail, registration: Registration, event: Event, *, cause: str, to_address: str, to_name: str = ""
) -> bool:
    """Puts a finished mail of a registration into the running transaction, to whatever address it concerns.

    Tells whether it was added: each cause is told once.
    """
    return outbox.put(
        mail,
        to_address=to_address,
        to_name=to_name or registration.name,
        cause=cause,
        language=registration.language,
        event_id=registration.event_id,
        person_id=registration.person_id,
        reply_to=event.contact_email,
    )


def expire(registration: Registration, cause: str = "deadline passed") -> None:
    """Ends one registration whose deadline has passed; the caller holds the lock and promotes afterwards."""
    before = Status(registration.status)
    change = settle(registration, Status.EXPIRED, Seat.NONE, before=before, actor="system", cause=cause)
    kind = "offer_expired" if before is Status.OFFERED else "expired"
    write(kind, registration, f"status:{registration.public_id}:{change.id}")
