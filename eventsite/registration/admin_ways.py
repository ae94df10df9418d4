"""Organisers' page of the ways in: who may register, codes with their use, early closing."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.events import rules as event_rules
from eventsite.events.forms import Confirmation
from eventsite.registration import queries_ways, rules_ways, service_ways
from eventsite.registration.forms_ways import ClosingForm, CodeForm, WayForm
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_ways", __name__)


@blueprint.route("/admin/<event>/ways", methods=["GET", "POST"])
@organiser("event.edit")
def ways(event: Any) -> Any:
    """Who may register; the codes below, each with how often it let somebody in."""
    form = WayForm(data={"way_in": event.way_in, "domains": rules_ways.written_domains(event.entry_domains)})
    if form.validate_on_submit():
        service_ways.set_way_in(event.id, form.way_in.data, form.read_domains, actor=g.account.public_id)
        flash(i18n._("Stored."))
        return pages.see_other("registration_admin_ways.ways", event=event.slug)
    return _page(event, form=form), 422 if form.is_submitted() else 200


def _page(event: Any, *, form: WayForm, adding: CodeForm | None = None, closing: ClosingForm | None = None) -> str:
    codes, now = queries_ways.codes(event.id), clock.now()
    used = queries_ways.used([code.id for code in codes])
    faults = {code.id: rules_ways.code_fault(code, used.get(code.id, 0), now) for code in codes}
    context = {
        "codes": codes,
        "used": used,
        "faults": {key: str(fault) if fault else "" for key, fault in faults.items()},
        "links": {code.id: _link(event, code.code) for code in codes},
        "awaiting": queries_ways.count_awaiting(event.id),
        "phase": str(event_rules.phase(event, now)),
        "button": Confirmation(formdata=None),
    }
    adding, closing = adding or CodeForm(formdata=None), closing or ClosingForm(formdata=None)
    return render_template("registration/admin/ways.html", form=form, adding=adding, closing=closing, **context)


def _link(event: Any, code: str) -> str:
    return pages.external(url_for("registration_form.register", event=event.slug, lang=event.languages[0], code=code))


def _stored_way(event: Any) -> WayForm:
    domains = rules_ways.written_domains(event.entry_domains)
    return WayForm(formdata=None, data={"way_in": event.way_in, "domains": domains})


@blueprint.post("/admin/<event>/ways/codes")
@organiser("event.edit")
def add_code(event: Any) -> Any:
    """A new code, typed or invented."""
    form = CodeForm()
    if form.validate_on_submit():
        code = form.code.data or service_ways.invented_code()
        values = {"note": form.note.data or "", "most": form.most.data, "ends_at": form.ends_at.data}
        try:
            service_ways.add_code(event.id, code, actor=g.account.public_id, **values)
        except Refused as refusal:
            form.code.errors = [str(refusal)]
        else:
            flash(i18n._("The code %(code)s is valid now.", code=code))
            return pages.see_other("registration_admin_ways.ways", event=event.slug)
    return _page(event, form=_stored_way(event), adding=form), 422


@blueprint.post("/admin/<event>/ways/codes/<code>/revocation")
@organiser("event.edit")
def revoke_code(event: Any, code: str) -> Any:
    """Ends a code."""
    if Confirmation().validate_on_submit():
        service_ways.revoke_code(event.id, code, actor=g.account.public_id)
        flash(i18n._("The code lets nobody in any more. Who came in with it stays registered."))
    return pages.see_other("registration_admin_ways.ways", event=event.slug)


@blueprint.post("/admin/<event>/ways/closing")
@organiser("event.edit")
def close(event: Any) -> Any:
    """Closes the public form at once."""
    form = ClosingForm()
    if form.validate_on_submit():
        service_ways.close_registration(event.id, form.reason.data, actor=g.account.public_id)
        flash(i18n._("Registration is closed. You can still register people yourselves."))
        return pages.see_other("registration_admin_ways.ways", event=event.slug)
    return _page(event, form=_stored_way(event), closing=form), 422


@blueprint.post("/admin/<event>/ways/reopening")
@organiser("event.edit")
def reopen(event: Any) -> Any:
    """Opens the public form again."""
    if Confirmation().validate_on_submit():
        service_ways.reopen_registration(event.id, actor=g.account.public_id)
        flash(i18n._("Registration is open again, until its date."))
    return pages.see_other("registration_admin_ways.ways", event=event.slug)
