"""Organisers' page of personal data: what goes when, the hold of an audit, requests to be forgotten, what went already."""

from typing import Any

from flask import Blueprint, flash, g, render_template

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.privacy import queries, rules, service_requests
from eventsite.privacy.forms import AnswerForm, HoldForm
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("privacy_admin", __name__)


@blueprint.get("/admin/<event>/personal-data")
@organiser("event.edit")
def overview(event: Any) -> Any:
    """What is held of people, when it goes, and who asked to be forgotten."""
    return _page(event)


def _page(event: Any, hold: HoldForm | None = None, answer: tuple[int, AnswerForm] | None = None) -> Any:
    now = clock.now()
    context = {
        "going": rules.preview(event, queries.held(event.id), now),
        "is_held": rules.is_held(event, now),
        "hold": hold or HoldForm(obj=event, formdata=None),
        "requests": queries.requests(event.id),
        "answer": answer or (0, AnswerForm(formdata=None)),
        "erased": queries.erased(event.id),
        "now": now,
    }
    return render_template("privacy/admin/overview.html", **context), 422 if hold or answer else 200


@blueprint.post("/admin/<event>/personal-data/hold")
@organiser("event.edit")
def hold(event: Any) -> Any:
    """Keeps names for an audit, or ends the hold."""
    form = HoldForm()
    if not form.validate_on_submit():
        return _page(event, hold=form)
    reason, until = form.hold_reason.data or "", form.hold_until.data
    try:
        service_requests.hold(event.id, reason=reason, until=until, actor=g.account.public_id)
    except Refused as refusal:
        form.hold_until.errors = [str(refusal)]
        return _page(event, hold=form)
    flash(
        i18n._("The data is kept.")
        if reason.strip()
        else i18n._("The hold has ended; what is due goes within an hour.")
    )
    return pages.see_other("privacy_admin.overview", event=event.slug)


@blueprint.post("/admin/<event>/personal-data/requests/<int:request_id>/refusal")
@organiser("event.edit")
def keep(event: Any, request_id: int) -> Any:
    """Tells a person why the data is kept for now."""
    found = queries.get_request(event.id, request_id)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(event, answer=(found.id, form))
    try:
        service_requests.keep(event.id, found.id, reason=form.reason.data or "", actor=g.account.public_id)
    except Refused as refusal:
        form.reason.errors = [str(refusal)]
        return _page(event, answer=(found.id, form))
    flash(i18n._("Answered; the person is told by mail."))
    return pages.see_other("privacy_admin.overview", event=event.slug)
