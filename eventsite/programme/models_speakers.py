"""Who stands on the list of an event, the index of released appearances, and which profiles were merged."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.programme.models import Speaker


class EventSpeaker(Model):
    """Somebody on the organisers' list of an event, in an item or not yet; the featured ones have a place by hand."""

    __tablename__ = "event_speaker"
    __table_args__ = (UniqueConstraint("event_id", "speaker_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    featured: Mapped[int | None]  # 0 stands first

    def public_scopes(self) -> tuple[str, ...]:
        """The featured ones stand first on the event's public list."""
        return (f"event:{self.event_id}",)


class ReleasedAppearance(Model):
    """One person in one item of the last release of an event, written with it, so that no page reads old snapshots."""

    __tablename__ = "released_appearance"
    __table_args__ = (Index("ix_released_appearance_event_speaker", "event_id", "speaker_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    item_uid: Mapped[str] = mapped_column(Text)
    item_slug: Mapped[str] = mapped_column(Text)
    title: Mapped[Any] = mapped_column(JsonText)
    kind: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    role: Mapped[str] = mapped_column(Text)
    role_label: Mapped[Any] = mapped_column(JsonText)
    organisations: Mapped[Any] = mapped_column(JsonText)
    speaker: Mapped[Speaker] = relationship(lazy="raise_on_sql")


class SpeakerMerge(Model):
    """Two profiles of one human made one: what moved and what was given up, so that it can be taken back."""

    __tablename__ = "speaker_merge"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    merged_at: Mapped[datetime]
    merged_by: Mapped[str] = mapped_column(Text)
    moved: Mapped[Any] = mapped_column(JsonText)  # {"table.column": [ids of the rows that pointed to the merged one]}
    dropped: Mapped[Any] = mapped_column(JsonText)  # appearances that were there twice, as they stood
    fields: Mapped[Any] = mapped_column(JsonText)  # {field of the kept profile: [before, after]}
    split_at: Mapped[datetime | None]
