"""Changing between on site and online: what somebody has is kept until the other place is there."""

from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import rules, service_answers, service_places, service_promotion
from eventsite.registration.models import Registration
from eventsite.registration.rules import Seat, Status


def switch(registration_id: int, mode: str, *, keeps_waiting: bool = False, actor: str = "participant") -> Registration:
    """Wishes to take part the other way: at once while a place is free there, else at the end of the line for it.

    Who waits and takes a place the other way may keep the former position (`keeps_waiting`) and changes over when it is
    its turn. Twice is once; wishing what one has already takes the wish back.
    """
    with transaction():
        event, registration = service_places.lock(registration_id)
        if mode not in rules.modes_to_choose(event.attendance):
            raise Refused(_l("Please choose one of the ways to take part."))
        if not rules.may_switch(registration.status, event, clock.now()):
            raise Refused(_l("The way to take part can no longer be changed. Please write to the organisers instead."))
        if registration.mode == mode:
            _take_back(registration, actor)
            return registration
        if registration.wanted_mode == mode:
            return registration
        before, number = registration.mode, registration.queue_number
        was_waiting = registration.status == Status.WAITING
        if service_places.places_for(event, mode).next_seat is Seat.PLACE:
            service_promotion.give_other_mode(event, registration, mode, actor)
            if keeps_waiting and was_waiting:
                service_places.want_mode(registration, before, number)
        else:
            service_places.want_mode(registration, mode, service_places.fresh_queue_number(event.id))
            service_answers.note(registration, "other mode wanted", actor, mode=mode)
        return registration


def _take_back(registration: Registration, actor: str) -> None:
    if registration.wanted_mode is not None:
        service_places.want_mode(registration, None)
        service_answers.note(registration, "other mode no longer wanted", actor)


def split_group(registration_id: int, *, actor: str = "participant") -> None:
    """The group no longer waits together: each moves up as a place becomes free, at once where one is."""
    with transaction() as session:
        event, registration = service_places.lock(registration_id)
        group = service_promotion.group_of(registration)
        if group is None or group.mode != "together":
            return
        group.mode = "split"
        session.flush()
        service_answers.note(registration, "group split", actor)
        service_promotion.promote(event.id, "group split", actor)
