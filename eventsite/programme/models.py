"""Programme items, rounds, speakers, appearances and the frozen releases the public sees."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.events.models import Room
from eventsite.people.models import Person, PersonalLink


class Round(Model):
    """A set of parallel workshops, of which a participant attends one."""

    __tablename__ = "round"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    title: Mapped[Any] = mapped_column(JsonText)
    position: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    items: Mapped[list["ProgrammeItem"]] = relationship(
        back_populates="round", order_by="ProgrammeItem.position", lazy="raise_on_sql"
    )


class Track(Model):
    """A thread through the programme of an event, told by a name and a colour."""

    __tablename__ = "track"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    title: Mapped[Any] = mapped_column(JsonText)
    colour: Mapped[str] = mapped_column(Text)  # "#0b5a6b"; the contrast is adjusted where it is shown
    position: Mapped[int] = mapped_column(default=0)


class ProgrammeItem(Model):
    """Anything with a time in the programme; a workshop stands in a round and has places."""

    __tablename__ = "programme_item"
    __table_args__ = (UniqueConstraint("event_id", "slug"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    slug: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)  # see rules.KINDS
    number: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[Any] = mapped_column(JsonText)
    subtitle: Mapped[Any] = mapped_column(JsonText)
    abstract: Mapped[Any] = mapped_column(JsonText)
    leading_questions: Mapped[Any] = mapped_column(JsonText)
    place: Mapped[Any] = mapped_column(JsonText)  # a municipality the item is about, not a room
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[int | None]
    minimum: Mapped[int | None]
    language: Mapped[str] = mapped_column(Text, default="de")
    is_open_list: Mapped[bool] = mapped_column(default=False)  # further people take part who are not named
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    target_group: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")
    prerequisites: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")
    bring: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")  # what people bring along
    tags: Mapped[Any] = mapped_column(JsonText, default=list, server_default="[]")  # [Words]
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id"))
    online_url: Mapped[str] = mapped_column(Text, default="", server_default="")  # shown to the entitled only
    online_from: Mapped[datetime | None]  # from when they see it; None: see rules.online_from
    offering: Mapped[str | None] = mapped_column(Text)  # items with the same value are one workshop in several rounds
    cancel_reason: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")  # public
    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")
    track: Mapped[Track | None] = relationship(lazy="raise_on_sql")
    round: Mapped[Round | None] = relationship(back_populates="items", lazy="raise_on_sql")
    appearances: Mapped[list["Appearance"]] = relationship(
        back_populates="item", order_by="Appearance.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Speaker(Model):
    """The public profile of a person who appears on stage, over all events; a name alone is enough."""

    __tablename__ = "speaker"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)  # with academic title, as it is to be shown
    sort_name: Mapped[str] = mapped_column(Text)
    role: Mapped[Any] = mapped_column(JsonText)
    organisation: Mapped[str] = mapped_column(Text, default="")
    biography: Mapped[Any] = mapped_column(JsonText)
    links: Mapped[Any] = mapped_column(JsonText)  # [{"label": "…", "url": "https://…"}]
    portrait_key: Mapped[str | None] = mapped_column(Text)  # a derived picture, never the original
    portrait_credit: Mapped[str] = mapped_column(Text, default="")
    link_id: Mapped[int | None] = mapped_column(ForeignKey("personal_link.id"))
    updated_at: Mapped[datetime]
    portrait_original_key: Mapped[str | None] = mapped_column(Text)  # kept for other crops, never served
    portrait_files: Mapped[Any] = mapped_column(JsonText, default=list)  # see programme/portraits.py
    focus_x: Mapped[float] = mapped_column(default=0.5)  # the point every crop keeps, as parts of width and height
    focus_y: Mapped[float] = mapped_column(default=0.5)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("speaker.id"), index=True)  # its address leads there
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    link: Mapped[PersonalLink | None] = relationship(lazy="raise_on_sql")

    def public_scopes(self) -> tuple[str, ...]:
        """A speaker may stand on the pages of several events."""
        return ("site",)


class Appearance(Model):
    """A speaker in an item: the role, and the organisations at the time."""

    __tablename__ = "appearance"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    role: Mapped[str] = mapped_column(Text)  # see rules.ROLES
    role_label: Mapped[Any] = mapped_column(JsonText)  # a free name of the role, instead of the usual one
    organisations: Mapped[Any] = mapped_column(JsonText)  # ["DLR-Projektträger", "…"]
    position: Mapped[int] = mapped_column(default=0)
    item: Mapped[ProgrammeItem] = relationship(back_populates="appearances", lazy="raise_on_sql")
    speaker: Mapped[Speaker] = relationship(lazy="raise_on_sql")


class ProgrammeRelease(Model):
    """A frozen programme; the last one is what the public sees. Its shape is in programme/snapshot.py."""

    __tablename__ = "programme_release"
    __table_args__ = (UniqueConstraint("event_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    released_at: Mapped[datetime]
    released_by: Mapped[str] = mapped_column(Text)
    snapshot: Mapped[Any] = mapped_column(JsonText)
    changes: Mapped[Any] = mapped_column(JsonText)
    note: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")  # the organisers' own words with it

    def public_scopes(self) -> tuple[str, ...]:
        """A release changes the event's pages and feeds, and the sitemap."""
        return (f"event:{self.event_id}", "site")
