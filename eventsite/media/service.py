"""Verbs of pictures and files: take in, prepare, describe, publish, withdraw, order, replace."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventsite.core import audit, clock, i18n, ids, images, storage
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Problem, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.media import filetypes, queries, rules
from eventsite.media.models import Album, Derivative, Download, Photo

log = logging.getLogger("eventsite.media")
Words = dict[str, str]
DESCRIBED = frozenset(
    {
        "alt", "is_decorative", "caption", "credit", "licence", "consent_kind", "focus_x", "focus_y", "album_id",
        "item_id", "taken_at", "publish_after",
    }
)  # fmt: skip
FILE_FACTS = frozenset({"title", "item_id", "language", "credit", "licence", "access", "publish_after"})


def _next_position(model: Any, event_id: int) -> int:
    highest = db.session.scalar(select(func.max(model.position)).where(model.event_id == event_id))
    return 0 if highest is None else highest + 1


def create_album(event_id: int, title: Words) -> Album:
    """A new album at the end of the gallery."""
    with transaction() as session:
        album = Album(
            public_id=ids.new_public_id(), event_id=event_id, title=title, position=_next_position(Album, event_id)
        )
        session.add(album)
        session.flush()
        return album


def take_in_photo(
    event_id: int, content: bytes | Path, filename: str, *, actor: str = "system", **described: Any
) -> Photo:
    """Stores a picture privately and rings for its renditions; the same picture twice is one; Refused when it is none.

    What photographers wrote into the file (credit, caption, alternative text) is taken over where nothing else is said.
    `described` may hold everything `describe_photo` takes: alt, caption, credit, licence, consent_kind, item_id, …
    """
    _only(described, DESCRIBED)
    checked = images.check(content)
    described = {**_written(content), **described}
    key = storage.put(content)
    with transaction() as session:
        known = session.scalar(select(Photo).where(Photo.event_id == event_id, Photo.original_key == key))
        if known is not None:
            return known
        photo = Photo(
            public_id=ids.new_public_id(), event_id=event_id, original_key=key, filename=filename[:200],
            width=checked.width, height=checked.height, state="new", position=_next_position(Photo, event_id),
            created_at=clock.now(), **{"alt": {}, "caption": {}, **described},
        )  # fmt: skip
        session.add(photo)
        session.flush()
        audit.record("picture taken in", subject=f"photo {photo.public_id}", actor=actor, event_id=event_id)
        derive.later(photo.id)
        return photo


def _written(content: bytes | Path) -> dict[str, Any]:
    """Credit and words from the file's metadata, as a beginning; places and serial numbers are never read."""
    found = images.read_metadata(content)
    words = {"caption": found.caption[:400], "alt": found.alt_text[:600]}
    return {
        "credit": (found.credit or found.creator)[:200],
        **{name: {i18n.DEFAULT: text} for name, text in words.items() if text},
    }


@background
def derive(photo_id: int) -> None:
    """Makes the renditions of one picture; a second call finds nothing to do, a failure is kept with its reason."""
    photo = db.session.get(Photo, photo_id)
    if photo is None or photo.state != "new" or photo.original_key is None:
        return
    made: list[tuple[str, images.Rendition, str]] = []
    problem = ""
    try:
        source = storage.path_of(photo.original_key) or storage.read(photo.original_key)
        focus = (photo.focus_x, photo.focus_y)
        for one in images.derive(source, rules.WIDTHS, rules.FORMATS):
            made.append((one.format, one, storage.put(one.content)))
        for one in images.derive(source, [rules.PRINT_WIDTH], ["jpeg"], ratio=rules.PRINT_RATIO, focus=focus):
            made.append((rules.PRINT, one, storage.put(one.content)))
    except (Problem, OSError, MemoryError) as failure:
        log.warning("picture %s could not be prepared: %s", photo.public_id, failure)
        problem = str(failure) or "failed"
    with transaction() as session:
        present = session.get(Photo, photo_id)
        if present is None or present.state != "new":
            return
        present.state, present.problem = ("failed", problem) if problem else ("ready", "")
        if not problem:
            for form, one, key in made:
                session.add(
                    Derivative(
                        photo_id=photo_id, format=form, width=one.width, height=one.height, key=key,
                        size=len(one.content),
                    )
                )  # fmt: skip


@periodic(minutes=5)
def derive_forgotten() -> None:
    """Prepares pictures whose bell was lost."""
    for photo_id in queries.waiting_photos():
        derive(photo_id)


def _with_renditions(photo_id: int) -> Photo:
    query = select(Photo).where(Photo.id == photo_id).options(selectinload(Photo.derivatives))
    photo = db.session.scalar(query)
    if photo is None:
        raise NotFound
    return photo


def prepare_again(photo_id: int) -> None:
    """Makes the renditions anew, after a failure or with another focus point."""
    with transaction():
        photo = _with_renditions(photo_id)
        if photo.original_key is None:
            raise NotFound
        photo.derivatives.clear()
        photo.state, photo.problem = "new", ""
        derive.later(photo_id)


def _only(values: dict[str, Any], allowed: frozenset[str]) -> None:
    if unknown := values.keys() - allowed:
        raise TypeError(f"unknown: {', '.join(sorted(unknown))}")


