"""The outbox, and the words events have for their mails."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import JsonText, Model


class OutboxMessage(Model):
    """One mail to one person; `cause` says what it is the one mail for. Bodies are blanked 30 days after sending."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_due", "state", "next_attempt_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    cause: Mapped[str] = mapped_column(Text, unique=True)
    language: Mapped[str] = mapped_column(Text)
    to_name: Mapped[str] = mapped_column(Text)
    to_address: Mapped[str] = mapped_column(Text)
    reply_to: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    attachments: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(Text)  # waiting, sending, sent, failed; letter, written
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    blanked_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None] = mapped_column(index=True)  # when it came back as undeliverable for good
    unsubscribe: Mapped[str] = mapped_column(Text, default="")  # marker of the one-click link of bulk mails (RFC 8058)


class Suppression(Model):
    """An address that wants no invitations, kept as a hash: it is known again, but cannot be written to."""

    __tablename__ = "suppression"
    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime]


class MailText(Model):
    """One version of an event's words for a kind of mail in one language; the newest counts, `is_default` takes it back."""

    __tablename__ = "mail_text"
    __table_args__ = (Index("ix_mail_text_event_kind", "event_id", "kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[str] = mapped_column(Text)  # see kinds.KINDS
    language: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    opening: Mapped[str] = mapped_column(Text)
    closing: Mapped[str] = mapped_column(Text)
    is_default: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    actor: Mapped[str] = mapped_column(Text)  # an account's public id, or system
    created_at: Mapped[datetime]
