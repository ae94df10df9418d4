"""Organisers' pages of speakers: who appears, profiles, portraits."""

from typing import Any

from flask import Blueprint, flash, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.programme import queries_speakers, service_speakers
from eventsite.programme.forms import SpeakerForm, links_of, links_text
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_speakers", __name__)
PERMISSION = "programme.edit"


@blueprint.get("/admin/<event>/speakers")
@organiser(PERMISSION)
def speakers(event: Any) -> Any:
    """Everybody in this event's draft, and what their profiles lack."""
    return render_template("programme/admin/speakers.html", speakers=queries_speakers.draft_speakers(event.id))


@blueprint.route("/admin/<event>/speakers/<speaker>", methods=["GET", "POST"])
@organiser(PERMISSION)
def speaker(event: Any, speaker: str) -> Any:
    """One profile; it is the same in all events. Only people of this event can be edited here."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    form = SpeakerForm(obj=found)
    if not form.is_submitted():
        form.links.data = links_text(found.links)
    if form.validate_on_submit():
        values = {f.name: f.data for f in form if f.name != "csrf_token"}
        try:
            service_speakers.change_speaker(found.id, **{**values, "links": links_of(values["links"])})
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("programme_admin_speakers.speakers", event=event.slug)
    back = (i18n._("Back to the speakers"), url_for("programme_admin_speakers.speakers"))
    context = {"title": found.name, "submit": i18n._("Store"), "back": back, "speaker": found}
    return render_template("programme/admin/speaker.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.route("/admin/<event>/speakers/<speaker>/portrait", methods=["GET", "POST"])
@organiser(PERMISSION)
def portrait(event: Any, speaker: str) -> Any:
    """The portrait of a profile, with its credit."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    form = forms.PictureForm(data={"credit": found.portrait_credit})
    if form.validate_on_submit():
        content = form.content()
        try:
            if content or form.is_removed.data:
                service_speakers.set_portrait(found.id, content or None, form.credit.data or "")
        except Refused as refusal:
            form.picture.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("programme_admin_speakers.speaker", event=event.slug, speaker=speaker)
    context = {"title": i18n._("Portrait of %(name)s", name=found.name), "submit": i18n._("Store"), "picture_url": None}
    return render_template("programme/admin/portrait.html", form=form, **context), 422 if form.is_submitted() else 200
