"""Public pages of pictures and files, and the files themselves: nothing leaves that is not published."""

from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for

from eventsite.core import clock
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _, local
from eventsite.events.models import Event
from eventsite.media import filetypes, pictures, queries, rules
from eventsite.media.models import Download
from eventsite.web import cache, guard
from eventsite.web.files import stored_file
from eventsite.web.guard import public, public_page

blueprint = Blueprint("media", __name__)
FOR_EVER = "public, max-age=31536000, immutable"


def _preview() -> str:
    return request.args.get("preview", "")[:80]


def _changes_by_itself(event: Event) -> None:
    cache.valid_until(rules.next_change(queries.embargoes(event.id), clock.now()))


def _albums(event: Event) -> list[dict[str, Any]]:
    return [
        {"title": album.title if album else None, "photos": [_entry(photo) for photo in photos]}
        for album, photos in queries.gallery(event.id)
    ]


def _entry(photo: Any) -> dict[str, Any]:
    page_url = url_for("media.photo", photo=photo.public_id)
    return {**pictures.picture(photo, preview=_preview()), "page_url": page_url}


@blueprint.get("/<lang:lang>/<event>/gallery")
@public_page()
def gallery(event: Event) -> Any:
    """All published pictures of an event."""
    _changes_by_itself(event)
    takedown = {"email": event.contact_email} if event.contact_email else None
    return render_template("media/gallery.html", albums=_albums(event), takedown=takedown)


@blueprint.get("/<lang:lang>/<event>/gallery/<photo>")
@public_page()
def photo(event: Event, photo: str) -> Any:
    """One picture with its caption, credit and licence, and the way to the next."""
    _changes_by_itself(event)
    photos = [one for _album, group in queries.gallery(event.id) for one in group]
    place = next((number for number, one in enumerate(photos) if one.public_id == photo), None)
    if place is None:
        raise NotFound(_("This picture is not shown here (any more)."))
    return render_template(
        "media/photo.html",
        photo=_entry(photos[place]),
        number=place + 1,
        total=len(photos),
        previous=photos[place - 1].public_id if place else None,
        following=photos[place + 1].public_id if place + 1 < len(photos) else None,
        takedown=event.contact_email,
    )


def file_entry(download: Download) -> dict[str, Any]:
    """A file as parts/downloads.html shows it."""
    values: dict[str, Any] = {"download": download.public_id, "filename": download.filename}
    return {
        "id": download.public_id,
        "title": download.title,
        "url": url_for("media.download", **values),
        "kind": str(filetypes.label(download.content_type, download.filename)),
        "size": download.size,
        "licence": rules.licence_name(download.licence),
        "credit": download.credit,
        "language": download.language,
    }


def _groups(files: list[Download], titles: dict[int, Any]) -> list[dict[str, Any]]:
    """General files first, then those of each programme item."""
    groups: dict[int | None, list[dict[str, Any]]] = {}
    for one in sorted(files, key=lambda d: d.item_id is not None):
        groups.setdefault(one.item_id if one.item_id in titles else None, []).append(file_entry(one))
    return [{"title": titles.get(key) if key else None, "files": entries} for key, entries in groups.items()]


@blueprint.get("/<lang:lang>/<event>/downloads")
@public_page()
def downloads(event: Event) -> Any:
    """The files everybody may have, general ones first."""
    _changes_by_itself(event)
    files = queries.downloads(event.id)
    titles = queries.item_titles(event.id) if any(one.item_id for one in files) else {}
    return render_template("media/downloads.html", groups=_groups(files, titles))


@blueprint.get("/<lang:lang>/<event>/downloads/<download>/<filename>")
@public
def download(event: Event, download: str, filename: str) -> Any:
    """One file: for everybody, or with the personal link that its access level asks for."""
    one = queries.get_download(event.id, download)
    if not _may_have(event, one):
        raise NotFound
    if one.publish_after is not None and one.publish_after > clock.now():
        raise NotFound(_("“%(title)s” is not published yet.", title=local(one.title)))
    if filename != one.filename:  # replaced by a file of another name: the address in old documents still leads here
        given: dict[str, Any] = {"link": request.args["link"]} if "link" in request.args else {}
        return redirect(url_for("media.download", download=download, filename=one.filename, **given), 302)
    is_open = one.access == "public" and event.published_at is not None and event.published_at <= clock.now()
    return stored_file(
        one.key,
        content_type=one.content_type,
        filename=one.filename,
        inline=one.content_type.startswith(("application/pdf", "image/", "video/")),
        cache="public, no-cache" if is_open else "private, no-store",
    )


def _may_have(event: Event, one: Download) -> bool:
    if one.access == "public":
        return True
    token = request.args.get("link", "")[:80]
    if one.access == "participants" and token:
        registration = guard.holder("registration", token)
        return bool(registration.event_id == event.id and registration.status == "confirmed")
    if one.access == "speakers" and token:
        return queries.is_speaker_of(event.id, guard.holder("speaker", token).id)
    return False


@blueprint.get("/d/<download>")
@public
def short(download: str) -> Any:
    """The short address printed on paper leads to the file."""
    one, slug = queries.get_public_download(download)
    event = guard.load_event(slug)
    return redirect(url_for("media.download", event=event, download=one.public_id, filename=one.filename), 302)


@blueprint.get("/media/<key>.<ending>")
@public
def file(key: str, ending: str) -> Response:
    """A rendition of a published picture of a published event (or of a draft, for the holder of its preview link)."""
    form = {"jpg": "jpeg"}.get(ending, ending)
    if rules.ENDINGS.get(form) != ending:
        raise NotFound
    found, slug = queries.get_rendition(key, form)
    event = guard.load_event(slug)
    is_open = event.published_at is not None and event.published_at <= clock.now()
    g.private = not is_open
    return stored_file(
        found.key, content_type=rules.CONTENT_TYPES[ending], cache=FOR_EVER if is_open else "private, no-store"
    )
