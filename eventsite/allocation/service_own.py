"""What participants change after publication: take, give back, wait, answer an offer, ask to swap; nobody loses by asking."""

from collections.abc import Sequence

from sqlalchemy import select

from eventsite.allocation import queries_places, service_places, service_seats, waitlist
from eventsite.allocation.models import Allocation, SwapRequest, WaitingPlace
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

TAKEN, GIVEN_BACK = {"kind": "taken"}, {"kind": "given_back"}
FULL = _l("The last place has just been taken. You can join the waiting list; the place you have stays yours.")


def _locked(registration_id: int, item_id: int) -> tuple[Event, Registration, ProgrammeItem]:
    """The rows as they are now, under the event's lock; refuses where places cannot change hands any more."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        event = events.lock_event(registration.event_id)
        session.refresh(registration)
        item = session.get(ProgrammeItem, item_id, populate_existing=True)
        if item is None or item.event_id != event.id or item.round_id is None:
            raise NotFound
        if registration.status != Status.CONFIRMED:
            raise Refused(_l("Only somebody with a confirmed registration can have a workshop."))
        if not queries_places.are_given(event) or not waitlist.may_move(item.starts_at, clock.now()):
            raise Refused(_l("Workshops can no longer be changed here. Please write to the organisers instead."))
        service_places.end_offers_of(event)
        return event, registration, item


def _check_offered(event: Event, item: ProgrammeItem) -> None:
    if item.id not in queries_places.released_items(event.id) or item.cancelled_at is not None:
        raise Refused(_l("This workshop does not take place. Please choose another one."))


def take(registration_id: int, item_id: int) -> bool:
    """Takes a free place at once, instead of the own one in this round; false when it is one's own already.

    Refuses a full workshop, and one that others wait for: nobody is overtaken.
    """
    with transaction():
        event, registration, item = _locked(registration_id, item_id)
        _check_offered(event, item)
        if _place(registration_id, item) == item_id:
            return False
        assert item.round_id is not None
        service_seats.attend(registration_id, item.round_id)
        service_places.fill(event, [item_id])  # first those who wait
        gate, others = queries_places.gate(event), queries_places.lines([item_id])[item_id]
        if _place(registration_id, item) == item_id:
            return True
        if not gate.fits(registration.public_id, item.public_id):
            raise Refused(_l("This workshop does not go together with your other workshops, or your place is fixed."))
        if others or not gate.admits(registration.public_id, item.public_id):
            raise Refused(FULL)
        seated = service_seats.seat(registration_id, item, TAKEN)
        service_seats.record("workshop taken", registration, item, "participant")
        _tell_calendar("taken", event, registration, item, seated.row)
        service_places.fill(event, [seated.left] if seated.left else [])
        return True


def _tell_calendar(kind: str, event: Event, registration: Registration, item: ProgrammeItem, row: Allocation) -> None:
    """A mail about what one did oneself, only to those whose calendar is kept by mail."""
    if registration.is_invited and registration.wants_calendar_mails:
        service_seats.tell(kind, event, registration, item, row)


def take_again(registration_id: int) -> list[int]:
    """Takes the workshops again that were given up by signing off, as far as nobody has them now; which these are."""
    with transaction() as session:
        said = service_seats.participation(registration_id)
        wanted, said.left_items = list(said.left_items), []
        session.flush()
        found = []
        for item_id in wanted:
            try:
                take(registration_id, item_id)
            except (Refused, NotFound):  # somebody else has it by now, or it does not take place
                continue
            found.append(item_id)
        return found


def give_back(registration_id: int, item_id: int) -> bool:
    """Gives the own place back and leaves the round out, without signing off; twice is once."""
    with transaction() as session:
        event, registration, item = _locked(registration_id, item_id)
        if _place(registration_id, item) != item_id:
            return False
        assert item.round_id is not None
        seated = service_seats.unseat(registration_id, item.round_id, GIVEN_BACK)
        freed = _stop_waiting(registration_id, item.round_id)
        service_seats.forget_request(registration_id, item.round_id)
        said = service_seats.participation(registration_id)
        said.absent = sorted({*said.absent, item.round_id})
        session.flush()
        service_seats.record("workshop given back", registration, item, "participant")
        _tell_calendar("given_back", event, registration, item, seated.row)
        service_places.fill(event, [item_id, *freed])
        return True


def wait(registration_id: int, item_id: int, *, moves_up: bool) -> None:
    """A position in the waiting list of a workshop; the own place is kept. Twice only changes `moves_up`.

    With a free place and nobody before, it is given (or offered) at once.
    """
    with transaction() as session:
        event, registration, item = _locked(registration_id, item_id)
        _check_offered(event, item)
        if _place(registration_id, item) == item_id:
            return
        assert item.round_id is not None
        service_seats.attend(registration_id, item.round_id)
        if not queries_places.gate(event).fits(registration.public_id, item.public_id):
            raise Refused(_l("This workshop does not go together with your other workshops, or your place is fixed."))
        row = _waiting(registration_id, item_id)
        if row is None:
            row = WaitingPlace(registration_id=registration_id, item_id=item_id, created_at=clock.now())
            session.add(row)
            service_seats.record("joined a workshop's waiting list", registration, item, "participant")
        row.moves_up = moves_up
        session.flush()
        service_places.fill(event, [item_id])


def stop_waiting(registration_id: int, item_id: int) -> bool:
    """Leaves the waiting list of a workshop, or declines its offer; twice is once."""
    with transaction() as session:
        event, registration, item = _locked(registration_id, item_id)
        row = _waiting(registration_id, item_id)
        if row is None:
            return False
        action = "workshop offer declined" if row.offered_until else "left a workshop's waiting list"
        session.delete(row)
        session.flush()
        service_seats.record(action, registration, item, "participant")
        service_places.fill(event, [item_id])
        return True


def accept(registration_id: int, item_id: int) -> bool:
    """Says yes to an offer: the place is one's own, and the former one is given on. Twice is once."""
    with transaction():
        event, registration, item = _locked(registration_id, item_id)
        if _place(registration_id, item) == item_id:
            return False
        row = _waiting(registration_id, item_id)
        if row is None or row.offered_until is None:
            raise Refused(_l("This offer has ended, and the place has gone to the next person."))
        _check_offered(event, item)
        if not queries_places.gate(event).fits(registration.public_id, item.public_id):
            raise Refused(_l("This workshop does not go together with your other workshops, or your place is fixed."))
        seated = service_seats.seat(registration_id, item, service_places.MOVED_UP)
        service_places.ask_before_moving(registration_id, item.round_id or 0)
        service_seats.record("workshop offer accepted", registration, item, "participant")
        service_places.fill(event, [seated.left] if seated.left else [])
        return True


