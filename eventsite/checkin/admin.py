"""The door: find somebody by a few letters, note the presence, take a mistake back; works on a phone and without script."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request

from eventsite.checkin import queries, service
from eventsite.core import i18n
from eventsite.registration import queries as registrations
from eventsite.registration.rules import Status
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("checkin_admin", __name__)
_PAGE = 60


class DoorForm(forms.Form):
    """Just the protection of the buttons."""


@blueprint.get("/admin/<event>/presence")
@organiser("checkin.note")
def presence(event: Any) -> Any:
    """Everybody with a place who fits what was typed, with a button each; names only."""
    text = request.args.get("q", "").replace("\x00", "")[:100]
    wanted: dict[str, Any] = {"text": text, "statuses": [str(Status.CONFIRMED)]}
    total = registrations.count(event.id, **wanted)
    page = pages.pager(total, _PAGE)
    rows = registrations.search(event.id, **wanted, sort="name", limit=_PAGE, offset=page.offset)
    noted = queries.present_of([row.id for row in rows])
    context = {"text": text, "page": page, "noted": noted, "present": queries.present(event.id), "form": DoorForm()}
    return render_template("checkin/admin/presence.html", registrations=rows, total=total, **context)


@blueprint.post("/admin/<event>/presence/<registration>")
@organiser("checkin.note")
def note(event: Any, registration: str) -> Any:
    """Notes that somebody is there, or takes it back."""
    found = registrations.get_registration(event.id, registration)
    if DoorForm().validate_on_submit():
        if request.form.get("deed") == "undo":
            service.undo(found.id, actor=g.account.public_id)
            flash(i18n._("Taken back: %(name)s.", name=found.name))
        else:
            service.check_in(found.id, actor=g.account.public_id)
            flash(i18n._("%(name)s is there.", name=found.name))
    return pages.see_other("checkin_admin.presence", event=event.slug, q=request.form.get("q", "")[:100] or None)
