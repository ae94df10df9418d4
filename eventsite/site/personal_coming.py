"""The answer to "are you coming?": the page asks, one of its two buttons acts."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.core import clock
from eventsite.registration import rules, service_coming
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status
from eventsite.site import personal_rooms, signup
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_coming", __name__))


@blueprint.route("/r/<token>/coming", methods=["GET", "POST"])
@personal_link("registration")
def coming(registration: Registration) -> Any:
    """Mail programs follow links, so the links of the mail only lead here; a button answers."""
    is_no = request.values.get("answer") == "no"
    if request.method == "POST" and is_no:
        signup.decline(registration.id)
        return pages.see_other("personal.page", done="cancelled")
    if request.method == "POST":
        service_coming.answer_yes(registration.id)
        return pages.see_other("personal.page", done="coming")
    may_answer = rules.may_cancel(registration.status, g.event, clock.now())
    if registration.status != Status.CONFIRMED or not may_answer or g.event.cancelled_at is not None:
        return pages.see_other("personal.page")
    context = {"is_no": is_no, "back_url": url_for("personal.page")}
    return render_template("site/personal_coming.html", registration=registration, **context)
