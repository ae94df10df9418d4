"""Organisers' board: the workshops of a round side by side; people moved, fixed, and taken back by one plain form."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request

from eventsite.allocation import figures, forms, queries_board, service_board, service_pins
from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.registration import queries as registrations
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("allocation_admin_board", __name__)


@blueprint.get("/admin/<event>/allocation/board")
@organiser("allocation.run")
def board(event: Any) -> Any:
    """The board of the first round, or of the one that the address names."""
    return _board(event, request.args.get("round", ""), chosen=request.args.get("chosen", ""))


def _board(event: Any, round_: str, refusal: str = "", form: Any = None, chosen: str = "") -> Any:
    found = queries_board.board(event, actor=g.account.public_id)
    shown = found.find(round_)
    if round_ and shown is None:
        raise NotFound
    titles = {uid: i18n.local(item.title) for uid, item in found.situation.items.items()}
    context = {
        "board": found,
        "shown": shown,
        "columns": _filtered(shown[1], request.args.get("q", "")) if shown else [],
        "query": request.args.get("q", ""),
        "refusal": refusal,
        "form": form or forms.SeatForm(formdata=None),
        "chosen": chosen,
        "steps": figures.steps(found.before, found.after) if found.before and found.after else [],
        "undo": _step_in_words(found, titles),
    }
    return render_template("allocation/admin/board.html", **context), 409 if refusal else 200


def _filtered(columns: list[queries_board.Column], query: str) -> list[tuple[queries_board.Column, list[Any]]]:
    """The columns with the people whose name holds what is looked for."""
    wanted = query.casefold().strip()
    return [(c, [seat for seat in c.seats if wanted in seat.registration.name.casefold()]) for c in columns]


def _step_in_words(found: queries_board.Board, titles: dict[str, str]) -> str:
    """What undoing would take back."""
    step = found.undo
    if step is None:
        return ""
    people = found.situation.people.values()
    name = next((person.name for person in people if person.id == step.registration_id), "")
    if step.deed == "pin":
        if not step.after:
            return i18n._("%(name)s no longer fixed", name=name)
        return i18n._("%(name)s fixed in “%(workshop)s”", name=name, workshop=titles.get(step.after["workshop"], ""))
    target = step.after.get("workshop")
    if target is None:
        return i18n._("%(name)s without a workshop", name=name)
    return i18n._("%(name)s moved to “%(workshop)s”", name=name, workshop=titles.get(target, ""))


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
    if not form.registration.data:
        return _board(event, one.public_id, i18n._("Please choose a person first."), form)
    person = registrations.get_registration(event.id, form.registration.data)
    if not form.validate_on_submit():
        sentences = "; ".join(sentence for _field, sentence in form.error_summary())
        return _board(event, one.public_id, sentences or i18n._("Please choose a workshop."), form, person.public_id)
    try:
        sentence = _do(form, person, one, items.get(form.item.data))
    except Refused as refused:
        return _board(event, one.public_id, str(refused), form, person.public_id)
    _tell_effect(event, found, sentence)
    where = {"round": one.public_id, "chosen": person.public_id}
    return pages.see_other("allocation_admin_board.board", event=event.slug, **where)


def _tell_effect(event: Any, before: queries_board.Board, sentence: str) -> None:
    after = queries_board.board(event).after
    effect = figures.steps_in_words(before.after, after) if before.after and after else ""
    flash(f"{sentence} {effect}".strip())


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


@blueprint.post("/admin/<event>/allocation/board/undo")
@organiser("allocation.run")
def undo(event: Any) -> Any:
    """Takes the own last step back."""
    before = queries_board.board(event)
    shown = before.find(request.form.get("round", ""))
    if shown is None or not forms.ButtonForm().validate_on_submit():
        raise NotFound
    try:
        step = service_board.undo(event.id, actor=g.account.public_id)
    except Refused as refused:
        return _board(event, shown[0].public_id, str(refused))
    rounds = {one.id: one.public_id for one, _columns in before.rounds}
    people = {person.id: person.public_id for person in before.situation.people.values()}
    where = {"round": rounds.get(step.round_id, ""), "chosen": people.get(step.registration_id, "")}
    _tell_effect(event, before, i18n._("Undone."))
    return pages.see_other("allocation_admin_board.board", event=event.slug, **where)
