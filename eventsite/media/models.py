"""Albums, photos with their derivatives, downloads."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model


class Album(Model):
    """A group of pictures of an event."""

    __tablename__ = "album"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    title: Mapped[Any] = mapped_column(JsonText)
    position: Mapped[int] = mapped_column(default=0)

    def public_scopes(self) -> tuple[str, ...]:
        """Albums stand in the public gallery."""
        return (f"event:{self.event_id}",)


class Photo(Model):
    """A picture with everything the law and good manners ask for before it may be shown."""

    __tablename__ = "photo"
    __table_args__ = (Index("ix_photo_event_position", "event_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    album_id: Mapped[int | None] = mapped_column(ForeignKey("album.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    original_key: Mapped[str | None] = mapped_column(Text)
    filename: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    state: Mapped[str] = mapped_column(Text)  # new, ready, failed: of the derivatives
    problem: Mapped[str] = mapped_column(Text, default="")
    alt: Mapped[Any] = mapped_column(JsonText)
    is_decorative: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[Any] = mapped_column(JsonText)
    credit: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(Text, default="")  # see rules.LICENCES
    consent_kind: Mapped[str] = mapped_column(Text, default="")  # overview, few, portrait
    focus_x: Mapped[float] = mapped_column(default=0.5)
    focus_y: Mapped[float] = mapped_column(default=0.5)
    taken_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    publish_after: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    derivatives: Mapped[list["Derivative"]] = relationship(
        back_populates="photo", order_by="Derivative.width", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    def public_scopes(self) -> tuple[str, ...]:
        """Pictures stand in the gallery and in the documentation."""
        return (f"event:{self.event_id}",)


class Derivative(Model):
    """One rendition of a photo: a format and a width."""

    __tablename__ = "derivative"
    __table_args__ = (UniqueConstraint("photo_id", "format", "width"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"))
    format: Mapped[str] = mapped_column(Text)  # avif, webp, jpeg
    width: Mapped[int]
    height: Mapped[int]
    key: Mapped[str] = mapped_column(Text, index=True)
    size: Mapped[int]
    photo: Mapped[Photo] = relationship(back_populates="derivatives", lazy="raise_on_sql")


class Download(Model):
    """A file for readers: for everybody, for participants, for speakers or for organisers only, from a date on."""

    __tablename__ = "download"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    title: Mapped[Any] = mapped_column(JsonText)
    filename: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    language: Mapped[str] = mapped_column(Text, default="de")
    credit: Mapped[str] = mapped_column(Text, default="")
    licence: Mapped[str] = mapped_column(Text, default="")
    access: Mapped[str] = mapped_column(Text, default="public")  # public, participants, speakers, organisers
    publish_after: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    def public_scopes(self) -> tuple[str, ...]:
        """Downloads stand on the downloads page and in the documentation."""
        return (f"event:{self.event_id}",)
