"""Dates and places of registration; more places move the waiting list up in the same transaction."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.events.forms import RegistrationSettingsForm
from eventsite.site import signup
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_settings", __name__)


@blueprint.route("/admin/<event>/registration", methods=["GET", "POST"])
@organiser("event.edit")
def settings(event: Any) -> Any:
    """When, for how many, and by which rule."""
    form = RegistrationSettingsForm(obj=event)
    if form.validate_on_submit():
        values = {f.name: f.data for f in form if f.name != "csrf_token"}
        try:
            signup.change_places(event.id, actor=g.account.public_id, **values)
        except Refused as refusal:
            form.registration_closes_at.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("registration_settings.settings", event=event.slug)
    back = (i18n._("Back"), url_for("dashboard.event", event=event.slug))
    context = {"title": i18n._("Dates and places"), "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200
