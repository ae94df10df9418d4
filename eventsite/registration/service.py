"""Verbs of a registration: register, confirm, cancel, refuse, reinstate; every one under the event's lock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from eventsite.core import audit, clock, i18n, ids
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules as event_rules
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.people import rules as people_rules
from eventsite.people import service as people
from eventsite.registration import (
    letters,
    queries,
    rules,
    service_answers,
    service_options,
    service_places,
    service_promotion,
    service_ways,
)
from eventsite.registration.models import Registration
from eventsite.registration.rules import Seat, Status
from eventsite.registration.service_ways import Door, Entry

BY_FORM = ("form", "group")  # sources that the public uses: only while registration is open, only by a way in

promote = service_promotion.promote
move_up = service_promotion.move_up
expire_due = service_promotion.expire_due


@dataclass(frozen=True)
class Details:
    """Who registers."""

    name: str
    email: str | None
    organisation: str = ""
    language: str = "de"


@dataclass(frozen=True)
class Wanted:
    """Which kind of place somebody wants."""

    mode: str | None = None  # onsite or online, where an event has both
    contingent_id: int | None = None


class Received(NamedTuple):
    """What became of a form: a known address is left as it was (`is_new` is false)."""

    registration: Registration
    is_new: bool


def register(
    event_id: int,
    details: Details,
    *,
    answers: Mapping[str, Any] | None = None,
    consents: Collection[str] | Mapping[str, str] = (),
    source: str = "form",
    actor: str = "participant",
    confirmed: bool = False,
    notify: bool = True,
    entry: Entry = Entry(),
    wanted: Wanted = Wanted(),
) -> Received:
    """Takes a place or a waiting position at once and sends the link with which it is confirmed.

    A known address changes nothing: its owner gets the personal link. With `confirmed` (by organisers, imports,
    people without an address) no link has to be followed. Refuses the public form while registration is not open,
    whoever the event's way in does not let in, and an answer whose places are all taken (service_options.SoldOut).
    """
    with transaction():
        event = events.lock_event(event_id)
        _refuse_closed(event, source)
        is_public = source in BY_FORM
        # Before the address is looked up: whether it is known must not show in what is refused.
        is_kept = wanted.contingent_id is not None
        door = Door(None, needs_decision=False)
        if is_public:
            door = service_ways.open_door(event, details.email, entry, has_contingent=is_kept)
        if entry.form_key and (again := queries.find_by_form(event_id, entry.form_key)) is not None:
            return Received(again, is_new=False)
        known = queries.find_by_email(event_id, details.email) if details.email else None
        if known is not None and rules.is_overdue(known.status, known.held_until, clock.now()):
            service_places.expire(known)
            promote(event_id, "expired")
        if known is not None and known.status not in rules.MAY_REGISTER_AGAIN:
            if notify and is_public:
                send_link(known)
            return Received(known, is_new=False)
        registration = _take_seat(
            event, known, details, wanted, source=source, actor=actor, confirmed=confirmed, door=door, entry=entry
        )
        service_answers.store(registration, answers or {}, is_strict=source == "form")
        # A place may be free that is too little for a group in front.
        may_pass = entry.group_id is None and not registration.holds_place
        if may_pass and service_places.places_for(event, registration.mode).free != 0:
            promoted = promote(event_id, "place free")
        else:
            promoted = []
        service_answers.set_consents(registration.id, consents, channel=source, actor=actor)
        is_told = registration in promoted and registration.status != Status.PENDING
        if notify and not is_told:
            kind = {Status.PENDING: "confirm", Status.CONFIRMED: "confirmed", Status.WAITING: "waiting"}
            cause = f"registered:{registration.public_id}:{registration.queue_number}"
            service_places.write(kind[Status(registration.status)], registration, cause)
        return Received(registration, is_new=True)


def _refuse_closed(event: Event, source: str) -> None:
    if event.cancelled_at is not None:
        raise Refused(_l("The event is cancelled. Registration is not possible any more."))
    if source in BY_FORM and event_rules.phase(event, clock.now()) is not Phase.OPEN:
        raise Refused(_l("Registration is not open. Nothing of what you typed was stored."))


def _take_seat(
    event: Event,
    known: Registration | None,
    details: Details,
    wanted: Wanted,
    *,
    source: str,
    actor: str,
    confirmed: bool,
    door: Door,
    entry: Entry,
) -> Registration:
    with transaction() as session:
        registration = known or _new_row(event, details)
        may_choose = wanted.mode in rules.modes_to_choose(event.attendance)
        registration.mode = str(wanted.mode) if may_choose else rules.usual_mode(event.attendance)
        registration.contingent_id = wanted.contingent_id
        before = Status(known.status) if known else None
        registration.name, registration.email = details.name, details.email
        registration.sort_name = people_rules.filing_name(details.name)
        registration.organisation, registration.language = details.organisation, details.language
        registration.queue_number, registration.source = service_places.fresh_queue_number(event.id), source
        registration.created_at, registration.confirmed_at = clock.now(), None
        registration.code_id, registration.needs_decision = door.code_id, door.needs_decision
        registration.group_id, registration.shows_state = entry.group_id, False
        registration.postal_address, registration.form_key = entry.postal_address, entry.form_key or None
        if before is None:
            registration.status, registration.holds_place = str(Status.PENDING), False
            registration.status_at = registration.updated_at = clock.now()
            session.add(registration)
            session.flush()
        seat, in_contingent = service_places.take(event, registration)
        if entry.seat is not None and not in_contingent:
            seat = entry.seat
        after = Status.PENDING
        if confirmed:
            after = Status.CONFIRMED if seat is Seat.PLACE else Status.WAITING
        service_places.settle(
            registration,
            after,
            seat,
            before=before,
            actor=actor,
            cause=entry.reason or "registered",
            in_contingent=in_contingent,
        )
        if not confirmed:
            registration.held_until = rules.held_until(clock.now(), event.confirmation_hours)
        session.flush()
        return registration


def _new_row(event: Event, details: Details) -> Registration:
    person = people.find_or_create_person(details.name, details.email)
    return Registration(
        public_id=ids.new_public_id(),
        event_id=event.id,
        person_id=person.id,
        email_key=people_rules.email_key(details.email) if details.email else None,
        link_id=people.create_link("registration", person_id=person.id).id,
        feed_link_id=people.create_link("calendar", person_id=person.id).id,
    )


def send_link(registration: Registration) -> None:
    """Sends the personal link to its owner, at most once an hour."""
    hour = clock.now().strftime("%Y%m%d%H")
    service_places.write("link", registration, f"link:{registration.public_id}:{hour}")


def resend_link(event_id: int, email: str) -> None:
    """Sends the personal link to an address if it is known; the caller learns nothing."""
    with transaction():
        known = queries.find_by_email(event_id, email)
        if known is not None:
            send_link(known)
        else:  # the same work, so that the time of the answer does not tell either
            nobody = letters.invented(event_id, i18n.current_language())
            letters.letter("link", letters.event_for(nobody), nobody)
        audit.record("personal link asked for", subject="registration", actor="participant", event_id=event_id)


def confirm(registration_id: int, *, actor: str = "participant") -> Registration:
    """Confirms the address and keeps what was held: a place stays a place, a waiting position its number.

    Twice is once. A link that came too late frees what it held; the registration returned says so by its status.
    """
    with transaction():
        event, registration = service_places.lock(registration_id)
        if rules.is_overdue(registration.status, registration.held_until, clock.now()):
            service_places.expire(registration)
            promote(event.id, "expired")
            return registration
        if registration.status != Status.PENDING:
            return registration
        if registration.needs_decision and actor == "participant":
            if registration.held_until is not None:
                service_ways.ask_for_decision(registration)
            return registration
        registration.needs_decision = False  # organisers who confirm have decided
        after, seat = (Status.CONFIRMED, Seat.PLACE) if registration.holds_place else (Status.WAITING, Seat.WAITING)
        change = service_places.settle(
            registration, after, seat, before=Status.PENDING, actor=actor, cause="address confirmed"
        )
        kind = "confirmed" if after is Status.CONFIRMED else "waiting"
        service_places.write(kind, registration, f"status:{registration.public_id}:{change.id}")
        return registration


def cancel(registration_id: int, *, actor: str = "participant", reason: str = "", notify: bool = True) -> bool:
    """Frees a place or waiting position and gives it on; twice is once: false when it had ended already.

    Who leaves the waiting list or does not want the place offered has declined, and nothing else is lost. Called through site/signup.sign_off, which frees the workshops too.
    """
    with transaction():
        event, registration = service_places.lock(registration_id)
        if registration.status not in rules.LIVE:
            return False
        if actor == "participant" and not rules.may_cancel(registration.status, event, clock.now()):
            raise Refused(_l("The event has begun. Please write to the organisers instead."))
        in_line = registration.status in (Status.WAITING, Status.OFFERED) and actor == "participant"
        after = Status.DECLINED if in_line else Status.CANCELLED
        _end(registration, after, actor=actor, reason=reason, notify=notify)
        return True


def accept_offer(registration_id: int, *, actor: str = "participant") -> Registration:
    """Makes an offered place one's own; twice is once, and an answer that came too late frees the place."""
    with transaction():
        event, registration = service_places.lock(registration_id)
        if rules.is_overdue(registration.status, registration.held_until, clock.now()):
            service_places.expire(registration)
            promote(event.id, "expired")
        elif registration.status == Status.OFFERED:
            change = service_places.settle(
                registration, Status.CONFIRMED, Seat.PLACE, before=Status.OFFERED, actor=actor, cause="offer accepted"
            )
            service_places.write("confirmed", registration, f"status:{registration.public_id}:{change.id}")
        return registration


