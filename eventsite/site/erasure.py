"""Forgetting one person on request: the places are given on first, then everything that names the person goes."""

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.events import service as events
from eventsite.privacy import queries, rules, service, service_requests
from eventsite.registration import queries as registrations
from eventsite.site import signup


def forget_me(registration_id: int) -> bool:
    """Erases at once what is held of a person at an event, and gives the places on; false where an audit holds it.

    Then the request waits for the organisers' answer, with its date (GDPR Art. 12, 17).
    """
    with transaction():
        registration = registrations.get_full(registration_id)
        event = events.lock_event(registration.event_id)
        if rules.is_held(event, clock.now()):
            service_requests.ask(registration_id)
            return False
        _erase(registration_id, actor="participant")
        return True


def grant(event_id: int, request_id: int, *, actor: str) -> None:
    """The organisers erase a person who asked for it, although an audit would allow to keep the data."""
    with transaction():
        events.lock_event(event_id)
        request = service_requests.get_open(event_id, request_id)
        _erase(request.registration_id, actor=actor)


def _erase(registration_id: int, *, actor: str) -> None:
    """Also ends an open request of this person, since nothing is left to answer."""
    with transaction():
        signup.sign_off(registration_id, actor="system", reason="erased", notify=False)
        registration = registrations.get_full(registration_id)
        service.erase_registration(registration)
        request = queries.find_open(registration_id)
        if request is not None:
            service_requests.close(request, "erased", actor=actor)
        audit.record(
            "person erased",
            subject=f"registration {registration.public_id}",
            actor=actor,
            event_id=registration.event_id,
            details={"count": 1},
        )
