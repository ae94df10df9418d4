"""The verbs of one registration, each with a page that says what follows before it is done; details corrected by the team."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import queries
from eventsite.registration import service as registrations
from eventsite.registration.forms import Questionnaire
from eventsite.site import desk, queries_history, rules_participant, service_desk, signup
from eventsite.site.rules_participant import Deed
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("participant_deeds", __name__)
LANGUAGES = [SelectChoice("de", "Deutsch"), SelectChoice("en", "English")]


class DeedForm(forms.Form):
    """The last look before a verb."""

    notify = RadioField(
        _l("Mail"),
        choices=forms.options([("yes", _l("Write to them")), ("no", _l("Write to nobody"))]),
        validators=[forms.Required(_l("Please choose whether they get a mail."))],
    )
    reason = forms.line(_l("Reason"), most=300, description=_l("Stands in the history; an exception needs one."))


class DetailsForm(forms.Form):
    """What is known of somebody; questions are added per event."""

    name = forms.line(_l("Name"), required=True)
    organisation = forms.line(_l("Organisation"))
    language = SelectField(_l("Language of our messages"), choices=LANGUAGES)
    postal_address = forms.paragraphs(
        _l("Postal address"), most=500, description=_l("For letters to people without an e-mail address.")
    )


def _form(deed: Deed, found: Any) -> DeedForm:
    form = DeedForm()
    if not deed.may_be_quiet:
        del form.notify
    elif not form.is_submitted() and not deed.is_ending:
        form.notify.data = "yes"
    return form


@blueprint.route("/admin/<event>/registrations/<registration>/deeds/<deed>", methods=["GET", "POST"])
@organiser("registrations.manage")
def act(event: Any, registration: str, deed: str) -> Any:
    """What follows from a verb, and the button that does it; refused ones say why and keep the reason typed."""
    found = queries_history.get_person(event.id, registration)
    if deed not in rules_participant.DEEDS:
        raise NotFound
    about = rules_participant.DEEDS[deed]
    form = _form(about, found)
    is_possible = deed in rules_participant.possible(found)
    if is_possible and form.validate_on_submit():
        slug = event.slug
        try:
            _do(deed, found, form)
        except Refused as refusal:
            form.reason.errors = [str(refusal)]
            found = queries_history.get_person(event.id, registration)
        else:
            flash(i18n._("Done: %(deed)s.", deed=about.label))
            return pages.see_other("participant.show", event=slug, registration=registration)
    context = {"deed": about, "is_possible": is_possible}
    page = render_template("site/participant_deed.html", registration=found, form=form, **context)
    return page, 422 if form.is_submitted() else 200


def _do(deed: str, found: Any, form: DeedForm) -> None:
    actor, reason = g.account.public_id, form.reason.data or ""
    notify = "notify" not in form or form.notify.data == "yes"
    if deed == "cancel":
        signup.sign_off(found.id, actor=actor, reason=reason, notify=notify)
    elif deed == "refuse":
        signup.turn_away(found.id, actor=actor, reason=reason, notify=notify)
    elif deed == "accept":
        signup.accept(found.id, actor=actor)
    elif deed == "move_up":
        registrations.move_up(found.id, actor=actor, reason=reason)
    elif deed == "reinstate":
        registrations.reinstate(found.id, actor=actor, cause=reason or "reinstated", notify=notify)
    elif deed == "confirm":
        registrations.confirm(found.id, actor=actor)
    elif deed == "resend":
        registrations.send_link(found)
    elif deed == "renew":
        registrations.reissue_link(found.id, actor=actor)


def _sheet(event: Any, found: Any) -> Questionnaire:
    """The questions the team may ask, none of them required and none too late; files stay with the participant.

    Answers about health do not stand in their fields: who wants to see them opens them on the person's page, noted.
    """
    asked = [one for one in queries.asked(event.id) if one.kind != "file"]
    if not desk.may("registrations.sensitive"):
        asked = [one for one in asked if one.audience != "sensitive"]
    keys = {one.key for one in asked}
    asked = [one for one in asked if not one.condition or one.condition.get("key") in keys]
    free = [replace(one, is_required=False, answer_until=None) for one in asked]
    open_keys = {one.key for one in asked if one.audience != "sensitive"}
    stored = {one.key: value for one, value in queries.answers_of([found.id])[found.id] if one.key in open_keys}
    return Questionnaire(free, clock.now(), stored, queries.full_options(event.id, asked))


def _answers(sheet: Questionnaire, form: Any) -> dict[str, Any]:
    """What was filled in; an empty field about health changes nothing, since it was empty from the start."""
    closed = {one.key for one in sheet.asked if one.audience == "sensitive"}
    return {key: value for key, value in sheet.answers(form).items() if value is not None or key not in closed}


@blueprint.route("/admin/<event>/registrations/<registration>/details", methods=["GET", "POST"])
@organiser("registrations.manage")
def details(event: Any, registration: str) -> Any:
    """Corrects what somebody told, for instance by telephone."""
    found = queries_history.get_person(event.id, registration)
    sheet = _sheet(event, found)
    values = {name: getattr(found, name) for name in ("name", "organisation", "language", "postal_address")}
    form = type("AddedForm", (DetailsForm,), sheet.fields())(data={**values, **sheet.values()})
    if form.validate_on_submit():
        slug, given = event.slug, {name: form[name].data or "" for name in values}
        try:
            service_desk.change_details(found.id, given, _answers(sheet, form), actor=g.account.public_id)
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("participant.show", event=slug, registration=registration)
    has_closed = any(one.audience == "sensitive" for one in sheet.asked)
    context = {
        "sections": sheet.shown(form),
        "has_closed": has_closed,
        "back_url": url_for("participant.show", registration=registration),
    }
    page = render_template("site/participant_details.html", registration=found, form=form, **context)
    return page, 422 if form.is_submitted() else 200
