"""Access needs as tasks with a date; for the roles that may see answers about health."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import whole_number
from eventsite.registration import queries_access, rules_access, service_access
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_access", __name__)


class TaskForm(forms.Form):
    """What became of a need."""

    state = SelectField(_l("State"), choices=forms.options(rules_access.STATES.items()))
    due_on = DateField(
        _l("Until"),
        validators=[Optional()],
        description=_l("Left empty: as many days before the event as usual for this need."),
    )
    note = forms.paragraphs(_l("Note"), most=2000, description=_l("Who was asked, what was agreed, what it costs."))


def _days_form(event: Any) -> Any:
    """One number of days for each need that the form offers."""
    offered = queries_access.offered(event.id)
    fields = {
        f"days-{need}": whole_number(i18n.local(dict(words)), least=0, most=rules_access.MOST_DAYS)
        for need, words in {**offered, rules_access.OTHER: {"de": "Anderes", "en": "Something else"}}.items()
    }
    values = {name: rules_access.days_before(name.removeprefix("days-"), event.access_days) for name in fields}
    return type("DaysForm", (forms.Form,), fields)(data=values)


def _page(event: Any, form: Any) -> Any:
    found = queries_access.tasks(event)
    context = {
        "to_do": rules_access.to_do(found),
        "settled": rules_access.settled(found),
        "to_call_off": rules_access.to_call_off(found),
        "waiting": sum(1 for task in found if task.status == "waiting"),
        "today": clock.now().date(),
        "states": rules_access.STATES,
    }
    status = 422 if form.is_submitted() else 200
    return render_template("registration/admin/access.html", form=form, **context), status


@blueprint.get("/admin/<event>/access")
@organiser("registrations.sensitive")
def tasks(event: Any) -> Any:
    """What is open, the most urgent first; what is settled; what has to be called off."""
    return _page(event, _days_form(event))


@blueprint.post("/admin/<event>/access")
@organiser("registrations.sensitive")
def days(event: Any) -> Any:
    """How long before the event each kind of need is to be arranged."""
    form = _days_form(event)
    if not form.validate_on_submit():
        return _page(event, form)
    fields = [field for field in form if field.name.startswith("days-") and field.data is not None]
    given = {field.name.removeprefix("days-"): field.data for field in fields}
    service_access.set_days(event.id, given, actor=g.account.public_id)
    flash(i18n._("Stored."))
    return pages.see_other("registration_admin_access.tasks", event=event.slug)


@blueprint.route("/admin/<event>/access/<registration>/<need>", methods=["GET", "POST"])
@organiser("registrations.sensitive")
def task(event: Any, registration: str, need: str) -> Any:
    """One need of one person: state, date and note."""
    found = queries_access.get_task(event, registration, need)
    slug = event.slug
    form = TaskForm(obj=found)
    if form.validate_on_submit():
        try:
            service_access.settle(
                event,
                registration,
                need,
                state=form.state.data,
                due_on=form.due_on.data,
                note=form.note.data or "",
                actor=g.account.public_id,
            )
        except Refused as refusal:
            form.state.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("registration_admin_access.tasks", event=slug)
    back = (i18n._("Back"), url_for("registration_admin_access.tasks"))
    context = {"title": found.words, "submit": i18n._("Store"), "back": back, "intro": found.name}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200
