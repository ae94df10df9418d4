"""Organisers' pages of portraits: a picture with its credit, and the point that every crop keeps."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.programme import portraits, queries_speakers, service_speakers
from eventsite.programme.forms_speakers import FocusForm
from eventsite.web import forms, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_portraits", __name__)
PERMISSION = "programme.edit"


@blueprint.route("/admin/<event>/speakers/<speaker>/portrait", methods=["GET", "POST"])
@organiser(PERMISSION)
def portrait(event: Any, speaker: str) -> Any:
    """The portrait of a profile, with its credit."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    form = forms.PictureForm(data={"credit": found.portrait_credit})
    if form.validate_on_submit():
        try:
            _store(found, form)
        except Refused as refusal:
            form["picture" if form.credit.data else "credit"].errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("programme_admin_portraits.portrait", event=event.slug, speaker=speaker)
    focus = FocusForm(data={"x": round(100 * found.focus_x), "y": round(100 * found.focus_y)})
    return _page(found, form, focus)


def _store(found: Any, form: forms.PictureForm) -> None:
    content = form.content()
    if content or form.is_removed.data:
        service_speakers.set_portrait(found.id, content or None, form.credit.data or "")
    elif found.portrait_key:
        service_speakers.set_credit(found.id, form.credit.data or "")


def _page(found: Any, form: forms.PictureForm, focus: FocusForm) -> Any:
    back = (i18n._("Back to the profile"), url_for("programme_admin_speakers.speaker", speaker=found.public_id))
    context = {
        "title": i18n._("Portrait of %(name)s", name=found.name),
        "submit": i18n._("Store"),
        "back": back,
        "picture_url": None,
        "speaker": found,
        "whole": portraits.whole(found),
        "crop": portraits.picture(found, lambda key: _address(found, key)),
        "focus": focus,
    }
    status = 422 if form.is_submitted() else 200
    return render_template("programme/admin/portrait.html", form=form, **context), status


def _address(found: Any, key: str) -> str:
    return url_for("programme_admin_portraits.file", speaker=found.public_id, key=key)


@blueprint.post("/admin/<event>/speakers/<speaker>/portrait/focus")
@organiser(PERMISSION)
def focus(event: Any, speaker: str) -> Any:
    """Crops the portrait round another point."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    form = FocusForm()
    if form.validate_on_submit():
        try:
            service_speakers.set_focus(found.id, (form.x.data or 0) / 100, (form.y.data or 0) / 100)
        except Refused as refusal:
            form.x.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("programme_admin_portraits.portrait", event=event.slug, speaker=speaker)
    return _page(found, forms.PictureForm(formdata=None, data={"credit": found.portrait_credit}), form)


@blueprint.get("/admin/<event>/speakers/<speaker>/portrait/<key>")
@organiser(PERMISSION)
def file(event: Any, speaker: str, key: str) -> Response:
    """The portrait for organisers: its crops, and the whole picture without hidden data; never the original."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    whole = portraits.whole(found)
    if key not in portraits.keys(found) | ({whole["key"]} if whole else set()):
        raise NotFound
    forms_by_key = {one["key"]: one["format"] for one in found.portrait_files or []}
    form = forms_by_key.get(key, "jpeg")
    return stored_file(key, content_type=f"image/{'jpeg' if form == portraits.WHOLE else form}")
