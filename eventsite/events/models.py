"""Site, hosts, events, venues, rooms and free pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.people.models import PersonalLink

Words = dict[str, str]  # one text in several languages: {"de": "…", "en": "…"}


class Site(Model):
    """The one row with what the whole site says about itself."""

    __tablename__ = "site"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Any] = mapped_column(JsonText)
    intro: Mapped[Any] = mapped_column(JsonText)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("host.id"))
    privacy: Mapped[Any] = mapped_column(JsonText)
    accessibility: Mapped[Any] = mapped_column(JsonText)
    mail_url: Mapped[str] = mapped_column(Text, default="")  # without a password; one with a password is a setting
    set_up_at: Mapped[datetime | None]

    def public_scopes(self) -> tuple[str, ...]:
        """Every page carries the site's name."""
        return ("site",)


class Host(Model):
    """An organisation that holds events, with the imprint the law asks for (DDG § 5, MStV § 18)."""

    __tablename__ = "host"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[Any] = mapped_column(JsonText)
    imprint: Mapped[Any] = mapped_column(JsonText)
    responsible: Mapped[str] = mapped_column(Text, default="")  # for content, MStV § 18(2)
    address: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(Text, default="")
    logo_key: Mapped[str | None] = mapped_column(Text)

    def public_scopes(self) -> tuple[str, ...]:
        """Hosts stand on the pages of several events."""
        return ("site",)


class Venue(Model):
    """Where events take place; several events may share it."""

    __tablename__ = "venue"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[Any] = mapped_column(JsonText)
    address: Mapped[str] = mapped_column(Text, default="")
    town: Mapped[str] = mapped_column(Text, default="")
    directions: Mapped[Any] = mapped_column(JsonText)
    step_free: Mapped[Any] = mapped_column(JsonText)
    map_url: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    map_key: Mapped[str | None] = mapped_column(Text)  # a picture of the way, made anew from what was uploaded
    map_alt: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")
    map_credit: Mapped[str] = mapped_column(Text, default="", server_default="")
    map_width: Mapped[int | None]
    map_height: Mapped[int | None]
    rooms: Mapped[list["Room"]] = relationship(back_populates="venue", order_by="Room.position", lazy="raise_on_sql")

    def public_scopes(self) -> tuple[str, ...]:
        """Venues stand on the pages of several events."""
        return ("site",)


class Room(Model):
    """A room of a venue."""

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    name: Mapped[Any] = mapped_column(JsonText)
    capacity: Mapped[int | None]
    equipment: Mapped[Any] = mapped_column(JsonText)
    is_step_free: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    venue: Mapped[Venue] = relationship(back_populates="rooms", lazy="raise_on_sql")

    def public_scopes(self) -> tuple[str, ...]:
        """Rooms stand on the pages of several events."""
        return ("site",)


class Series(Model):
    """Events held again and again under one name; the archive is filtered by it."""

    __tablename__ = "series"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[Any] = mapped_column(JsonText)

    def public_scopes(self) -> tuple[str, ...]:
        """A series stands on the pages of its events and in the archive."""
        return ("site",)


