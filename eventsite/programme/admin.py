"""Organisers' pages of the programme: the draft by time, its clashes, items, rounds, and the release."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.events import queries as events
from eventsite.programme import (
    queries,
    queries_drafts,
    queries_speakers,
    rules,
    rules_speakers,
    service,
    service_releases,
)
from eventsite.programme.forms import AppearanceForm, CancellationForm, Confirmation, ItemForm, RoundForm
from eventsite.programme.models import ProgrammeItem
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin", __name__)
PERMISSION = "programme.edit"


@blueprint.get("/admin/<event>/programme")
@organiser(PERMISSION)
def programme(event: Any) -> Any:
    """The draft in order of time, what clashes in it, and what a release would change."""
    items, rounds = queries.items(event.id), queries.rounds(event.id)
    found = {"items": items, "rounds": rounds, "clashes": queries.clashes(event), "kinds": rules.KINDS}
    last, changes = queries.find_release(event.id), service_releases.unreleased_changes(event.id, items)
    offer = queries_drafts.offer(event.id)
    context = {**found, "last": last, "changes": changes, "form": Confirmation(), "offer": offer}
    return render_template("programme/admin/programme.html", **context)


def _item_form(event: Any, item: ProgrammeItem | None) -> ItemForm:
    start = {"starts_at": event.starts_at, "ends_at": event.ends_at, "kind": "talk"}
    known = {"room_id": item.room_id or 0, "round_id": item.round_id or 0} if item else start
    form = ItemForm(obj=item, data=known)
    rooms = [(r.id, i18n.local(r.name)) for r in events.rooms(event)]
    rounds = [(r.id, i18n.local(r.title)) for r in queries.rounds(event.id)]
    form.room_id.choices = forms.options([(0, i18n._("No room")), *rooms])
    form.round_id.choices = forms.options([(0, i18n._("In no round")), *rounds])
    return form


def _values(form: ItemForm) -> dict[str, Any]:
    values = {f.name: f.data for f in form if f.name != "csrf_token"}
    return {**values, "room_id": values["room_id"] or None, "round_id": values["round_id"] or None}


@blueprint.route("/admin/<event>/programme/new", methods=["GET", "POST"])
@organiser(PERMISSION)
def create(event: Any) -> Any:
    """A new item."""
    form = _item_form(event, None)
    if form.validate_on_submit():
        try:
            item = service.create_item(event.id, actor=g.account.public_id, **_values(form))
        except Refused as refusal:
            form.ends_at.errors = [str(refusal)]
        else:
            flash(i18n._("Stored in the draft."))
            return pages.see_other("programme_admin.item", event=event.slug, item=item.public_id)
    return _item_page(form, None)


@blueprint.route("/admin/<event>/programme/<item>", methods=["GET", "POST"])
@organiser(PERMISSION)
def item(event: Any, item: str) -> Any:
    """One item with its people."""
    found = queries.get_item(event.id, item)
    form = _item_form(event, found)
    if form.validate_on_submit():
        try:
            service.change_item(found.id, actor=g.account.public_id, **_values(form))
        except Refused as refusal:
            form.ends_at.errors = [str(refusal)]
        else:
            flash(i18n._("Stored in the draft."))
            return pages.see_other("programme_admin.item", event=event.slug, item=item)
    return _item_page(form, found)


def _item_page(form: ItemForm, item: ProgrammeItem | None) -> Any:
    title = i18n.local(item.title) if item else i18n._("New item")
    back = (i18n._("Back to the programme"), url_for("programme_admin.programme"))
    context = {"title": title, "submit": i18n._("Store"), "back": back, "roles": rules.ROLES, "button": Confirmation()}
    people = _people_form(item) if item else None
    status = 422 if form.is_submitted() else 200
    return render_template("programme/admin/item.html", form=form, item=item, people=people, **context), status


def _people_form(item: ProgrammeItem) -> AppearanceForm:
    form = AppearanceForm(prefix="people-")
    known = rules_speakers.told_apart(queries_speakers.speakers())
    form.speaker.choices = forms.options([("", i18n._("Choose a person")), *known])
    return form


@blueprint.post("/admin/<event>/programme/<item>/people")
@organiser(PERMISSION)
def add_person(event: Any, item: str) -> Any:
    """Puts somebody into an item."""
    found = queries.get_item(event.id, item)
    form = _people_form(found)
    if form.validate_on_submit() and (form.speaker.data or form.name.data):
        lines = [line.strip() for line in (form.organisations.data or "").splitlines() if line.strip()]
        values = {"role": form.role.data, "role_label": form.role_label.data, "organisations": lines}
        service.add_person(found.id, form.speaker.data, form.name.data or "", actor=g.account.public_id, **values)
        flash(i18n._("Stored in the draft."))
    else:
        flash(i18n._("Please choose a person or give a name."), "error")
    return pages.see_other("programme_admin.item", event=event.slug, item=item, _anchor="people")


@blueprint.post("/admin/<event>/programme/<item>/people/<int:position>/removal")
@organiser(PERMISSION)
def remove_person(event: Any, item: str, position: int) -> Any:
    """Takes somebody out of an item; the profile stays."""
    if Confirmation().validate_on_submit():
        service.remove_appearance(queries.get_item(event.id, item).id, position, actor=g.account.public_id)
    return pages.see_other("programme_admin.item", event=event.slug, item=item, _anchor="people")


@blueprint.route("/admin/<event>/programme/<item>/cancellation", methods=["GET", "POST"])
@organiser(PERMISSION)
def cancel(event: Any, item: str) -> Any:
    """Cancels an item visibly, with the reason that is shown with it; once cancelled, changes the reason."""
    found = queries.get_item(event.id, item)
    form = CancellationForm(data={"reason": found.cancel_reason})
    if form.validate_on_submit():
        service.cancel_item(found.id, reason=form.reason.data, actor=g.account.public_id)
        flash(i18n._("Stored in the draft."))
        return pages.see_other("programme_admin.item", event=event.slug, item=item)
    title = i18n._("Cancel “%(title)s”", title=i18n.local(found.title))
    back = (i18n._("Back"), url_for("programme_admin.item", item=item))
    intro = i18n._("The item stays in the programme, on its page and in calendars, marked as cancelled.")
    context = {"title": title, "submit": i18n._("Cancel item"), "back": back, "intro": intro}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.post("/admin/<event>/programme/<item>/<any(restoration, removal):deed>")
@organiser(PERMISSION)
def change_state(event: Any, item: str, deed: str) -> Any:
    """Takes the cancellation of an item back, or deletes it from the draft."""
    found = queries.get_item(event.id, item)
    if not Confirmation().validate_on_submit():
        return pages.see_other("programme_admin.item", event=event.slug, item=item)
    deeds = {"restoration": service.restore_item, "removal": service.delete_item}
    deeds[deed](found.id, actor=g.account.public_id)
    flash(i18n._("Stored in the draft."))
    if deed == "removal":
        return pages.see_other("programme_admin.programme", event=event.slug)
    return pages.see_other("programme_admin.item", event=event.slug, item=item)


@blueprint.route("/admin/<event>/rounds/new", methods=["GET", "POST"], defaults={"uid": None})
@blueprint.route("/admin/<event>/rounds/<uid>", methods=["GET", "POST"])
@organiser(PERMISSION)
def workshop_round(event: Any, uid: str | None) -> Any:
    """One round of parallel workshops."""
    known = queries.get_round(event.id, uid) if uid else None
    form = RoundForm(obj=known, data=None if known else {"starts_at": event.starts_at, "ends_at": event.ends_at})
    if form.validate_on_submit():
        values = {name: form[name].data for name in ("title", "starts_at", "ends_at")}
        try:
            service.store_round(event.id, known.id if known else None, actor=g.account.public_id, **values)
        except Refused as refusal:
            form.ends_at.errors = [str(refusal)]
        else:
            flash(i18n._("Stored in the draft."))
            return pages.see_other("programme_admin.programme", event=event.slug)
    back = (i18n._("Back to the programme"), url_for("programme_admin.programme"))
    context = {"title": i18n._("Workshop round"), "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.post("/admin/<event>/rounds/<uid>/removal")
@organiser(PERMISSION)
def remove_round(event: Any, uid: str) -> Any:
    """Takes an empty round away."""
    if Confirmation().validate_on_submit():
        service.delete_round(queries.get_round(event.id, uid).id, actor=g.account.public_id)
    return pages.see_other("programme_admin.programme", event=event.slug)
