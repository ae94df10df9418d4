"""Organisers' page of the tracks: names, colours that can be read, order."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.events import colours
from eventsite.programme import queries_tracks, service_tracks
from eventsite.programme.forms import Confirmation, TrackForm
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_tracks", __name__)
PERMISSION = "programme.edit"
_STEPS = {"up": -1, "down": 1}


@blueprint.get("/admin/<event>/tracks")
@organiser(PERMISSION)
def tracks(event: Any) -> Any:
    """All tracks of the draft in order."""
    rows, counts = queries_tracks.tracks(event.id), queries_tracks.counts(event.id)
    shown = [(row, counts.get(row.id, 0), colours.themes(row.colour)) for row in rows]
    back = url_for("programme_admin.programme")
    return render_template("programme/admin/tracks.html", tracks=shown, form=Confirmation(), back=back)


@blueprint.route("/admin/<event>/tracks/new", methods=["GET", "POST"], defaults={"track": None})
@blueprint.route("/admin/<event>/tracks/<track>", methods=["GET", "POST"])
@organiser(PERMISSION)
def track(event: Any, track: str | None) -> Any:
    """One track."""
    known = queries_tracks.get_track(event.id, track) if track else None
    form = TrackForm(obj=known)
    if form.validate_on_submit():
        wanted = {"title": form["title"].data, "colour": form.colour.data}
        try:
            stored = service_tracks.store_track(event.id, track, **wanted, actor=g.account.public_id)
        except Refused as refusal:
            form["title"].errors = [str(refusal)]
        else:
            is_kept = stored.colour == form.colour.data
            pale = i18n._("Stored. The colour was too pale to be read and is a little darker now.")
            flash(i18n._("Stored in the draft.") if is_kept else pale)
            return pages.see_other("programme_admin_tracks.tracks", event=event.slug)
    back = (i18n._("Back to the tracks"), url_for("programme_admin_tracks.tracks"))
    context = {"title": i18n._("Track"), "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.post("/admin/<event>/tracks/<track>/<any(up, down, removal):deed>")
@organiser(PERMISSION)
def arrange(event: Any, track: str, deed: str) -> Any:
    """Moves a track in the order, or takes it away."""
    if Confirmation().validate_on_submit():
        if deed == "removal":
            service_tracks.delete_track(event.id, track, actor=g.account.public_id)
            flash(i18n._("The track is taken away. Its items stay, in no track."))
        else:
            service_tracks.move_track(event.id, track, _STEPS[deed], actor=g.account.public_id)
    return pages.see_other("programme_admin_tracks.tracks", event=event.slug)
