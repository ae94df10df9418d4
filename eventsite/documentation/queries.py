"""Reads of the documentation: the draft for its editors, the published version for everybody, and all it is made of."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventsite.core import clock
from eventsite.core.db import Model, db
from eventsite.core.errors import NotFound
from eventsite.documentation.models import Block, Documentation, DocumentationVersion, DocumentFile
from eventsite.documentation.outline import Materials, Part
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.media import filetypes, pictures, rules
from eventsite.media import queries as media
from eventsite.programme import queries as programme
from eventsite.programme.models import Speaker

STALE = timedelta(minutes=8)  # longer than the engine may take: whoever worked on it is dead


def find_documentation(event_id: int) -> Documentation | None:
    """The draft of an event with its blocks in order."""
    query = select(Documentation).where(Documentation.event_id == event_id)
    return db.session.scalar(query.options(selectinload(Documentation.blocks)))


def get_block(event_id: int, public_id: str) -> Block:
    """One block of an event's draft; NotFound where there is none."""
    query = select(Block).join(Documentation).where(Documentation.event_id == event_id, Block.public_id == public_id)
    block = db.session.scalar(query)
    if block is None:
        raise NotFound
    return block


def published_version(event_id: int) -> DocumentationVersion | None:
    """The last published version; its files are not loaded."""
    query = (
        select(DocumentationVersion)
        .where(DocumentationVersion.event_id == event_id, DocumentationVersion.published_at.is_not(None))
        .order_by(DocumentationVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def find_published(event_id: int, language: str) -> tuple[DocumentationVersion, DocumentFile | None] | None:
    """The last published version and its PDF in one language, in one query."""
    query = (
        select(DocumentationVersion, DocumentFile)
        .outerjoin(
            DocumentFile,
            (DocumentFile.version_id == DocumentationVersion.id) & (DocumentFile.language == language),
        )
        .where(DocumentationVersion.event_id == event_id, DocumentationVersion.published_at.is_not(None))
        .order_by(DocumentationVersion.number.desc())
        .limit(1)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def latest_version(event_id: int) -> DocumentationVersion | None:
    """The newest version, published or still being built, with its files."""
    query = select(DocumentationVersion).where(DocumentationVersion.event_id == event_id)
    query = query.order_by(DocumentationVersion.number.desc()).limit(1)
    return db.session.scalar(query.options(selectinload(DocumentationVersion.files)))


def get_version(version_id: int) -> DocumentationVersion | None:
    """A version with its files."""
    query = select(DocumentationVersion).where(DocumentationVersion.id == version_id)
    return db.session.scalar(query.options(selectinload(DocumentationVersion.files)))


def unfinished_versions() -> list[int]:
    """Versions that nobody has brought to an end: bell lost, or the worker died over a PDF."""
    is_open = DocumentFile.state == "queued"
    is_dead = (DocumentFile.state == "building") & (DocumentFile.started_at < clock.now() - STALE)
    files = select(DocumentFile.version_id).where(is_open | is_dead)
    unpublished = select(DocumentationVersion.id).where(DocumentationVersion.published_at.is_(None))
    return sorted(set(db.session.scalars(files)) | set(db.session.scalars(unpublished)))


def is_stale(file: DocumentFile, now: datetime) -> bool:
    """Whether a file that is being built was left behind."""
    return file.state == "building" and file.started_at is not None and file.started_at < now - STALE


def materials(event_id: int) -> Materials:
    """All that the documentation of an event is made of."""
    event = _event(event_id)
    draft = find_documentation(event_id)
    released = programme.released(event_id)
    blocks = draft.blocks if draft else []
    speakers = _speakers([b.speaker_id for b in blocks if b.speaker_id], released, event.slug)
    by_id = {one["speaker_id"]: one for one in speakers}
    return Materials(
        event=_facts(event),
        lead=(draft.lead or {}) if draft else {},
        days=released.days(event.timezone) if released else [],
        parts=[
            Part(b.public_id, b.kind, b.content, b.item_id, by_id.get(b.speaker_id) if b.speaker_id else None)
            for b in blocks
        ],
        photos=[{**pictures.picture(p), "item_id": p.item_id} for p in media.public_photos(event_id) if p.derivatives],
        files=[_file(one) for one in media.downloads(event_id)],
        people=speakers,
        participants=_participants(event_id),
    )


def _event(event_id: int) -> Event:
    slug = db.session.scalar(select(Event.slug).where(Event.id == event_id))
    return events.get_event(slug or "")


def _facts(event: Event) -> dict[str, Any]:
    venue = event.venue
    place = {"name": venue.name, "address": venue.address, "town": venue.town} if venue else None
    return {
        "slug": event.slug, "kind": event.kind, "title": event.title, "subtitle": event.subtitle, "lead": event.lead,
        "facts": event.facts, "starts_at": event.starts_at, "ends_at": event.ends_at, "zone": event.timezone,
        "place": place, "accent": event.accent,
        "hosts": [{"name": host.name, "website": host.website} for host in event.hosts],
        "contact": {"name": event.contact_name, "email": event.contact_email, "phone": event.contact_phone},
    }  # fmt: skip


def _speakers(quoted: list[int], released: Any, slug: str) -> list[dict[str, Any]]:
    on_stage = {p["uid"] for item in (released.items if released else []) for p in item["people"]}
    query = select(Speaker).where(Speaker.id.in_(quoted) | Speaker.public_id.in_(on_stage)).order_by(Speaker.id)
    return [_speaker(one, slug if one.public_id in on_stage else "") for one in db.session.scalars(query)]


def _speaker(one: Speaker, slug: str) -> dict[str, Any]:
    # Portraits are served for people in the released programme only; others are shown with their initials.
    url = f"/portraits/{slug}/{one.portrait_key}" if slug and one.portrait_key else ""
    return {
        "picture": {"url": url, "width": 480, "height": 480, "alt": ""} if url else None,
        "speaker_id": one.id, "uid": one.public_id, "name": one.name, "sort_name": one.sort_name,
        "slug": one.slug if slug else None, "role": one.role or {},
        "organisations": [one.organisation] if one.organisation else [],
        "portrait_key": one.portrait_key, "portrait_credit": one.portrait_credit,
    }  # fmt: skip


def _file(one: Any) -> dict[str, Any]:
    return {
        "id": one.public_id, "title": one.title, "filename": one.filename,
        "kind": str(filetypes.label(one.content_type, one.filename)), "size": one.size,
        "licence": rules.licence_name(one.licence), "credit": one.credit, "language": one.language,
        "item_id": one.item_id,
    }  # fmt: skip


def _participants(event_id: int) -> int | None:
    # The table belongs to checkin, which stands above this package: counted by name, nothing of it is imported.
    table = Model.metadata.tables.get("presence")
    if table is None:
        return None
    query = select(func.count()).select_from(table).where(table.c.event_id == event_id, table.c.item_id.is_(None))
    return db.session.scalar(query) or None
