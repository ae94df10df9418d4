"""Moving up: after every release of a place, whoever caused it, the line gets what is free; see waitlist for the order."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries, rules, service_places, waitlist
from eventsite.registration.models import Contingent, PlaceCount, Registration
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.registration.rules import Places, Seat, Status

MOST_EXPIRED_AT_ONCE = 100
MOST_LOOKED_AT = 200  # people behind groups that wait for more places than are free


def promote(event_id: int, cause: str, actor: str = "system") -> list[Registration]:
    """Gives free places to whoever is next; called after every release of a place, whoever caused it.

    Somebody who has not confirmed the address yet moves to a held place and stays pending; in an event that offers
    places, the others are asked first.
    """
    with transaction():
        event = events.lock_event(event_id)
        count = service_places.count_of(event_id)
        is_time = rules.may_promote(event, clock.now())
        promoted = _use_contingents(event, cause, actor, is_time=is_time) if count.reserved else []
        while is_time and (moved := _fill_pools(event, count, cause, actor)):
            promoted += moved
        return promoted


def _fill_pools(event: Event, count: PlaceCount, cause: str, actor: str) -> list[Registration]:
    moved: list[Registration] = []
    for one in rules.all_places(event, count):
        places = rules.places_of(event, count, one.modes[0])  # a move into one pool may have freed the other
        if places.waiting and places.free != 0:
            moved += [_move_up(event, who, cause, actor, places.modes) for who in _next_in_line(event, places)]
    return moved


def _next_in_line(event: Event, places: Places) -> list[Registration]:
    people = _line(event.id, places, None if places.free is None else places.free + MOST_LOOKED_AT)
    groups = _groups(people)
    line = [
        (_number(one, places), one.id, one.group_id if one.group_id in groups and one.wanted_mode is None else None)
        for one in people.values()
    ]
    passed = {group.id: group.passed for group in groups.values()}
    keeps = waitlist.keeps_for_groups(rules.promotion_stops_at(event), clock.now())
    turns = waitlist.turns(waitlist.parties(line, passed), places.free, places.capacity, keeps=keeps)
    for group_id, times in turns.passed.items():
        groups[group_id].passed = times
    return [people[one] for one in turns.members]


def _number(one: Registration, places: Places) -> int:
    is_switching = one.wanted_mode is not None and one.mode not in places.modes
    return one.switch_number or one.queue_number if is_switching else one.queue_number


def _line(event_id: int, places: Places, most: int | None) -> dict[int, Registration]:
    """Who waits for a place of this pool, in order, each once; members of a group that stays together are all there."""
    with transaction() as session:
        mine = [Registration.event_id == event_id]
        here = [*mine, *queries.IN_LINE, Registration.mode.in_(places.modes)]
        query = select(Registration).where(*here).order_by(Registration.queue_number).limit(most)
        found = list(session.scalars(query.execution_options(populate_existing=True)))
        group_ids = {one.group_id for one in found if one.group_id is not None}
        if group_ids:
            others = select(Registration).where(*here, Registration.group_id.in_(group_ids))
            found += session.scalars(others.execution_options(populate_existing=True))
        if len(places.modes) == 1:
            wanting = Registration.wanted_mode.in_(places.modes), Registration.status.in_(rules.LIVE)
            switching = select(Registration).where(*mine, *wanting).order_by(Registration.switch_number).limit(most)
            found += session.scalars(switching.execution_options(populate_existing=True))
        return {one.id: one for one in found}


def _groups(people: dict[int, Registration]) -> dict[int | None, RegistrationGroup]:
    with transaction() as session:
        ids = {one.group_id for one in people.values() if one.group_id is not None}
        if not ids:
            return {}
        query = select(RegistrationGroup).where(RegistrationGroup.id.in_(ids), RegistrationGroup.mode == "together")
        return {one.id: one for one in session.scalars(query.execution_options(populate_existing=True))}


def group_of(registration: Registration) -> RegistrationGroup | None:
    """The present row of the group somebody was registered with; the caller holds the event's lock."""
    with transaction() as session:
        query = select(RegistrationGroup).where(RegistrationGroup.id == registration.group_id)
        return session.scalar(query.execution_options(populate_existing=True)) if registration.group_id else None


def _use_contingents(event: Event, cause: str, actor: str, *, is_time: bool) -> list[Registration]:
    """Places of contingents go to their waiting members first; members who sit on a place of everybody change over."""
    moved: list[Registration] = []
    with transaction() as session:
        query = select(Contingent).where(Contingent.event_id == event.id, Contingent.released_at.is_(None))
        query = query.order_by(Contingent.id).execution_options(populate_existing=True)
        for contingent in list(session.scalars(query)):
            places = service_places.places_for(event, "onsite")
            members = _members(contingent, places) if contingent.taken < contingent.places else iter(())
            for one in members:
                places = service_places.places_for(event, "onsite")
                is_room = places.capacity is None or places.taken < places.capacity
                if contingent.taken >= contingent.places:
                    break
                if one.holds_place:
                    service_places.weigh(one, Seat.PLACE, -1)
                    one.in_contingent = True
                    service_places.weigh(one, Seat.PLACE, 1)
                elif is_time and is_room:
                    moved.append(_move_up(event, one, cause, actor, places.modes, in_contingent=True))
    return moved


