"""Answering a follow-up form behind the personal link: the form, what was typed kept on error, and thanks."""

from typing import Any

from flask import Blueprint, render_template, url_for

from eventsite.core import clock
from eventsite.core.errors import NotFound, Refused
from eventsite.registration import queries, queries_surveys, rules_surveys, service_surveys
from eventsite.registration.forms import Questionnaire
from eventsite.registration.models import Registration
from eventsite.registration.models_surveys import Survey
from eventsite.site import personal_rooms
from eventsite.site.registration_form import keep_files
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_surveys", __name__))


@blueprint.route("/r/<token>/surveys/<survey>", methods=["GET", "POST"])
@personal_link("registration")
def form(registration: Registration, survey: str) -> Any:
    """The questions of a form one was asked to answer; nobody else finds it."""
    found = queries_surveys.get_survey(registration.event_id, survey)
    has_answered = queries_surveys.recipient(found.id, registration.id).has_answered
    state = rules_surveys.state(found, clock.now())
    if state == "draft":
        raise NotFound
    if state != "open" or (found.is_anonymous and has_answered):
        return _told(found, state, has_answered=has_answered)
    sheet = _sheet(found, registration)
    filled = type("SurveySheetForm", (personal_rooms.ButtonForm,), sheet.fields())(data=sheet.values())
    if filled.is_submitted():
        keep_files(filled, sheet)
    refused = ""
    if filled.validate_on_submit():
        try:
            service_surveys.answer(found.id, registration.id, sheet.answers(filled))
        except Refused as refusal:
            refused = str(refusal)
        else:
            return pages.see_other("personal_surveys.thanks", survey=survey)
    return _page(found, sheet, filled, refused, has_answered=has_answered)


def _sheet(survey: Survey, registration: Registration) -> Questionnaire:
    asked = queries.asked(survey.event_id, survey_id=survey.id)
    given = {} if survey.is_anonymous else queries.answers_of([registration.id])[registration.id]
    stored = {one.key: value for one, value in given} if given else {}
    return Questionnaire(asked, clock.now(), stored, queries.full_options(survey.event_id, asked))


def _page(survey: Survey, sheet: Questionnaire, filled: Any, refused: str, *, has_answered: bool) -> Any:
    context = {
        "survey": survey,
        "promise": queries_surveys.promise_in_words(survey),
        "question_sections": sheet.shown(filled),
        "has_files": any(one.kind == "file" for one in sheet.asked),
        "has_answered": has_answered,
        "errors": [("", refused)] if refused else [],
        "back_url": url_for("personal.page"),
    }
    page = render_template("site/personal_survey.html", form=filled, **context)
    return page, 409 if refused else 422 if filled.is_submitted() else 200


def _told(survey: Survey, state: str, *, has_answered: bool) -> Any:
    """The page of a form that cannot be answered: not yet, no longer, or done without a name."""
    context = {"survey": survey, "state": state, "has_answered": has_answered, "back_url": url_for("personal.page")}
    code = 410 if state == "closed" and not has_answered else 200
    return render_template("site/personal_survey_done.html", **context), code


@blueprint.get("/r/<token>/surveys/<survey>/thanks")
@personal_link("registration")
def thanks(registration: Registration, survey: str) -> Any:
    """What one sees after answering."""
    found = queries_surveys.get_survey(registration.event_id, survey)
    if not queries_surveys.recipient(found.id, registration.id).has_answered:
        return pages.see_other("personal_surveys.form", survey=survey)
    return _told(found, rules_surveys.state(found, clock.now()), has_answered=True)


def open_now(registration: Registration) -> list[dict[str, Any]]:
    """The forms that stand on the personal page: open, and not answered without a name; one query."""
    now = clock.now()
    return [
        {
            "title": survey.title,
            "has_answered": done,
            "until": survey.closes_at,
            "url": url_for("personal_surveys.form", survey=survey.public_id),
        }
        for survey, done in queries_surveys.of_registration(registration.id)
        if rules_surveys.state(survey, now) == "open" and not (survey.is_anonymous and done)
    ]
