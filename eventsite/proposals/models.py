"""A call, the proposals with their people, and what the team says about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.people.models import PersonalLink


class Call(Model):
    """What may be proposed for an event, from when until when; without a beginning it is a draft that nobody sees."""

    __tablename__ = "call"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))  # its own questions
    text: Mapped[Any] = mapped_column(JsonText)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    kinds: Mapped[Any] = mapped_column(JsonText)  # keys of programme.rules.KINDS
    lengths: Mapped[Any] = mapped_column(JsonText)  # minutes
    asks_people: Mapped[bool] = mapped_column(default=True)  # names of further people on stage
    most_words: Mapped[int] = mapped_column(default=300)  # of the abstract
    is_blind: Mapped[bool] = mapped_column(default=False)  # reviewers do not see who proposes
    keep_months: Mapped[int] = mapped_column(default=6)  # after the decision, of what was not accepted
    created_at: Mapped[datetime]

    def public_scopes(self) -> tuple[str, ...]:
        """Front page, menu and privacy notice speak of it."""
        return (f"event:{self.event_id}",)


class Proposal(Model):
    """What somebody proposes; see rules.State. `decision` is prepared, `released_at` is when its batch was sent off."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("ix_proposal_event_state", "event_id", "state"),
        Index("ix_proposal_released", "released_at", "told_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    link_id: Mapped[int] = mapped_column(ForeignKey("personal_link.id"), index=True)
    state: Mapped[str] = mapped_column(Text)
    state_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(Text)  # of what was written, and of the mails
    kind: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int | None]
    title: Mapped[str] = mapped_column(Text)
    subtitle: Mapped[str] = mapped_column(Text, default="")
    abstract: Mapped[str] = mapped_column(Text, default="")
    leading_questions: Mapped[str] = mapped_column(Text, default="")
    target_group: Mapped[str] = mapped_column(Text, default="")
    wishes: Mapped[str] = mapped_column(Text, default="")  # for room and time
    technology: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[Any] = mapped_column(JsonText)  # the value by version of the question
    tags: Mapped[Any] = mapped_column(JsonText)  # the team's own
    decision: Mapped[str] = mapped_column(Text, default="")  # accept, reserve, reject; told with the next batch
    decided_by: Mapped[str] = mapped_column(Text, default="")
    released_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    until: Mapped[datetime | None]  # how long the link of the first mail confirms
    submitted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    # Public id of the item it has become: one that is deleted and brought back by undoing keeps its public id.
    item_uid: Mapped[str] = mapped_column(Text, default="", index=True)
    erased_at: Mapped[datetime | None]
    link: Mapped[PersonalLink] = relationship(lazy="raise_on_sql")
    people: Mapped[list["ProposalPerson"]] = relationship(
        lazy="raise_on_sql", order_by="ProposalPerson.position", cascade="all, delete-orphan"
    )


class ProposalPerson(Model):
    """Somebody named in a proposal; the first one proposes and gets the mails."""

    __tablename__ = "proposal_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, default="")
    email_key: Mapped[str] = mapped_column(Text, default="", index=True)
    organisation: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(Text)  # see programme.rules.ROLES; "" is not on stage


class ProposalRating(Model):
    """What one member of the team thinks of a proposal, 1 to 5."""

    __tablename__ = "proposal_rating"
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    value: Mapped[int]
    rated_at: Mapped[datetime]


class ProposalComment(Model):
    """A word of the team, never shown to whoever proposed."""

    __tablename__ = "proposal_comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
