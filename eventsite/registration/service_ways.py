"""Codes, domains, early closing and the organisers' decisions; whoever lets somebody in does it under the event's lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from eventsite.core import audit, clock, ids
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries_ways, rules_ways, service_answers, service_invitations, service_places
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import EntryCode
from eventsite.registration.rules import Seat, Status
from eventsite.registration.rules_ways import Admission, Way

CODE_LENGTH = (4, 40)


class KeyRefused(Refused):
    """Somebody may not come in this way; `field` is the field of the form that could change it."""

    def __init__(self, message: object, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Entry:
    """How somebody comes: with a code or an invitation, as one of a group, with a seat chosen by whoever composes."""

    code: str = ""
    invitation_id: int | None = None
    group_id: int | None = None
    seat: Seat | None = None
    postal_address: str = ""
    form_key: str = ""  # of the form that was sent: the same form twice is one registration
    reason: str = ""  # of an exception, for the history


class Door(NamedTuple):
    """What the way in leads to."""

    code_id: int | None
    needs_decision: bool


def open_door(event: Event, email: str | None, entry: Entry, *, has_contingent: bool = False) -> Door:
    """Whether this form lets in, and by which code; raises KeyRefused with a sentence for the field it stands at.

    Whoever has the code of a contingent needs no other. The caller holds the event's lock, so that a code with a limit
    lets nobody in too many.
    """
    code = None
    if has_contingent:
        return Door(None, needs_decision=False)
    if entry.code and rules_ways.asks_for_code(event.way_in):
        code = queries_ways.find_code(event.id, entry.code)
        used = queries_ways.used([code.id]).get(code.id, 0) if code else 0
        fault = rules_ways.code_fault(code, used, clock.now())
        if fault is not None:
            raise KeyRefused(rules_ways.SENTENCES[fault], "code")
    is_allowed = bool(email) and rules_ways.is_allowed(email or "", event.entry_domains)
    is_invited = service_invitations.is_key(entry.invitation_id)
    admission = rules_ways.admission(event.way_in, has_key=bool(code or is_allowed or is_invited))
    if admission is Admission.REFUSED:
        raise _key_missing(event)
    return Door(code.id if code else None, admission is Admission.ASKS)


def _key_missing(event: Event) -> KeyRefused:
    if not event.entry_domains:
        return KeyRefused(rules_ways.KEY_MISSING, "code")
    has_codes = bool(queries_ways.codes(event.id))
    sentence = rules_ways.EITHER_MISSING if has_codes else rules_ways.DOMAIN_MISSING
    return KeyRefused(str(sentence) % {"domains": rules_ways.named_domains(event.entry_domains)}, "email")


def set_way_in(event_id: int, way: str, domains: Sequence[Mapping[str, Any]], *, actor: str) -> None:
    """Who may register from now on; whoever is registered already stays."""
    if way not in list(Way) or len(domains) > rules_ways.MOST_DOMAINS:
        raise Refused(_l("Please choose one of the ways."))
    events.change_event(event_id, actor=actor, way_in=str(way), entry_domains=[dict(one) for one in domains])


def add_code(
    event_id: int, code: str, *, note: str = "", most: int | None = None, ends_at: datetime | None = None, actor: str
) -> EntryCode:
    """A new code; refuses one that is too short, too long or there already in another spelling."""
    key = rules_ways.code_key(code)
    if not CODE_LENGTH[0] <= len(key) <= CODE_LENGTH[1]:
        raise Refused(_l("A code has 4 to 40 letters or digits."))
    with transaction() as session:
        event = events.lock_event(event_id)
        if queries_ways.find_code(event_id, code) is not None:
            raise Refused(_l("There is such a code already; capitals, spaces and hyphens make no difference."))
        values = {"code": code.strip(), "key": key, "note": note, "most": most, "ends_at": ends_at}
        row = EntryCode(
            public_id=ids.new_public_id(), event_id=event.id, revoked_at=None, created_at=clock.now(), **values
        )
        session.add(row)
        session.flush()
        audit.record("code added", subject=f"code {row.public_id}", actor=actor, event_id=event_id)
        return row


def invented_code() -> str:
    """A code that nobody guesses and everybody can read aloud."""
    letters = ids.new_public_id(8).upper()
    return f"{letters[:4]}-{letters[4:]}"


def revoke_code(event_id: int, public_id: str, *, actor: str) -> None:
    """Ends a code; whoever came in with it stays registered."""
    with transaction():
        code = queries_ways.get_code(event_id, public_id)
        if code.revoked_at is None:
            code.revoked_at = clock.now()
            audit.record("code revoked", subject=f"code {public_id}", actor=actor, event_id=event_id)


def close_registration(event_id: int, reason: Mapping[str, str], *, actor: str) -> None:
    """Closes the public form before its date, with a sentence for those who come too late; organisers still register."""
    with transaction():
        event = events.lock_event(event_id)
        if event.registration_closed_at is None:
            values: dict[str, Any] = {"registration_closed_at": clock.now(), "registration_closed_reason": dict(reason)}
            events.change_event(event_id, actor=actor, **values)


def reopen_registration(event_id: int, *, actor: str) -> None:
    """Opens the form again, until its date."""
    with transaction():
        if events.lock_event(event_id).registration_closed_at is not None:
            values: dict[str, Any] = {"registration_closed_at": None, "registration_closed_reason": {}}
            events.change_event(event_id, actor=actor, **values)


def ask_for_decision(registration: Registration) -> None:
    """The address is confirmed: what is held stays held until the organisers decide, without a deadline."""
    change = service_places.settle(
        registration,
        Status.PENDING,
        Seat.PLACE if registration.holds_place else Seat.WAITING,
        before=Status.PENDING,
        actor="participant",
        cause="address confirmed",
    )
    registration.held_until = None
    service_places.write("asked", registration, f"status:{registration.public_id}:{change.id}")


def accept(registration_id: int, *, actor: str) -> bool:
    """The organisers say yes: a held place becomes a place, a held position a position. False when nothing was open.

    Said before the address is confirmed, the yes waits for that confirmation.
    """
    with transaction():
        _event, registration = service_places.lock(registration_id)
        if registration.status != Status.PENDING or not registration.needs_decision:
            return False
        registration.needs_decision = False
        if registration.held_until is not None:
            service_answers.note(registration, "accepted beforehand", actor)
            return True
        after, seat = (Status.CONFIRMED, Seat.PLACE) if registration.holds_place else (Status.WAITING, Seat.WAITING)
        change = service_places.settle(registration, after, seat, before=Status.PENDING, actor=actor, cause="accepted")
        kind = "confirmed" if after is Status.CONFIRMED else "waiting"
        service_places.write(kind, registration, f"status:{registration.public_id}:{change.id}")
        return True
