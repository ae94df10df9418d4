"""What speakers contribute to an event, what of it waits for approval, and what the organisers want until when."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.programme.models import ProgrammeItem, Speaker


class ContributionPlan(Model):
    """What an event wants of its speakers, until when, and on which days it reminds them."""

    __tablename__ = "contribution_plan"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    wanted: Mapped[Any] = mapped_column(JsonText)  # ["biography", "portrait"]: rules.WANTED
    due_at: Mapped[datetime | None]
    reminder_days: Mapped[Any] = mapped_column(JsonText)  # [14, 3]: days before the deadline
    may_mail_groups: Mapped[bool] = mapped_column(default=True, server_default=true())
    updated_at: Mapped[datetime]


class Contribution(Model):
    """What one speaker told the organisers of one event; nothing of it is public."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("event_id", "speaker_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(Text, default="")  # of our mails; empty: the first of the event
    answer: Mapped[str] = mapped_column(Text, default="")  # yes, no: whether the person comes
    answered_at: Mapped[datetime | None]
    technology: Mapped[str] = mapped_column(Text, default="")
    travel: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    settled: Mapped[Any] = mapped_column(JsonText, default=list)  # ["travel"]: said to need nothing
    sent_at: Mapped[datetime | None]  # when the link was mailed last
    reminded_at: Mapped[datetime | None]  # the day of reminding that was used up last
    reminders: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]


class ContributionNeed(Model):
    """Diet and access needs of a speaker: data on health (GDPR Art. 9), kept apart and deleted soon after the event."""

    __tablename__ = "contribution_need"
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), primary_key=True)
    diet: Mapped[str] = mapped_column(Text)
    access: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]


class ContributionConsent(Model):
    """One decision of a speaker on recording or slides, with the words it answered; the newest of a kind counts."""

    __tablename__ = "contribution_consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Text)  # recording, slides
    answer: Mapped[str] = mapped_column(Text)  # yes, ask, no
    wording: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]


class SpeakerChange(Model):
    """One field as a speaker would like it: of the profile, or of an item; the public sees it once it is approved."""

    __tablename__ = "speaker_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(Text)  # rules.PROFILE, rules.WORDS
    before: Mapped[Any] = mapped_column(JsonText, nullable=True)
    after: Mapped[Any] = mapped_column(JsonText, nullable=True)
    state: Mapped[str] = mapped_column(Text)  # open, returned, approved
    word: Mapped[str] = mapped_column(Text, default="")  # why it was sent back
    author: Mapped[str] = mapped_column(Text)  # speaker, assistant
    changed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text, default="")
    cut_key: Mapped[str | None] = mapped_column(Text)  # of a portrait: the square, and the whole picture it is cut from
    source_key: Mapped[str | None] = mapped_column(Text)
    speaker: Mapped[Speaker] = relationship(lazy="raise_on_sql")
    item: Mapped[ProgrammeItem | None] = relationship(lazy="raise_on_sql")


class Material(Model):
    """A file a speaker sent for an item; approved it becomes a download, and a later version takes over its address."""

    __tablename__ = "material"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"), index=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"), index=True)
    download_id: Mapped[int | None] = mapped_column(ForeignKey("download.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text)
    filename: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    publish_after: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(Text)  # open, returned, approved
    word: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text, default="")
    speaker: Mapped[Speaker] = relationship(lazy="raise_on_sql")
    item: Mapped[ProgrammeItem] = relationship(lazy="raise_on_sql")
