"""Owners' pages of hosts and venues, which several events share."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.events import queries, service, service_maps
from eventsite.events.forms import HostForm, MapForm, RoomForm, VenueForm
from eventsite.web import forms, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import owner_only

blueprint = Blueprint("places_admin", __name__)


def _values(form: Any) -> dict[str, Any]:
    return {f.name: f.data for f in form if f.name != "csrf_token"}


def _found(rows: list[Any], public_id: str | None) -> Any:
    if public_id is None:
        return None
    row = next((r for r in rows if r.public_id == public_id), None)
    if row is None:
        raise NotFound
    return row


def _form_page(form: Any, title: str, back: str) -> Any:
    status = 422 if form.is_submitted() else 200
    more = {"title": title, "submit": i18n._("Store"), "back": (i18n._("Back"), back)}
    return render_template("layouts/desk_form.html", form=form, **more), status


@blueprint.get("/admin/hosts")
@owner_only
def hosts() -> Any:
    """All hosts of the site."""
    return render_template("events/admin/hosts.html", hosts=queries.hosts())


@blueprint.route("/admin/hosts/new", methods=["GET", "POST"], defaults={"host": None})
@blueprint.route("/admin/hosts/<host>", methods=["GET", "POST"])
@owner_only
def host(host: str | None) -> Any:
    """One host with its imprint."""
    known = _found(queries.hosts(), host)
    form = HostForm(obj=known)
    if form.validate_on_submit():
        if known is None:
            service.create_host(**_values(form))
        else:
            service.change_host(known.id, **_values(form))
        flash(i18n._("Stored."))
        return pages.see_other("places_admin.hosts")
    return _form_page(form, i18n._("Host"), url_for("places_admin.hosts"))


@blueprint.route("/admin/hosts/<host>/logo", methods=["GET", "POST"])
@owner_only
def logo(host: str) -> Any:
    """The logo of a host."""
    known = _found(queries.hosts(), host)
    form = forms.PictureForm()
    del form.credit
    if form.validate_on_submit():
        content = form.content()
        try:
            if content or form.is_removed.data:
                service.set_host_logo(known.id, content or None)
        except Refused as refusal:
            form.picture.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("places_admin.logo", host=host)
    url = f"/logos/{known.logo_key}" if known.logo_key else None
    context = {"title": i18n._("Logo of %(name)s", name=i18n.local(known.name)), "submit": i18n._("Store")}
    page = render_template("events/admin/picture.html", form=form, picture_url=url, **context)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/admin/venues")
@owner_only
def venues() -> Any:
    """All venues with their rooms."""
    return render_template("events/admin/venues.html", venues=queries.venues())


@blueprint.route("/admin/venues/new", methods=["GET", "POST"], defaults={"venue": None})
@blueprint.route("/admin/venues/<venue>", methods=["GET", "POST"])
@owner_only
def venue(venue: str | None) -> Any:
    """One venue."""
    known = _found(queries.venues(), venue)
    form = VenueForm(obj=known)
    if form.validate_on_submit():
        if known is None:
            service.create_venue(**_values(form))
        else:
            service.change_venue(known.id, **_values(form))
        flash(i18n._("Stored."))
        return pages.see_other("places_admin.venues")
    return _form_page(form, i18n._("Venue"), url_for("places_admin.venues"))


@blueprint.route("/admin/venues/<venue>/map", methods=["GET", "POST"])
@owner_only
def map_picture(venue: str) -> Any:
    """The picture of the way to a venue, with its description and whose it is."""
    known = _found(queries.venues(), venue)
    form = MapForm(data={"alt": known.map_alt, "credit": known.map_credit})
    if form.validate_on_submit():
        try:
            if form.is_removed.data:
                service_maps.remove_map(known.id)
            else:
                service_maps.set_map(known.id, form.content(), alt=form.alt.data, credit=form.credit.data or "")
        except Refused as refusal:
            form.picture.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("places_admin.map_picture", venue=venue)
    context = {
        "title": i18n._("Map of %(name)s", name=i18n.local(known.name)),
        "submit": i18n._("Store"),
        "picture_url": url_for("places_admin.map_file", venue=venue) if known.map_key else None,
        "back": (i18n._("Back"), url_for("places_admin.venues")),
    }
    return render_template("events/admin/map.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.get("/admin/venues/<venue>/map/picture")
@owner_only
def map_file(venue: str) -> Response:
    """The stored picture itself."""
    known = _found(queries.venues(), venue)
    if known.map_key is None:
        raise NotFound
    return stored_file(known.map_key, content_type="image/webp")


@blueprint.route("/admin/venues/<venue>/rooms/new", methods=["GET", "POST"], defaults={"room": None})
@blueprint.route("/admin/venues/<venue>/rooms/<room>", methods=["GET", "POST"])
@owner_only
def room(venue: str, room: str | None) -> Any:
    """One room of a venue."""
    place = _found(queries.venues(), venue)
    known = _found(place.rooms, room)
    form = RoomForm(obj=known)
    if form.validate_on_submit():
        if known is None:
            service.add_room(place.id, position=len(place.rooms), **_values(form))
        else:
            service.change_room(known.id, **_values(form))
        flash(i18n._("Stored."))
        return pages.see_other("places_admin.venues")
    return _form_page(form, i18n._("Room"), url_for("places_admin.venues"))
