"""Lists that come from elsewhere: a table on its way in, and the people who are invited."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import JsonText, Model


class ImportedTable(Model):
    """A table somebody uploaded, until all of it is taken in or two days are over; then its rows are emptied."""

    __tablename__ = "imported_table"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)  # invitations, registrations
    filename: Mapped[str] = mapped_column(Text)
    header: Mapped[Any] = mapped_column(JsonText)
    rows: Mapped[Any] = mapped_column(JsonText)  # [[line, [cells]]]; after the start the good ones by field
    columns: Mapped[Any] = mapped_column(JsonText)  # {"email": 2}: field → place of its column
    choices: Mapped[Any] = mapped_column(JsonText)  # {"basis": "relation"} or {"is_confirmed": true, "is_told": false}
    state: Mapped[str] = mapped_column(Text)  # read, running, done, stopped
    position: Mapped[int] = mapped_column(default=0)  # rows taken in so far
    skipped: Mapped[int] = mapped_column(default=0)  # rows left out on purpose
    reason: Mapped[str] = mapped_column(Text, default="")  # why it stopped
    actor: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Invitation(Model):
    """One person who is invited; the personal link in the mail fills in the form."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("event_id", "email_key"),
        Index("ix_invitation_event_state", "event_id", "state", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    name: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text)
    email_key: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")  # the organisers' own
    basis: Mapped[str] = mapped_column(Text)  # consent, relation, office: why this person may be written to
    basis_note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text)  # see rules_lists.STATES
    state_at: Mapped[datetime]
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    created_at: Mapped[datetime]
