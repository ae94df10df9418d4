"""Carries out requests to swap under the event's lock: everybody who moves gains, and nobody loses a place by asking."""

from sqlalchemy import select

from eventsite.allocation import queries_places, service_seats, swaps, waitlist
from eventsite.allocation.gate import Gate
from eventsite.allocation.models import SwapRequest
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.models import Registration

SWAPPED = {"kind": "swapped"}


def carry_out(event: Event, gate: Gate) -> list[int]:
    """Does what can be done of all requests; returns the workshops in which somebody gave up a place.

    The caller holds the event's lock, and has given free places to whoever waits for them.
    """
    with transaction() as session:
        requests = queries_places.requests(event.id)
        if not requests:
            return []
        query = select(ProgrammeItem).where(ProgrammeItem.event_id == event.id, ProgrammeItem.round_id.is_not(None))
        items = {item.id: item for item in session.scalars(query)}
        known = queries_places.released_items(event.id)
        of_event = select(Registration).where(Registration.id.in_({one.registration_id for one in requests}))
        people = {person.id: person for person in session.scalars(of_event)}
        waited_for = {items[i].public_id for i, line in queries_places.lines(items).items() if line}
        left: list[int] = []
        for round_id in sorted({one.round_id for one in requests}):
            listed = [one for one in requests if one.round_id == round_id and one.item_id in known]
            asked = _asked(gate, listed, items, people)
            if asked:
                left += _move(event, gate, asked, waited_for, items, people)
        return left


def _asked(
    gate: Gate, listed: list[SwapRequest], items: dict[int, ProgrammeItem], people: dict[int, Registration]
) -> dict[str, tuple[str, ...]]:
    """What people want instead of a place they have, as long as workshops have not almost begun."""
    asked: dict[str, tuple[str, ...]] = {}
    by_uid = {item.public_id: item for item in items.values()}
    for one in listed:
        item, name = items[one.item_id], people[one.registration_id].public_id
        own = gate.seats.get(name, {}).get(gate.round_of.get(item.public_id, ""))
        may_leave = own is not None and waitlist.may_move(by_uid[own].starts_at, clock.now())
        if may_leave and waitlist.may_move(item.starts_at, clock.now()):
            asked[name] = (*asked.get(name, ()), item.public_id)
    return asked


def _move(
    event: Event,
    gate: Gate,
    asked: dict[str, tuple[str, ...]],
    waited_for: set[str],
    items: dict[int, ProgrammeItem],
    people: dict[int, Registration],
) -> list[int]:
    by_uid = {item.public_id: item for item in items.values()}
    by_name = {person.public_id: person for person in people.values()}
    round_ = gate.round_of[next(iter(asked.values()))[0]]
    moves = swaps.carried_out(gate, round_, asked, waited_for=waited_for, seed=event.seed)
    for move in moves:
        gate.put(move.name, move.after)
        person, item = by_name[move.name], by_uid[move.after]
        seated = service_seats.seat(person.id, item, SWAPPED)
        service_seats.record("workshop swapped", person, item)
        service_seats.tell("swapped", event, person, item, seated.row)
    return sorted({by_uid[move.before].id for move in moves if move.before})
