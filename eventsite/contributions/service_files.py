"""Pictures and materials that speakers send: judged, kept aside, and forgotten once nothing needs them."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from eventsite.contributions import queries, service
from eventsite.contributions.models import Material, SpeakerChange
from eventsite.core import clock, i18n, ids, images, storage
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.media import filetypes
from eventsite.programme import portraits, service_speakers

SOURCE_WIDTH = 1200  # pixels: enough to cut another part out of it later
PORTRAIT_WIDTH = 480
MOST_MATERIALS = 10  # per speaker and item


def propose_portrait(
    speaker_id: int, content: bytes, *, credit: str, focus: tuple[float, float], has_rights: bool, author: str
) -> None:
    """Keeps a picture, or another part or credit of the one that waits, as a proposal; without metadata, cut to a square.

    Refuses a picture without credit or without the word that it may be published.
    """
    if not credit.strip():
        raise Refused(_l("Please say whose picture it is (UrhG § 13)."))
    if not has_rights:
        raise Refused(_l("Please confirm that the picture may be published."))
    if content:
        checked = images.check(content)
        if min(checked.width, checked.height) < portraits.SMALLEST:
            raise Refused(_l("The picture is too small: at least %(least)s pixels a side.", least=portraits.SMALLEST))
        (whole,) = images.derive(content, [SOURCE_WIDTH], ("jpeg",))
        source = storage.put(whole.content)
    else:
        source = _waiting_source(speaker_id)
    (cut,) = images.derive(storage.read(source), [PORTRAIT_WIDTH], ("jpeg",), ratio=1.0, focus=focus)
    value = {"key": storage.put(cut.content), "source": source, "credit": credit.strip(), "focus": list(focus)}
    with transaction():
        speaker = service.lock(speaker_id)
        row = _portrait(speaker_id)
        if not content and _waiting_source(speaker_id) != source:  # another picture came in between
            raise Refused(_l("Please choose a picture."))
        former = {key for key in (row.cut_key, row.source_key) if key} if row is not None else set()
        value["rights_at"] = clock.now().isoformat()
        service.put(speaker_id, None, "portrait", queries.profile_values(speaker)["portrait"], value, author, row)
        gone = service_speakers.unused(former)
    _delete(gone)


def _delete(keys: list[str]) -> None:
    for key in keys:
        storage.delete(key)


def _portrait(speaker_id: int) -> SpeakerChange | None:
    mine = (SpeakerChange.speaker_id == speaker_id, SpeakerChange.item_id.is_(None), SpeakerChange.field == "portrait")
    return next(iter(queries.waiting_changes(*mine)), None)


def _waiting_source(speaker_id: int) -> str:
    row = _portrait(speaker_id)
    if row is None or not (row.after or {}).get("source"):
        raise Refused(_l("Please choose a picture."))
    return str(row.after["source"])


def send_material(
    speaker_id: int,
    item_id: int,
    content: bytes,
    filename: str,
    *,
    title: str,
    publish_after: datetime | None,
    replaces: str = "",
) -> Material:
    """Takes in a file for an item; nobody but the team gets it before it is approved.

    `replaces` is the public id of an earlier one: its address leads to the new version once that is approved.
    """
    found = filetypes.recognise(content, filename)
    with transaction():
        _get_replaced(speaker_id, item_id, replaces)  # what is refused is not stored first
    key = storage.put(content)
    with transaction() as session:
        service.lock(speaker_id)
        former = _get_replaced(speaker_id, item_id, replaces)
        item = service.get_own_item(speaker_id, item_id)
        before = {former.key} if former is not None else set()
        values: dict[str, Any] = {
            "title": title.strip() or i18n.local(item.title),
            "filename": filetypes.safe_name(filename, found),
            "content_type": found.content_type,
            "key": key,
            "size": len(content),
            "publish_after": publish_after,
            "state": "open",
            "word": "",
            "created_at": clock.now(),
        }
        row = former or Material(public_id=ids.new_public_id(), item_id=item_id, speaker_id=speaker_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        gone = service_speakers.unused(before)
    _delete(gone)
    return row


def _get_replaced(speaker_id: int, item_id: int, replaces: str) -> Material | None:
    """The file that another one is to replace; refuses a further one where there are many."""
    with transaction() as session:
        service.get_own_item(speaker_id, item_id)
        former = get_own(speaker_id, replaces) if replaces else None
        if former is not None and former.item_id != item_id:
            raise NotFound
        mine = select(func.count(Material.id)).where(Material.speaker_id == speaker_id, Material.item_id == item_id)
        if former is None and (session.scalar(mine) or 0) >= MOST_MATERIALS:
            raise Refused(_l("There are many files here already. Please replace one of them."))
        return former


def get_own(speaker_id: int, public_id: str) -> Material:
    """A file this speaker sent; NotFound for any other."""
    with transaction() as session:
        query = select(Material).where(Material.public_id == public_id, Material.speaker_id == speaker_id)
        found = session.scalar(query)
        if found is None:
            raise NotFound
        return found


def take_back(speaker_id: int, public_id: str) -> None:
    """Withdraws a file that was never approved; refuses one that is a download already."""
    with transaction() as session:
        service.lock(speaker_id)
        row = get_own(speaker_id, public_id)
        if row.download_id is not None:
            raise Refused(_l("This file is approved already. Please write to the organisers to take it away."))
        key = row.key
        session.delete(row)
        session.flush()
        gone = service_speakers.unused([key])
    _delete(gone)
