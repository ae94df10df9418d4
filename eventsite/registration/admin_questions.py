"""Organisers' pages of the form: which questions and consents it holds, ready ones to add, own ones to write."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.registration import library, queries, questions, service_answers
from eventsite.registration.forms_questions import (
    KIND_LABELS,
    Confirmation,
    ConsentForm,
    QuestionForm,
    asked_from,
    filled,
)
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_questions", __name__)
PERMISSION = "event.edit"


@blueprint.get("/admin/<event>/questions")
@organiser(PERMISSION)
def overview(event: Any) -> Any:
    """What the form asks beside name, address, organisation and wishes, and what it could ask."""
    asked, texts = queries.asked(event.id), queries.consent_texts(event.id)
    keys, kinds = {one.key for one in asked}, {text.kind for text in texts}
    context = {
        "asked": asked,
        "texts": texts,
        "ready": [one for one in library.READY if one.key not in keys],
        "ready_consents": {k: words for k, words in library.CONSENT_TEXTS.items() if k not in kinds},
        "hints": {one.key: questions.warnings(one) for one in asked},
        "kinds": KIND_LABELS,
        "form": Confirmation(),
    }
    return render_template("registration/admin/questions.html", **context)


@blueprint.post("/admin/<event>/questions/ready")
@organiser(PERMISSION)
def add_ready(event: Any) -> Any:
    """Adds a question or a consent of the library."""
    if Confirmation().validate_on_submit():
        key, actor = request.form.get("key", ""), g.account.public_id
        ready = next((one for one in library.READY if one.key == key), None)
        if ready is not None:
            service_answers.ask(event.id, ready, actor=actor)
        elif key in library.CONSENT_TEXTS:
            service_answers.set_consent_text(event.id, key, library.CONSENT_TEXTS[key], actor=actor)
        else:
            raise NotFound
        flash(i18n._("The form asks it from now on."))
    return pages.see_other("registration_admin_questions.overview", event=event.slug)


@blueprint.route("/admin/<event>/questions/new", methods=["GET", "POST"], defaults={"key": None})
@blueprint.route("/admin/<event>/questions/<key>", methods=["GET", "POST"])
@organiser(PERMISSION)
def question(event: Any, key: str | None) -> Any:
    """One question; a change makes a new version, and answers keep pointing to the one they answered."""
    known = next((one for one in queries.asked(event.id) if one.key == key), None)
    if key is not None and known is None:
        raise NotFound
    form = QuestionForm(data=filled(known) if known else None)
    if form.validate_on_submit():
        try:
            service_answers.ask(event.id, asked_from(form, known), actor=g.account.public_id)
        except Refused as refusal:
            form.kind.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("registration_admin_questions.overview", event=event.slug)
    return _form_page(form, i18n.local(dict(known.label)) if known else i18n._("New question"))


@blueprint.post("/admin/<event>/questions/<key>/retirement")
@organiser(PERMISSION)
def retire(event: Any, key: str) -> Any:
    """Asks a question no longer."""
    if Confirmation().validate_on_submit():
        service_answers.retire(event.id, key, actor=g.account.public_id)
        flash(i18n._("The question is no longer asked; its answers stay until their time is over."))
    return pages.see_other("registration_admin_questions.overview", event=event.slug)


@blueprint.route("/admin/<event>/consents/<kind>", methods=["GET", "POST"])
@organiser(PERMISSION)
def consent(event: Any, kind: str) -> Any:
    """The words of a consent; earlier consents keep the words they were given to."""
    known = next((text for text in queries.consent_texts(event.id) if text.kind == kind), None)
    if known is None:
        raise NotFound
    form = ConsentForm(data={"text": known.text})
    if form.validate_on_submit():
        service_answers.set_consent_text(event.id, kind, form.text.data, actor=g.account.public_id)
        flash(i18n._("Stored."))
        return pages.see_other("registration_admin_questions.overview", event=event.slug)
    return _form_page(form, i18n._("Consent"))


def _form_page(form: Any, title: str) -> Any:
    back = (i18n._("Back"), url_for("registration_admin_questions.overview"))
    context = {"title": title, "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200
