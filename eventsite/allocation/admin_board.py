"""Organisers' board: the workshops of a round side by side, people moved or fixed by plain forms; lists for the doors."""

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request

from eventsite.allocation import exports, forms, queries_board, service_board, service_pins
from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.registration import queries as registrations
from eventsite.web import pages
from eventsite.web.files import disposition
from eventsite.web.guard import organiser

blueprint = Blueprint("allocation_admin_board", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/admin/<event>/allocation/board")
@organiser("allocation.run")
def board(event: Any) -> Any:
    """The board of the first round, or of the one that the address names."""
    return _board(event, request.args.get("round", ""))


def _board(event: Any, round_: str, refusal: str = "", form: Any = None) -> Any:
    found = queries_board.board(event)
    shown = found.find(round_)
    if round_ and shown is None:
        raise NotFound
    context = {"board": found, "shown": shown, "refusal": refusal, "form": form or forms.SeatForm(formdata=None)}
    return render_template("allocation/admin/board.html", **context), 409 if refusal else 200


@blueprint.post("/admin/<event>/allocation/board/moves")
@organiser("allocation.run")
def moves(event: Any) -> Any:
    """Moves somebody, fixes a place for the next run, or takes a fixed place back; refused ones say why."""
    found = queries_board.board(event)
    shown = found.find(request.form.get("round", ""))
    if shown is None:
        raise NotFound
    one, columns = shown
    items = {column.item.public_id: column.item for column in columns if column.item}
    form = forms.SeatForm()
    form.item.choices = [("", ""), *((uid, i18n.local(item.title)) for uid, item in items.items())]
    person = registrations.get_registration(event.id, form.registration.data or "")
    if not form.validate_on_submit():
        sentences = "; ".join(sentence for _field, sentence in form.error_summary())
        return _board(event, one.public_id, sentences or i18n._("Please choose a workshop."), form)
    try:
        sentence = _do(form, person, one, items.get(form.item.data))
    except Refused as refused:
        return _board(event, one.public_id, str(refused), form)
    flash(sentence)
    return pages.see_other("allocation_admin_board.board", event=event.slug, round=one.public_id)


def _do(form: forms.SeatForm, person: Any, one: Any, item: Any) -> str:
    """What the button said; the sentence to tell."""
    actor, reason = g.account.public_id, form.reason.data or ""
    if form.deed.data == "unpin":
        service_pins.unpin(person.id, one.id, actor=actor)
        return i18n._("The place of %(name)s is no longer fixed.", name=person.name)
    if form.deed.data == "pin":
        if item is None:
            raise Refused(i18n._("Please choose a workshop."))
        service_pins.pin(person.id, item.id, reason=reason, actor=actor)
        return i18n._("Fixed for the next run: %(name)s.", name=person.name)
    target = item.id if item else None
    service_board.move(person.id, one.id, target, actor=actor, override=reason, tell=form.tell.data)
    return i18n._("Moved: %(name)s.", name=person.name)


@blueprint.get("/admin/<event>/allocation/lists")
@organiser("allocation.run")
def lists(event: Any) -> Any:
    """One list per workshop for moderators and doors, to be printed."""
    return render_template("allocation/admin/lists.html", board=queries_board.board(event))


@blueprint.get("/admin/<event>/allocation/lists.xlsx")
@organiser("allocation.run")
def lists_file(event: Any) -> Response:
    """The same as a table."""
    content = exports.lists_xlsx(queries_board.board(event).rounds, sheet=i18n._("Workshops"))
    response = Response(content, content_type=XLSX)
    response.headers["Content-Disposition"] = disposition(f"{event.slug}-workshops.xlsx", inline=False)
    return response
