"""The shapes of the demonstration's data: frozen records that the content modules fill and the builder reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventsite.registration import library
from eventsite.registration.questions import Asked

Words = dict[str, str]
"""One text in several languages: {"de": "...", "en": "..."}; long texts are Markdown."""


@dataclass(frozen=True)
class Host:
    """A host organisation with its imprint (Markdown) and contact."""

    key: str
    name: Words
    short_name: str
    description: Words
    address: str
    email: str
    phone: str
    website: str
    imprint: Words


@dataclass(frozen=True)
class Room:
    """A room with its number of places and how to reach it."""

    key: str
    name: Words
    capacity: int
    access: Words


@dataclass(frozen=True)
class Venue:
    """Where an event takes place; `directions` and `access` are Markdown."""

    name: Words
    street: str
    postcode: str
    city: str
    directions: Words
    access: Words
    rooms: tuple[Room, ...]
    picture: Picture | None = None  # of the way


@dataclass(frozen=True)
class Speaker:
    """Someone on stage; a speaker with nothing but a name is complete. `portrait` is a key of pictures.PORTRAITS."""

    key: str
    given_name: str
    family_name: str
    title: str = ""
    role: Words | None = None
    organisation: Words | None = None
    biography: Words | None = None
    email: str | None = None
    portrait: str | None = None
    links: tuple[tuple[str, str], ...] = ()  # (address, name)
    is_featured: bool = False

    @property
    def name(self) -> str:
        """The name as it is printed, with the academic title."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


@dataclass(frozen=True)
class Appearance:
    """A speaker at an item; kind is a key of programme.rules.ROLES; organisations as of that day."""

    speaker: str
    kind: str
    organisations: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Round:
    """A set of parallel workshops; times are local, HH:MM."""

    key: str
    title: Words
    intro: Words
    starts: str
    ends: str
    day: int = 0


@dataclass(frozen=True)
class Item:
    """A programme item; kind is a key of programme.rules.KINDS."""

    key: str
    kind: str
    title: Words
    starts: str
    ends: str
    day: int = 0
    subtitle: Words | None = None
    room: str | None = None
    round: str | None = None
    number: int | None = None
    place: str | None = None
    capacity: int | None = None
    minimum: int | None = None
    abstract: Words | None = None
    questions: tuple[Words, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    people_note: Words | None = None


@dataclass(frozen=True)
class Track:
    """A thread through the programme."""

    key: str
    title: Words
    colour: str


@dataclass(frozen=True)
class Extra:
    """What an item says besides its text: track by key, tags, for whom, what to know and to bring."""

    track: str
    tags: tuple[Words, ...]
    target_group: Words | None = None
    prerequisites: Words | None = None
    bring: Words | None = None


@dataclass(frozen=True)
class Page:
    """A free page of an event or, among LEGAL_PAGES, of the site; the body is Markdown."""

    slug: str
    title: Words
    body: Words
    menu_order: int = 0


@dataclass(frozen=True)
class Finding:
    """One finding of a workshop."""

    title: Words
    text: Words


@dataclass(frozen=True)
class Quote:
    """A pull quote of a speaker or of a label.

    With `paraphrased` the text is reported speech: shown without quotation marks and marked "sinngemäß".
    """

    text: Words
    rest: Words | None = None
    speaker: str | None = None
    label: Words | None = None
    paraphrased: bool = True


@dataclass(frozen=True)
class DownloadFile:
    """A download; `build` names the function of `files` that makes it, `language` the language of the file."""

    key: str
    filename: str
    title: Words
    description: Words
    build: str
    language: str
    licence: str
    credit: Words
    item: str | None = None
    access: str = "public"


@dataclass(frozen=True)
class Picture:
    """An illustration; `draw` names the scene of `pictures`, focus is the point that every crop keeps (0 to 1)."""

    key: str
    draw: str
    filename: str
    width: int
    height: int
    alt: Words
    caption: Words
    credit: Words
    licence: str = "CC0-1.0"
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True)
class Contact:
    """The one person to ask."""

    name: str
    role: Words
    organisation: Words
    email: str
    phone: str


@dataclass(frozen=True)
class Report:
    """All that a documentation holds besides what it pulls from the programme."""

    title: Words
    lead: Words
    sections: tuple[tuple[Words, Words], ...]
    note: Words
    workshops_intro: Words
    findings: dict[str, tuple[Finding, ...]]
    quotes: tuple[Quote, ...]
    core_messages: tuple[Words, ...]
    also_named_heading: Words
    also_named: tuple[str, ...]
    downloads: tuple[DownloadFile, ...]
    gallery_heading: Words
    gallery_intro: Words
    gallery: tuple[Picture, ...]
    contact: Contact


@dataclass(frozen=True)
class DemoEvent:
    """One event.

    Either `date` (fixed, ISO) or `days_ahead` (from the start of the demonstration) is set; the deadlines count
    days before the first day. `weekday` (0 = Monday) moves a relative date forward to that weekday.
    """

    slug: str
    kind: Words
    title: Words
    subtitle: Words
    lead: Words
    description: Words
    accent: str
    starts: str
    ends: str
    hosts: tuple[str, ...]
    contact: Contact
    date: str | None = None
    days_ahead: int | None = None
    weekday: int | None = None
    timezone: str = "Europe/Berlin"
    capacity: int | None = None
    registration_opens_days_before: int | None = None
    registration_closes_days_before: int | None = None
    wishes_close_days_before: int | None = None
    access_closes_days_before: int | None = None
    questions: tuple[Asked, ...] = library.DEFAULT
    consents: tuple[str, ...] = library.DEFAULT_CONSENTS
    is_online: bool = False
    target_group: Words | None = None
    venue: Venue | None = None
    rounds: tuple[Round, ...] = ()
    items: tuple[Item, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    pages: tuple[Page, ...] = ()
    pictures: tuple[Picture, ...] = ()
    cover: str | None = None
    report: Report | None = None
    tags: tuple[Words, ...] = ()
    facts: tuple[tuple[Words, Words], ...] = ()
    tracks: tuple[Track, ...] = ()
    extras: Mapping[str, Extra] = field(default_factory=dict)  # by item
