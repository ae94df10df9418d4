"""Addresses that want to know when registration opens; each goes with the mail that tells it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import Model


class Interest(Model):
    """One address on the list of an event; it counts once its own link has confirmed it."""

    __tablename__ = "interest"
    __table_args__ = (UniqueConstraint("event_id", "email_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    email: Mapped[str] = mapped_column(Text)
    email_key: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    mailed_at: Mapped[datetime]  # when the mail to confirm was last written
    confirmed_at: Mapped[datetime | None]
