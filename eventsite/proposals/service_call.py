"""Verbs of the organisers about the call itself."""

from typing import Any

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.proposals import queries
from eventsite.proposals.models import Call
from eventsite.registration import library_calls, service_surveys
from eventsite.registration.models_surveys import Survey
from eventsite.registration.questions import Asked

READY = library_calls.PROPOSED
_TITLE = {"de": "Workshop-Aufruf", "en": "Call for workshops"}
_PURPOSE = {"de": "Damit wir das Programm zusammenstellen.", "en": "So that we can put the programme together."}


def open_call(event_id: int, *, actor: str) -> Call:
    """The call of an event; a draft with usual kinds and lengths where there is none yet."""
    with transaction() as session:
        events.lock_event(event_id)
        found = queries.find_call(event_id)
        if found is not None:
            return found
        sheet = service_surveys.open_sheet(event_id, _TITLE, _PURPOSE, actor=actor)
        call = Call(
            event_id=event_id, survey_id=sheet.id, text={}, opens_at=None, closes_at=None, kinds=["workshop"],
            lengths=[60, 90], created_at=clock.now(),
        )  # fmt: skip
        session.add(call)
        session.flush()
        audit.record("call made", subject=f"event {event_id}", actor=actor, event_id=event_id)
        return call


def store(event_id: int, *, actor: str, **values: Any) -> Call:
    """Changes the call; refuses an end before the beginning, and one without a kind."""
    with transaction() as session:
        call = open_call(event_id, actor=actor)
        for name, value in values.items():
            setattr(call, name, value)
        if call.opens_at is not None and call.closes_at is not None and call.closes_at <= call.opens_at:
            raise Refused(_l("The call must close after it opens."))
        if not call.kinds:
            raise Refused(_l("Please choose at least one kind."))
        # From then on the privacy notice names what is asked.
        session.get_one(Survey, call.survey_id).sent_at = call.opens_at
        audit.record("call changed", subject=f"event {event_id}", actor=actor, event_id=event_id)
        session.flush()
        return call


def ask(event_id: int, ready: Asked, *, actor: str) -> None:
    """Adds a ready question to the call."""
    with transaction() as session:
        call = open_call(event_id, actor=actor)
        service_surveys.ask(session.get_one(Survey, call.survey_id), ready, actor=actor)
