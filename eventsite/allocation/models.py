"""Wishes, allocation runs, the places they gave, pins and waiting places."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.models import Registration


class Wish(Model):
    """A ranked wish (1 is best) for a workshop, or "never" where rank is empty."""

    __tablename__ = "wish"
    __table_args__ = (UniqueConstraint("registration_id", "item_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    rank: Mapped[int | None]


class AllocationRun(Model):
    """One computed proposal, never changed after it is done; `state` is also the state of the background work."""

    __tablename__ = "allocation_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(Text)  # queued, running, done, failed, stopped
    mode: Mapped[str] = mapped_column(Text, default="new")  # new, lock, improve, rerun, what-if
    objective: Mapped[str] = mapped_column(Text)
    tie: Mapped[str] = mapped_column(Text)
    seed: Mapped[int]
    requested_by: Mapped[str] = mapped_column(Text)
    based_on: Mapped[int] = mapped_column(default=0)  # number of the run that counted when this one was asked for
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    fingerprint: Mapped[str] = mapped_column(Text, default="")  # of the input
    changes: Mapped[Any] = mapped_column(JsonText)  # what a what-if changes in the input
    progress: Mapped[int] = mapped_column(default=0)  # per cent of the levels
    figures: Mapped[Any] = mapped_column(
        JsonText, nullable=True
    )  # what is compared: shares by rank, demand, simpler procedures
    given: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)  # the input, as it was computed with
    result: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    certificate: Mapped[Any] = mapped_column(JsonText, nullable=True, deferred=True)
    problem: Mapped[str] = mapped_column(Text, default="")  # why it failed, in words
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[str] = mapped_column(Text, default="")


class Allocation(Model):
    """The workshop of one registration in one round."""

    __tablename__ = "allocation"
    __table_args__ = (UniqueConstraint("registration_id", "round_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id"), index=True)  # None: told "no place"
    run_id: Mapped[int | None] = mapped_column(ForeignKey("allocation_run.id"))
    rank: Mapped[int | None]
    reason: Mapped[Any] = mapped_column(JsonText)
    sequence: Mapped[int] = mapped_column(default=0)  # SEQUENCE of the calendar entry (RFC 5546 § 2.1.4)
    updated_at: Mapped[datetime]
    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    item: Mapped[ProgrammeItem | None] = relationship(lazy="raise_on_sql")


class Pin(Model):
    """A place fixed by an organiser before the run (a moderator, a promise), with the reason."""

    __tablename__ = "pin"
    __table_args__ = (UniqueConstraint("registration_id", "round_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Text)


class WaitingPlace(Model):
    """A position in the waiting list of one workshop, kept while holding a place in another."""

    __tablename__ = "waiting_place"
    __table_args__ = (UniqueConstraint("registration_id", "item_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    created_at: Mapped[datetime]
    moves_up: Mapped[bool] = mapped_column(default=True)  # moved at once when a place is free, else asked
    offered_until: Mapped[datetime | None]  # a free place is held until then, for a yes or a no


class AllocationRule(Model):
    """One hard rule of an organiser; what `details` hold is in conditions.py. Each run keeps those it was computed with."""

    __tablename__ = "allocation_rule"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)  # see conditions.KINDS
    details: Mapped[Any] = mapped_column(JsonText)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Text)


class RuleChange(Model):
    """A change of rule or places after wishes were given or seen: participants read the date and the reason."""

    __tablename__ = "rule_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    subject: Mapped[str] = mapped_column(Text)  # rule, condition, places
    reason: Mapped[str] = mapped_column(Text)
    details: Mapped[Any] = mapped_column(JsonText)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Text)


class SeatChange(Model):
    """One step on the board, kept so that the last ones can be undone."""

    __tablename__ = "seat_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    deed: Mapped[str] = mapped_column(Text)  # move, pin
    before: Mapped[Any] = mapped_column(JsonText)  # {"workshop", "reason"}: the place or the pin as it was; empty: none
    after: Mapped[Any] = mapped_column(JsonText)
    told: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(Text)
    undone_at: Mapped[datetime | None]


class Participation(Model):
    """What somebody says of the rounds as a whole, and where SEQUENCE goes on after places were given up."""

    __tablename__ = "participation"
    __table_args__ = (Index("ix_participation_together_code", "together_code"),)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    absent: Mapped[Any] = mapped_column(JsonText)  # ids of the rounds that are left out
    together_code: Mapped[str | None] = mapped_column(Text)  # shared by those who want the same workshops
    first_sequence: Mapped[int] = mapped_column(default=0)  # of places given from now on (RFC 5546 § 2.1.4)
    left_items: Mapped[Any] = mapped_column(JsonText, default=list, server_default="[]")  # given up by signing off


class SwapRequest(Model):
    """A workshop somebody would take instead of the own one; the own place is kept until it is exchanged."""

    __tablename__ = "swap_request"
    __table_args__ = (UniqueConstraint("registration_id", "item_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    created_at: Mapped[datetime]
