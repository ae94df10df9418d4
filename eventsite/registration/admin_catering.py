"""The caterer's sheet: figures per meal without names, on the page, as PDF and as a table."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from eventsite.core import clock, i18n
from eventsite.registration import prints, queries, queries_catering
from eventsite.registration.queries_catering import Sheet
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin_catering", __name__)
TYPES = {"pdf": "application/pdf", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _sheet(event: Any) -> tuple[list[Any], Sheet, dict[str, str]]:
    """All breaks of the programme, the sheet of those chosen in the address, and the yes/no questions."""
    questions = {one.key: i18n.local(dict(one.label)) for one in queries.asked(event.id) if one.kind == "yes_no"}
    breaks = queries_catering.breaks(event)
    given = {name[6:]: value for name, value in request.args.items() if name.startswith("asked-")}
    meals = queries_catering.chosen(breaks, request.args.getlist("meal"), given, questions)
    return breaks, queries_catering.sheet(event, meals), questions


@blueprint.get("/admin/<event>/catering")
@organiser("registrations.sensitive")
def sheet(event: Any) -> Any:
    """The sheet, with the meals to choose from."""
    breaks, found, questions = _sheet(event)
    chosen = {meal.uid: meal.asked for meal in found.meals}
    context = {"breaks": breaks, "chosen": chosen, "questions": questions, "meal_name": prints.meal_name}
    arguments = request.query_string.decode("ascii", "replace")
    return render_template("registration/admin/catering.html", sheet=found, arguments=arguments, **context)


@blueprint.get("/admin/<event>/catering.<any(pdf, xlsx):kind>")
@organiser("registrations.sensitive")
def file(event: Any, kind: str) -> Response:
    """The sheet as a file to pass on."""
    _breaks, found, _questions = _sheet(event)
    is_pdf = kind == "pdf"
    content = prints.catering_pdf(event, found, created=clock.now()) if is_pdf else prints.catering_xlsx(found)
    response = Response(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-catering.{kind}"'
    return response
