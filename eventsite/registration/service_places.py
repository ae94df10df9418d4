"""Places and waiting positions: taken and freed under the event's lock, counted as they change, given on at once."""

import logging

from sqlalchemy import select

from eventsite.core import audit, clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.mail.outbox import Mail
from eventsite.registration import messages, queries, rules
from eventsite.registration.models import PlaceCount, Registration, StatusChange
from eventsite.registration.rules import Seat, Status

log = logging.getLogger("eventsite.registration")
MOST_EXPIRED_AT_ONCE = 100


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


def _weigh(count: PlaceCount, seat: Seat, by: int) -> None:
    if seat is Seat.PLACE:
        count.taken += by
    elif seat is Seat.WAITING:
        count.waiting += by


def settle(
    registration: Registration, after: Status, seat: Seat, *, before: Status | None, actor: str, cause: str
) -> StatusChange:
    """Moves a registration to a status and a seat, with count, history and audit; refuses what rules do not allow."""
    if before is not None and not rules.may_become(before, after):
        raise Refused(_l("The registration has changed in the meantime. Please look at it again."))
    with transaction() as session:
        count = count_of(registration.event_id)
        if before is not None:
            _weigh(count, rules.seat(before, holds_place=registration.holds_place), -1)
        registration.status, registration.holds_place = str(after), seat is Seat.PLACE
        registration.status_at = registration.updated_at = clock.now()
        if after not in rules.DUE:
            registration.held_until = None
        if after is Status.CONFIRMED and registration.confirmed_at is None:
            registration.confirmed_at = clock.now()
        _weigh(count, seat, 1)
        session.flush()
        change = StatusChange(
            registration_id=registration.id,
            at=clock.now(),
            before=str(before) if before else None,
            after=str(after),
            actor=actor,
            cause=cause,
        )
        session.add(change)
        audit.record(
            f"registration {after}",
            subject=f"registration {registration.public_id}",
            actor=actor,
            event_id=registration.event_id,
            details={"before": str(before) if before else None, "cause": cause},
        )
        session.flush()
        return change


def fresh_queue_number(event_id: int) -> int:
    """The next number of the order of registration."""
    count = count_of(event_id)
    count.last_queue_number += 1
    return count.last_queue_number


def write(kind: str, registration: Registration, cause: str, **extra: str) -> None:
    """Puts the mail of this kind into the running transaction, once per cause; people without an address get none.

    `extra` are the values of placeholders that the registration does not know.
    """
    if registration.email is None:
        return
    full = queries.with_links(registration.id)
    event = messages.event_for(full)
    put(messages.letter(kind, event, full, extra=extra), full, event, cause=cause, to_address=registration.email)


def put(
    mail: Mail, registration: Registration, event: Event, *, cause: str, to_address: str, to_name: str = ""
) -> None:
    """Puts a finished mail of a registration into the running transaction, to whatever address it concerns."""
    outbox.put(
        mail,
        to_address=to_address,
        to_name=to_name or registration.name,
        cause=cause,
        language=registration.language,
        event_id=registration.event_id,
        person_id=registration.person_id,
        reply_to=event.contact_email,
    )


def promote(event_id: int, cause: str, actor: str = "system") -> list[Registration]:
    """Gives free places to whoever waits longest; called after every release of a place, whoever caused it.

    Somebody who has not confirmed the address yet moves to a held place and stays pending.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        count = count_of(event_id)
        free = rules.free_places(event.capacity, count.taken)
        if free == 0 or count.waiting == 0 or not rules.may_promote(event, clock.now()):
            return []
        query = (
            select(Registration)
            .where(Registration.event_id == event_id, *queries.IN_LINE)
            .order_by(Registration.queue_number)
            .execution_options(populate_existing=True)
        )
        line = list(session.scalars(query if free is None else query.limit(free)))
        promoted = rules.next_up(line, free)
        for registration in promoted:
            _move_up(registration, cause, actor)
        return promoted


def _move_up(registration: Registration, cause: str, actor: str) -> None:
    before = Status(registration.status)
    if before is Status.PENDING:  # keeps its status; the place is held until the same deadline
        count = count_of(registration.event_id)
        _weigh(count, Seat.WAITING, -1)
        _weigh(count, Seat.PLACE, 1)
        registration.holds_place = True
        return
    change = settle(registration, Status.CONFIRMED, Seat.PLACE, before=before, actor=actor, cause=cause)
    write("promoted", registration, f"status:{registration.public_id}:{change.id}")


def move_up(registration_id: int, *, actor: str, reason: str) -> None:
    """An organiser's exception from the order of the waiting list, with its reason; refused while no place is free."""
    if not reason.strip():
        raise Refused(_l("Please give the reason for this exception."))
    with transaction():
        event, registration = lock(registration_id)
        if registration.status != Status.WAITING:
            raise Refused(_l("The registration has changed in the meantime. Please look at it again."))
        if rules.free_places(event.capacity, count_of(event.id).taken) == 0:
            raise Refused(_l("No place is free. Raise the number of places first."))
        _move_up(registration, reason.strip(), actor)


def expire(registration: Registration, cause: str = "deadline passed") -> None:
    """Ends one registration whose deadline has passed; the caller holds the lock and promotes afterwards."""
    before = Status(registration.status)
    change = settle(registration, Status.EXPIRED, Seat.NONE, before=before, actor="system", cause=cause)
    write("expired", registration, f"status:{registration.public_id}:{change.id}")


@periodic(minutes=1)
def expire_due() -> None:
    """Frees what unconfirmed registrations and unanswered offers held, and gives it on."""
    due = (
        select(Registration.event_id)
        .where(Registration.status.in_(rules.DUE), Registration.held_until <= clock.now())
        .distinct()
    )
    event_ids = list(db.session.scalars(due))
    db.session.rollback()
    for event_id in event_ids:
        while _expire_some(event_id) == MOST_EXPIRED_AT_ONCE:
            pass


def _expire_some(event_id: int) -> int:
    """Expires in small transactions, so that nobody waits long for the lock."""
    with transaction() as session:
        events.lock_event(event_id)
        query = (
            select(Registration)
            .where(Registration.event_id == event_id, Registration.status.in_(rules.DUE))
            .where(Registration.held_until <= clock.now())
            .order_by(Registration.queue_number)
            .limit(MOST_EXPIRED_AT_ONCE)
            .execution_options(populate_existing=True)
        )
        overdue = list(session.scalars(query))
        for registration in overdue:
            expire(registration)
        if overdue:
            promote(event_id, "expired")
        return len(overdue)


@periodic(minutes=1)
def fill_free_places() -> None:
    """Finds events with free places and people waiting, whatever freed the places (a raised capacity, a crash)."""
    query = (
        select(Event.id)
        .join(PlaceCount, PlaceCount.event_id == Event.id)
        .where(PlaceCount.waiting > 0, Event.starts_at > clock.now(), Event.cancelled_at.is_(None))
        .where((Event.capacity.is_(None)) | (Event.capacity > PlaceCount.taken))
    )
    event_ids = list(db.session.scalars(query))
    db.session.rollback()
    for event_id in event_ids:
        promote(event_id, "place free")
