"""Organisers' pages of the form: which questions and consents it holds, ready ones to add, own ones to write."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import (
    library,
    queries,
    questions_conditions,
    questions_faults,
    questions_sections,
    service_answers,
)
from eventsite.registration.forms_questions import (
    KIND_LABELS,
    Confirmation,
    ConsentForm,
    asked_from,
    question_form,
)
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_questions", __name__)
PERMISSION = "event.edit"


@blueprint.get("/admin/<event>/questions")
@organiser(PERMISSION)
def overview(event: Any) -> Any:
    """What the form asks beside name, address, organisation and wishes, and what it could ask."""
    return _overview(event)


def _overview(event: Any, refused: str = "") -> Any:
    asked, texts = queries.asked(event.id, with_drafts=True), queries.consent_texts(event.id)
    retired, kinds = queries.retired(event.id), {text.kind for text in texts}
    keys = {one.key for one in [*asked, *retired]}
    by_key = {one.key: one for one in asked}
    context = {
        "sections": questions_sections.sections(asked),
        "retired": retired,
        "texts": texts,
        "ready": [one for one in library.READY if one.key not in keys],
        "ready_consents": {k: words for k, words in library.CONSENT_TEXTS.items() if k not in kinds},
        "hints": {one.key: questions_faults.warnings(one) for one in asked},
        "lacks": {one.key: questions_faults.faults(one) for one in asked if one.is_draft},
        "conditions": {one.key: questions_conditions.in_words(one, by_key) for one in asked},
        "kinds": KIND_LABELS,
        "form": Confirmation(),
        "errors": [("", refused)] if refused else [],
    }
    return render_template("registration/admin/questions.html", **context), 409 if refused else 200


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
    others = queries.asked(event.id, with_drafts=True)
    known = next((one for one in others if one.key == key), None)
    if key is not None and known is None:
        raise NotFound
    form, refused = question_form(known, others), ""
    is_draft = request.form.get("deed") == "draft" and (known is None or known.is_draft)
    if form.validate_on_submit():
        asked = asked_from(form, known, queries.question_keys(event.id))
        try:
            service_answers.ask(event.id, asked, actor=g.account.public_id, draft=is_draft)
        except Refused as refusal:
            refused = str(refusal)
        else:
            flash(i18n._("Stored as a draft. Nobody is asked yet.") if is_draft else i18n._("Stored."))
            return pages.see_other("registration_admin_questions.overview", event=event.slug)
    context = {
        "title": i18n.local(dict(known.label)) if known else i18n._("New question"),
        "known": known,
        "hints": questions_faults.warnings(known) if known else [],
        "errors": [("", refused)] if refused else [],
    }
    page = render_template("registration/admin/question.html", form=form, **context)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/admin/<event>/questions/<key>/<any(publication, retirement, return, up, down):deed>")
@organiser(PERMISSION)
def change(event: Any, key: str, deed: str) -> Any:
    """Publishes a draft, asks a question no longer or again, moves it; refused ones say why."""
    if not Confirmation().validate_on_submit():
        return _overview(event)
    try:
        DEEDS[deed](event.id, key, g.account.public_id)
    except Refused as refusal:
        return _overview(event, str(refusal))
    flash(str(DONE[deed]))
    return pages.see_other("registration_admin_questions.overview", event=event.slug)


DEEDS: dict[str, Callable[[int, str, str], None]] = {
    "publication": lambda event_id, key, actor: service_answers.publish(event_id, key, actor=actor),
    "retirement": lambda event_id, key, actor: service_answers.retire(event_id, key, actor=actor),
    "return": lambda event_id, key, actor: service_answers.bring_back(event_id, key, actor=actor),
    "up": lambda event_id, key, actor: service_answers.move(event_id, key, -1, actor=actor),
    "down": lambda event_id, key, actor: service_answers.move(event_id, key, 1, actor=actor),
}
DONE: dict[str, Any] = {
    "publication": _l("The form asks it from now on."),
    "retirement": _l("The question is no longer asked; its answers stay until their time is over."),
    "return": _l("The form asks it again."),
    "up": _l("Moved up."),
    "down": _l("Moved down."),
}


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


@blueprint.post("/admin/<event>/consents/<kind>/retirement")
@organiser(PERMISSION)
def retire_consent(event: Any, kind: str) -> Any:
    """Asks for a consent no longer."""
    if Confirmation().validate_on_submit():
        service_answers.retire_consent(event.id, kind, actor=g.account.public_id)
        flash(i18n._("The form asks for it no longer; what was agreed to before stays until it is withdrawn."))
    return pages.see_other("registration_admin_questions.overview", event=event.slug)


def _form_page(form: Any, title: str) -> Any:
    back = (i18n._("Back"), url_for("registration_admin_questions.overview"))
    context = {"title": title, "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200
