"""Lists of the workshops for moderators and doors: a page to print, a PDF, a table."""

from typing import Any

from flask import Blueprint, Response, render_template

from eventsite.allocation import exports, prints, queries_lists
from eventsite.core import clock, i18n
from eventsite.web.files import disposition
from eventsite.web.guard import organiser

blueprint = Blueprint("allocation_admin_lists", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/admin/<event>/allocation/lists")
@organiser("allocation.run")
def lists(event: Any) -> Any:
    """One list per workshop, to be printed."""
    found, is_published = queries_lists.door_lists(event)
    return render_template("allocation/admin/lists.html", lists=found, is_published=is_published)


@blueprint.get("/admin/<event>/allocation/lists.xlsx")
@organiser("allocation.run")
def lists_table(event: Any) -> Response:
    """The same as a table."""
    found, _is_published = queries_lists.door_lists(event)
    return _file(exports.lists_xlsx(found, sheet=i18n._("Workshops")), XLSX, f"{event.slug}-workshops.xlsx")


@blueprint.get("/admin/<event>/allocation/lists.pdf")
@organiser("allocation.run")
def lists_pdf(event: Any) -> Response:
    """The same as a PDF, one workshop a page."""
    found, is_published = queries_lists.door_lists(event)
    content = prints.lists_pdf(event, found, created=clock.now(), is_published=is_published)
    return _file(content, "application/pdf", f"{event.slug}-workshops.pdf")


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = disposition(name, inline=False)
    return response
