"""Contingents: places kept for a group until a date; what is not taken by then is given to everybody."""

from datetime import datetime

from sqlalchemy import select

from eventsite.core import audit, clock, ids
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.registration import contingents, queries_contingents, rules, service_places, service_promotion
from eventsite.registration.models import Contingent, Registration
from eventsite.registration.rules import Seat


class Unfit(Refused):
    """A contingent that may not be so; `field` is where it stands in the form."""

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message)
        self.field = field


def store(
    event_id: int,
    public_id: str | None,
    *,
    name: str,
    places: int,
    code: str = "",
    until: datetime | None = None,
    actor: str,
) -> Contingent:
    """A new contingent, or a changed one; without a code one is invented. Fewer places go to whoever waits.

    Refuses more places than are free, a code that another contingent has, a date that is over (Unfit).
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        known = _get(event_id, public_id) if public_id else None
        if known is not None and known.released_at is not None:
            raise Refused(_l("This contingent has been released; its places are for everybody now."))
        if until is not None and until <= clock.now():
            raise Unfit("until", _l("This date is over."))
        code = code.strip() or (known.code if known else invented_code())
        taken = known.taken if known else 0
        kept = known.places - known.taken if known else 0
        free = service_places.places_for(event, "onsite").free
        found = contingents.fault(name, code, places, taken, None if free is None else free + kept)
        if found is not None:
            raise Unfit(*found)
        other = queries_contingents.find_by_code(event_id, code)
        if other is not None and other is not known:
            raise Unfit(
                "code", _l("Another contingent has this code; capitals, spaces and hyphens make no difference.")
            )
        row = known or Contingent(public_id=ids.new_public_id(), event_id=event_id, created_at=clock.now(), taken=0)
        service_places.count_of(event_id).reserved += places - taken - kept
        row.name, row.code, row.code_key = name.strip(), code, contingents.code_key(code)
        row.places, row.until = places, until
        session.add(row)
        session.flush()
        audit.record("contingent stored", subject=f"contingent {row.public_id}", actor=actor, event_id=event_id)
        service_promotion.promote(event_id, "contingent released", actor)
        return row


def invented_code() -> str:
    """A code that nobody guesses and everybody can read aloud."""
    letters = ids.new_public_id(8).upper()
    return f"{letters[:4]}-{letters[4:]}"


def _get(event_id: int, public_id: str) -> Contingent:
    with transaction() as session:
        query = select(Contingent).where(Contingent.event_id == event_id, Contingent.public_id == public_id)
        found = session.scalar(query.execution_options(populate_existing=True))
        if found is None:
            raise NotFound
        return found


def release(event_id: int, public_id: str, *, actor: str = "system") -> None:
    """Gives the places nobody has taken to everybody; who has one keeps it. Twice is once."""
    with transaction():
        events.lock_event(event_id)
        contingent = _get(event_id, public_id)
        if contingent.released_at is None:
            _release(contingent, actor)
            service_promotion.promote(event_id, "contingent released", actor)


def _release(contingent: Contingent, actor: str) -> None:
    service_places.count_of(contingent.event_id).reserved -= contingent.places - contingent.taken
    contingent.released_at = clock.now()
    subject = f"contingent {contingent.public_id}"
    audit.record("contingent released", subject=subject, actor=actor, event_id=contingent.event_id)


@periodic(minutes=1)
def release_due() -> None:
    """Releases the contingents whose date has come."""
    due = select(Contingent.event_id, Contingent.public_id).where(
        Contingent.released_at.is_(None), Contingent.until <= clock.now()
    )
    found = [(row[0], row[1]) for row in db.session.execute(due)]
    db.session.rollback()
    for event_id, public_id in found:
        release(event_id, public_id)


def assign(registration_id: int, public_id: str | None, *, actor: str) -> None:
    """The organisers put somebody into a contingent, or take somebody out of it.

    Who waits gets one of its places while there is one; who has a place keeps it, and it is counted where it belongs.
    """
    with transaction() as session:
        event, registration = service_places.lock(registration_id)
        contingent = _get(event.id, public_id) if public_id else None
        if contingent is not None and contingent.released_at is not None:
            raise Refused(_l("This contingent has been released; its places are for everybody now."))
        if registration.contingent_id == (contingent.id if contingent else None):
            return
        if registration.in_contingent:
            _leave_place(registration)
        registration.contingent_id = contingent.id if contingent else None
        session.flush()
        name = contingent.name if contingent else ""
        details = {"before": None, "cause": f"contingent {name}".strip()}
        subject = f"registration {registration.public_id}"
        audit.record("contingent assigned", subject=subject, actor=actor, event_id=event.id, details=details)
        service_promotion.promote(event.id, "place free", actor)


def _leave_place(registration: Registration) -> None:
    """A place of the contingent becomes a place of everybody; refused where none is left for that."""
    event_id = registration.event_id
    places = service_places.places_for(events.lock_event(event_id), registration.mode)
    contingent = service_places.open_contingent(registration.contingent_id)
    if contingent is not None and places.free == 0:
        raise Refused(_l("No place is free outside of the contingent."))
    seat = rules.seat(registration.status, holds_place=registration.holds_place)
    service_places.weigh(registration, seat, -1)
    registration.in_contingent = False
    service_places.weigh(registration, Seat.PLACE, 1)
