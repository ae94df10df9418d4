"""Another e-mail address: asked for on the personal page, proved by the link sent to the new one."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from eventsite.core import ids
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import addresses, queries, rules, service_addresses
from eventsite.registration.models import Registration
from eventsite.site import personal_rooms
from eventsite.web import forms, pages, security
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_address", __name__))


class AddressForm(personal_rooms.ButtonForm):
    """The new address."""

    email = forms.email(_l("New e-mail address"), required=True)


@blueprint.route("/r/<token>/address", methods=["GET", "POST"])
@personal_link("registration")
def change(registration: Registration) -> Any:
    """Asks for the new address and writes to it; tells nothing about addresses that are registered already."""
    if registration.status not in rules.LIVE:
        return pages.see_other("personal.page")
    form = AddressForm()
    if form.validate_on_submit():
        security.limit("address", times=20, minutes=10)
        try:
            service_addresses.ask_for_change(registration.id, form.email.data or "")
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            return pages.see_other("personal.page", done="address")
    meant = addresses.probably_meant(form.email.data or "") if form.is_submitted() else None
    context = {"meant": meant, "back_url": url_for("personal.page")}
    page = render_template("site/personal_address.html", form=form, registration=registration, **context)
    return page, 422 if form.errors else 200


@blueprint.route("/address/<token>/", methods=["GET", "POST"])
@personal_link("address")
def confirm(address: Registration) -> Any:
    """The link of the mail to the new address: shows a button, the button counts."""
    if request.method == "POST":
        service_addresses.confirm_change(address.id)
        link = queries.with_links(address.id).link
        token = ids.link_token(link.purpose, link.public_id, link.generation)
        return pages.see_other("personal.page", token=token, done="address_confirmed")
    return render_template("site/personal_address_confirm.html", registration=address)