def _members(contingent: Contingent, places: Places) -> Iterator[Registration]:
    """Members who could take one of its places: the waiting ones first, each in the order of registration."""
    with transaction() as session:
        query = (
            select(Registration)
            .where(Registration.contingent_id == contingent.id, Registration.in_contingent.is_(False))
            .where(Registration.status.in_(rules.LIVE), Registration.mode.in_(places.modes))
            .order_by(Registration.holds_place, Registration.queue_number)
            .limit(contingent.places - contingent.taken)
        )
        return iter(list(session.scalars(query.execution_options(populate_existing=True))))


def _move_up(
    event: Event,
    registration: Registration,
    cause: str,
    actor: str,
    modes: tuple[str, ...],
    *,
    in_contingent: bool = False,
    at_once: bool = False,
) -> Registration:
    before, is_switching = Status(registration.status), registration.mode not in modes
    if not is_switching:
        service_places.count_of(event.id).promoted += 1
    if before is Status.CONFIRMED:
        return _change_over(registration, modes[0], actor)
    if before is Status.PENDING:  # keeps its status; the place is held until the same deadline
        service_places.weigh(registration, Seat.WAITING, -1)
        registration.holds_place, registration.in_contingent = True, in_contingent
        service_places.weigh(registration, Seat.PLACE, 1)
        return registration
    if is_switching:  # waits in both lines, and the other one was quicker
        service_places.weigh(registration, Seat.WAITING, -1)
        registration.mode = modes[0]
        service_places.weigh(registration, Seat.WAITING, 1)
    service_places.want_mode(registration, None)
    is_offer = event.promotion == "offer" and not (at_once or is_switching)
    after = Status.OFFERED if is_offer else Status.CONFIRMED
    change = service_places.settle(
        registration, after, Seat.PLACE, before=before, actor=actor, cause=cause, in_contingent=in_contingent
    )
    if is_offer:
        registration.held_until = rules.offer_until(event, clock.now())
    kind = "place_offered" if is_offer else "promoted"
    service_places.write(kind, registration, f"status:{registration.public_id}:{change.id}")
    return registration


def give_other_mode(event: Event, registration: Registration, mode: str, actor: str) -> None:
    """A free place of the other mode to somebody who wants to change, also on the last day; the caller holds the lock.

    What is left behind goes to whoever is next.
    """
    _move_up(event, registration, "moved online" if mode == "online" else "moved on site", actor, (mode,), at_once=True)
    promote(event.id, "mode changed", actor)


def _change_over(registration: Registration, mode: str, actor: str) -> Registration:
    """From the place one has to the one that was waited for; the former is free from now on."""
    service_places.weigh(registration, Seat.PLACE, -1)
    registration.mode, registration.in_contingent = mode, False
    service_places.weigh(registration, Seat.PLACE, 1)
    service_places.want_mode(registration, None)
    registration.updated_at = clock.now()
    cause = "moved online" if mode == "online" else "moved on site"
    change = service_places.note_step(registration, Status(registration.status), actor=actor, cause=cause)
    service_places.write("changed_mode", registration, f"status:{registration.public_id}:{change.id}")
    return registration


def move_up(registration_id: int, *, actor: str, reason: str) -> None:
    """An organiser's exception from the order of the waiting list, with its reason; refused while no place is free."""
    if not reason.strip():
        raise Refused(_l("Please give the reason for this exception."))
    with transaction():
        event, registration = service_places.lock(registration_id)
        if registration.status != Status.WAITING:
            raise Refused(_l("The registration has changed in the meantime. Please look at it again."))
        places = service_places.places_for(event, registration.mode)
        if places.free == 0:
            raise Refused(_l("No place is free. Raise the number of places first."))
        modes = (registration.mode, *places.modes)
        _move_up(event, registration, reason.strip(), actor, modes, at_once=True)


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
            service_places.expire(registration)
        if overdue:
            promote(event_id, "expired")
        return len(overdue)


@periodic(minutes=1)
def fill_free_places() -> None:
    """Finds events with free places and people waiting, whatever freed the places (a raised capacity, a crash)."""
    counts = PlaceCount.waiting, PlaceCount.online_waiting, PlaceCount.to_onsite, PlaceCount.to_online
    query: Any = (
        select(Event, PlaceCount)
        .join(PlaceCount, PlaceCount.event_id == Event.id)
        .where(or_(*(one > 0 for one in counts)), Event.starts_at > clock.now(), Event.cancelled_at.is_(None))
    )
    found = [
        event.id
        for event, count in db.session.execute(query)
        if any(one.waiting and one.free != 0 for one in rules.all_places(event, count)) or count.reserved
    ]
    db.session.rollback()
    for event_id in found:
        promote(event_id, "place free")
