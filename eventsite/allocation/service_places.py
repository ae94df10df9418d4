"""The one promotion service: every workshop place that falls free is given on here, under the event's lock.

First to whoever waits for it (moved at once, or offered a place that is held until the answer), then to people who
asked to swap; a place left behind is given on in turn. Nothing is given in hidden, cancelled or past workshops.
"""

from typing import Any

from sqlalchemy import func, or_, select

from eventsite.allocation import queries_places, service_seats, service_swaps, waitlist
from eventsite.allocation.gate import Gate
from eventsite.allocation.models import Allocation, SwapRequest, WaitingPlace
from eventsite.core import audit, clock
from eventsite.core.db import db, touch, transaction
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

MOVED_UP = {"kind": "moved_up"}


def release(registration_id: int, *, cause: str = "signed off") -> None:
    """Frees the workshop places and waiting positions of a registration and gives the places on."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        event = events.lock_event(registration.event_id)
        held = select(WaitingPlace.item_id).where(
            WaitingPlace.registration_id == registration_id, WaitingPlace.offered_until.is_not(None)
        )
        offered = list(session.scalars(held))
        freed = service_seats.forget_places(registration_id)
        if freed or offered:
            audit.record(
                "workshop places freed",
                subject=f"registration {registration.public_id}",
                event_id=event.id,
                details={"cause": cause, "items": freed},
            )
            fill(event, [*freed, *offered])


def fill(event: Event, item_ids: list[int]) -> None:
    """Gives free places of these workshops on, and carries out the swaps that have become possible.

    The caller holds the event's lock.
    """
    touch(event.scope)  # whatever freed these places, the programme tells how many are left
    if not queries_places.are_given(event):
        return
    gate, open_items = queries_places.gate(event), list(item_ids)
    known = queries_places.released_items(event.id)
    while True:
        while open_items:
            item_id = open_items.pop(0)
            while item_id in known and (left := _give_one(event, gate, item_id)) is not None:
                open_items += [left] if left else []
        open_items = service_swaps.carry_out(event, gate)
        if not open_items:
            return


@periodic(minutes=1)
def fill_free_workshop_places() -> None:
    """Finds what can be given on, whatever made it so: more places, a workshop held after all, an offer that ended."""
    end_offers()
    release_forgotten()
    seated = _count(Allocation, Allocation.item_id == ProgrammeItem.id)
    held = _count(WaitingPlace, WaitingPlace.item_id == ProgrammeItem.id, WaitingPlace.offered_until.is_not(None))
    waited_for = select(WaitingPlace.item_id).where(WaitingPlace.offered_until.is_(None))
    query = (
        select(ProgrammeItem.event_id, ProgrammeItem.id)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(or_(ProgrammeItem.id.in_(waited_for), ProgrammeItem.id.in_(select(SwapRequest.item_id))))
        .where(Event.allocation_published_at.is_not(None), Event.cancelled_at.is_(None))
        .where(ProgrammeItem.cancelled_at.is_(None), ProgrammeItem.starts_at > clock.now() + waitlist.CUT_OFF)
        .where(ProgrammeItem.capacity.is_(None) | (ProgrammeItem.capacity > seated + held))
        .order_by(ProgrammeItem.event_id, ProgrammeItem.id)
    )
    found: dict[int, list[int]] = {}
    for event_id, item_id in db.session.execute(query):
        found.setdefault(event_id, []).append(item_id)
    db.session.rollback()
    for event_id, item_ids in found.items():
        with transaction():
            fill(events.lock_event(event_id), item_ids)


def _count(table: type[Allocation] | type[WaitingPlace], *conditions: Any) -> Any:
    query = select(func.count(table.id)).join(Registration, Registration.id == table.registration_id)
    return query.where(*conditions, Registration.status == Status.CONFIRMED).scalar_subquery()


def end_offers() -> None:
    """Ends the offers whose time is up: the place goes to the next in line, the place one has stays."""
    query = (
        select(ProgrammeItem.event_id)
        .join(WaitingPlace, WaitingPlace.item_id == ProgrammeItem.id)
        .where(WaitingPlace.offered_until <= clock.now())
        .distinct()
    )
    found = list(db.session.scalars(query))
    db.session.rollback()
    for event_id in found:
        with transaction():
            end_offers_of(events.lock_event(event_id))


def end_offers_of(event: Event) -> None:
    """Ends the offers of an event that are over; the caller holds the event's lock."""
    with transaction() as session:
        query = (
            select(WaitingPlace)
            .join(ProgrammeItem, ProgrammeItem.id == WaitingPlace.item_id)
            .where(ProgrammeItem.event_id == event.id, WaitingPlace.offered_until <= clock.now())
            .order_by(WaitingPlace.id)
        )
        ended = list(session.scalars(query))
        for row in ended:
            item = session.get_one(ProgrammeItem, row.item_id)
            registration = session.get_one(Registration, row.registration_id)
            service_seats.record("workshop offer ended", registration, item)
            service_seats.tell("offer_ended", event, registration, item, row)
            session.delete(row)
        session.flush()
        if ended:
            fill(event, [row.item_id for row in ended])


