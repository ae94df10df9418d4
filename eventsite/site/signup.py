"""Signing up and off as people mean it: registration, workshops and mails together, in one transaction."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from eventsite.allocation import service_own, service_places, service_together, service_wishes
from eventsite.allocation import together as together_rules
from eventsite.allocation.ballots import Choice
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.registration import (
    queries_ways,
    rules,
    service_answers,
    service_coming,
    service_groups,
    service_invitations,
    service_ways,
)
from eventsite.registration import service as registrations
from eventsite.registration import service_places as places
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.registration.rules import Status
from eventsite.registration.service import Details, Received, Wanted
from eventsite.registration.service_groups import Team
from eventsite.registration.service_ways import Entry

__all__ = ["Details", "Entry", "Received", "Team", "Wanted"]
NEW_GROUP = "new"


def sign_up(
    event_id: int,
    details: Details,
    *,
    answers: Mapping[str, Any] | None = None,
    consents: Collection[str] | Mapping[str, str] = (),
    choices: Mapping[int, Choice] | None = None,
    together: str = "",
    source: str = "form",
    actor: str = "participant",
    confirmed: bool = False,
    notify: bool = True,
    entry: Entry = Entry(),
    wanted: Wanted = Wanted(),
) -> Received:
    """Registers with wishes: all of it is stored, or nothing; a known address changes nothing.

    Choices are given per round id; `together` is the code of a group, or NEW_GROUP. Arguments otherwise as in
    registration.service.register.
    """
    for is_last in (False, True):
        try:
            with transaction():
                received = registrations.register(
                    event_id,
                    details,
                    answers=answers,
                    consents=consents,
                    source=source,
                    actor=actor,
                    confirmed=confirmed,
                    notify=notify,
                    entry=entry,
                    wanted=wanted,
                )
                if entry.invitation_id is not None:
                    service_invitations.mark_registered(entry.invitation_id, received.registration.id)
                if received.is_new:
                    service_wishes.forget_wishes(received.registration.id)
                    service_wishes.set_wishes(received.registration.id, choices or {}, actor=actor)
                    _enter_group(received.registration.id, together)
                return received
        except IntegrityError:  # the same new person at two events in the same moment: the second try finds it
            if is_last:
                raise
    raise AssertionError("unreachable")


def sign_up_group(event_id: int, team: Team, *, entry: Entry = Entry()) -> RegistrationGroup:
    """Registers several people with one form; see registration.service_groups.register_group."""
    try:
        return _sign_up_group(event_id, team, entry)
    except IntegrityError:  # a new person at two events in the same moment: the second try finds it
        return _sign_up_group(event_id, team, entry)


def _sign_up_group(event_id: int, team: Team, entry: Entry) -> RegistrationGroup:
    """With "together", as many as may share one wish enter one group each, in the order of the form."""
    with transaction():
        group = service_groups.register_group(event_id, team, entry)
        new = [one.id for one in queries_ways.members(group.id)]
        for one in new:
            service_wishes.forget_wishes(one)
        for start in range(0, len(new) if team.is_seated_together else 0, together_rules.MOST):
            code = service_together.start(new[start])
            for one in new[start + 1 : start + together_rules.MOST]:
                service_together.join(one, code)
        return group


def join_group(
    registration_id: int,
    details: Details,
    *,
    answers: Mapping[str, Any],
    consents: Collection[str],
    choices: Mapping[int, Choice],
    shows_state: bool,
) -> Registration:
    """Somebody whom another has registered says the own part and confirms: all of it is stored, or nothing."""
    with transaction():
        event, registration = places.lock(registration_id)
        if rules.is_overdue(registration.status, registration.held_until, clock.now()):
            return registrations.confirm(registration_id)
        registrations.change_details(
            registration_id,
            name=details.name,
            organisation=details.organisation,
            language=details.language,
            answers=answers,
            actor="participant",
        )
        service_answers.set_consents(registration_id, consents, channel="form", actor="participant")
        if rules.may_change_wishes(registration.status, event, clock.now()):
            service_wishes.set_wishes(registration_id, choices, actor="participant")
        service_groups.show_state(registration_id, is_shown=shows_state)
        return registrations.confirm(registration_id)


def _enter_group(registration_id: int, together: str) -> None:
    if together == NEW_GROUP:
        service_together.start(registration_id)
    elif together:
        service_together.join(registration_id, together)


def change_group(registration_id: int, deed: str, typed: str = "") -> None:
    """Starts, joins or leaves a group, as long as wishes may change."""
    with transaction():
        event, registration = places.lock(registration_id)
        if not rules.may_change_wishes(registration.status, event, clock.now()):
            raise Refused(_l("Wishes can no longer be changed. Please write to the organisers instead."))
        if deed == "start":
            service_together.start(registration_id)
        elif deed == "join":
            service_together.join(registration_id, typed)
        elif deed == "leave":
            service_together.leave(registration_id)


def confirm(registration_id: int) -> Registration:
    """Confirms the address; see registration.service.confirm."""
    return registrations.confirm(registration_id)


def sign_off(registration_id: int, *, actor: str = "participant", reason: str = "", notify: bool = True) -> bool:
    """Cancels a registration and frees its workshops; all places are given on. Twice is once."""
    with transaction():
        has_ended = registrations.cancel(registration_id, actor=actor, reason=reason, notify=notify)
        if has_ended:
            service_places.release(registration_id)
        return has_ended


def decline(registration_id: int) -> bool:
    """Somebody who was asked says no: kept for the figures, and the place is given on. Twice is once."""
    with transaction():
        has_ended = sign_off(registration_id, reason="cannot come")
        if has_ended:
            service_coming.note_no(registration_id)
        return has_ended


def turn_away(registration_id: int, *, actor: str, reason: str = "", notify: bool = True) -> bool:
    """The organisers refuse a registration; its places are given on."""
    with transaction():
        has_ended = registrations.refuse(registration_id, actor=actor, reason=reason, notify=notify)
        if has_ended:
            service_places.release(registration_id)
        return has_ended


def accept(registration_id: int, *, actor: str) -> bool:
    """The organisers say yes to a registration that asks; see registration.service_ways.accept."""
    return service_ways.accept(registration_id, actor=actor)


def take_back(registration_id: int) -> Registration:
    """A participant takes the own cancellation back while a place is free: with the wishes, and the workshops still free."""
    with transaction():
        registration = registrations.undo_cancellation(registration_id)
        if registration.status == Status.CONFIRMED:
            service_own.take_again(registration_id)
        return registration


def change_wishes(registration_id: int, choices: Mapping[int, Choice], *, actor: str = "participant") -> None:
    """Replaces the wishes of the rounds named; participants until the deadline, organisers also afterwards."""
    with transaction():
        event, registration = places.lock(registration_id)
        if actor == "participant" and not rules.may_change_wishes(registration.status, event, clock.now()):
            raise Refused(_l("Wishes can no longer be changed. Please write to the organisers instead."))
        service_wishes.set_wishes(registration_id, choices, actor=actor)


def change_places(event_id: int, *, actor: str, **values: Any) -> None:
    """Changes dates and places; more places move the waiting list up at once."""
    with transaction():
        events.change_event(event_id, actor=actor, **values)
        registrations.promote(event_id, "capacity raised", actor)
