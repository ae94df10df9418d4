"""Organisers' page of the last changes of the draft, and the button that takes one back."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.programme import queries_drafts, service_undo
from eventsite.programme.forms import Confirmation
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_undo", __name__)
PERMISSION = "programme.edit"


@blueprint.get("/admin/<event>/programme/steps")
@organiser(PERMISSION)
def steps(event: Any) -> Any:
    """Who changed what in the draft, the last step first."""
    return _page(event)


def _page(event: Any, refusal: str = "") -> Any:
    found = queries_drafts.steps(event.id)
    context = {"steps": found, "refusal": refusal}
    return render_template("programme/admin/steps.html", **context), 409 if refusal else 200


@blueprint.post("/admin/<event>/programme/steps/<step>/undo")
@organiser(PERMISSION)
def undo(event: Any, step: str) -> Any:
    """Takes a step back, or brings back what an undoing took; a conflict is told and changes nothing."""
    if not Confirmation().validate_on_submit():
        return pages.see_other("programme_admin_undo.steps", event=event.slug)
    try:
        deed = service_undo.undo(event.id, step, actor=g.account.public_id).deed
    except Refused as refused:
        return _page(event, str(refused))
    flash(i18n._("Brought back.") if deed == "undo" else i18n._("Undone."))
    if request.form.get("back") == "board":
        return pages.see_other("programme_admin_board.board", event=event.slug, day=request.form.get("day", "")[:10])
    back = "programme_admin.programme" if request.form.get("back") == "programme" else "programme_admin_undo.steps"
    return pages.see_other(back, event=event.slug)
