"""Verbs of the documentation: edit blocks without losing anything, publish a frozen version, build its PDFs."""

import logging
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from eventsite.core import audit, clock, ids, pdf, storage
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Problem, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.i18n import use_language
from eventsite.core.jobs import background, periodic
from eventsite.documentation import blocks, outline, outline_words, prints, queries
from eventsite.documentation.models import Block, Documentation, DocumentationVersion, DocumentFile
from eventsite.events import queries as events
from eventsite.events.models import Event

log = logging.getLogger("eventsite.documentation")
Words = dict[str, str]


class Conflict(Refused):
    """Somebody else has changed the block since it was opened; `current` is what is stored now."""

    def __init__(self, current: Block) -> None:
        self.current, self.revision = current.content, current.revision
        super().__init__(
            _l("Someone else has changed this block in the meantime. Nothing was lost: both texts are shown below.")
        )


def open_documentation(event_id: int) -> Documentation:
    """The draft of an event with its blocks; begins one where there is none yet."""
    found = queries.find_documentation(event_id)
    if found is not None:
        return found
    with transaction() as session:
        if queries.find_documentation(event_id) is None:
            session.add(Documentation(event_id=event_id, lead={}, updated_at=clock.now()))
            session.flush()
        draft = queries.find_documentation(event_id)
        assert draft is not None
        return draft


def change_lead(event_id: int, lead: Words) -> None:
    """Sets the two or three sentences the documentation begins with; empty: those of the event."""
    with transaction():
        draft = open_documentation(event_id)
        draft.lead = {code: words.strip() for code, words in lead.items() if words.strip()}
        _touch(draft)


def _touch(draft: Documentation) -> None:
    draft.revision += 1
    draft.updated_at = clock.now()


def add_block(
    event_id: int,
    kind: str,
    content: dict[str, Any] | None = None,
    *,
    item_id: int | None = None,
    speaker_id: int | None = None,
    position: int | None = None,
    actor: str = "system",
) -> Block:
    """Adds a block (see documentation/blocks.py for kinds and fields), by default where its kind usually stands."""
    tidy = blocks.checked(kind, content or {}, item_id=item_id)
    with transaction() as session:
        draft = open_documentation(event_id)
        present = list(draft.blocks)
        place = blocks.default_place(kind, [b.kind for b in present]) if position is None else position
        block = Block(
            public_id=ids.new_public_id(), documentation_id=draft.id, kind=kind, item_id=item_id,
            speaker_id=speaker_id, content=tidy, updated_at=clock.now(),
        )  # fmt: skip
        session.add(block)
        present.insert(place, block)
        _number(present)
        _touch(draft)
        session.flush()
        session.refresh(draft, ["blocks"])
        audit.record("block added", subject=f"block {block.public_id}", actor=actor, event_id=event_id)
        return block


def _number(rows: Sequence[Block]) -> None:
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position


def change_block(
    event_id: int,
    public_id: str,
    content: dict[str, Any],
    *,
    revision: int | None = None,
    item_id: int | None = None,
    speaker_id: int | None = None,
    actor: str = "system",
) -> Block:
    """Changes a block; raises Conflict when it is no longer at the revision the editor saw."""
    with transaction():
        block = queries.get_block(event_id, public_id)
        tidy = blocks.checked(block.kind, content, item_id=item_id)
        if revision is not None and revision != block.revision and block.content != tidy:
            raise Conflict(block)
        block.content, block.item_id, block.speaker_id = tidy, item_id, speaker_id
        block.revision += 1
        block.updated_at = clock.now()
        _touch(open_documentation(event_id))
        audit.record("block changed", subject=f"block {public_id}", actor=actor, event_id=event_id)
        return block


def move_block(event_id: int, public_id: str, step: int) -> None:
    """Moves a block up (negative) or down by so many places; beyond the ends it stays at the end."""
    with transaction():
        draft = open_documentation(event_id)
        rows = list(draft.blocks)
        place = next((n for n, row in enumerate(rows) if row.public_id == public_id), None)
        if place is None:
            raise NotFound
        rows.insert(max(0, min(len(rows) - 1, place + step)), rows.pop(place))
        _number(rows)
        _touch(draft)


def delete_block(event_id: int, public_id: str, *, actor: str = "system") -> None:
    """Takes a block out of the draft; published versions keep it."""
    with transaction() as session:
        block = queries.get_block(event_id, public_id)
        draft = open_documentation(event_id)
        details = {"kind": block.kind, "content": block.content}
        draft.blocks.remove(block)
        session.flush()
        _number(list(draft.blocks))
        _touch(draft)
        audit.record(
            "block deleted", subject=f"block {public_id}", actor=actor, event_id=event_id, details=details
        )  # the words stay in the log, so that nothing typed is ever lost