def describe_photo(photo_id: int, *, actor: str = "system", **values: Any) -> Photo:
    """Changes words, credit, licence, consent, place of a picture; a public one keeps what the law asks for."""
    _only(values, DESCRIBED)
    with transaction() as session:
        photo = session.get(Photo, photo_id)
        if photo is None:
            raise NotFound
        changed = sorted(name for name, value in values.items() if getattr(photo, name) != value)
        for name in changed:
            setattr(photo, name, values[name])
        if photo.published_at is not None and photo.withdrawn_at is None:
            _refuse_incomplete(photo)
        if changed:
            subject = f"photo {photo.public_id}"
            audit.record("picture described", subject=subject, actor=actor, event_id=photo.event_id)
        if {"focus_x", "focus_y"} & set(changed) and photo.state == "ready":
            prepare_again(photo.id)
        return photo


def _refuse_incomplete(photo: Photo) -> None:
    if lacks := rules.missing(photo):
        raise Refused(" ".join(map(str, lacks)))


def publish_photo(photo_id: int, *, actor: str = "system") -> Photo:
    """Shows a picture to everybody; Refused without alternative text, credit, licence and kind of consent."""
    with transaction() as session:
        photo = session.get(Photo, photo_id)
        if photo is None:
            raise NotFound
        _refuse_incomplete(photo)
        if photo.published_at is None or photo.withdrawn_at is not None:
            photo.published_at, photo.withdrawn_at = clock.now(), None
            audit.record("picture published", subject=f"photo {photo.public_id}", actor=actor, event_id=photo.event_id)
        return photo


def withdraw_photo(photo_id: int, *, actor: str = "system", reason: str = "") -> None:
    """Hides a picture at once, on every page and under its address."""
    with transaction() as session:
        photo = session.get(Photo, photo_id)
        if photo is None:
            raise NotFound
        photo.withdrawn_at = clock.now()
        subject = f"photo {photo.public_id}"
        audit.record(
            "picture withdrawn", subject=subject, actor=actor, event_id=photo.event_id, details={"reason": reason[:500]}
        )


def delete_photo(photo_id: int, *, actor: str = "system") -> None:
    """Removes a picture and its renditions for good."""
    with transaction() as session:
        photo = _with_renditions(photo_id)
        session.delete(photo)
        audit.record("picture deleted", subject=f"photo {photo.public_id}", actor=actor, event_id=photo.event_id)


def order_photos(event_id: int, public_ids: Sequence[str]) -> None:
    """Puts the pictures into this order; those not named follow in their present one."""
    with transaction():
        _order(queries.all_photos(event_id), public_ids)


def _order(rows: Sequence[Any], public_ids: Sequence[str]) -> None:
    rank = {public_id: number for number, public_id in enumerate(public_ids)}
    for position, row in enumerate(sorted(rows, key=lambda r: rank.get(r.public_id, len(rank)))):
        if row.position != position:
            row.position = position


def move_photo(event_id: int, public_id: str, step: int) -> None:
    """Moves a picture by so many places in the gallery."""
    with transaction():
        names = [photo.public_id for photo in queries.all_photos(event_id)]
        if public_id not in names:
            raise NotFound
        place = names.index(public_id)
        names.insert(max(0, min(len(names) - 1, place + step)), names.pop(place))
        order_photos(event_id, names)


def _stored(content: bytes | Path, filename: str) -> dict[str, Any]:
    octets = content.read_bytes() if isinstance(content, Path) else content
    found = filetypes.recognise(octets, filename)
    key = storage.put(octets)
    return {
        "filename": filetypes.safe_name(filename, found),
        "content_type": found.content_type,
        "key": key,
        "size": len(octets),
    }


def _check_file_facts(values: dict[str, Any]) -> None:
    _only(values, FILE_FACTS)
    if values.get("access", "public") not in rules.ACCESS:
        raise Refused(_l("This kind of access is not known."))


def add_download(
    event_id: int, content: bytes | Path, filename: str, *, title: Words, actor: str = "system", **values: Any
) -> Download:
    """Offers a file; its kind is recognised by what it holds, Refused otherwise.

    `values`: item_id, language, credit, licence, access (public, participants, speakers, organisers), publish_after.
    """
    _check_file_facts(values)
    facts = _stored(content, filename)
    with transaction() as session:
        one = Download(
            public_id=ids.new_public_id(), event_id=event_id, title=title, created_at=clock.now(),
            position=_next_position(Download, event_id), **{**values, **facts},
        )  # fmt: skip
        session.add(one)
        session.flush()
        audit.record("file added", subject=f"download {one.public_id}", actor=actor, event_id=event_id)
        return one


def change_download(
    download_id: int, *, content: bytes | Path | None = None, filename: str = "", actor: str = "system", **values: Any
) -> Download:
    """Changes what is said about a file, or replaces the file itself; its address stays."""
    _check_file_facts(values)
    facts = _stored(content, filename) if content else {}
    with transaction() as session:
        one = session.get(Download, download_id)
        if one is None:
            raise NotFound
        for name, value in {**values, **facts}.items():
            if getattr(one, name) != value:
                setattr(one, name, value)
        audit.record(
            "file replaced" if facts else "file changed",
            subject=f"download {one.public_id}", actor=actor, event_id=one.event_id,
        )  # fmt: skip
        return one


def delete_download(download_id: int, *, actor: str = "system") -> None:
    """Takes a file away."""
    with transaction() as session:
        one = session.get(Download, download_id)
        if one is None:
            raise NotFound
        session.delete(one)
        audit.record("file deleted", subject=f"download {one.public_id}", actor=actor, event_id=one.event_id)


def order_downloads(event_id: int, public_ids: Sequence[str]) -> None:
    """Puts the files into this order."""
    with transaction():
        _order(queries.all_downloads(event_id), public_ids)
