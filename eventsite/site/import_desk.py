"""Organisers upload a table of people, say which column is what, read what is wrong with which line, and take it in."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import Confirmation
from eventsite.registration import queries_lists, rules_lists
from eventsite.registration.models_lists import ImportedTable
from eventsite.site import importing
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("import_desk", __name__)
KIND = "<any(invitations, registrations):kind>"
MOST_SHOWN = 100
AT_ONCE_IN_A_REQUEST = 2 * importing.AT_ONCE


class UploadForm(forms.Form):
    """One table."""

    table = FileField(
        _l("Table"),
        description=_l("CSV or XLSX, at most 20,000 lines; the first line names the columns"),
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx,.xls"},
    )


class _Columns(forms.Form):
    """Which column is what, and what happens with wrong lines."""

    skips = forms.tick(_l("Leave out the lines that are wrong"))


class InvitationsForm(_Columns):
    """Why these people may be written to is asked before anything is taken in (UWG § 7, GDPR Art. 6)."""

    basis = RadioField(
        _l("Why may you write to these people?"),
        choices=forms.options(rules_lists.BASES.items()),
        validators=[forms.Required(_l("Please choose. Without a basis nobody may be invited."))],
        description=_l("The mail tells it to each of them."),
    )


class RegistrationsForm(_Columns):
    """Registrations of another system."""

    is_confirmed = RadioField(
        _l("These registrations are"),
        choices=forms.options(
            [("yes", _l("confirmed already")), ("no", _l("not confirmed: each person gets a mail with a link"))]
        ),
        validators=[forms.Required(_l("Please choose."))],
    )
    is_told = forms.tick(_l("Tell the confirmed ones by mail, with their personal link"))


@blueprint.route(f"/admin/<event>/imports/{KIND}", methods=["GET", "POST"])
@organiser("registrations.manage")
def upload(event: Any, kind: str) -> Any:
    """A table is read and kept; nothing is taken in yet."""
    form = UploadForm()
    if form.validate_on_submit():
        data = form.table.data
        content = data.read() if data and not isinstance(data, str) else b""
        try:
            if not content:
                raise Refused(_l("Please choose a file. The one that was sent is empty."))
            row = importing.take_table(event.id, kind, content, data.filename or "", actor=g.account.public_id)
        except Refused as refusal:
            form.table.errors = [str(refusal)]
        else:
            return pages.see_other("import_desk.table", event=event.slug, kind=kind, table=row.public_id)
    status = 422 if form.is_submitted() else 200
    return render_template("site/import_upload.html", form=form, kind=kind), status


@blueprint.route(f"/admin/<event>/imports/{KIND}/<table>", methods=["GET", "POST"])
@organiser("registrations.manage")
def table(event: Any, kind: str, table: str) -> Any:
    """The preview with its faults; once begun, how far it is."""
    row = queries_lists.get_table(event.id, table)
    if row.state != "read" or row.kind != kind:
        return render_template("site/import_progress.html", table=row, kind=row.kind)
    form = _form(row)
    if request.form.get("deed") == "start" and form.validate_on_submit():
        try:
            _start(event, row, form)
        except Refused as refusal:
            form.skips.errors = [str(refusal)]
        else:
            return pages.see_other("import_desk.table", event=event.slug, kind=kind, table=table)
    return _preview(row, form)


def _form(row: ImportedTable) -> Any:
    base = InvitationsForm if row.kind == "invitations" else RegistrationsForm
    names = [(-1, i18n._("is not in the table"))]
    names += [(place, name or i18n._("Column %(number)s", number=place + 1)) for place, name in enumerate(row.header)]
    added: dict[str, Any] = {}
    for field in _fields(row):
        added[f"column_{field}"] = SelectField(
            rules_lists.FIELDS[field], coerce=int, choices=forms.options(names), default=row.columns.get(field, -1)
        )
    return type("TableForm", (base,), added)()


def _fields(row: ImportedTable) -> list[str]:
    return [field for field in rules_lists.FIELDS if field != "basis_note" or row.kind == "invitations"]


def _columns(row: ImportedTable, form: Any) -> dict[str, int]:
    chosen = {field: form[f"column_{field}"].data for field in _fields(row)}
    return {field: place for field, place in chosen.items() if isinstance(place, int) and place >= 0}


def _start(event: Any, row: ImportedTable, form: Any) -> None:
    if row.kind == "invitations":
        choices: dict[str, Any] = {"basis": form.basis.data}
    else:
        choices = {"is_confirmed": form.is_confirmed.data == "yes", "is_told": bool(form.is_told.data)}
    options: dict[str, Any] = {"skips": bool(form.skips.data), "actor": g.account.public_id}
    begun = importing.start(event.id, row.public_id, _columns(row, form), choices, **options)
    if len(begun.rows) <= AT_ONCE_IN_A_REQUEST:
        importing.take_in(begun.id)


def _preview(row: ImportedTable, form: Any) -> Any:
    columns = _columns(row, form)
    lines = importing.lines(row, columns) if "email" in columns else []
    faulty = [line for line in lines if line.fault]
    context = {
        "table": row,
        "kind": row.kind,
        "total": len(row.rows),
        "good": [line for line in lines if not line.fault][:5],
        "good_count": len(lines) - len(faulty),
        "faulty": faulty[:MOST_SHOWN],
        "faulty_count": len(faulty),
        "faults": rules_lists.FAULTS,
        "fields": _fields(row),
        "has_email": "email" in columns,
        "button": Confirmation(formdata=None),
        "back_url": url_for("import_desk.upload", kind=row.kind),
    }
    has_failed = request.form.get("deed") == "start"
    return render_template("site/import_table.html", form=form, **context), 422 if has_failed else 200


@blueprint.post(f"/admin/<event>/imports/{KIND}/<table>/removal")
@organiser("registrations.manage")
def discard(event: Any, kind: str, table: str) -> Any:
    """Forgets the uploaded table."""
    if Confirmation().validate_on_submit():
        importing.discard(event.id, table)
        flash(i18n._("The table is forgotten. Nothing was taken in."))
    return pages.see_other("import_desk.upload", event=event.slug, kind=kind)
