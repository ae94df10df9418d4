"""Presence at the event or at one of its items."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import Model


class Presence(Model):
    """One person was there: at the event (`item_id` empty) or at a workshop, noted by whom and when."""

    __tablename__ = "presence"
    __table_args__ = (Index("uq_presence_registration_item", "registration_id", "item_id", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"))
    at: Mapped[datetime]
    noted_by: Mapped[str] = mapped_column(Text)
