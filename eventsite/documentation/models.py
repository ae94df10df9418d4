"""The documentation of an event, its blocks and its frozen versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model


class Documentation(Model):
    """The working draft of one event's documentation."""

    __tablename__ = "documentation"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    state: Mapped[str] = mapped_column(Text, default="draft")  # draft, published, archived
    lead: Mapped[Any] = mapped_column(JsonText)
    revision: Mapped[int] = mapped_column(default=1)  # rises with every stored edit; shows a conflict of two editors
    updated_at: Mapped[datetime]
    blocks: Mapped[list["Block"]] = relationship(
        order_by="Block.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Block(Model):
    """One typed block; what its content holds is checked by documentation/blocks.py."""

    __tablename__ = "block"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    documentation_id: Mapped[int] = mapped_column(ForeignKey("documentation.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))  # findings and quotes of a workshop
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speaker.id"))  # who is quoted, or the contact
    position: Mapped[int] = mapped_column(default=0)
    content: Mapped[Any] = mapped_column(JsonText)
    revision: Mapped[int] = mapped_column(default=1)  # rises with every change of this block
    updated_at: Mapped[datetime]


class DocumentationVersion(Model):
    """A published version: the whole tree per language, frozen, with a fingerprint."""

    __tablename__ = "documentation_version"
    __table_args__ = (UniqueConstraint("documentation_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    documentation_id: Mapped[int] = mapped_column(ForeignKey("documentation.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    tree: Mapped[Any] = mapped_column(JsonText)  # {"de": tree, "en": tree}
    fingerprint: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime | None]  # None while its PDFs are being built
    files: Mapped[list["DocumentFile"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    def public_scopes(self) -> tuple[str, ...]:
        """The documentation page and the front page lead to it."""
        return (f"event:{self.event_id}", "site")


class DocumentFile(Model):
    """A PDF of a version in one language; `state` is also the state of the background work."""

    __tablename__ = "document_file"
    __table_args__ = (UniqueConstraint("version_id", "language", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("documentation_version.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    language: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="documentation")
    state: Mapped[str] = mapped_column(Text)  # queued, building, ready, failed
    key: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None]
    pages: Mapped[int | None]
    problem: Mapped[str] = mapped_column(Text, default="")
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    def public_scopes(self) -> tuple[str, ...]:
        """The page tells size and state of the PDF."""
        return (f"event:{self.event_id}",)