def outline_of(event: Event, languages: Sequence[str] | None = None) -> dict[str, outline_words.Tree]:
    """The Document tree as it would be published now, per language."""
    materials = queries.materials(event.id)
    return {code: outline.build(materials, code) for code in languages or event.languages}


def publish(event_id: int, *, actor: str = "system") -> DocumentationVersion:
    """Freezes the documentation; page and PDFs are switched together once the PDFs are built in the background.

    Unchanged content gives the version that is there; its failed PDFs are tried again. Without a PDF engine the page goes
    live at once and the PDF's address says why there is none.
    """
    with transaction() as session:
        event = events.get_event(session.get_one(Event, event_id).slug)
        draft = open_documentation(event_id)
        trees = outline_of(event)
        mark = ids.fingerprint(prints.EDITION, *(outline_words.as_json(trees[code]) for code in sorted(trees)))
        last = queries.latest_version(event_id)
        if last is not None and last.fingerprint == mark:
            _try_again(last)
            return last
        version = DocumentationVersion(
            documentation_id=draft.id, event_id=event_id, number=last.number + 1 if last else 1, tree=trees,
            fingerprint=mark, requested_at=clock.now(), requested_by=actor, published_at=None,
            files=[DocumentFile(event_id=event_id, language=code, state="queued") for code in sorted(trees)],
        )  # fmt: skip
        session.add(version)
        draft.state = "published"
        session.flush()
        audit.record(
            "documentation published", subject=f"documentation version {version.number}", actor=actor,
            event_id=event_id,
        )  # fmt: skip
        build.later(version.id)
        return version


def _try_again(version: DocumentationVersion) -> None:
    failed = [file for file in version.files if file.state == "failed"]
    for file in failed:
        file.state, file.problem = "queued", ""
    if failed or version.published_at is None:
        build.later(version.id)


@background
def build(version_id: int) -> None:
    """Renders the PDFs of a version that are still missing, then puts page and PDFs on show together."""
    version = queries.get_version(version_id)
    for file in version.files if version else []:
        if _claim(file.id):
            _render(file.id)
    _put_on_show(version_id)


def _claim(file_id: int) -> bool:
    """Takes a file for this worker; of two workers one gets it."""
    with transaction() as session:
        file = session.scalar(select(DocumentFile).where(DocumentFile.id == file_id).with_for_update())
        now = clock.now()
        if file is None or not (file.state == "queued" or queries.is_stale(file, now)):
            return False
        file.state, file.started_at, file.finished_at = "building", now, None
        return True


def _render(file_id: int) -> None:
    file = db.session.get_one(DocumentFile, file_id)
    version = db.session.get_one(DocumentationVersion, file.version_id)
    language, number, since = file.language, version.number, version.requested_at
    tree = version.tree[language]
    db.session.rollback()  # no snapshot is held while the engine works
    found: dict[str, Any]
    with use_language(language):
        try:
            content = prints.documentation_pdf(tree, number=number, created=since)
            key = storage.put(content)
            found = {"state": "ready", "key": key, "size": len(content), "pages": pdf.describe(content).pages}
        except (Problem, OSError, MemoryError) as failure:
            log.warning(
                "the PDF of version %s could not be made: %s %s", number, failure, getattr(failure, "detail", "")
            )
            found = {"state": "failed", "problem": str(failure) or type(failure).__name__}
        except Exception as failure:
            log.exception("the PDF of version %s could not be made", number)
            found = {"state": "failed", "problem": type(failure).__name__}
    with transaction() as session:
        file = session.get_one(DocumentFile, file_id)
        for name, value in found.items():
            setattr(file, name, value)
        file.finished_at = clock.now()


def _put_on_show(version_id: int) -> None:
    with transaction():
        version = queries.get_version(version_id)
        if version is None or version.published_at is not None:
            return
        if all(file.state in ("ready", "failed") for file in version.files):
            version.published_at = clock.now()


@periodic(minutes=2)
def build_forgotten() -> None:
    """Builds what a lost bell or a dead worker left behind."""
    for version_id in queries.unfinished_versions():
        build(version_id)


def render_event(slug: str, language: str) -> bytes:
    """The PDF of the last published version, built now where it is missing; Refused when nothing is published."""
    event = events.get_event(slug)
    found = queries.find_published(event.id, language)
    if found is None:
        raise Refused(
            _l("“%(slug)s” has no published documentation yet. Publish it in the organisers' area.", slug=slug)
        )
    version, file = found
    if language not in version.tree:
        raise Refused(
            _l(
                "The documentation is not published in this language. There is: %(codes)s.",
                codes=", ".join(version.tree),
            )
        )
    if file is not None and file.state == "ready" and file.key:
        return storage.read(file.key)
    return prints.documentation_pdf(version.tree[language], number=version.number, created=version.requested_at)
