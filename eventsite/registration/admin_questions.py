"""Organisers' pages of the form: which questions and consents it holds, ready ones to add, own ones to write."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import (
    library,
    library_calls,
    library_surveys,
    queries,
    queries_surveys,
    questions_conditions,
    questions_faults,
    questions_sections,
    rules_surveys,
    service_answers,
    service_surveys,
)
from eventsite.registration.forms_questions import (
    KIND_LABELS,
    Confirmation,
    ConsentForm,
    asked_from,
    question_form,
)
from eventsite.registration.models_surveys import Survey
from eventsite.registration.questions import KINDS, Asked
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_questions", __name__)
PERMISSION = "event.edit"


@blueprint.get("/admin/<event>/questions", defaults={"survey": None})
@blueprint.get("/admin/<event>/surveys/<survey>/questions")
@organiser(PERMISSION)
def overview(event: Any, survey: str | None) -> Any:
    """What a form asks and could ask: the one to register beside name, address, organisation and wishes; a follow-up form."""
    return _overview(event, _survey(event, survey))


def _survey(event: Any, public_id: str | None) -> Survey | None:
    """The follow-up form (or the sheet of a call) that is meant; None for the form to register."""
    return queries_surveys.get_survey(event.id, public_id, "people", "call") if public_id else None


def _id(survey: Survey | None) -> int | None:
    return survey.id if survey is not None else None


def _overview(event: Any, survey: Survey | None, refused: str = "") -> Any:
    asked = queries.asked(event.id, with_drafts=True, survey_id=_id(survey))
    retired, texts = queries.retired(event.id, _id(survey)), [] if survey else queries.consent_texts(event.id)
    by_key, kinds = {one.key: one for one in asked}, {text.kind for text in texts}
    labels = [dict(one.label) for one in [*asked, *retired]]
    keys = set(by_key) | {one.key for one in retired}
    ready = [one for one in _ready(survey) if one.key not in keys and one.label not in labels]
    context = {
        "survey": survey,
        "sections": questions_sections.sections(asked),
        "retired": retired,
        "texts": texts,
        "ready": ready,
        "ready_consents": {} if survey else {k: w for k, w in library.CONSENT_TEXTS.items() if k not in kinds},
        "hints": {one.key: questions_faults.warnings(one) for one in asked},
        "lacks": {one.key: questions_faults.faults(one) for one in asked if one.is_draft},
        "conditions": {one.key: questions_conditions.in_words(one, by_key) for one in asked},
        "kinds": KIND_LABELS,
        "form": Confirmation(),
        "errors": [("", refused)] if refused else [],
    }
    return render_template("registration/admin/questions.html", **context), 409 if refused else 200


def _ready(survey: Survey | None) -> tuple[Asked, ...]:
    """The ready questions a form may ask; what people thought of it, only a follow-up form; of a proposal, only a call."""
    if survey is None:
        return library.READY
    if survey.use == "call":
        return library_calls.PROPOSED
    kinds = rules_surveys.kinds(is_anonymous=survey.is_anonymous)
    return tuple(one for one in (*library_surveys.FEEDBACK, *library.READY) if one.kind in kinds)


@blueprint.post("/admin/<event>/questions/ready", defaults={"survey": None})
@blueprint.post("/admin/<event>/surveys/<survey>/questions/ready")
@organiser(PERMISSION)
def add_ready(event: Any, survey: str | None) -> Any:
    """Adds a question or a consent of the library."""
    found = _survey(event, survey)
    if Confirmation().validate_on_submit():
        key, actor = request.form.get("key", ""), g.account.public_id
        ready = next((one for one in _ready(found) if one.key == key), None)
        if ready is not None and found is not None:
            service_surveys.ask(found, ready, actor=actor)
        elif ready is not None:
            service_answers.ask(event.id, ready, actor=actor)
        elif found is None and key in library.CONSENT_TEXTS:
            service_answers.set_consent_text(event.id, key, library.CONSENT_TEXTS[key], actor=actor)
        else:
            raise NotFound
        flash(i18n._("The form asks it from now on."))
    return pages.see_other("registration_admin_questions.overview", event=event.slug, survey=survey)


_NEW: Any = {"key": None}


@blueprint.route("/admin/<event>/questions/new", methods=["GET", "POST"], defaults={**_NEW, "survey": None})
@blueprint.route("/admin/<event>/questions/<key>", methods=["GET", "POST"], defaults={"survey": None})
@blueprint.route("/admin/<event>/surveys/<survey>/questions/new", methods=["GET", "POST"], defaults=_NEW)
@blueprint.route("/admin/<event>/surveys/<survey>/questions/<key>", methods=["GET", "POST"])
@organiser(PERMISSION)
def question(event: Any, key: str | None, survey: str | None) -> Any:
    """One question; a change makes a new version, and answers keep pointing to the one they answered."""
    found = _survey(event, survey)
    others = queries.asked(event.id, with_drafts=True, survey_id=_id(found))
    known = next((one for one in others if one.key == key), None)
    if key is not None and known is None:
        raise NotFound
    kinds = rules_surveys.kinds(is_anonymous=found.is_anonymous, use=found.use) if found else KINDS
    form = question_form(known, others, kinds)
    is_draft = request.form.get("deed") == "draft" and (known is None or known.is_draft)
    refused = _stored(event, found, form, known, is_draft=is_draft) if form.validate_on_submit() else None
    if refused == "":
        flash(i18n._("Stored as a draft. Nobody is asked yet.") if is_draft else i18n._("Stored."))
        return pages.see_other("registration_admin_questions.overview", event=event.slug, survey=survey)
    context = {
        "title": i18n.local(dict(known.label)) if known else i18n._("New question"),
        "survey": found,
        "known": known,
        "hints": questions_faults.warnings(known) if known else [],
        "errors": [("", refused)] if refused else [],
    }
    page = render_template("registration/admin/question.html", form=form, **context)
    return page, 422 if form.is_submitted() else 200


def _stored(event: Any, survey: Survey | None, form: Any, known: Asked | None, *, is_draft: bool) -> str:
    """Stores the question of a valid form; why not, where it was refused."""
    asked = asked_from(form, known, queries.question_keys(event.id))
    try:
        service_answers.ask(event.id, asked, actor=g.account.public_id, draft=is_draft, survey_id=_id(survey))
    except Refused as refusal:
        return str(refusal)
    return ""


_DEED = "<key>/<any(publication, retirement, return, up, down):deed>"


@blueprint.post(f"/admin/<event>/questions/{_DEED}", defaults={"survey": None})
@blueprint.post(f"/admin/<event>/surveys/<survey>/questions/{_DEED}")
@organiser(PERMISSION)
def change(event: Any, key: str, deed: str, survey: str | None) -> Any:
    """Publishes a draft, asks a question no longer or again, moves it; refused ones say why."""
    found = _survey(event, survey)
    if not Confirmation().validate_on_submit():
        return _overview(event, found)
    try:
        DEEDS[deed](event.id, key, actor=g.account.public_id, survey_id=_id(found))
    except Refused as refusal:
        return _overview(event, found, str(refusal))
    flash(str(DONE[deed]))
    return pages.see_other("registration_admin_questions.overview", event=event.slug, survey=survey)


DEEDS: dict[str, Callable[..., None]] = {
    "publication": service_answers.publish,
    "retirement": service_answers.retire,
    "return": service_answers.bring_back,
    "up": partial(service_answers.move, step=-1),
    "down": partial(service_answers.move, step=1),
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
