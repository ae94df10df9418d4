"""The board's verb: an organiser moves somebody into another workshop of a round, or takes the place away."""

from typing import Any

from sqlalchemy import func, select

from eventsite.allocation import (
    messages,
    queries_board,
    queries_problem,
    reasons,
    service_pins,
    service_places,
    service_seats,
)
from eventsite.allocation.messages import Cell
from eventsite.allocation.models import Allocation, SeatChange, WaitingPlace
from eventsite.allocation.queries_problem import Situation
from eventsite.core import audit, clock, i18n
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.mail import queries as mail_queries
from eventsite.programme import queries as programmes
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.messages import event_for
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def move(
    registration_id: int,
    round_id: int,
    item_id: int | None,
    *,
    actor: str,
    override: str = "",
    tell: bool = False,
    reason: dict[str, Any] | None = None,
) -> bool:
    """Seats somebody elsewhere (None: without a place); false when nothing changes. Undone by moving back.

    Refuses before publication, and a full workshop unless there is a reason to override. The place left behind goes to
    whoever waits for it.
    """
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        event = events.lock_event(registration.event_id)
        session.refresh(registration)
        item = _target(event, round_id, item_id)
        if event.allocation_published_at is None:
            raise Refused(_l("Nothing is published yet. Please fix the place instead; the next run keeps it."))
        if registration.status != Status.CONFIRMED:
            raise Refused(_l("Only somebody with a confirmed registration can have a workshop."))
        query = select(Allocation).where(Allocation.registration_id == registration_id, Allocation.round_id == round_id)
        row = session.scalar(query)
        before, state = (row.item_id if row else None), _state(row)
        state |= {"reason": row.reason} if row else {}
        if row is not None and before == item_id:
            return False
        if item is not None and not override.strip():
            _check_free(item)
        if item is not None:
            row = service_seats.seat(registration_id, item, reason or reasons.MOVED).row
        else:
            row = service_seats.unseat(registration_id, round_id, reason or reasons.MOVED).row
        details = {"item": item.public_id if item else None, "override": override.strip()}
        subject = f"registration {registration.public_id}"
        audit.record("moved on the board", subject=subject, actor=actor, event_id=event.id, details=details)
        service_pins.note_step(registration, round_id, "move", state, _state(row), actor=actor, told=tell)
        if tell:
            _tell(registration.public_id, event)
        if before is not None:
            service_places.fill(event, [before])
        return True


def undo(event_id: int, *, actor: str) -> SeatChange:
    """Takes the own last step back that still stands; who was told of it is told again. Refuses when there is none."""
    with transaction() as session:
        event = events.lock_event(event_id)
        step = queries_board.board(event, actor=actor).undo
        if step is None:
            raise Refused(
                _l("There is no step of yours that could be undone; others may have changed these places since.")
            )
        item = _item_of(step.before)
        if step.deed == "move":
            item_id = item.id if item else None
            why = step.before.get("reason")
            move(step.registration_id, step.round_id, item_id, actor=actor, tell=step.told, reason=why)
        elif item is not None:
            service_pins.pin(step.registration_id, item.id, reason=step.before["reason"], actor=actor)
        else:
            service_pins.unpin(step.registration_id, step.round_id, actor=actor)
        session.flush()
        mine = (SeatChange.event_id == event_id, SeatChange.id >= step.id)
        both = SeatChange.registration_id == step.registration_id, SeatChange.round_id == step.round_id
        for row in session.scalars(select(SeatChange).where(*mine, *both, SeatChange.undone_at.is_(None))):
            row.undone_at = clock.now()  # the step itself, and the one that took it back
        return step


def _item_of(state: dict[str, Any]) -> ProgrammeItem | None:
    if state.get("workshop") is None:
        return None
    with transaction() as session:
        return session.scalar(select(ProgrammeItem).where(ProgrammeItem.public_id == state["workshop"]))


def _state(row: Allocation | None) -> dict[str, Any]:
    if row is None:
        return {}
    with transaction() as session:
        item = session.get(ProgrammeItem, row.item_id) if row.item_id is not None else None
        return {"workshop": item.public_id if item else None}


def _target(event: Event, round_id: int, item_id: int | None) -> ProgrammeItem | None:
    if item_id is None:
        return None
    with transaction() as session:
        item = session.get(ProgrammeItem, item_id)
        if item is None or item.event_id != event.id or item.round_id != round_id:
            raise NotFound
        if item.cancelled_at is not None:
            raise Refused(_l("This workshop is cancelled."))
        return item


def _check_free(item: ProgrammeItem) -> None:
    with transaction() as session:
        taken = select(func.count(Allocation.id)).join(Registration, Registration.id == Allocation.registration_id)
        taken = taken.where(Allocation.item_id == item.id, Registration.status == Status.CONFIRMED)
        held = select(func.count(WaitingPlace.id)).where(
            WaitingPlace.item_id == item.id, WaitingPlace.offered_until.is_not(None)
        )
        if item.capacity is not None and (session.scalar(taken) or 0) + (session.scalar(held) or 0) >= item.capacity:
            raise Refused(_l("This workshop is full. To seat somebody nevertheless, please give a reason."))


def _tell(name: str, event: Event) -> None:
    """All workshops of the person as they are now; one mail per change."""
    found = queries_problem.situation(event)
    person = found.people[name]
    full = event_for(person)
    with i18n.use_language(person.language), i18n.use_zone(event.timezone):
        cells = [_cell(found, name, round_) for round_ in found.rounds if round_ in found.places[name]]
        programme, texts = programmes.released(event.id), mail_queries.texts(event.id)
        mail = messages.allocated(full, person, cells, programme, texts, at=clock.now(), is_change=True)
    steps = sum(place.sequence for place in found.places[name].values())
    outbox.put(
        mail,
        to_address=person.email or "",
        to_name=person.name,
        cause=f"moved:{name}:{steps}",
        language=person.language,
        event_id=event.id,
        person_id=person.person_id,
        reply_to=event.contact_email,
    )


def _cell(found: Situation, name: str, round_: str) -> Cell:
    place = found.places[name][round_]
    item = found.items.get(place.workshop or "")
    return Cell(found.rounds[round_], item, found.wish_rank(name, round_, place.workshop), "", place.sequence)
