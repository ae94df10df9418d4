"""Somebody who is not on the list stands at the door: one short form, and they are registered, there and in a workshop."""

from typing import Any

from flask import Blueprint, flash, g, render_template
from wtforms import HiddenField, SelectField

from eventsite.allocation import queries_free
from eventsite.core import clock, i18n, ids
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import queries, rules
from eventsite.site import letting_in
from eventsite.site.letting_in import Terms, Unclear
from eventsite.site.signup import Details
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("walk_in", __name__)


class WalkInForm(forms.Form):
    """Who stands there; the workshops of the rounds are added."""

    name = forms.line(_l("Name"), required=True)
    organisation = forms.line(_l("Organisation"))
    email = forms.email(_l("E-mail address"), description=_l("For the personal link; without one it works as well."))
    is_beyond = forms.tick(_l("Let in nevertheless"))
    reason = forms.line(_l("Reason"), most=300, description=_l("Stands in the history with your name."))
    is_namesake = forms.tick(_l("It is another person of the same name"))
    form_key = HiddenField(validators=[forms.AtMost(40)])


def _rounds(event: Any) -> list[Any]:
    return queries_free.free_places(event.id, clock.now()) if event.allocation_published_at else []


def _form(rounds: list[Any]) -> WalkInForm:
    fields = {f"round_{one.id}": _workshops(one, found) for one, found in rounds}
    form = type("RoundsForm", (WalkInForm,), fields)()
    if not form.form_key.data:
        form.form_key.data = ids.new_public_id(20)
    return form


def _workshops(one: Any, found: list[Any]) -> SelectField:
    """The workshops with free places; the full ones are named below, so that nobody looks for them."""
    choices = [("0", i18n._("No workshop"))]
    for free in found:
        name = f"{free.item.number} {i18n.local(free.item.title)}".strip()
        if free.left is None:
            choices.append((str(free.item.id), name))
        elif free.left:
            words = i18n.ngettext("%(num)s place free", "%(num)s places free", free.left)
            choices.append((str(free.item.id), f"{name} – {words}"))
    full = ", ".join(free.item.number or i18n.local(free.item.title) for free in found if free.left == 0)
    about = i18n._("Full: %(workshops)s", workshops=full) if full else ""
    return SelectField(i18n.local(one.title), choices=forms.options(choices), description=about)


@blueprint.route("/admin/<event>/presence/walk-in", methods=["GET", "POST"])
@organiser("checkin.note")
def page(event: Any) -> Any:
    """The form of the door; it comes back empty for the next person."""
    rounds = _rounds(event)
    form = _form(rounds)
    if form.validate_on_submit():
        slug, done = event.slug, _told(form, rounds)
        try:
            _register(event, form, rounds)
        except Unclear as refusal:
            is_unticked = refusal.field == "reason" and form.reason.data and not form.is_beyond.data
            form["is_beyond" if is_unticked else refusal.field].errors = [str(refusal)]
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            flash(done)
            return pages.see_other("walk_in.page", event=slug)
    places = queries.places_of(event, rules.usual_mode(event.attendance))
    context = {"places": places, "workshops": [form[f"round_{one.id}"] for one, _found in rounds]}
    return render_template("site/walk_in.html", form=form, **context), 422 if form.errors else 200


def _register(event: Any, form: WalkInForm, rounds: list[Any]) -> None:
    details = Details(form["name"].data, form.email.data or None, form.organisation.data or "", event.languages[0])
    reason = (form.reason.data or "") if form.is_beyond.data else ""
    terms = Terms(form.form_key.data or "", reason=reason, is_namesake=form.is_namesake.data)
    chosen = {one.id: int(form[f"round_{one.id}"].data) for one, _found in rounds}
    workshops = {one: item for one, item in chosen.items() if item}
    letting_in.walk_in(event.id, details, terms, workshops, actor=g.account.public_id)


def _told(form: WalkInForm, rounds: list[Any]) -> str:
    """What to say to the person: where to go."""
    lines = [i18n._("%(name)s is registered and there.", name=form["name"].data)]
    for one, found in rounds:
        for free in found:
            if str(free.item.id) == form[f"round_{one.id}"].data:
                room = f" ({i18n.local(free.item.room.name)})" if free.item.room else ""
                lines.append(f"{i18n.local(one.title)}: {free.item.number} {i18n.local(free.item.title)}{room}.")
    return " ".join(lines)