def refuse(registration_id: int, *, actor: str, reason: str = "", notify: bool = True) -> bool:
    """The organisers do not accept a registration; what it held is given on."""
    with transaction():
        _event, registration = service_places.lock(registration_id)
        if registration.status not in rules.LIVE:
            return False
        _end(registration, Status.REFUSED, actor=actor, reason=reason, notify=notify)
        return True


def _end(registration: Registration, after: Status, *, actor: str, reason: str, notify: bool) -> None:
    change = service_places.settle(
        registration, after, Seat.NONE, before=Status(registration.status), actor=actor, cause=reason or str(after)
    )
    if notify:
        kind = str(after) if actor == "participant" or after is not Status.CANCELLED else "cancelled_by_organiser"
        service_places.write(kind, registration, f"status:{registration.public_id}:{change.id}")
    promote(registration.event_id, str(after))


def may_undo(registration: Registration, event: Event) -> bool:
    """Whether a participant can take the own cancellation back: the place is still free and the event not begun.

    Expects the history to be loaded.
    """
    last = registration.changes[-1] if registration.changes else None
    if registration.status != Status.CANCELLED or last is None or last.actor != "participant":
        return False
    places, now = queries.places_of(event, registration.mode), clock.now()
    nobody_next = places.waiting == 0 or not rules.may_promote(event, now)
    return places.free != 0 and nobody_next and event.cancelled_at is None and now < event.starts_at


