"""A small meeting with wishes for the tests of the allocation: one round, two workshops of few places."""

from typing import Any

from eventsite.allocation import service, service_wishes
from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import Allocation, AllocationRun
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.meeting import Meeting, make_meeting


def make_wished_meeting(people: int = 6, *, places: int = 4, **values: Any) -> tuple[Meeting, list[Registration]]:
    """Confirmed people who all want the first workshop, then the second."""
    meeting = make_meeting(**values)
    for name in ("first", "second"):
        programme.change_item(meeting.items[name].id, capacity=places)
    registered = [join(meeting, number) for number in range(1, people + 1)]
    return meeting, registered


def join(meeting: Meeting, number: int, wishes: tuple[str, ...] = ("first", "second")) -> Registration:
    """One more confirmed person with these wishes."""
    details = signup.Details(f"Person {number}", f"person{number}@example.org", f"Stadt {number}")
    registration = signup.sign_up(meeting.event.id, details, confirmed=True, notify=False).registration
    wish(meeting, registration, *wishes)
    return registration


def wish(meeting: Meeting, registration: Registration, *names: str) -> None:
    """What somebody wishes in the round of the meeting."""
    chosen = Choice(tuple(meeting.items[name].id for name in names))
    service_wishes.set_wishes(registration.id, {meeting.round.id: chosen}, actor="test")


def ask(meeting: Meeting, mode: str = "new", **options: Any) -> int:
    """Asks for a run under the published rule; returns its id."""
    rule = {"objective": "fair", "tie": "lottery", "seed": 0}
    return service.request_run(meeting.event.id, actor="test", mode=mode, **{**rule, **options}).id


def compute(meeting: Meeting, mode: str = "new", **options: Any) -> int:
    """Asks for a run and computes it."""
    run_id = ask(meeting, mode, **options)
    service.run(run_id)
    return run_id


def publish(meeting: Meeting) -> int:
    """Computes and applies a run; returns its id."""
    run_id = compute(meeting)
    service.apply_run(run_id, actor="test")
    return run_id


def give_no_places(meeting: Meeting) -> None:
    """The places count as published though nobody had wished for any."""
    with transaction() as session:
        session.get_one(Event, meeting.event.id).allocation_published_at = clock.now()


def row(run_id: int) -> AllocationRun:
    """What the database says of a run now."""
    db.session.rollback()
    return db.session.get_one(AllocationRun, run_id)


def places(meeting: Meeting) -> dict[str, int]:
    """How many sit in each workshop, and without a place."""
    db.session.rollback()
    names = {item.id: name for name, item in meeting.items.items()}
    found: dict[str, int] = {}
    for place in db.session.scalars(db.select(Allocation)):
        name = names[place.item_id] if place.item_id else "none"
        found[name] = found.get(name, 0) + 1
    return found


def place_of(registration: Registration) -> Allocation | None:
    """The place of somebody in the only round."""
    db.session.rollback()
    return db.session.scalar(db.select(Allocation).where(Allocation.registration_id == registration.id))


def letters(run_id: int) -> list[OutboxMessage]:
    """The mails of a run."""
    cause = f"allocated:{row(run_id).public_id}:"
    with transaction() as session:
        query = db.select(OutboxMessage).where(OutboxMessage.cause.startswith(cause)).order_by(OutboxMessage.id)
        return list(session.scalars(query))
