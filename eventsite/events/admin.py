"""Organisers' pages of an event: settings, registration dates, free pages, publishing."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import clock, i18n, ids
from eventsite.core.errors import NotFound, Refused
from eventsite.events import queries, queries_series, rules, service
from eventsite.events.forms import Confirmation, EventForm, InfoPageForm, NewEventForm
from eventsite.web import forms, pages
from eventsite.web.guard import organiser, owner_only

blueprint = Blueprint("events_admin", __name__)


def _prepared(form: Any) -> Any:
    known = [(v.id, f"{i18n.local(v.name)}, {v.town}".strip(", ")) for v in queries.venues()]
    form.venue_id.choices = forms.options([(0, i18n._("No venue (online or not yet known)")), *known])
    form.hosts.choices = forms.options((h.id, i18n.local(h.name)) for h in queries.hosts())
    if "series_id" in form:
        series = [(one.id, i18n.local(one.title)) for one in queries_series.all_series()]
        form.series_id.choices = forms.options([(0, i18n._("No series")), *series])
    return form


def _values(form: Any) -> dict[str, Any]:
    values = {f.name: f.data for f in form if f.name not in {"csrf_token", "hosts"}}
    for name in ("venue_id", "series_id"):
        if name in values:
            values[name] = values[name] or None
    return values


def _groups() -> list[tuple[str, list[str]]]:
    return [
        (i18n._("What it is"), ["kind", "title", "short_title", "subtitle", "lead", "text", "slug"]),
        (i18n._("When and where"), ["starts_at", "ends_at", "timezone", "attendance", "venue_id"]),
        (i18n._("Who holds it"), ["hosts", "series_id", "contact_name", "contact_email", "contact_phone", "accent"]),
    ]


def _form_page(form: Any, title: str, submit: str, back: tuple[str, str], **more: Any) -> Any:
    status = 422 if form.is_submitted() else 200
    return render_template("layouts/desk_form.html", form=form, title=title, submit=submit, back=back, **more), status


def _new_form() -> Any:
    """The few fields with what they usually hold: a day in three months, the one host there is."""
    day = (clock.now() + timedelta(days=91)).astimezone(ZoneInfo(i18n.current_zone()))
    start = day.replace(hour=9, minute=30, second=0, microsecond=0)
    known = queries.hosts()
    usual = {"de": "Fachveranstaltung", "en": "Professional meeting"}
    hosts = [known[0].id] if len(known) == 1 else []
    times = {"starts_at": start, "ends_at": start.replace(hour=16, minute=30)}
    return _prepared(NewEventForm(data={**times, "kind": usual, "hosts": hosts, "venue_id": 0}))


@blueprint.route("/admin/new", methods=["GET", "POST"])
@owner_only
def create() -> Any:
    """A new event; it stays a draft until it is published."""
    form = _new_form()
    if form.validate_on_submit():
        values = _values(form)
        values["interest_list"] = True
        values["slug"] = values["slug"] or service.free_slug(form.title.data, form.starts_at.data)
        try:
            created = service.create_event(host_ids=form.hosts.data, actor=g.account.public_id, **values)
        except Refused as refusal:
            (form.ends_at if form.ends_at.data <= form.starts_at.data else form.slug).errors = [str(refusal)]
        else:
            flash(i18n._("The event is created, as a draft. Below stands what is still missing."))
            return pages.see_other("dashboard.event", event=created.slug)
    former = queries.events_of(g.account.id, is_owner=True)[:5]
    context = {"title": i18n._("New event"), "submit": i18n._("Create event"), "former": former}
    back = (i18n._("Back"), url_for("dashboard.home"))
    status = 422 if form.is_submitted() else 200
    return render_template("events/admin/new.html", form=form, back=back, **context), status


@blueprint.route("/admin/<event>/settings", methods=["GET", "POST"])
@organiser("event.edit")
def settings(event: Any) -> Any:
    """What the event says about itself."""
    form = _prepared(EventForm(obj=event))
    if not form.is_submitted():  # the event's own `hosts` are rows, the form's are ids
        form.hosts.data, form.venue_id.data = [h.id for h in event.hosts], event.venue_id or 0
        form.series_id.data = event.series_id or 0
    if form.validate_on_submit():
        try:
            changed = service.change_event(
                event.id, actor=g.account.public_id, host_ids=form.hosts.data, **_values(form)
            )
        except Refused as refusal:
            form.ends_at.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("events_admin.settings", event=changed.slug)
    back = (i18n._("Back"), url_for("dashboard.event", event=event.slug))
    return _form_page(form, i18n._("Event"), i18n._("Store"), back, groups=_groups())


@blueprint.get("/admin/<event>/publication")
@organiser("event.edit")
def publication(event: Any) -> Any:
    """What is still missing, the preview link, and the one switch."""
    token = ids.link_token("preview", event.preview_link.public_id, event.preview_link.generation)
    address = {"event": event.slug, "lang": event.languages[0], "preview": token}
    preview_url = pages.external(url_for("site.front", **address))
    seen = [(one, url_for("site.front", as_of=one.phase, **address)) for one in rules.stretches(event)]
    context = {"missing": rules.missing_before_publishing(event, event.hosts), "form": Confirmation()}
    now, names = rules.public_phase(event, clock.now()), rules.PHASE_NAMES
    context |= {"seen": seen, "names": names, "now": now}
    return render_template("events/admin/publication.html", preview_url=preview_url, **context)


@blueprint.post("/admin/<event>/publication")
@organiser("event.edit")
def publish(event: Any) -> Any:
    """Makes the event public."""
    if Confirmation().validate_on_submit():
        service.publish_event(event.id, actor=g.account.public_id)
        flash(i18n._("The event is public now."))
    return pages.see_other("events_admin.publication", event=event.slug)


@blueprint.post("/admin/<event>/publication/withdrawal")
@organiser("event.edit")
def withdraw(event: Any) -> Any:
    """Makes the event a draft again."""
    if Confirmation().validate_on_submit():
        service.withdraw_event(event.id, actor=g.account.public_id)
        flash(i18n._("The event is a draft again: strangers find nothing of it."))
    return pages.see_other("events_admin.publication", event=event.slug)


@blueprint.post("/admin/<event>/publication/preview-link")
@organiser("event.edit")
def renew_preview(event: Any) -> Any:
    """A new preview link; the old one no longer works."""
    if Confirmation().validate_on_submit():
        service.renew_preview_link(event.id)
        flash(i18n._("There is a new preview link. The old one no longer works."))
    return pages.see_other("events_admin.publication", event=event.slug)


@blueprint.route("/admin/<event>/logo", methods=["GET", "POST"])
@organiser("event.edit")
def logo(event: Any) -> Any:
    """The logo in the head of the event's pages."""
    form = forms.PictureForm()
    del form.credit
    if form.validate_on_submit():
        content = form.content()
        try:
            if content or form.is_removed.data:
                service.set_event_logo(event.id, content or None, actor=g.account.public_id)
        except Refused as refusal:
            form.picture.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("events_admin.logo", event=event.slug)
    context = {"title": i18n._("Logo"), "submit": i18n._("Store"), "picture_url": event.logo_url}
    return render_template("events/admin/picture.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.get("/admin/<event>/pages")
@organiser("event.edit")
def info_pages(event: Any) -> Any:
    """The free pages in the order of the menu."""
    return render_template("events/admin/pages.html", pages=queries.info_pages(event.id), form=Confirmation())


@blueprint.route("/admin/<event>/pages/new", methods=["GET", "POST"], defaults={"page": None})
@blueprint.route("/admin/<event>/pages/<page>", methods=["GET", "POST"])
@organiser("event.edit")
def info_page(event: Any, page: str | None) -> Any:
    """One free page."""
    known = next((p for p in queries.info_pages(event.id) if p.slug == page), None)
    if page is not None and known is None:
        raise NotFound
    form = InfoPageForm(obj=known)
    if form.validate_on_submit():
        values = {"title": form.title.data, "text": form.text.data, "position": form.position.data or 0}
        try:
            service.store_info_page(event.id, page, form.slug.data, **values)
        except Refused as refusal:
            form.slug.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("events_admin.info_pages", event=event.slug)
    back = (i18n._("Back"), url_for("events_admin.info_pages", event=event.slug))
    return _form_page(form, i18n._("Free page"), i18n._("Store"), back)


@blueprint.post("/admin/<event>/pages/<page>/removal")
@organiser("event.edit")
def remove_info_page(event: Any, page: str) -> Any:
    """Takes a free page away."""
    if Confirmation().validate_on_submit():
        service.delete_info_page(event.id, page)
        flash(i18n._("The page is gone."))
    return pages.see_other("events_admin.info_pages", event=event.slug)
