"""Organisers' pages of pictures: upload, worklist, publishing."""

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Problem
from eventsite.events.models import Event
from eventsite.media import queries, rules, service
from eventsite.media.forms import LANGUAGES, Confirmation, PhotoForm, UploadForm
from eventsite.media.models import Photo
from eventsite.web import pages
from eventsite.web.files import stored_file
from eventsite.web.guard import organiser

blueprint = Blueprint("media_admin", __name__)
PERMISSION = "media.edit"


@blueprint.route("/admin/<event>/pictures", methods=["GET", "POST"])
@organiser(PERMISSION)
def pictures(event: Event) -> Any:
    """All pictures of the event with what each still needs; takes in new ones."""
    form, problems = UploadForm(), []
    if form.validate_on_submit():
        problems = _take_in(event, form)
        if not problems:
            return pages.see_other("media_admin.pictures", event=event.slug)
    photos = queries.all_photos(event.id)
    page = render_template(
        "media/admin/pictures.html",
        form=form,
        problems=problems,
        photos=[(photo, _thumbnail(photo), rules.missing(photo)) for photo in photos],
        button=Confirmation(formdata=None),
        waiting=sum(photo.state == "new" for photo in photos),
    )
    return page, 422 if problems or form.errors else 200


def _take_in(event: Event, form: UploadForm) -> list[str]:
    """Takes in what can be taken in; the reasons for the rest, file by file."""
    problems, taken = [], 0
    uploads = [one for one in form.files.data or [] if getattr(one, "filename", "")]
    if not uploads:
        return [i18n._("Please choose at least one picture.")]
    given = {name: form[name].data for name in ("credit", "licence", "consent_kind") if form[name].data}
    for upload in uploads:
        try:
            service.take_in_photo(event.id, upload.read(), upload.filename, actor=g.account.public_id, **given)
            taken += 1
        except Problem as problem:
            problems.append(f"{upload.filename[:80]}: {problem}")
    if taken:
        flash(i18n.ngettext("One picture is taken in.", "%(num)s pictures are taken in.", taken))
    return problems


def _thumbnail(photo: Photo) -> dict[str, Any] | None:
    smallest = next((one for one in photo.derivatives if one.format == "jpeg"), None)
    if smallest is None:
        return None
    return {"key": smallest.key, "width": smallest.width, "height": smallest.height}


@blueprint.get("/admin/<event>/pictures/files/<key>.jpg")
@organiser(PERMISSION)
def thumbnail(event: Event, key: str) -> Response:
    """A rendition of a picture that need not be published yet."""
    found = queries.find_rendition_of_event(event.id, key)
    if found is None:
        raise NotFound
    return stored_file(found.key, content_type="image/jpeg", cache="private, max-age=3600")


@blueprint.route("/admin/<event>/pictures/<photo>", methods=["GET", "POST"])
@organiser(PERMISSION)
def picture(event: Event, photo: str) -> Any:
    """Words, credit, licence and consent of one picture; stores, and publishes where that is asked for."""
    known = queries.get_photo(event.id, photo)
    form = PhotoForm(obj=known)
    problem: Problem | None = None
    if form.validate_on_submit():
        try:
            _store(known, form)
            return _next(event, known)
        except Problem as refusal:
            problem, known = refusal, queries.get_photo(event.id, photo)
    page = render_template(
        "media/admin/picture.html",
        form=form,
        photo=known,
        thumbnail=_thumbnail(known),
        missing=rules.missing(known),
        problem=problem,
    )
    return page, 422 if problem or form.errors else 200


def _store(photo: Photo, form: PhotoForm) -> None:
    values = {name: form[name].data for name in ("is_decorative", "credit", "licence", "consent_kind")}
    for name in ("alt", "caption"):
        values[name] = {code: words for code in LANGUAGES if (words := form[name].data.get(code) or "")}
    service.describe_photo(photo.id, actor=g.account.public_id, **values)
    if "publish" in request.form:
        service.publish_photo(photo.id, actor=g.account.public_id)
        flash(i18n._("The picture is published."))
    else:
        flash(i18n._("Stored."))


def _next(event: Event, photo: Photo) -> Any:
    """After publishing, the next picture that still needs something; after storing, the worklist."""
    waiting = [one for one in queries.all_photos(event.id) if one.published_at is None and one.id != photo.id]
    later = [one for one in waiting if one.position > photo.position] or waiting
    if "publish" in request.form and later:
        return pages.see_other("media_admin.picture", event=event.slug, photo=later[0].public_id)
    return pages.see_other("media_admin.pictures", event=event.slug, _anchor=f"photo-{photo.public_id}")


@blueprint.post("/admin/<event>/pictures/<photo>/<deed>")
@organiser(PERMISSION)
def act(event: Event, photo: str, deed: str) -> Any:
    """Publishes, withdraws, prepares again, deletes or moves a picture."""
    known = queries.get_photo(event.id, photo)
    actor = g.account.public_id
    deeds: dict[str, Any] = {
        "publication": lambda: service.publish_photo(known.id, actor=actor),
        "withdrawal": lambda: service.withdraw_photo(known.id, actor=actor),
        "preparation": lambda: service.prepare_again(known.id),
        "deletion": lambda: service.delete_photo(known.id, actor=actor),
        "up": lambda: service.move_photo(event.id, photo, -1),
        "down": lambda: service.move_photo(event.id, photo, 1),
    }
    if deed not in deeds:
        raise NotFound
    if Confirmation().validate_on_submit():
        deeds[deed]()
        flash(i18n._("Done."))
    return pages.see_other("media_admin.pictures", event=event.slug, _anchor=f"photo-{photo}")
