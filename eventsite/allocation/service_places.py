"""Workshop places given on: freed when somebody signs off, filled from the workshop's waiting list, under the lock."""

from sqlalchemy import delete, func, select

from eventsite.allocation import messages_places, waitlist
from eventsite.allocation.models import Allocation, WaitingPlace
from eventsite.core import audit, clock
from eventsite.core.db import db, transaction
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.programme.models import ProgrammeItem
from eventsite.registration import queries as registrations
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def release(registration_id: int, *, cause: str = "signed off") -> None:
    """Frees the workshop places and waiting positions of a registration and gives the places on."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        event = events.lock_event(registration.event_id)
        held = select(Allocation.item_id).where(
            Allocation.registration_id == registration_id, Allocation.item_id.is_not(None)
        )
        freed = [item_id for item_id in session.scalars(held) if item_id is not None]
        session.execute(delete(Allocation).where(Allocation.registration_id == registration_id))
        session.execute(delete(WaitingPlace).where(WaitingPlace.registration_id == registration_id))
        if freed:
            audit.record(
                "workshop places freed",
                subject=f"registration {registration.public_id}",
                event_id=event.id,
                details={"cause": cause, "items": freed},
            )
            fill(event, freed)


def fill(event: Event, item_ids: list[int]) -> None:
    """Gives free places of these workshops to whoever waits longest; a place left behind is given on in turn."""
    open_items = list(item_ids)
    while open_items:
        item_id = open_items.pop(0)
        while (left := _move_one_up(event, item_id)) is not None:
            if left:
                open_items.append(left)


@periodic(minutes=1)
def fill_free_workshop_places() -> None:
    """Finds workshops with free places and people waiting, whatever freed the places (more places, a crash)."""
    seated = (
        select(func.count(Allocation.id))
        .join(Registration, Registration.id == Allocation.registration_id)
        .where(Allocation.item_id == ProgrammeItem.id, Registration.status == Status.CONFIRMED)
        .scalar_subquery()
    )
    query = (
        select(ProgrammeItem.event_id, ProgrammeItem.id)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(ProgrammeItem.id.in_(select(WaitingPlace.item_id)))
        .where(Event.allocation_published_at.is_not(None), Event.cancelled_at.is_(None))
        .where(ProgrammeItem.cancelled_at.is_(None), ProgrammeItem.starts_at > clock.now())
        .where(ProgrammeItem.capacity.is_(None) | (ProgrammeItem.capacity > seated))
        .order_by(ProgrammeItem.event_id, ProgrammeItem.id)
    )
    found = [(row.event_id, row.id) for row in db.session.execute(query)]
    db.session.rollback()
    for event_id, item_id in found:
        with transaction():
            fill(events.lock_event(event_id), [item_id])


def _free_places(item: ProgrammeItem) -> int | None:
    if item.capacity is None:
        return None
    with transaction() as session:
        query = (
            select(func.count(Allocation.id))
            .join(Registration, Registration.id == Allocation.registration_id)
            .where(Allocation.item_id == item.id, Registration.status == Status.CONFIRMED)
        )
        return max(0, item.capacity - int(session.scalar(query) or 0))


def _move_one_up(event: Event, item_id: int) -> int | None:
    """Moves the first in line up; returns the workshop left behind (0: none), None when nobody moves."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        free = _free_places(item)
        if item.cancelled_at is not None or item.starts_at <= clock.now() or free == 0:
            return None
        query = (
            select(WaitingPlace)
            .join(Registration, Registration.id == WaitingPlace.registration_id)
            .where(WaitingPlace.item_id == item_id, Registration.status == Status.CONFIRMED)
        )
        rows = {row.id: row for row in session.scalars(query)}
        line = [waitlist.InLine(row.id, row.registration_id, row.created_at, row.moves_up) for row in rows.values()]
        first = next(iter(waitlist.next_up(line, 1)), None)
        if first is None or item.round_id is None:
            return None
        session.delete(rows[first.waiting_id])
        left = _sit_down(first.registration_id, item.round_id, item_id)
        registration = registrations.with_links(first.registration_id)
        audit.record(
            "moved up in a workshop",
            subject=f"registration {registration.public_id}",
            event_id=event.id,
            details={"item": item.public_id},
        )
        _tell(registration, item)
        return left


def _sit_down(registration_id: int, round_id: int, item_id: int) -> int:
    """Puts somebody into a workshop; returns the one left for it, 0 where there was none."""
    with transaction() as session:
        query = select(Allocation).where(Allocation.registration_id == registration_id, Allocation.round_id == round_id)
        row = session.scalar(query)
        left = (row.item_id or 0) if row else 0
        if row is None:
            row = Allocation(registration_id=registration_id, round_id=round_id, sequence=-1, run_id=None)
            session.add(row)
        row.item_id, row.rank, row.reason = item_id, None, {"kind": "moved_up"}
        row.sequence, row.updated_at = row.sequence + 1, clock.now()
        session.flush()
        return left


def _tell(registration: Registration, item: ProgrammeItem) -> None:
    if registration.email is None:
        return
    with transaction() as session:
        query = select(Allocation.sequence).where(
            Allocation.registration_id == registration.id, Allocation.item_id == item.id
        )
        sequence = session.scalar(query)
        event = messages_places.event_for(registration)
        outbox.put(
            messages_places.moved_up(event, registration, item),
            to_address=registration.email,
            to_name=registration.name,
            cause=f"workshop:{registration.public_id}:{item.public_id}:{sequence}",
            language=registration.language,
            event_id=registration.event_id,
            person_id=registration.person_id,
            reply_to=event.contact_email,
        )
