"""Verbs of groups that want the same workshops: start one, join with its code, leave it; until wishes close."""

from eventsite.allocation import queries_wishes, service_seats, together
from eventsite.allocation.models import Participation
from eventsite.core import audit, ids
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.registration.models import Registration

UNKNOWN = _l(
    "This code does not fit. Please compare it letter by letter; perhaps as many as possible share it already."
)


def start(registration_id: int, *, actor: str = "participant") -> str:
    """A new group with this person in it; returns its code. Whoever is in one already keeps it."""
    with transaction() as session:
        registration = _locked(registration_id)
        said = service_seats.participation(registration_id)
        if said.together_code is None:
            said.together_code = ids.new_public_id(together.LENGTH)
            session.flush()
            _record("group started", registration, actor)
        return said.together_code


def join(registration_id: int, typed: str, *, actor: str = "participant") -> None:
    """Enters the group of a code; refuses with one and the same sentence whatever is wrong with the code."""
    code = together.plain(typed)
    with transaction() as session:
        registration = _locked(registration_id)
        said = service_seats.participation(registration_id)
        if code == said.together_code:
            return
        if not may_join(registration.event_id, code):
            raise Refused(UNKNOWN)
        said.together_code = code
        session.flush()
        _record("group joined", registration, actor)


def may_join(event_id: int, typed: str) -> bool:
    """Whether a code belongs to a group of this event that has room."""
    return 0 < queries_wishes.group_size(event_id, together.plain(typed)) < together.MOST


def leave(registration_id: int, *, actor: str = "participant") -> None:
    """Leaves the group; the others stay together. Twice is once."""
    with transaction() as session:
        registration = _locked(registration_id)
        said = session.get(Participation, registration_id)
        if said is not None and said.together_code is not None:
            said.together_code = None
            _record("group left", registration, actor)


def _locked(registration_id: int) -> Registration:
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        events.lock_event(registration.event_id)
        return registration


def _record(action: str, registration: Registration, actor: str) -> None:
    audit.record(action, subject=f"registration {registration.public_id}", actor=actor, event_id=registration.event_id)
