"""Handing the own place to a colleague, and the colleague's page behind the link of the mail."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.core import clock, ids
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import forms as fields
from eventsite.registration import queries, queries_handover, rules, service_handover
from eventsite.registration.forms import Questionnaire
from eventsite.registration.models import Handover, Registration
from eventsite.site import handing_over, personal_rooms
from eventsite.site.registration_form import keep_files
from eventsite.site.signup import Details
from eventsite.web import forms, pages, security
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_handover", __name__))


class OfferForm(personal_rooms.ButtonForm):
    """Who is to come instead."""

    name = forms.line(_l("First name and family name"), required=True)
    email = forms.email(_l("E-mail address"), required=True)


class TakeForm(personal_rooms.ButtonForm):
    """The colleague's own details; questions and consents are added per event."""

    name = forms.line(_l("First name and family name"), required=True)
    organisation = forms.line(_l("Organisation"))


@blueprint.route("/r/<token>/handover", methods=["GET", "POST"])
@personal_link("registration")
def offer(registration: Registration) -> Any:
    """Offers the place, shows the open offer, takes it back."""
    if not rules.may_hand_over(registration.status, g.event, clock.now()):
        return pages.see_other("personal.page")
    if request.method == "POST" and "withdraw" in request.form:
        service_handover.withdraw(registration.id)
        return pages.see_other("personal.page", done="kept")
    form = OfferForm()
    if form.validate_on_submit():
        security.limit("handover", times=20, minutes=10)
        try:
            service_handover.offer(registration.id, name=form["name"].data, email=form.email.data or "")
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            return pages.see_other("personal.page", done="handover")
    open_offer = queries_handover.find_open(registration.id, clock.now())
    context = {"open_offer": open_offer, "back_url": url_for("personal.page")}
    page = render_template("site/personal_handover.html", form=form, registration=registration, **context)
    return page, 422 if form.errors else 200


@blueprint.route("/handover/<token>/", methods=["GET", "POST"])
@personal_link("handover")
def take(handover: Handover) -> Any:
    """The colleague sees whose place it is, gives own details and consents, and takes it with the button."""
    event, giver = g.event, queries.with_links(handover.registration_id)
    if not handing_over.is_open(handover, giver, event):
        return render_template("site/handover_over.html"), 410
    sheet, texts = Questionnaire(queries.asked(event.id), clock.now(), {}, {}), queries.consent_texts(event.id)
    consents = fields.consent_fields(texts)
    added = {**sheet.fields(), **consents}
    form: Any = type("ColleagueForm", (TakeForm,), added)(data={"name": handover.name})
    if form.is_submitted():
        keep_files(form, sheet)
    if form.validate_on_submit():
        details = Details(form["name"].data, handover.email, form.organisation.data or "", handover.language)
        given = {"answers": sheet.answers(form), "consents": fields.consents(form, texts)}
        try:
            link = queries.with_links(handing_over.take(handover.id, details, **given).id).link
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            token = ids.link_token(link.purpose, link.public_id, link.generation)
            return pages.see_other("personal.page", token=token, done="confirmed")
    context = {
        "giver": giver.name,
        "until": handover.until,
        "email": handover.email,
        "question_sections": sheet.shown(form),
        "consent_fields": [form[name] for name in consents],
    }
    return render_template("site/handover_take.html", form=form, **context), 422 if form.errors else 200
