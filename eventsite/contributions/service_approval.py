"""The organisers' decision on what speakers sent: taken over field by field, or sent back with a word."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.contributions import queries_approval, rules
from eventsite.contributions.models import Material, SpeakerChange
from eventsite.core import audit, clock, i18n, storage
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.media import service as media
from eventsite.programme import service as programme
from eventsite.programme import service_speakers

CHANGED = _l("This has changed since you opened the page. Please look at it again.")


def approve(event_id: int, public_id: str, seen: str, *, actor: str) -> None:
    """Takes one proposal over: into the profile at once, into the draft for an item. Refuses what is not what was seen."""
    approve_all(event_id, {f"change-{public_id}": seen}, actor=actor)


def approve_all(event_id: int, seen: dict[str, str], *, actor: str) -> int:
    """Takes over every proposal and file named with what was seen of it; how many. Refuses all if one has changed."""
    names = [(*name.partition("-")[::2], prints) for name, prints in seen.items()]
    with transaction():
        rows = [_get_seen(event_id, one, prints) for kind, one, prints in names if kind == "change"]
        pictures = [(row.speaker_id, dict(row.after or {})) for row in rows if row.field == "portrait"]
    for speaker_id, picture in pictures:  # cutting pictures is slow, so it holds no lock
        focus = (float(picture["focus"][0]), float(picture["focus"][1]))
        service_speakers.set_portrait(speaker_id, storage.read(picture["source"]), picture["credit"], focus=focus)
    with transaction():
        events.lock_event(event_id)
        for kind, one, prints in names:
            if kind == "file":
                approve_material(event_id, one, prints, access="public", actor=actor)
            else:
                row = _get_seen(event_id, one, prints)
                _take_over(row, actor)
                _decide(event_id, row, "approved", actor)
    return len(seen)


def _get_seen(event_id: int, public_id: str, seen: str) -> SpeakerChange:
    row = _get_open(event_id, public_id)
    if rules.print_of(row.after) != seen:
        raise Refused(CHANGED)
    return row


def send_back(event_id: int, public_id: str, word: str, *, actor: str) -> None:
    """Sends one proposal back with a word; the public keeps seeing what was there. Refuses without a word."""
    with transaction():
        events.lock_event(event_id)
        row = _get_open(event_id, public_id)
        row.word = _said(word)
        _decide(event_id, row, "returned", actor)


def _said(word: str) -> str:
    if not word.strip():
        raise Refused(_l("Please say in a word why you send it back. The person reads it."))
    return word.strip()


def _get_open(event_id: int, public_id: str) -> SpeakerChange:
    with transaction() as session:
        query = select(SpeakerChange).where(SpeakerChange.public_id == public_id, SpeakerChange.state == "open")
        query = query.where(queries_approval.of_event(event_id)).with_for_update()
        row = session.scalar(query.execution_options(populate_existing=True))
        if row is None:
            raise NotFound
        return row


def _take_over(row: SpeakerChange, actor: str) -> None:
    if row.item_id is not None:
        words: dict[str, Any] = {row.field: dict(row.after or {})}
        programme.change_item(row.item_id, actor=actor, **words)
    elif row.field != "portrait":
        service_speakers.change_speaker(row.speaker_id, **{row.field: row.after})


def _decide(event_id: int, row: SpeakerChange | Material, state: str, actor: str) -> None:
    row.state, row.decided_at, row.decided_by = state, clock.now(), actor
    field = row.field if isinstance(row, SpeakerChange) else "material"
    subject = f"proposal {row.public_id}"
    audit.record(f"proposal {state}", subject=subject, actor=actor, event_id=event_id, details={"field": field})


def approve_material(event_id: int, public_id: str, seen: str, *, access: str, actor: str) -> None:
    """Makes a file a download, or the new version of the one it replaces, whose address stays."""
    with transaction() as session:
        events.lock_event(event_id)
        row = _get_open_material(event_id, public_id)
        if rules.print_of(row.key) != seen:
            raise Refused(CHANGED)
        said: dict[str, Any] = {"publish_after": row.publish_after, "credit": row.speaker.name}
        content = storage.read(row.key)
        if row.download_id is not None:
            media.change_download(row.download_id, content=content, filename=row.filename, actor=actor, **said)
        else:
            title = {i18n.DEFAULT: row.title}
            made = media.add_download(
                event_id, content, row.filename, title=title, actor=actor, item_id=row.item_id, access=access, **said
            )
            row.download_id = made.id
        _decide(event_id, row, "approved", actor)
        session.flush()


def return_material(event_id: int, public_id: str, word: str, *, actor: str) -> None:
    """Sends a file back with a word; an earlier version stays as it is."""
    with transaction():
        events.lock_event(event_id)
        row = _get_open_material(event_id, public_id)
        row.word = _said(word)
        _decide(event_id, row, "returned", actor)


def _get_open_material(event_id: int, public_id: str) -> Material:
    with transaction() as session:
        query = select(Material).where(Material.public_id == public_id, Material.state == "open")
        query = query.where(queries_approval.of_items(event_id)).options(joinedload(Material.speaker))
        row = session.scalar(query.execution_options(populate_existing=True))
        if row is None:
            raise NotFound
        return row
