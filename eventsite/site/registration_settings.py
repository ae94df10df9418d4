"""Dates and places of registration; more places move the waiting list up in the same transaction."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import RegistrationSettingsForm
from eventsite.site import signup
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_settings", __name__)
MAY_BE_EMPTY = ("registration_opens_at", "registration_closes_at", "wishes_close_at", "capacity", "online_capacity")
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_l("Dates"), ("registration_opens_at", "registration_closes_at", "wishes_close_at", "confirmation_hours")),
    (_l("Places"), ("capacity", "overbooking", "online_capacity", "may_hand_over")),
    (_l("Before it opens"), ("interest_list",)),
    (_l("Waiting list"), ("promotion", "offer_hours", "promotion_stops_hours")),
)


@blueprint.route("/admin/<event>/registration", methods=["GET", "POST"])
@organiser("event.edit")
def settings(event: Any) -> Any:
    """When, for how many, and by which rule."""
    form = RegistrationSettingsForm(obj=event)
    if event.attendance != "hybrid":
        del form.online_capacity
    if form.validate_on_submit():
        values = {
            f.name: f.data for f in form if f.name != "csrf_token" and (f.data is not None or f.name in MAY_BE_EMPTY)
        }
        try:
            signup.change_places(event.id, actor=g.account.public_id, **values)
        except Refused as refusal:
            form.registration_closes_at.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("registration_settings.settings", event=event.slug)
    back = (i18n._("Back"), url_for("dashboard.event", event=event.slug))
    groups = [(legend, [name for name in names if name in form]) for legend, names in GROUPS]
    context = {"title": i18n._("Dates and places"), "submit": i18n._("Store"), "back": back, "groups": groups}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200
