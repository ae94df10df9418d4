"""Organisers' list of registrations: filters, sorting and columns stand in the address; files of what is shown."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request, stream_with_context

from eventsite.core import i18n, tables
from eventsite.site import desk, exports_roster, queries_roster, roster_filters, rules_bulk, rules_roster, service_desk
from eventsite.site.exports_roster import Shape
from eventsite.site.rules_roster import Facets, Wanted
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_admin", __name__)
PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


class FileForm(forms.Form):
    """Just the protection of the button."""


def asked_for(event: Any) -> tuple[Facets, Wanted]:
    """What this address asks for, and what the event's registrations can be told apart by."""
    is_helper = not desk.may("registrations.manage")
    known = Facets() if is_helper else queries_roster.facets(event.id)
    return known, rules_roster.read(request.args.to_dict(flat=False), known, names_only=is_helper)


@blueprint.get("/admin/<event>/registrations")
@organiser("registrations.view")
def registrations(event: Any) -> Any:
    """The list, fifty a page; a fixed number of queries however many there are; helpers see names only."""
    known, wanted = asked_for(event)
    if roster_filters.is_untidy(request.args) and not wanted.unknown:
        return pages.see_other("registration_admin.registrations", event=event.slug, **wanted.arguments())
    may_manage = desk.may("registrations.manage")
    counts = queries_roster.counts(event, wanted, known, names_only=not may_manage)
    page = pages.pager(counts.fitting, PAGE)
    rows = queries_roster.page(event, wanted, known, limit=PAGE, offset=page.offset, names_only=not may_manage)
    context = {
        "cells": queries_roster.cells(rows, wanted, known),
        "labels": rules_roster.column_labels(known),
        "filters": _further(event, known, wanted, counts) if may_manage else [],
        "statuses": roster_filters.statuses(counts, wanted),
        "arguments": wanted.arguments(),
        "deeds": rules_bulk.DEEDS,
        "may_manage": may_manage,
    }
    return render_template("site/registrations.html", registrations=rows, page=page, wanted=wanted, **context)


def _further(event: Any, known: Facets, wanted: Wanted, counts: queries_roster.Counts) -> list[roster_filters.Choice]:
    return roster_filters.groups(known, wanted, counts, is_hybrid=event.attendance == "hybrid")


@blueprint.get("/admin/<event>/registrations/export")
@organiser("registrations.manage")
def export(event: Any) -> Any:
    """What the files will contain, and how they are to be written."""
    known, wanted = asked_for(event)
    may_see = desk.may("registrations.sensitive")
    context = {
        "number": queries_roster.counts(event, wanted, known).fitting,
        "heads": exports_roster.heads(wanted, known),
        "sensitive": exports_roster.sensitive_questions(event.id) if may_see else [],
        "arguments": wanted.arguments(),
    }
    return render_template("site/registrations_export.html", wanted=wanted, form=FileForm(), **context)


@blueprint.get("/admin/<event>/registrations.<any(csv, xlsx):kind>")
@organiser("registrations.manage")
def file(event: Any, kind: str) -> Response:
    """What the filter shows, as a file; formula-safe, without sensitive answers."""
    known, wanted = asked_for(event)
    if kind == "xlsx":
        return _attached(exports_roster.xlsx(event, wanted, known), XLSX, f"{event.slug}-registrations.xlsx")
    separator = exports_roster.SEPARATORS.get(request.args.get("separator", ""), ",")
    lines = exports_roster.csv(event, wanted, known, Shape(separator, request.args.get("bom") == "yes"))
    return _attached(stream_with_context(lines), CSV, f"{event.slug}-registrations.csv")


@blueprint.post("/admin/<event>/registrations/sensitive")
@organiser("registrations.sensitive")
def sensitive_file(event: Any) -> Any:
    """The answers about health in a file of their own; who took it and when is noted."""
    if not FileForm().validate_on_submit():
        return pages.see_other("registration_admin.export", event=event.slug)
    asked = exports_roster.sensitive_questions(event.id)
    service_desk.note_export(event.id, [one.key for one in asked], actor=g.account.public_id)
    content = tables.to_xlsx(*exports_roster.sensitive_table(event, asked), i18n._("Confidential"))
    return _attached(content, XLSX, f"{event.slug}-confidential.xlsx")


def _attached(content: Any, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
