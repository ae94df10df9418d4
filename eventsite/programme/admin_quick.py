"""Organisers type or paste a programme, look at what was understood, and take it into the draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.programme import (
    forms_quick,
    queries_quick,
    rules,
    rules_quick,
    rules_quick_match,
    rules_quick_schedule,
    rules_table,
    service_quick,
)
from eventsite.programme.forms_quick import QuickForm, short
from eventsite.programme.rules_quick_match import Known, Match, Standing
from eventsite.programme.rules_quick_schedule import Entry
from eventsite.programme.service_quick import Decisions
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_quick", __name__)
PERMISSION = "programme.edit"


@dataclass(frozen=True)
class _Reading:
    """What was read in a text, and the form with a field for every question about it."""

    form: Any
    entries: Sequence[Entry]
    rooms: dict[str, Match]
    people: dict[str, Match]
    known: dict[int, Standing]
    columns: dict[str, int]


@blueprint.get("/admin/<event>/programme/quick")
@organiser(PERMISSION)
def page(event: Any) -> Any:
    """The empty field, or the draft as text to be changed in it."""
    form = _base(QuickForm, event)
    if request.args.get("draft"):
        known = queries_quick.rooms(event)
        names = [name for room in known for name in room.names]
        form.text.data = rules_quick.written(queries_quick.as_typed(event), names)
        form.mode.data = "replace"
    return _page(event, form, None)


@blueprint.post("/admin/<event>/programme/quick")
@organiser(PERMISSION)
def read(event: Any) -> Any:
    """What was understood, with questions; with the other button it is taken into the draft."""
    form = _base(QuickForm, event)
    if not form.validate_on_submit() or not form.read_upload():
        return _page(event, form, None, 422)
    if not (form.text.data or "").strip():
        form.text.errors = [i18n._("Please type or paste something, or choose a table.")]
        return _page(event, form, None, 422)
    reading = _read(event, form)
    if request.form.get("deed") != "store":
        return _page(event, reading.form, reading)
    return _store(event, reading)


def _store(event: Any, reading: _Reading) -> Any:
    form = reading.form
    if form.seen.data != forms_quick.digest(form.text.data, reading.columns):
        form.text.errors = [i18n._("The text was changed. Please look at what was understood now.")]
        return _page(event, form, reading, 422)
    if not form.validate():
        return _page(event, form, reading, 422)
    try:
        found = service_quick.store(event.id, reading.entries, _decisions(reading), actor=g.account.public_id)
    except Refused as refusal:
        form.text.errors = [str(refusal)]
        return _page(event, form, reading, 422)
    numbers = {"added": found.added, "changed": found.changed, "removed": found.removed}
    flash(i18n._("Stored in the draft: %(added)s added, %(changed)s changed, %(removed)s taken out.", **numbers))
    return pages.see_other("programme_admin.programme", event=event.slug)


def _base(kind: type[Any], event: Any) -> Any:
    form = kind()
    codes = [code for code in event.languages if code in i18n.languages()] or list(i18n.languages())
    form.language.choices = forms.options((code, forms_quick.LANGUAGES.get(code, code)) for code in codes)
    form.language.data = form.language.data or codes[0]
    return form


def _read(event: Any, form: Any) -> _Reading:
    text, rooms = form.text.data, queries_quick.rooms(event)
    setting = queries_quick.setting(event, rooms, form.language.data)
    added: dict[str, Any] = {}
    columns: dict[str, int] = {}
    if rules_table.is_table(text):
        grid = rules_table.grid(text)
        guessed = rules_table.columns(grid, setting.first, setting.last)
        added = forms_quick.with_columns(grid.header, grid.width, guessed)
        columns = _columns(_base(type("ColumnsForm", (QuickForm,), added), event))
        lines = rules_table.lines(grid, columns, setting)
    else:
        lines = rules_quick.read(text, setting)
    entries = rules_quick_schedule.plan(lines, setting, event.timezone)
    matched = rules_quick_match.rooms((line.room for line in lines), rooms)
    people = rules_quick_match.people((guest.name for line in lines for guest in line.guests), _people(lines))
    added |= forms_quick.with_rooms(matched, rooms) | forms_quick.with_people(people) | forms_quick.with_lines(entries)
    full = _base(type("ReadForm", (QuickForm,), added), event)
    full.text.data = text
    known = rules_quick_match.standing(entries, queries_quick.standing(event.id))
    return _Reading(full, entries, matched, people, known, columns)


def _people(lines: Sequence[rules_quick.Line]) -> list[Known]:
    return queries_quick.people() if any(line.guests for line in lines) else []


def _columns(form: Any) -> dict[str, int]:
    chosen = {key: form[f"column_{key}"].data for key in rules_table.FIELDS}
    return {key: place for key, place in chosen.items() if isinstance(place, int) and place >= 0}


def _decisions(reading: _Reading) -> Decisions:
    form = reading.form
    rooms = {t: m.certain or form[f"room_{short(t)}"].data for t, m in reading.rooms.items()}
    asked = {t: form[f"person_{short(t)}"].data for t, match in reading.people.items() if match.candidates}
    skipped = {number for number, name in forms_quick.boxes(reading.entries).items() if form[name].data}
    return Decisions(
        language=form.language.data,
        replaces=form.mode.data == "replace",
        rooms={typed: int(key) if key else None for typed, key in rooms.items()},
        people={typed: key for typed, key in asked.items() if key != forms_quick.NEW},
        left_out=frozenset(skipped),
    )


def _page(event: Any, form: Any, reading: _Reading | None, status: int = 200) -> Any:
    context: dict[str, Any] = {
        "entries": [],
        "columns": [],
        "questions": [],
        "kinds": rules.KINDS,
        "roles": rules.ROLES,
    }
    if reading is not None:
        form.seen.data = forms_quick.digest(form.text.data, reading.columns)
        names = [name for name in form._fields if name.startswith(("room_", "person_"))]
        boxes = forms_quick.boxes(reading.entries)
        entries = [(e, form[boxes[e.line.number]], _is_there(form, reading, e)) for e in reading.entries]
        columns = [name for name in form._fields if name.startswith("column_")]
        context |= {"entries": entries, "questions": names, "columns": columns}
    back = url_for("programme_admin.programme")
    return render_template("programme/admin/quick.html", form=form, reading=reading, back=back, **context), status


def _is_there(form: Any, reading: _Reading, entry: Entry) -> bool:
    known = reading.known.get(entry.line.number)
    return known is not None and (form.mode.data == "replace" or known.starts_at == entry.starts_at)