class Event(Model):
    """One conference. Its phase is derived from the dates and from `published_at`, never stored."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    languages: Mapped[Any] = mapped_column(JsonText)  # ["de", "en"], the first is the main one
    kind: Mapped[Any] = mapped_column(JsonText)  # "Fachveranstaltung"
    title: Mapped[Any] = mapped_column(JsonText)
    short_title: Mapped[Any] = mapped_column(JsonText)  # for the masthead, where the title is long
    subtitle: Mapped[Any] = mapped_column(JsonText)
    lead: Mapped[Any] = mapped_column(JsonText)
    text: Mapped[Any] = mapped_column(JsonText)
    facts: Mapped[Any] = mapped_column(JsonText)  # [{"label": Words, "text": Words}]
    topics: Mapped[Any] = mapped_column(JsonText)  # ["Bildungsmanagement"]
    accent: Mapped[str] = mapped_column(Text, default="#0b5a6b")
    logo_key: Mapped[str | None] = mapped_column(Text)
    timezone: Mapped[str] = mapped_column(Text, default="Europe/Berlin")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    attendance: Mapped[str] = mapped_column(Text, default="onsite")  # onsite, online, hybrid
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    contact_name: Mapped[str] = mapped_column(Text, default="")
    contact_email: Mapped[str] = mapped_column(Text, default="")
    contact_phone: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    wishes_close_at: Mapped[datetime | None]
    capacity: Mapped[int | None]  # None: no limit
    confirmation_hours: Mapped[int] = mapped_column(default=48)
    max_choices: Mapped[int] = mapped_column(default=3)
    access_days: Mapped[Any] = mapped_column(JsonText, default=dict)  # {"wheelchair": 21}: registration/rules_access
    objective: Mapped[str] = mapped_column(Text, default="fair")  # fair, first, serial; frozen once wishes were seen
    tie: Mapped[str] = mapped_column(Text, default="lottery")  # lottery, order
    seed: Mapped[int] = mapped_column(default=0)
    allocation_published_at: Mapped[datetime | None]
    privacy_note: Mapped[Any] = mapped_column(JsonText)
    hold_reason: Mapped[str] = mapped_column(Text, default="")  # retention hold (funder's audit); empty: none
    hold_until: Mapped[datetime | None]
    preview_link_id: Mapped[int | None] = mapped_column(ForeignKey("personal_link.id"))
    sequence: Mapped[int] = mapped_column(default=0)  # of the calendar entry: rises with time, place and cancellation
    entry_changed_at: Mapped[datetime]  # LAST-MODIFIED of the calendar entry: its words count too
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    way_in: Mapped[str] = mapped_column(
        Text, default="open"
    )  # open, moderated, invited, mixed: registration/rules_ways
    entry_domains: Mapped[Any] = mapped_column(JsonText, default=list)  # [{"domain": "kassel.de", "subdomains": true}]
    registration_closed_at: Mapped[datetime | None]  # closed early, by a click of the organisers
    registration_closed_reason: Mapped[Any] = mapped_column(JsonText, default=dict)
    frame_hosts: Mapped[Any] = mapped_column(
        JsonText, default=list
    )  # websites that may show the state in a frame; none: all
    notice: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")  # why it is called off or moved
    moved_from: Mapped[datetime | None]  # the former start, while the new one is to be told
    answers_until: Mapped[datetime | None]  # until when people say whether the new date suits them
    reminder_at: Mapped[datetime | None]  # when those with a place are asked whether they still come
    may_hand_over: Mapped[bool] = mapped_column(default=False, server_default=false())
    online_capacity: Mapped[int | None]  # places online of a hybrid event; None: no limit
    overbooking: Mapped[int] = mapped_column(default=0)  # percent given away beyond `capacity`, since some never come
    promotion: Mapped[str] = mapped_column(Text, default="order")  # order: moves up at once; offer: is asked first
    offer_hours: Mapped[int] = mapped_column(default=48)
    promotion_stops_hours: Mapped[int] = mapped_column(default=12)  # before the start; nobody is moved up after it
    interest_list: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # see registration/rules_interest
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    venue: Mapped[Venue | None] = relationship(lazy="raise_on_sql")
    wishes_seen_at: Mapped[datetime | None]  # the first run was asked for: from now on rules and places are frozen
    preview_link: Mapped[PersonalLink | None] = relationship(lazy="raise_on_sql")
    hosts: Mapped[list[Host]] = relationship(
        secondary="event_host", order_by="EventHost.position", lazy="raise_on_sql", viewonly=True
    )

    @property
    def logo_url(self) -> str | None:
        """Where the logo is served, if there is one."""
        return f"/logos/{self.logo_key}" if self.logo_key else None

    @property
    def scope(self) -> str:
        """The revision scope of this event's public pages."""
        return f"event:{self.id}"

    def public_scopes(self) -> tuple[str, ...]:
        """An event stands on its own pages and in the list of events."""
        return (self.scope, "site") if self.id else ("site",)


class EventHost(Model):
    """Which hosts hold an event, in order."""

    __tablename__ = "event_host"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("host.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    def public_scopes(self) -> tuple[str, ...]:
        """Hosts stand on every page of the event."""
        return (f"event:{self.event_id}",)


class OldSlug(Model):
    """A former address of an event, redirected for ever."""

    __tablename__ = "old_slug"
    slug: Mapped[str] = mapped_column(Text, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)


class InfoPage(Model):
    """A free page of an event (travel, questions and answers), in the order of the menu."""

    __tablename__ = "info_page"
    __table_args__ = (UniqueConstraint("event_id", "slug"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    slug: Mapped[str] = mapped_column(Text)
    title: Mapped[Any] = mapped_column(JsonText)
    text: Mapped[Any] = mapped_column(JsonText)
    position: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]

    def public_scopes(self) -> tuple[str, ...]:
        """Free pages stand in the event's menu and in the sitemap."""
        return (f"event:{self.event_id}", "site")
