"""How people come in: codes that open the form, and groups that were registered together."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core.db import Model


class EntryCode(Model):
    """A word that opens the registration form.

    It is kept readable: it is printed in invitations and told on the telephone, so organisers must be able to read it
    again; it opens a form, never anybody's data, and guessing is slowed down.
    """

    __tablename__ = "entry_code"
    __table_args__ = (UniqueConstraint("event_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    code: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)  # what makes two spellings the same, see rules_ways.code_key
    note: Mapped[str] = mapped_column(Text, default="")  # whom it is for
    most: Mapped[int | None]  # registrations it lets in at the same time; None: no limit
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class RegistrationGroup(Model):
    """Several people registered with one form; each of them has a registration, a link and a say of their own."""

    __tablename__ = "registration_group"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    contact_name: Mapped[str] = mapped_column(Text)
    contact_email: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text)  # together: places for all or for none; split: each as it comes
    is_seated_together: Mapped[bool] = mapped_column(default=False)  # wishes the same workshops for all
    size: Mapped[int]  # people named in the form, whether their addresses were known or not
    link_id: Mapped[int] = mapped_column(ForeignKey("personal_link.id"))
    created_at: Mapped[datetime]
    passed: Mapped[int] = mapped_column(default=0)  # places given to people behind while the group waited
