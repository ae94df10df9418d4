"""Organisers: when people are asked whether they still come, what they answered, and the places of the silent ones."""

from typing import Any

from flask import Blueprint, flash, g, render_template

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.registration import queries_coming
from eventsite.site import announcing
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("coming", __name__)
_PAGE = 50


class ReminderForm(forms.Form):
    """When the question goes out."""

    reminder_at = forms.LocalDateTime(
        _l("Ask everybody with a place at"),
        description=_l("Three to seven days before is good. Left empty, nobody is asked."),
    )


class FreeForm(forms.Form):
    """Just the protection of the button."""


def _page(event: Any, form: ReminderForm) -> Any:
    found = queries_coming.answers(event.id)
    page = pages.pager(found.open, _PAGE)
    rows = queries_coming.unanswered(event.id, limit=_PAGE, offset=page.offset)
    may_free = event.answers_until is None or clock.now() >= event.answers_until
    context = {"answers": found, "people": rows, "page": page, "may_free": may_free, "free": FreeForm()}
    return render_template("site/coming.html", form=form, **context), 422 if form.errors else 200


@blueprint.route("/admin/<event>/coming", methods=["GET", "POST"])
@organiser("registrations.manage")
def answers(event: Any) -> Any:
    """The time of the reminder, and the answers."""
    form = ReminderForm(obj=event)
    if form.validate_on_submit():
        wanted = form.reminder_at.data
        if wanted is not None and wanted >= event.starts_at:
            form.reminder_at.errors = [i18n._("The reminder must come before the event.")]
        elif wanted is not None and wanted < clock.now() and wanted != event.reminder_at:
            form.reminder_at.errors = [i18n._("This time has passed already.")]
        else:
            events.change_event(event.id, actor=g.account.public_id, reminder_at=wanted)
            flash(i18n._("Stored."))
            return pages.see_other("coming.answers", event=event.slug)
    return _page(event, form)


@blueprint.post("/admin/<event>/coming/places")
@organiser("registrations.manage")
def free(event: Any) -> Any:
    """Gives on the places of those who did not answer."""
    if FreeForm().validate_on_submit():
        try:
            number = announcing.free_unanswered(event.id, actor=g.account.public_id)
        except Refused as refusal:
            flash(str(refusal), "error")
        else:
            flash(i18n.ngettext("%(num)s place was given on.", "%(num)s places were given on.", number))
    return pages.see_other("coming.answers", event=event.slug)
