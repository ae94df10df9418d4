"""The steps in which a draft came about, so that each can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import JsonText, Model


class DraftStep(Model):
    """One edit of a draft: which rows of the programme it touched, and their values before and after.

    People stand in `rows` by the public id of their profile only; the shape is in programme/rules_drafts.py.
    """

    __tablename__ = "draft_step"
    __table_args__ = (Index("ix_draft_step_event_id_at", "event_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Text)  # account id, or a word such as "assistant"
    deed: Mapped[str] = mapped_column(Text)  # edit, undo, redo
    rows: Mapped[Any] = mapped_column(JsonText)  # [rules_drafts.Touched as a dict]
    undone_at: Mapped[datetime | None]
