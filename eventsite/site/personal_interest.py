"""Behind the link of the mail: confirm the address, or leave the list."""

from typing import Any

from flask import Blueprint, g, render_template, request

from eventsite.core import clock
from eventsite.registration import rules_interest, service_interest
from eventsite.registration.models_interest import Interest
from eventsite.site import personal_rooms
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_interest", __name__))


@blueprint.route("/n/<token>/", methods=["GET", "POST"])
@personal_link("interest")
def page(interest: Interest) -> Any:
    """Whether the address is on the list; the button puts it there, looking changes nothing."""
    if request.method == "POST":
        service_interest.confirm(interest.id)
        return pages.see_other("personal_interest.page")
    is_open = rules_interest.may_tell(g.event, clock.now())
    return render_template("site/personal_interest.html", interest=interest, is_open=is_open)


@blueprint.route("/n/<token>/leave", methods=["GET", "POST"])
@personal_link("interest")
def leave(interest: Interest) -> Any:
    """Shows a button; the button, or the mail program's own (RFC 8058), takes the address off the list."""
    is_done, email = request.method == "POST", interest.email
    if is_done:
        service_interest.leave(interest.id)
    return render_template("site/personal_interest_leave.html", email=email, is_done=is_done)
