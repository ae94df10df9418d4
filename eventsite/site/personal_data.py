"""A participant's own data: to be forgotten on request, and the list of those who agreed to stand in it."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.core import clock
from eventsite.core.errors import NotFound
from eventsite.privacy import queries as privacy
from eventsite.privacy import rules as retention
from eventsite.registration import queries
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status
from eventsite.site import erasure as erasing
from eventsite.site import personal_rooms
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_data", __name__))


@blueprint.route("/r/<token>/erasure", methods=["GET", "POST"])
@personal_link("registration")
def erasure(registration: Registration) -> Any:
    """Shows first what goes and what stays; the button erases, or asks the organisers where an audit holds the data."""
    event = g.event
    if request.method == "POST" and erasing.forget_me(registration.id):
        return render_template("site/erased.html")
    context = {
        "form": personal_rooms.ButtonForm(),
        "is_held": retention.is_held(event, clock.now()),
        "request": privacy.find_open(registration.id),
        "back_url": url_for("personal.page"),
    }
    return render_template("site/personal_erasure.html", registration=registration, **context)


@blueprint.get("/r/<token>/participants")
@personal_link("registration")
def participants(registration: Registration) -> Any:
    """Who agreed to stand in the list that all participants see; for people with a place only."""
    if registration.status != Status.CONFIRMED or not queries.asks_for(g.event.id, "list"):
        raise NotFound
    context = {"people": queries.listed(g.event.id, "list"), "back_url": url_for("personal.page")}
    return render_template("site/personal_participants.html", registration=registration, **context)
