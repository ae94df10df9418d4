"""Small verbs of the organisers' pages about registrations: notes, corrections, and who looked at or took what is confidential."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsite.core import audit
from eventsite.core.db import transaction
from eventsite.registration import service as registrations
from eventsite.registration import service_answers, service_places


def note_export(event_id: int, keys: Sequence[str], *, actor: str) -> None:
    """Notes that somebody took the answers about health in a file."""
    with transaction():
        details = {"questions": list(keys)}
        audit.record(
            "sensitive answers exported", subject=f"event {event_id}", actor=actor, event_id=event_id, details=details
        )


def note_look(registration_id: int, *, actor: str) -> None:
    """Notes that somebody looked at the answers about health of one person."""
    with transaction():
        _event, registration = service_places.lock(registration_id)
        service_answers.note(registration, "sensitive answers seen", actor)


def set_note(registration_id: int, note: str, *, actor: str) -> None:
    """Keeps the team's own words about somebody; the history tells that, not what."""
    with transaction():
        _event, registration = service_places.lock(registration_id)
        if registration.note != note.strip():
            registration.note = note.strip()
            service_answers.note(registration, "note changed", actor)


def change_details(registration_id: int, given: Mapping[str, str], answers: Mapping[str, Any], *, actor: str) -> None:
    """Corrects what is known of somebody: name, organisation, language, postal address and the answers named."""
    with transaction():
        _event, registration = service_places.lock(registration_id)
        registration.postal_address = given["postal_address"]
        registrations.change_details(
            registration_id,
            name=given["name"],
            organisation=given["organisation"],
            language=given["language"],
            answers=answers,
            actor=actor,
        )
