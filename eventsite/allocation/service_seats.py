"""How a workshop place is written and told: one row, one SEQUENCE, one mail, whoever caused it."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select

from eventsite.allocation import messages_places, queries_places
from eventsite.allocation.models import Allocation, Participation, SwapRequest, WaitingPlace, Wish
from eventsite.core import audit, clock
from eventsite.core.db import touch, transaction
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.programme.models import ProgrammeItem
from eventsite.registration import queries as registrations
from eventsite.registration.messages import event_for
from eventsite.registration.models import Registration


@dataclass(frozen=True)
class Seated:
    """What became of a place: its row, and the workshop left for it (None: there was none)."""

    row: Allocation
    left: int | None


def participation(registration_id: int) -> Participation:
    """What somebody said of the rounds, to be changed; the caller is inside a transaction."""
    with transaction() as session:
        row = session.get(Participation, registration_id)
        if row is None:
            row = Participation(registration_id=registration_id, absent=[], first_sequence=0)
            session.add(row)
            session.flush()
        return row


def seat(registration_id: int, item: ProgrammeItem, reason: dict[str, Any]) -> Seated:
    """Puts somebody into a workshop, out of its waiting list and of requests to swap in this round."""
    assert item.round_id is not None
    with transaction() as session:
        wish = select(Wish.rank).where(Wish.registration_id == registration_id, Wish.item_id == item.id)
        found = _write(registration_id, item.round_id, item.id, session.scalar(wish), reason)
        waiting = (WaitingPlace.registration_id == registration_id, WaitingPlace.item_id == item.id)
        session.execute(delete(WaitingPlace).where(*waiting))
        forget_request(registration_id, item.round_id)
        attend(registration_id, item.round_id)
        return found


def attend(registration_id: int, round_id: int) -> None:
    """Whoever wants a place in a round takes part in it again."""
    with transaction() as session:
        said = session.get(Participation, registration_id)
        if said is not None and round_id in said.absent:
            said.absent = [one for one in said.absent if one != round_id]
            session.flush()


def unseat(registration_id: int, round_id: int, reason: dict[str, Any]) -> Seated:
    """Takes somebody out of a workshop, without a place in the round from now on."""
    return _write(registration_id, round_id, None, None, reason)


def _write(
    registration_id: int, round_id: int, item_id: int | None, rank: int | None, reason: dict[str, Any]
) -> Seated:
    with transaction() as session:
        query = select(Allocation).where(Allocation.registration_id == registration_id, Allocation.round_id == round_id)
        row = session.scalar(query)
        if row is None:
            said = session.get(Participation, registration_id)
            first = said.first_sequence if said else 0
            row = Allocation(registration_id=registration_id, round_id=round_id, sequence=first - 1, run_id=None)
            session.add(row)
        left = row.item_id
        row.item_id, row.rank, row.reason = item_id, rank, reason
        row.sequence, row.updated_at = row.sequence + 1, clock.now()
        session.flush()
        # The programme tells how many places are left in each workshop.
        touch(f"event:{session.get_one(Registration, registration_id).event_id}")
        return Seated(row, left)


def forget_places(registration_id: int) -> list[int]:
    """Takes all workshops of somebody away, with waiting places and requests; returns the workshops given up.

    Calendars remember the highest SEQUENCE they saw: places given later go on behind it. What was given up is
    remembered for whoever takes the cancellation back.
    """
    with transaction() as session:
        rows = list(session.scalars(select(Allocation).where(Allocation.registration_id == registration_id)))
        if rows:
            said = participation(registration_id)
            said.first_sequence = max(said.first_sequence, *(row.sequence + 1 for row in rows))
            said.left_items = [row.item_id for row in rows if row.item_id is not None]
        for table in (Allocation, WaitingPlace, SwapRequest):
            session.execute(delete(table).where(table.registration_id == registration_id))
        return [row.item_id for row in rows if row.item_id is not None]


def forget_request(registration_id: int, round_id: int) -> None:
    """Ends the request to swap in a round."""
    with transaction() as session:
        own = (SwapRequest.registration_id == registration_id, SwapRequest.round_id == round_id)
        session.execute(delete(SwapRequest).where(*own))


def record(action: str, registration: Registration, item: ProgrammeItem, actor: str = "system") -> None:
    """Notes in the audit what happened to a place."""
    audit.record(
        action,
        subject=f"registration {registration.public_id}",
        actor=actor,
        event_id=registration.event_id,
        details={"item": item.public_id},
    )


def tell(
    kind: str, event: Event, registration: Registration, item: ProgrammeItem, row: Allocation | WaitingPlace
) -> None:
    """One mail about one place: moved_up, swapped, offered, offer_ended; a letter for people without an address.

    `row` is the place or the waiting place that it is about; each change of it is told once.
    """
    full, whole = registrations.with_links(registration.id), event_for(registration)
    if isinstance(row, Allocation):
        one = queries_places.with_round(item.id).round
        assert one is not None
        seat = item if row.item_id is not None else None
        calendar = messages_places.calendar(whole, full, seat, one, row.sequence, row.updated_at)
        step, until = str(row.sequence), None
    else:
        calendar, step, until = [], f"{row.id}:{row.offered_until}", row.offered_until
    mail = messages_places.place(kind, whole, full, item, until=until)
    outbox.put(
        replace(mail, attachments=calendar if registration.email else []),
        to_address=registration.email or "",
        to_name=registration.name,
        cause=f"workshop:{kind}:{registration.public_id}:{item.public_id}:{step}",
        language=registration.language,
        event_id=registration.event_id,
        person_id=registration.person_id,
        reply_to=event.contact_email,
    )
