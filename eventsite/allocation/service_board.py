"""The board's verb: an organiser moves somebody into another workshop of a round, or takes the place away."""

from sqlalchemy import func, select

from eventsite.allocation import messages, queries_problem, reasons, service_places
from eventsite.allocation.messages import Cell
from eventsite.allocation.models import Allocation
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
    registration_id: int, round_id: int, item_id: int | None, *, actor: str, override: str = "", tell: bool = False
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
        before = row.item_id if row else None
        if row is not None and before == item_id:
            return False
        if item is not None and not override.strip():
            _check_free(item)
        rank = _rank(queries_problem.situation(event), registration, item)
        if row is None:
            row = Allocation(registration_id=registration_id, round_id=round_id, run_id=None, sequence=-1)
            session.add(row)
        row.item_id, row.reason, row.rank = item_id, reasons.MOVED, rank
        row.sequence, row.updated_at = row.sequence + 1, clock.now()
        session.flush()
        details = {"item": item.public_id if item else None, "override": override.strip()}
        subject = f"registration {registration.public_id}"
        audit.record("moved on the board", subject=subject, actor=actor, event_id=event.id, details=details)
        if tell:
            _tell(registration.public_id, event)
        if before is not None:
            service_places.fill(event, [before])
        return True


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
        if item.capacity is not None and (session.scalar(taken) or 0) >= item.capacity:
            raise Refused(_l("This workshop is full. To seat somebody nevertheless, please give a reason."))


def _rank(found: Situation, registration: Registration, item: ProgrammeItem | None) -> int | None:
    name = next((name for name, one in found.rounds.items() if item and one.id == item.round_id), None)
    return found.wish_rank(registration.public_id, name, item.public_id) if name and item else None


def _tell(name: str, event: Event) -> None:
    """All workshops of the person as they are now; one mail per change."""
    found = queries_problem.situation(event)
    person = found.people[name]
    if person.email is None:
        return
    full = event_for(person)
    with i18n.use_language(person.language), i18n.use_zone(event.timezone):
        cells = [_cell(found, name, round_) for round_ in found.rounds if round_ in found.places[name]]
        programme, texts = programmes.released(event.id), mail_queries.texts(event.id)
        mail = messages.allocated(full, person, cells, programme, texts, at=clock.now(), is_change=True)
    steps = sum(place.sequence for place in found.places[name].values())
    outbox.put(
        mail,
        to_address=person.email,
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
