"""A participant's own programme of the day, to read on the way and to print."""

from typing import Any

from flask import Blueprint, g, render_template, url_for

from eventsite.core import clock
from eventsite.registration import queries, rules
from eventsite.registration.models import Registration
from eventsite.site import own_programme, personal_rooms
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_programme", __name__))


@blueprint.get("/r/<token>/programme")
@personal_link("registration")
def page(registration: Registration) -> Any:
    """Everything for all, the own workshops with what is waited for, rooms, and the online link once its time has come."""
    full = queries.get_full(registration.id)
    if full.status not in rules.LIVE:
        return pages.see_other("personal.page")
    days = own_programme.days(g.event, full)
    context = {"registration": full, "days": days, "back_url": url_for("personal.page"), "now": clock.now()}
    return render_template("site/personal_programme.html", **context)
