"""Organisers: what a follow-up form has brought, as figures, words, a table and a file; health for named roles only."""

from typing import Any

from flask import Blueprint, Response, render_template

from eventsite.core import clock, i18n, tables
from eventsite.registration import queries_surveys, questions, rules_surveys
from eventsite.registration.models_surveys import Survey
from eventsite.registration.questions import Asked
from eventsite.registration.rules_surveys import Sheet
from eventsite.site import desk
from eventsite.web.guard import organiser

blueprint = Blueprint("survey_results", __name__)
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
SHOWN = 100  # rows of the table on the page; the files hold all


def _read(event: Any, public_id: str) -> tuple[Survey, list[Asked], list[Sheet]]:
    """The form, the questions whose answers this account may see, and the sheets; none of few anonymous ones."""
    survey = queries_surveys.get_survey(event.id, public_id)
    asked, versions = queries_surveys.all_asked(survey.id)
    visible = rules_surveys.visible(asked, may_see_sensitive=desk.may("registrations.sensitive"))
    sheets = queries_surveys.sheets(survey, versions)
    return survey, visible, sheets


def _table(survey: Survey, asked: list[Asked], sheets: list[Sheet]) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of the single answers; nothing where they would tell who somebody is."""
    if not rules_surveys.is_told(len(sheets), is_anonymous=survey.is_anonymous):
        sheets = []
    hidden = rules_surveys.hidden_columns(asked, sheets, is_anonymous=survey.is_anonymous)
    asked = [one for one in asked if one.question_id not in hidden]
    who = [i18n._("Day")] if survey.is_anonymous else [i18n._("Name"), i18n._("Number")]
    rows: list[list[Any]] = []
    for sheet in sheets:
        begin: list[Any] = [sheet.on] if survey.is_anonymous else [sheet.name, sheet.number]
        rows.append([*begin, *(_cell(sheet, one) for one in asked)])
    return [*who, *(i18n.local(dict(one.label)) for one in asked)], rows


def _cell(sheet: Sheet, asked: Asked) -> str:
    return questions.shown(*sheet.answers[asked.question_id]) if asked.question_id in sheet.answers else ""


@blueprint.get("/admin/<event>/surveys/<survey>/results")
@organiser("registrations.manage")
def results(event: Any, survey: str) -> Any:
    """Figures and words question by question, then the single answers."""
    found, asked, sheets = _read(event, survey)
    numbers = queries_surveys.numbers(found.id)
    is_told = rules_surveys.is_told(len(sheets), is_anonymous=found.is_anonymous)
    heads, rows = _table(found, asked, sheets)
    context = {
        "survey": found,
        "numbers": numbers,
        "rate": rules_surveys.rate(numbers.answered, numbers.asked),
        "sheets": len(sheets),
        "is_told": is_told,
        "least": rules_surveys.LEAST_SHEETS,
        "results": rules_surveys.results(asked, sheets, is_anonymous=found.is_anonymous) if is_told else [],
        "heads": heads,
        "rows": rows[:SHOWN],
        "further": max(0, len(rows) - SHOWN),
        "state": rules_surveys.STATES[rules_surveys.state(found, clock.now())],
    }
    return render_template("site/survey_results.html", **context)


@blueprint.get("/admin/<event>/surveys/<survey>/answers.<any(csv, xlsx):kind>")
@organiser("registrations.manage")
def file(event: Any, survey: str, kind: str) -> Response:
    """The single answers as a file, formula-safe; anonymous ones in no order of time."""
    heads, rows = _table(*_read(event, survey))
    content = tables.to_xlsx(heads, rows, i18n._("Answers")) if kind == "xlsx" else tables.to_csv(heads, rows)
    response = Response(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-answers.{kind}"'
    return response
