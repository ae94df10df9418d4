"""Organisers' board of rooms and times: one day at a glance, everything movable by pointer, by keyboard and by plain form."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.programme import queries, queries_board, queries_drafts, rules, rules_board, service_board
from eventsite.programme.forms import Confirmation
from eventsite.programme.forms_board import MoveForm, RoundMoveForm, ShiftForm
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_board", __name__)
PERMISSION = "programme.edit"


@blueprint.get("/admin/<event>/programme/board")
@organiser(PERMISSION)
def board(event: Any) -> Any:
    """The board of the first day, or of the one the address names."""
    found = queries_board.board(event, _day(request.args.get("day", "")))
    context = {"board": found, "offer": queries_drafts.offer(event.id), "kinds": rules.KINDS, "form": Confirmation()}
    return render_template("programme/admin/board.html", rules=rules_board, **context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _back(event: Any, one: Any) -> Any:
    """To the board of the day on which it is now, at its card."""
    day = rules_board.local_day(one.starts_at, event.timezone).isoformat()
    return pages.see_other("programme_admin_board.board", event=event.slug, day=day, _anchor=f"card-{one.public_id}")


def _told(one: Any, room: str = "") -> str:
    span = i18n.format_timespan(one.starts_at, one.ends_at)
    where = f"{i18n.format_date(one.starts_at)}, {span}"
    values = {"title": i18n.local(one.title), "where": f"{where}, {room}" if room else where}
    return i18n._("“%(title)s” is now here: %(where)s.", **values)


def _filled(form: Any, one: Any, room: str | None = None) -> None:
    """Where it is now, as far as nothing was typed; what the mover saw is the present from now on."""
    if not form.is_submitted():
        form.starts_at.data = one.starts_at
        form.length.data = rules_board.minutes(one.ends_at - one.starts_at)
    form.instant.data, form.instant.raw_data = "", [""]
    form.seen.data = rules_board.stamp(one, room)
    form.seen.raw_data = [form.seen.data]


def _page(form: Any, one: Any, **context: Any) -> Any:
    day = rules_board.local_day(one.starts_at, g.event.timezone).isoformat()
    address = url_for("programme_admin_board.board", day=day, _anchor=f"card-{one.public_id}")
    context |= {"title": i18n._("Reschedule “%(title)s”", title=i18n.local(one.title)), "submit": i18n._("Reschedule")}
    context |= {"back": (i18n._("Back to the board"), address), "button": Confirmation(), "one": one}
    return render_template("programme/admin/move.html", form=form, **{"refusal": "", "item": None, **context})


@blueprint.route("/admin/<event>/programme/<item>/move", methods=["GET", "POST"])
@organiser(PERMISSION)
def move(event: Any, item: str) -> Any:
    """Where an item goes: day, time, length and room."""
    found = queries.get_item(event.id, item)
    form, room = MoveForm(), found.room.public_id if found.room else ""
    rooms = {one.public_id: one for one in queries_board.rooms(event, [found])}
    form.room.choices = forms.options([("", i18n._("No room")), *((k, i18n.local(r.name)) for k, r in rooms.items())])
    refusal, status = "", 200
    if form.validate_on_submit():
        start, length = form.start(), timedelta(minutes=form.length.data)
        wanted = rooms.get(form.room.data)
        where: Any = {"starts_at": start, "ends_at": start + length, "room_id": wanted.id if wanted else None}
        try:
            moved = service_board.move(found.id, seen=form.seen.data or "", actor=g.account.public_id, **where)
        except Refused as refused:
            refusal, status = str(refused), 409
            form.starts_at.raw_data = [f"{start.astimezone(ZoneInfo(event.timezone)):%Y-%m-%dT%H:%M}"]
            found = queries.get_item(event.id, item)
        else:
            flash(_told(moved, i18n.local(wanted.name) if wanted else i18n._("no room")))
            return _back(event, moved)
    elif form.is_submitted():
        status = 422
    else:
        form.room.data = room
    _filled(form, found, found.room.public_id if found.room else None)
    return _page(form, found, refusal=refusal, item=found), status


@blueprint.route("/admin/<event>/rounds/<uid>/move", methods=["GET", "POST"])
@organiser(PERMISSION)
def move_round(event: Any, uid: str) -> Any:
    """Where a round goes with its workshops."""
    found, form = queries.get_round(event.id, uid), RoundMoveForm()
    refusal, status = "", 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        start, length = form.start(), timedelta(minutes=form.length.data)
        times = {"starts_at": start, "ends_at": start + length}
        try:
            moved = service_board.move_round(found.id, seen=form.seen.data or "", actor=g.account.public_id, **times)
        except Refused as refused:
            refusal, status = str(refused), 409
            form.starts_at.raw_data = [f"{start.astimezone(ZoneInfo(event.timezone)):%Y-%m-%dT%H:%M}"]
            found = queries.get_round(event.id, uid)
        else:
            flash(_told(moved))
            return _back(event, moved)
    _filled(form, found)
    return _page(form, found, refusal=refusal), status


@blueprint.post("/admin/<event>/programme/<item>/copies")
@organiser(PERMISSION)
def duplicate(event: Any, item: str) -> Any:
    """The same item again; the page that opens puts it where it belongs."""
    found = queries.get_item(event.id, item)
    if not Confirmation().validate_on_submit():
        return pages.see_other("programme_admin_board.move", event=event.slug, item=item)
    made = service_board.duplicate(found.id, actor=g.account.public_id)
    flash(i18n._("Duplicated. Where does the second one go?"))
    return pages.see_other("programme_admin_board.move", event=event.slug, item=made.public_id)


@blueprint.route("/admin/<event>/programme/shift", methods=["GET", "POST"])
@organiser(PERMISSION)
def shift(event: Any) -> Any:
    """Everything later on a day moves by some minutes; what moves is shown first."""
    form, refusal = _shift_form(event), ""
    since = _since(event, form) if form.is_submitted() or "by" in request.args else None
    found = queries_board.later(event, since) if since else []
    by = timedelta(minutes=form.by.data or 0)
    if since and form.is_submitted():
        try:
            count = service_board.shift(event.id, since, by, seen=form.seen.data or "", actor=g.account.public_id)
        except Refused as refused:
            refusal, found = str(refused), queries_board.later(event, since)
        else:
            flash(i18n.ngettext("%(num)s item was moved.", "%(num)s items were moved.", count))
            return pages.see_other("programme_admin_board.board", event=event.slug, day=form.day.data)
    form.seen.data = rules_board.stamp_of_all(found)
    form.seen.raw_data = [form.seen.data]
    status = 409 if refusal else 422 if form.errors else 200
    context = {"found": found, "by": by, "is_shown": since is not None, "refusal": refusal}
    return render_template("programme/admin/shift.html", form=form, **context), status


def _shift_form(event: Any) -> ShiftForm:
    """The form as sent, or as the address has it: looking at what would move stores nothing."""
    form = ShiftForm() if request.method == "POST" else ShiftForm(request.args, meta={"csrf": True})
    zone = event.timezone
    ones: list[rules_board.Timed] = [*queries_board.plain_rounds(event.id), *queries.items(event.id)]
    days = rules_board.days(ones, event.starts_at, event.ends_at, zone)
    form.day.choices = forms.options([(day.isoformat(), i18n.format_date(day)) for day in days])
    return form


def _since(event: Any, form: ShiftForm) -> datetime | None:
    """The instant from which on things move; None where the form says no such thing."""
    is_asked = form.is_submitted()
    if not (form.validate() if is_asked else all(form[name].validate(form) for name in ("day", "since", "by"))):
        return None
    day = date.fromisoformat(form.day.data)
    return datetime.combine(day, form.since.data, ZoneInfo(event.timezone)).astimezone(UTC)
