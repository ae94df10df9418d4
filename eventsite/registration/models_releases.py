"""Mails about a release of the programme: to whom, and that nobody is told of one release twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import JsonText, Model


class ReleaseMailing(Model):
    """The organisers' words to those whom the changes of a release concern; `done_at` when every mail is written."""

    __tablename__ = "release_mailing"
    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("programme_release.id"), index=True)
    opening: Mapped[Any] = mapped_column(JsonText)
    actor: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(index=True)


class ReleaseLetter(Model):
    """Somebody who is told of a release, once whatever the reasons are; a speaker without a registration has no id of one."""

    __tablename__ = "release_letter"
    __table_args__ = (UniqueConstraint("release_id", "person"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("release_mailing.id"), index=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("programme_release.id"))
    person: Mapped[str] = mapped_column(Text)  # the person's public id
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    concerns: Mapped[Any] = mapped_column(JsonText)  # {"place": [public ids of items], …}, see site.rules_affected
    written_at: Mapped[datetime | None]
