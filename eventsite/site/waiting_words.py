"""What somebody on the waiting list is told: how it goes on, and an honest word about the chance."""

from typing import Any

from flask import url_for

from eventsite.core import clock
from eventsite.core.i18n import _, ngettext
from eventsite.events.models import Event
from eventsite.registration import queries, queries_ways, rules, waitlist
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def told(event: Event, full: Registration) -> str:
    """How it goes on for somebody who waits, in a few sentences."""
    now, stops = clock.now(), rules.promotion_stops_at(event)
    if now >= stops:
        return _("The event is so close that nobody moves up any more. The organisers help at the door where they can.")
    how = {
        "order": _("As soon as it is your turn, we will write to you. You do not need to do anything."),
        "offer": _(
            "As soon as it is your turn, we write to you and keep the place for a while. Please look into your mailbox "
            "then and say whether you would like to have it."
        ),
    }[event.promotion]
    return " ".join(part for part in (_chance(event, full), how) if part)


def _chance(event: Event, full: Registration) -> str:
    count, now = queries.place_count(event.id), clock.now()
    promoted = count.promoted if count else 0
    places = rules.places_of(event, count, full.mode)
    since = event.registration_opens_at or full.created_at
    left = rules.promotion_stops_at(event) - now
    found = waitlist.chance(queries.waiting_position(full), promoted, places.capacity, now - since, left)
    so_far = ngettext("So far one person has moved up.", "So far %(num)s people have moved up.", promoted)
    sentence = {
        "good": _("Your chances are good."),
        "open": _("Whether you get a place is open."),
        "small": _("Please do not count on a place."),
    }[found]
    return f"{so_far} {sentence}" if promoted else sentence


def choices(event: Event, full: Registration) -> list[dict[str, Any]]:
    """What a person may change about the place: on site or online, and no longer waiting for the group."""
    found: list[dict[str, Any]] = []
    if rules.may_switch(full.status, event, clock.now()):
        is_online = full.mode == "online"
        label = _("Take part on site instead") if is_online else _("Take part online instead")
        text = _("You take part online.") if is_online else _("You take part on site.")
        if full.status == Status.WAITING:
            text = _("You wait for a place online.") if is_online else _("You wait for a place on site.")
        if full.wanted_mode is not None:
            wish = (
                _("You are also in line for a place on site.")
                if is_online
                else _("You are also in line for a place online.")
            )
            text, label = f"{text} {wish}", _("Change this")
        found.append({"text": text, "label": label, "url": url_for("personal_places.attendance")})
    if full.status == Status.WAITING and full.group_id is not None:
        group = queries_ways.get_group(full.group_id)
        if group.mode == "together":
            text = _("Your group stays together: you move up as soon as there are places for all of you.")
            found.append({"text": text, "label": _("Move up one by one"), "url": url_for("personal_places.alone")})
    return found