def ask_to_swap(registration_id: int, item_id: int, wanted: Sequence[int]) -> bool:
    """Says which workshops one would take instead of the own one (`item_id`); true when it was done at once.

    The own place is kept until the swap. None wanted withdraws the request.
    """
    with transaction() as session:
        event, registration, item = _locked(registration_id, item_id)
        if _place(registration_id, item) != item_id:
            raise Refused(_l("You have another workshop by now. Please look at your workshops again."))
        assert item.round_id is not None
        query = select(ProgrammeItem.id).where(ProgrammeItem.round_id == item.round_id)
        known = queries_places.released_items(event.id) & set(session.scalars(query))
        if not set(wanted) <= known:
            raise Refused(_l("This workshop does not take place. Please choose another one."))
        service_seats.forget_request(registration_id, item.round_id)
        for one in dict.fromkeys(wanted):
            if one != item_id:
                values = {"round_id": item.round_id, "item_id": one, "created_at": clock.now()}
                session.add(SwapRequest(registration_id=registration_id, **values))
                session.flush()
        service_seats.record("asked to swap", registration, item, "participant")
        service_places.fill(event, list(wanted))
        return _place(registration_id, item) != item_id


def _place(registration_id: int, item: ProgrammeItem) -> int | None:
    """The workshop somebody has in the round of this one."""
    with transaction() as session:
        query = select(Allocation.item_id).where(
            Allocation.registration_id == registration_id, Allocation.round_id == item.round_id
        )
        return session.scalar(query)


def _waiting(registration_id: int, item_id: int) -> WaitingPlace | None:
    with transaction() as session:
        query = select(WaitingPlace).where(
            WaitingPlace.registration_id == registration_id, WaitingPlace.item_id == item_id
        )
        return session.scalar(query.execution_options(populate_existing=True))


def _stop_waiting(registration_id: int, round_id: int) -> list[int]:
    """Leaves all waiting lists of a round; returns the workshops."""
    with transaction() as session:
        query = (
            select(WaitingPlace)
            .join(ProgrammeItem, ProgrammeItem.id == WaitingPlace.item_id)
            .where(WaitingPlace.registration_id == registration_id, ProgrammeItem.round_id == round_id)
        )
        rows = list(session.scalars(query))
        for row in rows:
            session.delete(row)
        return [row.item_id for row in rows]
