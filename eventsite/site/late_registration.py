"""Somebody whom the organisers register: also after the deadline, without an e-mail address, or beyond the places with a reason."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from eventsite.core import i18n, ids
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import rules
from eventsite.registration.service import Received
from eventsite.site import letting_in
from eventsite.site.letting_in import Terms, Unclear
from eventsite.site.signup import Details
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("late_registration", __name__)
LANGUAGES = [SelectChoice("de", "Deutsch"), SelectChoice("en", "English")]


class NewForm(forms.Form):
    """Somebody whom the organisers register."""

    name = forms.line(_l("Name"), required=True)
    is_namesake = forms.tick(_l("It is another person of the same name"))
    organisation = forms.line(_l("Organisation"))
    email = forms.email(
        _l("E-mail address"), description=_l("Left empty for somebody without one; letters replace mails then.")
    )
    postal_address = forms.paragraphs(
        _l("Postal address"), most=500, description=_l("For letters to people without an e-mail address.")
    )
    language = SelectField(_l("Language of our messages"), choices=LANGUAGES)
    mode = RadioField(
        _l("Way of taking part"),
        choices=forms.options(rules.MODE_LABELS.items()),
        default="onsite",
        validators=[forms.Required()],
    )
    wants = RadioField(
        _l("Gets"),
        choices=forms.options([("place", _l("A place")), ("waiting", _l("A place on the waiting list"))]),
        default="place",
        validators=[forms.Required()],
        description=_l("Who waits moves up as soon as a place is free."),
    )
    reason = forms.line(
        _l("Reason of an exception"),
        most=300,
        description=_l("Only to let somebody in although all places are taken, or before others who wait."),
    )
    note = forms.paragraphs(
        _l("Note of the team"), most=2000, description=_l("Seen by the team only, and deleted with the name.")
    )
    form_key = HiddenField(validators=[forms.AtMost(40)])


def _form(event: Any) -> NewForm:
    form = NewForm(language=event.languages[0], form_key=ids.new_public_id(20))
    if event.attendance != "hybrid":
        del form.mode
    return form


@blueprint.route("/admin/<event>/registrations/new", methods=["GET", "POST"])
@organiser("registrations.manage")
def create(event: Any) -> Any:
    """Registers somebody at once; workshops are given on their page or on the board."""
    form = _form(event)
    if form.validate_on_submit():
        slug = event.slug
        try:
            received = _let_in(event, form)
        except Unclear as refusal:
            form[refusal.field].errors = [str(refusal)]
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            is_same = received.registration.form_key == form.form_key.data
            told = i18n._("There is a registration with this address already.")
            flash(i18n._("Registered.") if is_same else told)
            uid = received.registration.public_id
            return pages.see_other("participant.show", event=slug, registration=uid)
    if not form.is_namesake.errors and not form.is_namesake.data:
        del form.is_namesake
    context = {
        "title": i18n._("Register somebody"),
        "submit": i18n._("Register"),
        "back": (i18n._("Back"), url_for("registration_admin.registrations", event=event.slug)),
        "intro": i18n._("Works while registration is closed, too. Workshops are given afterwards, on the board."),
    }
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


def _let_in(event: Any, form: NewForm) -> Received:
    details = Details(form["name"].data, form.email.data or None, form.organisation.data or "", form.language.data)
    terms = Terms(
        form.form_key.data or ids.new_public_id(20),
        wants=form.wants.data,
        reason=form.reason.data or "",
        mode=form.mode.data if "mode" in form else None,
        note=form.note.data or "",
        postal_address=form.postal_address.data or "",
        is_namesake=form.is_namesake.data,
    )
    return letting_in.let_in(event.id, details, terms, source="organiser", actor=g.account.public_id)
