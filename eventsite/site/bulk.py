"""Deeds for many registrations: the preview says who changes, who gets a mail and who stays as they are; POST does it."""

import re
from typing import Any

from flask import Blueprint, g, render_template, request
from wtforms import HiddenField, RadioField

from eventsite.core import i18n, ids
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import queries, rules
from eventsite.site import queries_bulk, queries_roster, rules_bulk, rules_roster, service_bulk
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_bulk", __name__)
AT_ONCE = 40  # so many are done before the answer; more go on in the background
_KEY = re.compile(r"[a-z0-9]{8,40}\Z")


class BulkForm(forms.Form):
    """The last look before a deed for many."""

    key = HiddenField()
    number = HiddenField()
    notify = RadioField(
        _l("Mails"),
        choices=forms.options([("yes", _l("Write to them")), ("no", _l("Write to nobody"))]),
        validate_choice=True,
        validators=[forms.Required(_l("Please choose whether they get a mail."))],
    )
    reason = forms.line(_l("Reason"), most=300, description=_l("Stands in the history; an exception needs one."))


def _chosen(event: Any) -> list[queries_bulk.Chosen]:
    """Who is meant: those ticked, or all that the filter in the address shows."""
    if request.args.get("whom") == "all":
        known = queries_roster.facets(event.id)
        wanted = rules_roster.read(request.args.to_dict(flat=False), known)
        return queries_bulk.all_fitting(event, wanted, known)
    return queries_bulk.chosen(event.id, request.args.getlist("chosen")[:500])


def _form(deed: str) -> BulkForm:
    form = BulkForm()
    if deed not in rules_bulk.MAY_BE_QUIET:
        del form.notify
    if deed == "resend":
        del form.reason
    if not form.is_submitted():
        form.key.data = ids.new_public_id(16)
        if "notify" in form and deed not in rules_bulk.ENDING:
            form.notify.data = "yes"
    return form


@blueprint.route("/admin/<event>/registrations/bulk", methods=["GET", "POST"])
@organiser("registrations.manage")
def preview(event: Any) -> Any:
    """The preview of a deed for those chosen in the list; sent, it begins."""
    deed = request.args.get("deed", "")
    deed = deed if deed in rules_bulk.DEEDS else ""
    rows = _chosen(event) if deed else []
    form = _form(deed)
    if form.is_submitted() and rows and form.validate() and _is_as_seen(form, rows):
        try:
            return _begin(event, deed, rows, form)
        except Refused as refusal:
            form.reason.errors = [str(refusal)]
    form.number.data = str(len(rows))
    free = rules.together(queries.all_places(event)).free
    found = rules_bulk.preview(deed, rows, free=free, is_event_cancelled=event.cancelled_at is not None)
    context = {"deeds": rules_bulk.DEEDS, "mails": rules_bulk.MAILS, "obstacles": rules_bulk.OBSTACLES}
    status = 422 if form.is_submitted() else 200
    page = "site/bulk.html"
    return render_template(page, form=form, deed=deed, rows=rows, found=found, free=free, **context), status


def _is_as_seen(form: BulkForm, rows: list[queries_bulk.Chosen]) -> bool:
    """Whether the list still holds those whom the preview counted; otherwise it is shown again."""
    if form.number.data == str(len(rows)) and _KEY.match(form.key.data or ""):
        return True
    form.key.data = ids.new_public_id(16)
    form.number.errors = [i18n._("The list has changed since you looked at it. Please look again.")]
    return False


def _begin(event: Any, deed: str, rows: list[queries_bulk.Chosen], form: BulkForm) -> Any:
    bulk = service_bulk.start(
        event.id,
        deed,
        [row.id for row in rows],
        key=form.key.data or "",
        actor=g.account.public_id,
        reason=(form.reason.data or "") if "reason" in form else "",
        notify="notify" not in form or form.notify.data == "yes",
    )
    slug, uid = event.slug, bulk.public_id
    if len(rows) <= AT_ONCE:
        service_bulk.run(bulk.id)
    return pages.see_other("registration_bulk.result", event=slug, bulk=uid)


@blueprint.get("/admin/<event>/registrations/bulk/<bulk>")
@organiser("registrations.manage")
def result(event: Any, bulk: str) -> Any:
    """What was done, what was left as it was and why, and what is still open."""
    found = queries_bulk.get_deed(event.id, bulk)
    outcome = queries_bulk.outcome(found.id)
    numbers = {state: sum(n for s, _why, n in outcome if s == state) for state in ("done", "left", "open")}
    left = [(_why(why), number) for state, why, number in outcome if state == "left"]
    names = [(name, uid, _why(why)) for name, uid, why in queries_bulk.left_alone(found.id)]
    context = {"numbers": numbers, "left": left, "names": names, "deed": rules_bulk.DEEDS.get(found.deed, found.deed)}
    return render_template("site/bulk_result.html", bulk=found, **context)


def _why(key: str) -> str:
    return str(rules_bulk.OBSTACLES.get(key) or i18n._(key))