def undo_cancellation(registration_id: int) -> Registration:
    """Takes a participant's own cancellation back while a place is free; refuses otherwise."""
    with transaction():
        event, registration = service_places.lock(registration_id)
        if registration.status in (Status.CONFIRMED, Status.WAITING):
            return registration
        if not may_undo(queries.get_full(registration_id), event):
            raise Refused(
                _l("Your place has been given to somebody else. You can register again for the waiting list.")
            )
        return reinstate(registration_id, actor="participant", cause="cancellation taken back", in_any_case=True)


def reinstate(
    registration_id: int, *, actor: str, cause: str = "reinstated", notify: bool = True, in_any_case: bool = False
) -> Registration:
    """Brings an ended registration back: a place while one is free, else the end of the waiting list.

    What it had chosen and others have taken in the meantime is taken out of its answers. With `in_any_case` a free
    place is taken though somebody waits (after the end of moving up).
    """
    with transaction():
        event, registration = service_places.lock(registration_id)
        if registration.status in rules.LIVE:
            return registration
        if event.cancelled_at is not None:
            raise Refused(_l("The event is cancelled. Registration is not possible any more."))
        seat, in_contingent = service_places.take(event, registration)
        if in_any_case and service_places.places_for(event, registration.mode).free != 0:
            seat = Seat.PLACE
        after = Status.CONFIRMED if seat is Seat.PLACE else Status.WAITING
        if registration.needs_decision and actor == "participant":
            after = Status.PENDING  # back to where it was: the organisers still have to decide
        registration.needs_decision = after is Status.PENDING
        before = Status(registration.status)
        registration.queue_number = service_places.fresh_queue_number(event.id)
        change = service_places.settle(
            registration, after, seat, before=before, actor=actor, cause=cause, in_contingent=in_contingent
        )
        for lost in service_options.hold_what_is_left(registration):
            service_answers.note(registration, "choice lost", actor, choice=lost)
        if notify:
            kind = {Status.PENDING: "asked", Status.CONFIRMED: "confirmed"}.get(after, "waiting")
            service_places.write(kind, registration, f"status:{registration.public_id}:{change.id}")
        return registration


def change_details(
    registration_id: int, *, name: str, organisation: str, language: str, answers: Mapping[str, Any], actor: str
) -> None:
    """Corrects what somebody told about oneself; the address stays, since it is what was confirmed."""
    if language not in i18n.languages():
        raise Refused(_l("This language is not offered."))
    with transaction():
        _event, registration = service_places.lock(registration_id)
        registration.name, registration.sort_name = name, people_rules.filing_name(name)
        registration.organisation, registration.language = organisation, language
        registration.updated_at = clock.now()
        service_answers.store(registration, answers, is_strict=actor == "participant")
        service_answers.note(registration, "details changed", actor)


def reissue_link(registration_id: int, *, actor: str) -> None:
    """A new personal link, sent to its owner; the old one is worthless from now on."""
    with transaction():
        registration = queries.with_links(registration_id)
        people.reissue_link(registration.link)
        service_answers.note(registration, "personal link renewed", actor)
        generation = registration.link.generation
        service_places.write("link", registration, f"link:{registration.public_id}:generation {generation}")
