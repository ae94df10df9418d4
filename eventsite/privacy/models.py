"""Requests to be forgotten that cannot be fulfilled at once, because an audit holds the data."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import Model
from eventsite.registration.models import Registration


class ErasureRequest(Model):
    """Somebody asked to be forgotten (GDPR Art. 17); organisers answer until `due_at`, one month later (Art. 12(3))."""

    __tablename__ = "erasure_request"
    __table_args__ = (Index("ix_erasure_request_open", "event_id", "decision"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decision: Mapped[str] = mapped_column(Text, default="")  # empty: open; erased, kept
    reason: Mapped[str] = mapped_column(Text, default="")  # why the data is kept, as it was told
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(Text, default="")
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
