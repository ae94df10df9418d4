"""Organisers' list of registrations: search, filters that stay in the address, CSV and XLSX of what is shown."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request

from eventsite.people import rules as roles
from eventsite.registration import exports, queries, rules
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin", __name__)
_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _filter() -> dict[str, Any]:
    status = request.args.get("status", "")
    known = [str(s) for s in rules.Status]
    return {
        "text": request.args.get("q", "").replace("\x00", "")[:100],
        "statuses": [status] if status in known else [],
    }


def _may_manage(event: Any) -> bool:
    role = next((m.role for m in g.account.memberships if m.event_id == event.id), None)
    return roles.may(role, "registrations.manage", is_owner=g.account.is_owner)


@blueprint.get("/admin/<event>/registrations")
@organiser("registrations.view")
def registrations(event: Any) -> Any:
    """The list, fifty a page; a fixed number of queries however many there are; helpers see names only."""
    wanted, sort = _filter(), request.args.get("sort", "name")
    total = queries.count(event.id, **wanted)
    page = pages.pager(total, _PAGE)
    rows = queries.search(event.id, **wanted, sort=sort, limit=_PAGE, offset=page.offset)
    counts = queries.counts_by_status(event.id)
    context = {"counts": counts, "labels": rules.STATUS_LABELS, "sort": sort, "total": total, **wanted}
    context["may_manage"] = _may_manage(event)
    return render_template("registration/admin/registrations.html", registrations=rows, page=page, **context)


@blueprint.get("/admin/<event>/registrations.<any(csv, xlsx):kind>")
@organiser("registrations.manage")
def export(event: Any, kind: str) -> Response:
    """What the filter shows, as a file; formula-safe, without sensitive answers."""
    wanted = _filter()
    name = f"{event.slug}-registrations.{kind}"
    if kind == "xlsx":
        response = Response(exports.xlsx(event, **wanted), content_type=XLSX)
    else:
        is_excel = request.args.get("excel") == "yes"
        response = Response(exports.csv(event, bom=is_excel, **wanted), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
