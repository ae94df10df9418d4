"""Persons, accounts, sessions, roles and personal links."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import Model


class Person(Model):
    """A human, known by an e-mail address where there is one."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    email_key: Mapped[str | None] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime]


class PersonalLink(Model):
    """A secret link without the secret: purpose and generation from which core/ids derives it."""

    __tablename__ = "personal_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(Text)  # registration, calendar, team, speaker, preview and more
    generation: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Account(Model):
    """An organiser who can sign in; owners may do everything on the site."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    email_key: Mapped[str] = mapped_column(Text, unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text, default="de")
    is_owner: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    memberships: Mapped[list["Membership"]] = relationship(back_populates="account", lazy="raise_on_sql")
    feed_link_id: Mapped[int | None] = mapped_column(ForeignKey("personal_link.id"))  # the own calendar


class AccountSession(Model):
    """One sign-in of an account; the cookie holds a secret of which only the hash is stored."""

    __tablename__ = "account_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(Text, unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Membership(Model):
    """The role of an account in one event."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("account_id", "event_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    role: Mapped[str] = mapped_column(Text)
    account: Mapped[Account] = relationship(back_populates="memberships", lazy="raise_on_sql")


class Attempt(Model):
    """Failed sign-ins of one address or e-mail (hashed), for slowing down guessing."""

    __tablename__ = "attempt"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    blocked_until: Mapped[datetime | None]
    last_at: Mapped[datetime]
