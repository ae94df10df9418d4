"""An organiser's own calendar: its secret address, made and renewed at a click."""

from typing import Any

from flask import Blueprint, flash, g, render_template
from flask_wtf import FlaskForm

from eventsite.core import ids, qr
from eventsite.core.i18n import _
from eventsite.people import queries as people
from eventsite.people import service
from eventsite.web import pages
from eventsite.web.guard import account_only

blueprint = Blueprint("calendars_admin", __name__)


class RenewalForm(FlaskForm):
    """Just the protection of the button."""


@blueprint.get("/admin/account/calendar")
@account_only
def calendar() -> Any:
    """The address, once there is one."""
    link = people.find_feed_link(g.account.id)
    token = ids.link_token(link.purpose, link.public_id, link.generation) if link else ""
    address = pages.external(f"/calendar/team/{token}.ics") if link else ""
    code = qr.svg("webcal://" + address.partition("://")[2], _("QR code of the address")) if link else ""
    return render_template("calendars/admin/calendar.html", feed_url=address, code=code, form=RenewalForm())


@blueprint.post("/admin/account/calendar")
@account_only
def renew() -> Any:
    """A first address, or a new one instead of it."""
    if RenewalForm().validate_on_submit():
        service.renew_feed(g.account.id)
        flash(_("Your calendar has a new address."))
    return pages.see_other("calendars_admin.calendar")
