"""The place itself, behind the personal link: answering an offer, changing between on site and online, waiting alone."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.core import clock
from eventsite.core.errors import Refused
from eventsite.registration import queries, queries_ways, rules, service_modes
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.rules import Seat, Status
from eventsite.site import personal_rooms, signup
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_places", __name__))


@blueprint.route("/r/<token>/offer", methods=["GET", "POST"])
@personal_link("registration")
def offer(registration: Registration) -> Any:
    """A place is kept: mail programs follow the link to here; one of two buttons answers."""
    if request.method == "POST" and request.form.get("answer") == "yes":
        is_mine = registrations.accept_offer(registration.id).status == Status.CONFIRMED
        return pages.see_other("personal.page", done="accept" if is_mine else None)
    if request.method == "POST" and request.form.get("answer") == "no":
        if registration.status == Status.OFFERED:
            signup.sign_off(registration.id)
        return pages.see_other("personal.page", done="decline")
    is_over = rules.is_overdue(registration.status, registration.held_until, clock.now())
    if registration.status != Status.OFFERED or is_over:
        return pages.see_other("personal.page")
    return render_template("site/personal_offer.html", registration=registration, back_url=url_for("personal.page"))


@blueprint.route("/r/<token>/attendance", methods=["GET", "POST"])
@personal_link("registration")
def attendance(registration: Registration) -> Any:
    """On site or online: what one has is kept until the other place is there."""
    event, refused = g.event, ""
    if request.method == "POST":
        keeps = request.form.get("keeps_waiting") == "y"
        try:
            after = service_modes.switch(registration.id, request.form.get("mode", ""), keeps_waiting=keeps)
        except Refused as refusal:
            refused = str(refusal)
        else:
            return pages.see_other("personal.page", done=_what_became(after))
    if not refused and not rules.may_switch(registration.status, event, clock.now()):
        return pages.see_other("personal.page")
    other = "onsite" if registration.mode == "online" else "online"
    context = {
        "other": other,
        "is_free": queries.places_of(event, other).next_seat is Seat.PLACE,
        "waits": registration.status == Status.WAITING,
        "refused": refused,
        "back_url": url_for("personal.page"),
    }
    return render_template(
        "site/personal_attendance.html", registration=registration, **context
    ), 409 if refused else 200


def _what_became(after: Registration) -> str:
    if after.wanted_mode is not None and after.status == Status.CONFIRMED:
        return "mode_wanted"
    return "mode_online" if after.mode == "online" else "mode_onsite"


@blueprint.route("/r/<token>/alone", methods=["GET", "POST"])
@personal_link("registration")
def alone(registration: Registration) -> Any:
    """The group no longer waits for enough places for all; shown first, the button acts."""
    if request.method == "POST":
        service_modes.split_group(registration.id)
        return pages.see_other("personal.page", done="alone")
    group = queries_ways.get_group(registration.group_id) if registration.group_id else None
    if group is None or group.mode != "together" or registration.status != Status.WAITING:
        return pages.see_other("personal.page")
    return render_template("site/personal_alone.html", registration=registration, back_url=url_for("personal.page"))
