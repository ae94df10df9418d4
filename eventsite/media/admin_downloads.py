"""Organisers' pages of files for download: offer, describe, replace, delete."""

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.events.models import Event
from eventsite.media import queries, rules, service
from eventsite.media.forms import LANGUAGES, Confirmation, DownloadForm
from eventsite.media.models import Download
from eventsite.web import pages
from eventsite.web.files import stored_file
from eventsite.web.forms import options
from eventsite.web.guard import organiser

blueprint = Blueprint("media_admin_downloads", __name__)
PERMISSION = "media.edit"


@blueprint.get("/admin/<event>/downloads")
@organiser(PERMISSION)
def downloads(event: Event) -> Any:
    """All files with who may have them."""
    return render_template(
        "media/admin/downloads.html",
        files=queries.all_downloads(event.id),
        titles=queries.item_titles(event.id),
        access=rules.ACCESS,
        button=Confirmation(formdata=None),
    )


def _form(event: Event, known: Download | None) -> DownloadForm:
    form = DownloadForm(obj=known, data={"item_id": known.item_id or 0} if known else None)
    titles = queries.item_titles(event.id)
    found = [(0, i18n._("the whole event")), *((n, i18n.local(t)) for n, t in titles.items())]
    form.item_id.choices = options(found)
    return form


def _values(form: DownloadForm) -> dict[str, Any]:
    values = {n: form[n].data for n in ("language", "access", "publish_after", "credit", "licence")}
    title = {code: words for code in LANGUAGES if (words := form.title.data.get(code) or "")}
    return {**values, "title": title, "item_id": form.item_id.data or None}


@blueprint.route("/admin/<event>/downloads/new", methods=["GET", "POST"])
@organiser(PERMISSION)
def create(event: Event) -> Any:
    """A new file."""
    form = _form(event, None)
    if form.validate_on_submit() and _store(event, form, None):
        return pages.see_other("media_admin_downloads.downloads", event=event.slug)
    return _page(form, i18n._("Offer a file"))


@blueprint.route("/admin/<event>/downloads/<download>", methods=["GET", "POST"])
@organiser(PERMISSION)
def change(event: Event, download: str) -> Any:
    """What is said about a file; a new file replaces the old one, the address stays."""
    known = queries.get_download(event.id, download)
    form = _form(event, known)
    if form.validate_on_submit() and _store(event, form, known):
        return pages.see_other("media_admin_downloads.downloads", event=event.slug)
    return _page(form, i18n._("File: %(name)s", name=known.filename))


def _store(event: Event, form: DownloadForm, known: Download | None) -> bool:
    """Stores the form; when it is refused, says so at the field."""
    upload, values, actor = form.file.data, _values(form), g.account.public_id
    content = upload.read() if upload and upload.filename else None
    if known is None and content is None:
        form.file.errors = [i18n._("Please choose a file.")]
        return False
    if not values["title"]:
        form.title["de"].errors = [i18n._("Please give the file a title.")]
        return False
    try:
        if known is None:
            service.add_download(event.id, content or b"", upload.filename, actor=actor, **values)
        else:
            name = upload.filename if content else ""
            service.change_download(known.id, content=content, filename=name, actor=actor, **values)
    except Refused as refusal:
        form.file.errors = [refusal]
        return False
    flash(i18n._("Stored."))
    return True


def _page(form: DownloadForm, title: str) -> Any:
    back = i18n._("Back"), url_for("media_admin_downloads.downloads")
    page = render_template("media/admin/download.html", form=form, title=title, submit=i18n._("Store"), back=back)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/admin/<event>/downloads/<download>/file")
@organiser(PERMISSION)
def file(event: Event, download: str) -> Response:
    """The file itself, whatever its access level."""
    one = queries.get_download(event.id, download)
    return stored_file(one.key, content_type=one.content_type, filename=one.filename, inline=False)


@blueprint.post("/admin/<event>/downloads/<download>/deletion")
@organiser(PERMISSION)
def remove(event: Event, download: str) -> Any:
    """Takes a file away."""
    known = queries.get_download(event.id, download)
    if Confirmation().validate_on_submit():
        service.delete_download(known.id, actor=g.account.public_id)
        flash(i18n._("The file is deleted."))
    return pages.see_other("media_admin_downloads.downloads", event=event.slug)