def release_forgotten() -> None:
    """Frees what people still hold whose registration has ended on a way that knows no workshops."""
    live = select(Registration.id).where(Registration.status == Status.CONFIRMED)
    tables = (Allocation.registration_id, WaitingPlace.registration_id, SwapRequest.registration_id)
    found = {one for column in tables for one in db.session.scalars(select(column).where(column.not_in(live)))}
    db.session.rollback()
    for registration_id in sorted(found):
        with transaction() as session:
            registration = session.get_one(Registration, registration_id)
            events.lock_event(registration.event_id)
            session.refresh(registration)
            if registration.status != Status.CONFIRMED:
                release(registration_id, cause=registration.status)


def _give_one(event: Event, gate: Gate, item_id: int) -> int | None:
    """Gives one free place to the next in line; the workshop left behind (0: none), None when nobody gets it."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        line = queries_places.lines([item_id])[item_id]
        if not line or item.round_id is None or item.cancelled_at is not None:
            return None
        if not waitlist.may_move(item.starts_at, clock.now()):
            return None
        query = select(Registration).where(Registration.id.in_([one.registration_id for one in line]))
        people = {person.id: person for person in session.scalars(query)}

        def admits(one: waitlist.InLine) -> bool:
            return gate.admits(people[one.registration_id].public_id, item.public_id)

        first = waitlist.next_up(line, item.starts_at, clock.now(), admits)
        if first is None:
            return None
        registration = people[first.registration_id]
        if not first.moves_up:
            _offer(event, gate, registration, item, first.waiting_id)
            return 0
        gate.put(registration.public_id, item.public_id)
        seated = service_seats.seat(registration.id, item, MOVED_UP)
        ask_before_moving(registration.id, item.round_id)
        service_seats.record("moved up in a workshop", registration, item)
        service_seats.tell("moved_up", event, registration, item, seated.row)
        return seated.left or 0


def _offer(event: Event, gate: Gate, registration: Registration, item: ProgrammeItem, waiting_id: int) -> None:
    with transaction() as session:
        row = session.get_one(WaitingPlace, waiting_id)
        row.offered_until = waitlist.offered_until(item.starts_at, clock.now())
        gate.offers.add((registration.public_id, item.public_id))
        session.flush()
        service_seats.record("workshop place offered", registration, item)
        service_seats.tell("offered", event, registration, item, row)


def ask_before_moving(registration_id: int, round_id: int) -> None:
    """Whoever moved up is asked first for other workshops of the round: nobody is moved on and on."""
    with transaction() as session:
        query = (
            select(WaitingPlace)
            .join(ProgrammeItem, ProgrammeItem.id == WaitingPlace.item_id)
            .where(WaitingPlace.registration_id == registration_id, ProgrammeItem.round_id == round_id)
        )
        for row in session.scalars(query):
            row.moves_up = False
        session.flush()
