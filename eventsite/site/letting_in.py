"""Whom the team registers itself: after the deadline or at the door; an exception needs a reason, the same form twice is once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from eventsite.allocation import service_board
from eventsite.checkin import service as checkins
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries, rules, service_answers, service_places
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.rules import Seat, Status
from eventsite.site import signup
from eventsite.site.signup import Details, Entry, Received, Wanted


class Unclear(Refused):
    """Something has to be decided first; `field` is the field of the form that decides it."""

    def __init__(self, message: object, field: str) -> None:
        super().__init__(message)
        self.field = field


FULL = _l("All places are taken. To let somebody in nevertheless, please give the reason.")
PASSES = _l("Others wait for a place. To let somebody pass them, please give the reason.")
NAMESAKE = _l("Somebody of this name is registered already. Is it another person?")
SEATED = _l("There is no place in this workshop any more. Please choose another one.")


@dataclass(frozen=True)
class Terms:
    """What the team decides about somebody; `form_key` is that of the form."""

    form_key: str
    wants: str = "place"  # or waiting
    reason: str = ""  # of an exception from the number of places or from the order
    mode: str | None = None
    note: str = ""
    postal_address: str = ""
    is_namesake: bool = False  # another person of a name that is registered already


def let_in(event_id: int, details: Details, terms: Terms, *, source: str, actor: str) -> Received:
    """Registers somebody at once, also while registration is closed; raises Unclear where the team has to decide.

    The same form twice is one registration, and a known address is left as it is.
    """
    with transaction():
        event = events.lock_event(event_id)
        again = queries.find_by_form(event_id, terms.form_key)
        if again is not None:
            return Received(again, is_new=False)
        is_known = bool(details.email) and queries.find_by_email(event_id, details.email or "") is not None
        if not is_known and not terms.is_namesake and queries.namesakes(event_id, details.name):
            raise Unclear(NAMESAKE, "is_namesake")
        seat, reason = (None, "") if is_known and _lives(event_id, details) else _seat(event, terms)
        entry = Entry(seat=seat, form_key=terms.form_key, postal_address=terms.postal_address, reason=reason)
        received = signup.sign_up(
            event_id,
            details,
            source=source,
            actor=actor,
            confirmed=True,
            notify=bool(details.email) or source != "walk-in",  # nobody writes a letter to somebody who stands here
            entry=entry,
            wanted=Wanted(mode=terms.mode),
        )
        if received.is_new and terms.note:
            received.registration.note = terms.note
            service_answers.note(received.registration, "note changed", actor)
        return received


def _lives(event_id: int, details: Details) -> bool:
    known = queries.find_by_email(event_id, details.email or "")
    return known is not None and known.status not in rules.MAY_REGISTER_AGAIN


def _seat(event: Event, terms: Terms) -> tuple[Seat, str]:
    """The seat, and the reason where it is an exception."""
    if terms.wants == "waiting":
        return Seat.WAITING, ""
    choosable = rules.modes_to_choose(event.attendance)
    mode = terms.mode if terms.mode in choosable and terms.mode else rules.usual_mode(event.attendance)
    places = service_places.places_for(event, mode)
    is_passing = places.waiting > 0 and rules.may_promote(event, clock.now())
    if places.free != 0 and not is_passing:
        return Seat.PLACE, ""
    if not terms.reason.strip():
        raise Unclear(FULL if places.free == 0 else PASSES, "reason")
    return Seat.PLACE, terms.reason.strip()


def walk_in(event_id: int, details: Details, terms: Terms, workshops: Mapping[int, int], *, actor: str) -> Registration:
    """Somebody at the door: registered, there, and in the workshops chosen (workshop per round); all of it or nothing.

    Who is known by the address and has no place yet gets one in the same way.
    """
    with transaction():
        received = let_in(event_id, details, replace(terms, wants="place"), source="walk-in", actor=actor)
        registration = received.registration
        if not received.is_new and registration.form_key == terms.form_key:
            return registration
        if not received.is_new:
            registration = _bring_in(registration, terms, actor)
        for round_id, item_id in workshops.items():
            try:
                service_board.move(registration.id, round_id, item_id, actor=actor)
            except Refused as refusal:
                raise Unclear(SEATED, f"round_{round_id}") from refusal
        checkins.check_in(registration.id, actor=actor)
        return registration


def _bring_in(known: Registration, terms: Terms, actor: str) -> Registration:
    """Whoever stands at the door and is registered already: confirmed, or given a place before the others."""
    if known.status == Status.PENDING:
        known = registrations.confirm(known.id, actor=actor)
    elif known.status == Status.OFFERED:
        known = registrations.accept_offer(known.id, actor=actor)
    if known.status == Status.WAITING:
        if not terms.reason.strip():
            raise Unclear(PASSES, "reason")
        registrations.move_up(known.id, actor=actor, reason=terms.reason)
    return known
