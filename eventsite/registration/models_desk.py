"""The organisers' desk: what was done with many registrations at once, and what must be arranged for whom until when."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import Model


class BulkDeed(Model):
    """One deed for many registrations; who is meant is frozen in its rows, so that it can go on after a crash."""

    __tablename__ = "bulk_deed"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)  # made with the preview: sent twice is done once
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    deed: Mapped[str] = mapped_column(Text)  # see rules_bulk.DEEDS
    reason: Mapped[str] = mapped_column(Text, default="")
    notify: Mapped[bool]  # whether mails go out
    actor: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)


class BulkRow(Model):
    """One registration of a deed for many: still open, done, or left as it was and why."""

    __tablename__ = "bulk_row"
    __table_args__ = (UniqueConstraint("bulk_id", "registration_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    bulk_id: Mapped[int] = mapped_column(ForeignKey("bulk_deed.id"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    state: Mapped[str] = mapped_column(Text)  # open, done, left
    why: Mapped[str] = mapped_column(Text, default="")  # a key of rules_bulk.OBSTACLES, or a sentence of the service


class AccessTask(Model):
    """What became of one need that somebody named; without a row it is open. It goes with the answer it came from."""

    __tablename__ = "access_task"
    __table_args__ = (UniqueConstraint("registration_id", "question_id", "need"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    need: Mapped[str] = mapped_column(Text)  # key of the option, or rules_access.OTHER
    state: Mapped[str] = mapped_column(Text)  # open, arranged, impossible
    due_on: Mapped[date | None] = mapped_column(Date)  # where the usual date does not fit
    note: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(Text)
