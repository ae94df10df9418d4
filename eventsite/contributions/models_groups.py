"""What passes between a workshop's group and whoever leads it: questions beforehand, and mails through the site."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import Model


class GroupQuestion(Model):
    """What somebody with a place in a workshop asks beforehand; the name is shown only where so chosen."""

    __tablename__ = "group_question"
    __table_args__ = (UniqueConstraint("registration_id", "item_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    is_named: Mapped[bool] = mapped_column(default=False)
    updated_at: Mapped[datetime]


class GroupMessage(Model):
    """One mail of a moderator to a group; written in the background, `last_id` says how far."""

    __tablename__ = "group_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"), index=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str] = mapped_column(Text)
    recipients: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
