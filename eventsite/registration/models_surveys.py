"""Follow-up forms: what is asked after the registration, who gets the link, and sheets that carry no person."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import JsonText, Model


class Survey(Model):
    """Questions for a chosen circle of people, by personal link; a draft until it is first sent."""

    __tablename__ = "survey"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    title: Mapped[Any] = mapped_column(JsonText)
    introduction: Mapped[Any] = mapped_column(JsonText)
    purpose: Mapped[Any] = mapped_column(JsonText)
    is_anonymous: Mapped[bool]
    opens_at: Mapped[datetime | None]  # mails wait for it
    closes_at: Mapped[datetime | None]
    audience: Mapped[Any] = mapped_column(JsonText)  # filters of the organisers' list, see site.rules_roster
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    use: Mapped[str] = mapped_column(Text, default="people", server_default="people")  # call: asked with a proposal

    def public_scopes(self) -> tuple[str, ...]:
        """The privacy notice names what is asked."""
        return (f"event:{self.event_id}",)


class SurveyRecipient(Model):
    """Somebody who may answer; of an anonymous survey it is only known that the sheet was sent, not when and not which."""

    __tablename__ = "survey_recipient"
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True, index=True)
    sent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    has_answered: Mapped[bool] = mapped_column(default=False)


class SurveySheet(Model):
    """One anonymous sheet: no person, the day only. Its key is random and the only order there is."""

    __tablename__ = "survey_sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)  # a hidden number would tell the order in which people answered
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    answered_on: Mapped[date] = mapped_column(Date)
    answers: Mapped[Any] = mapped_column(JsonText)  # the value by version of the question
