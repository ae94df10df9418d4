"""Organisers see which addresses do not work, and correct them; the right address gets its link."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import addresses, queries, queries_addresses, service_addresses
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("undeliverable", __name__)
_PAGE = 50


class AddressForm(forms.Form):
    """The right address."""

    email = forms.email(_l("E-mail address"), required=True)


@blueprint.get("/admin/<event>/mails/undeliverable")
@organiser("registrations.manage")
def overview(event: Any) -> Any:
    """Every registration whose mails come back, with the reason."""
    page = pages.pager(queries_addresses.count_undeliverable(event.id), _PAGE)
    rows = queries_addresses.undeliverable(event.id, limit=_PAGE, offset=page.offset)
    people = [(one, addresses.probably_meant(one.email or "")) for one in rows]
    return render_template("site/undeliverable.html", people=people, page=page)


@blueprint.route("/admin/<event>/registrations/<registration>/address", methods=["GET", "POST"])
@organiser("registrations.manage")
def correct(event: Any, registration: str) -> Any:
    """Corrects one address, or says that it is right after all."""
    found = queries.get_registration(event.id, registration)
    form = AddressForm(data={"email": addresses.probably_meant(found.email or "") or found.email})
    if "keep" in request.form and form.csrf_token.validate(form):
        service_addresses.keep(found.id, actor=g.account.public_id)
        flash(i18n._("The address counts as right."))
        return pages.see_other("undeliverable.overview", event=event.slug)
    if form.validate_on_submit():
        try:
            service_addresses.correct(found.id, form.email.data or "", actor=g.account.public_id)
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            flash(i18n._("The address is corrected, and the personal link is on its way."))
            return pages.see_other("participant.show", event=event.slug, registration=registration)
    context = {"registration": found, "back_url": url_for("undeliverable.overview", event=event.slug)}
    return render_template("site/undeliverable_one.html", form=form, **context), 422 if form.errors else 200
