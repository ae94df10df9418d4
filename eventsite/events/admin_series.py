"""Owners' pages of series."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import queries_series, service_series
from eventsite.events.forms import Confirmation
from eventsite.web import forms, pages
from eventsite.web.guard import owner_only

blueprint = Blueprint("series_admin", __name__)


class SeriesForm(forms.Form):
    """What a series is called, and its address in the archive."""

    title = forms.words(_l("Title"), required=True)
    slug = forms.line(_l("Address"), required=True, most=60, description=_l("For example: learning-places"))


@blueprint.get("/admin/series")
@owner_only
def overview() -> Any:
    """All series with the number of their events."""
    context = {"series": queries_series.all_series(), "counts": queries_series.counts(), "form": Confirmation()}
    return render_template("events/admin/series.html", **context)


@blueprint.route("/admin/series/new", methods=["GET", "POST"], defaults={"series": None})
@blueprint.route("/admin/series/<series>", methods=["GET", "POST"])
@owner_only
def one(series: str | None) -> Any:
    """One series."""
    known = next((row for row in queries_series.all_series() if row.public_id == series), None)
    if series is not None and known is None:
        raise NotFound
    form = SeriesForm(obj=known)
    if form.validate_on_submit():
        try:
            values = {"title": form.title.data, "slug": form.slug.data, "actor": g.account.public_id}
            service_series.store_series(series, **values)
        except Refused as refusal:
            form.slug.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("series_admin.overview")
    more = {"title": i18n._("Series"), "submit": i18n._("Store")}
    back, status = (i18n._("Back"), url_for("series_admin.overview")), 422 if form.is_submitted() else 200
    return render_template("layouts/desk_form.html", form=form, back=back, **more), status


@blueprint.post("/admin/series/<series>/removal")
@owner_only
def remove(series: str) -> Any:
    """Takes a series without events away."""
    if Confirmation().validate_on_submit():
        try:
            service_series.delete_series(series, actor=g.account.public_id)
        except Refused as refusal:
            flash(str(refusal), "error")
        else:
            flash(i18n._("The series is gone."))
    return pages.see_other("series_admin.overview")
