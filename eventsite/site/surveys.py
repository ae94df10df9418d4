"""Organisers: follow-up forms, whom each asks, the preview before it is sent, and the reminder."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from wtforms import HiddenField

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.registration import queries, queries_surveys, rules_surveys, service_surveys
from eventsite.registration.forms import Questionnaire
from eventsite.site import desk, mail_preview, queries_audience, queries_roster
from eventsite.site.forms_surveys import GROUPS, survey_form, values_of
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser

blueprint = Blueprint("surveys", __name__)


class SendForm(forms.Form):
    """The last look before mails go out: how many people the preview counted."""

    number = HiddenField()


@blueprint.get("/admin/<event>/surveys")
@organiser("registrations.manage")
def overview(event: Any) -> Any:
    """Every follow-up form with its state and how many have answered."""
    now = clock.now()
    rows = [(one, numbers, rules_surveys.state(one, now)) for one, numbers in queries_surveys.surveys(event.id)]
    return render_template("site/surveys.html", rows=rows, states=rules_surveys.STATES, may_edit=desk.may("event.edit"))


@blueprint.route("/admin/<event>/surveys/new", methods=["GET", "POST"], defaults={"survey": None})
@blueprint.route("/admin/<event>/surveys/<survey>/settings", methods=["GET", "POST"])
@organiser("event.edit")
def edit(event: Any, survey: str | None) -> Any:
    """Title, times and circle of a form."""
    found = queries_surveys.get_survey(event.id, survey) if survey else None
    form = survey_form(found, queries_roster.facets(event.id))
    if form.validate_on_submit():
        try:
            stored = service_surveys.store(event.id, survey, actor=g.account.public_id, **values_of(form))
        except Refused as refusal:
            form.closes_at.errors = [str(refusal)]
        else:
            uid, slug = stored.public_id, event.slug
            flash(i18n._("Stored."))
            return pages.see_other("surveys.show", event=slug, survey=uid)
    back = url_for("surveys.show", survey=survey) if survey else url_for("surveys.overview")
    context = {
        "title": i18n.local(dict(found.title)) if found else i18n._("New follow-up form"),
        "submit": i18n._("Store"),
        "back": (i18n._("Back"), back),
        "groups": [(legend, [name for name in names if name in form]) for legend, names in GROUPS],
    }
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.get("/admin/<event>/surveys/<survey>")
@organiser("registrations.manage")
def show(event: Any, survey: str) -> Any:
    """Where a form stands, whom it would ask now, and the mail as one of them gets it."""
    return _page(event, survey)


def _page(event: Any, public_id: str, refused: str = "") -> Any:
    survey = queries_surveys.get_survey(event.id, public_id)
    known = queries_audience.facets(event, survey)
    asked = queries.asked(event.id, survey_id=survey.id)
    fresh = queries_audience.not_asked(event, survey, known)
    example = queries_audience.example(event, survey, fresh)
    numbers, state = queries_surveys.numbers(survey.id), rules_surveys.state(survey, clock.now())
    purpose = {"is_anonymous": survey.is_anonymous, "purpose": survey.purpose}
    context: dict[str, Any] = {
        "survey": survey,
        "state": state,
        "states": rules_surveys.STATES,
        "numbers": numbers,
        "rate": rules_surveys.rate(numbers.answered, numbers.asked),
        "questions": asked,
        "faults": rules_surveys.faults(asked, **purpose),
        "audience": queries_audience.in_words(survey, known),
        "fresh": len(fresh),
        "by_letter": len(fresh) - sum(fresh.values()),
        "previews": [example] if example else [],
        "may_edit": desk.may("event.edit"),
        "form": SendForm(formdata=None, number=str(len(fresh))),
        "errors": [("", refused)] if refused else [],
    }
    policy = mail_preview.policy(security.CSP, context["previews"])
    page = render_template("site/survey.html", **context)
    return page, 409 if refused else 200, {"Content-Security-Policy": policy}


@blueprint.post("/admin/<event>/surveys/<survey>/<any(sending, reminder, removal):deed>")
@organiser("registrations.manage")
def change(event: Any, survey: str, deed: str) -> Any:
    """Sends the form to those whom the preview counted, reminds the silent, or takes an unsent form away."""
    found = queries_surveys.get_survey(event.id, survey)
    if not SendForm().validate_on_submit():
        return _page(event, survey)
    slug, actor = event.slug, g.account.public_id
    try:
        if deed == "removal":
            service_surveys.remove(event.id, survey, actor=actor)
            flash(i18n._("The form is taken away."))
            return pages.see_other("surveys.overview", event=slug)
        if deed == "reminder":
            service_surveys.remind(event.id, survey, actor=actor)
            flash(i18n._("Everybody without an answer gets one reminder."))
        else:
            _send(event, found, actor)
    except Refused as refusal:
        return _page(event, survey, str(refusal))
    return pages.see_other("surveys.show", event=slug, survey=survey)


def _send(event: Any, survey: Any, actor: str) -> None:
    fresh = queries_audience.not_asked(event, survey, queries_audience.facets(event, survey))
    if request.form.get("number") != str(len(fresh)):
        raise Refused(i18n._("The circle has changed since you looked at it. Please look again."))
    number = service_surveys.send(event.id, survey.public_id, fresh, actor=actor)
    flash(i18n.ngettext("%(num)s person is asked.", "%(num)s people are asked.", number))


@blueprint.route("/admin/<event>/surveys/<survey>/preview", methods=["GET", "POST"])
@organiser("event.edit")
def preview(event: Any, survey: str) -> Any:
    """The form as people will see it, with drafts; sent, it is judged as a real one and then forgotten."""
    found = queries_surveys.get_survey(event.id, survey)
    wanted = request.args.get("language", "")
    if wanted in i18n.languages():
        i18n.set_language(wanted)
    sheet = Questionnaire(queries.asked(event.id, with_drafts=True, survey_id=found.id), clock.now(), is_trial=True)
    form = type("TrialForm", (forms.Form,), sheet.fields())()
    if form.validate_on_submit():
        flash(i18n._("These answers would have been accepted. Nothing was stored."))
    context = {
        "survey": found,
        "promise": queries_surveys.promise_in_words(found),
        "question_sections": sheet.shown(form),
        "languages": [code for code in i18n.languages() if code != i18n.current_language()],
    }
    page = render_template("site/survey_preview.html", form=form, **context)
    return page, 422 if form.error_summary() else 200
