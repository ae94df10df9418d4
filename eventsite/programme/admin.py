"""Organisers' pages of the programme: the draft by time, its clashes, items, rounds, and the release."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.programme import (
    admin_items,
    queries,
    queries_drafts,
    rules,
    service,
    service_offerings,
    service_releases,
)
from eventsite.programme.forms import CancellationForm, Confirmation, RoundForm
from eventsite.web import pages
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


@blueprint.route("/admin/<event>/programme/new", methods=["GET", "POST"])
@organiser(PERMISSION)
def create(event: Any) -> Any:
    """A new item."""
    form = admin_items.item_form(event, None)
    if form.validate_on_submit():
        try:
            item = service.create_item(event.id, actor=g.account.public_id, **form.values())
        except Refused as refusal:
            form.ends_at.errors = [str(refusal)]
        else:
            admin_items.tell_times(item, event.timezone)
            return pages.see_other("programme_admin.item", event=event.slug, item=item.public_id)
    return admin_items.show(event, form, None)


@blueprint.route("/admin/<event>/programme/<item>", methods=["GET", "POST"])
@organiser(PERMISSION)
def item(event: Any, item: str) -> Any:
    """One item with its people."""
    found = queries.get_item(event.id, item)
    form = admin_items.item_form(event, found)
    if form.validate_on_submit():
        try:
            values, seen = form.values(), form.seen.data or ""
            changed = service_offerings.change_item(found.id, seen=seen, actor=g.account.public_id, **values)
        except service_offerings.Changed as refusal:
            form.seen.data = service_offerings.stamp(queries.get_item(event.id, item))
            return admin_items.show(event, form, found, refusal=str(refusal))
        except Refused as refusal:
            form.ends_at.errors = [str(refusal)]
        else:
            admin_items.tell_times(changed, event.timezone)
            return pages.see_other("programme_admin.item", event=event.slug, item=item)
    return admin_items.show(event, form, found)


@blueprint.post("/admin/<event>/programme/<item>/people")
@organiser(PERMISSION)
def add_person(event: Any, item: str) -> Any:
    """Puts somebody into an item; a name that somebody has already is asked about first."""
    found, form = queries.get_item(event.id, item), admin_items.people_form()
    candidates = admin_items.namesakes(form.name.data or "") if not form.speaker.data else []
    form.ask(candidates)
    is_good, chosen = form.validate_on_submit(), form.chosen(candidates)
    if not (form.speaker.data or form.name.data):
        form.name.errors = [i18n._("Please choose a person or give a name.")]
    elif chosen is None:
        form.namesake.errors = [i18n._("Somebody is called so already. Is it the same person?")]
    elif is_good:
        service.add_person(found.id, chosen, form.name.data or "", actor=g.account.public_id, **form.values())
        flash(i18n._("Stored in the draft."))
        return pages.see_other("programme_admin.item", event=event.slug, item=item, _anchor="people")
    main = admin_items.item_form(event, found, formdata=None)
    return admin_items.show(event, main, found, people=form, candidates=candidates)


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
