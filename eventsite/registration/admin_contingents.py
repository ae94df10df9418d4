"""Organisers' page of places: how full every pool is, contingents, limited answers; and the place of one person."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from wtforms import SelectField

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import Confirmation, whole_number
from eventsite.registration import queries, queries_contingents, rules, service_contingents, service_modes
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_contingents", __name__)


class ContingentForm(forms.Form):
    """Places that are kept for a group."""

    name = forms.line(_l("For whom"), required=True, most=80, description=_l("For example: City of Kassel"))
    places = whole_number(_l("Places"), least=1)
    code = forms.line(
        _l("Code"), most=40, description=_l("Left empty, one is invented. Whoever has it takes one of these places.")
    )
    until = forms.LocalDateTime(
        _l("Kept until"), description=_l("What is not taken by then is for everybody, and the waiting list moves up.")
    )


class PlaceForm(forms.Form):
    """Where the place of one person is counted."""

    contingent = SelectField(_l("Contingent"))
    mode = SelectField(_l("Takes part"), choices=forms.options(rules.MODE_LABELS.items()))


@blueprint.get("/admin/<event>/places")
@organiser("event.edit")
def overview(event: Any) -> Any:
    """The figures of every pool, without counting anybody."""
    count = queries.place_count(event.id)
    contingents = queries_contingents.of_event(event.id)
    links = {one.contingent.id: _link(event, one.contingent.code) for one in contingents}
    context = {
        "pools": rules.all_places(event, count),
        "promoted": count.promoted if count else 0,
        "contingents": contingents,
        "links": links,
        "limits": _limits(event.id),
        "button": Confirmation(formdata=None),
    }
    return render_template("registration/admin/places.html", **context)


def _link(event: Any, code: str) -> str:
    names = {"event": event.slug, "lang": event.languages[0], "contingent": code}
    return pages.external(url_for("registration_form.register", **names))


def _limits(event_id: int) -> list[dict[str, Any]]:
    counts = queries_contingents.options(event_id)
    found: list[dict[str, Any]] = []
    for asked in queries.asked(event_id) if counts else []:
        for option in asked.options:
            count = counts.get((asked.question_id, str(option["key"])))
            if count is not None:
                found.append({"question": asked.label, "label": option["label"], "count": count})
    return found


@blueprint.route("/admin/<event>/contingents/new", methods=["GET", "POST"], defaults={"contingent": None})
@blueprint.route("/admin/<event>/contingents/<contingent>", methods=["GET", "POST"])
@organiser("event.edit")
def edit(event: Any, contingent: str | None) -> Any:
    """A new contingent, or another size, code or date of one."""
    known = queries_contingents.get(event.id, contingent) if contingent else None
    form = ContingentForm(obj=known)
    if form.validate_on_submit():
        values = {"name": form["name"].data, "places": form.places.data or 0, "until": form.until.data}
        values["code"] = form.code.data or ""
        try:
            service_contingents.store(event.id, contingent, actor=g.account.public_id, **values)
        except service_contingents.Unfit as unfit:
            form[unfit.field].errors = [str(unfit)]
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("registration_admin_contingents.overview", event=event.slug)
    back = (i18n._("Back"), url_for("registration_admin_contingents.overview", event=event.slug))
    context = {"title": i18n._("Contingent"), "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.post("/admin/<event>/contingents/<contingent>/release")
@organiser("event.edit")
def release(event: Any, contingent: str) -> Any:
    """Gives what nobody has taken to everybody, now."""
    if Confirmation().validate_on_submit():
        service_contingents.release(event.id, contingent, actor=g.account.public_id)
        flash(i18n._("The places nobody has taken are for everybody now. Who has one keeps it."))
    return pages.see_other("registration_admin_contingents.overview", event=event.slug)


@blueprint.route("/admin/<event>/registrations/<registration>/place", methods=["GET", "POST"])
@organiser("registrations.manage")
def place(event: Any, registration: str) -> Any:
    """Which contingent somebody belongs to, and in a hybrid event, how somebody takes part."""
    found = queries.get_registration(event.id, registration)
    rows = [one.contingent for one in queries_contingents.of_event(event.id)]
    shown = [one for one in rows if one.released_at is None or one.id == found.contingent_id]
    mine = next((one.public_id for one in shown if one.id == found.contingent_id), "")
    form = PlaceForm(data={"contingent": mine, "mode": found.wanted_mode or found.mode})
    form.contingent.choices = forms.options([("", i18n._("none")), *((one.public_id, one.name) for one in shown)])
    if event.attendance != "hybrid":
        del form.mode
    if form.validate_on_submit():
        try:
            _move(found.id, form)
        except Refused as refusal:
            form.contingent.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("participant.show", event=event.slug, registration=registration)
    back = (i18n._("Back"), url_for("participant.show", event=event.slug, registration=registration))
    context = {"title": i18n._("Place of %(name)s", name=found.name), "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


def _move(registration_id: int, form: Any) -> None:
    service_contingents.assign(registration_id, form.contingent.data or None, actor=g.account.public_id)
    if "mode" in form:
        service_modes.switch(registration_id, form["mode"].data, actor=g.account.public_id)
