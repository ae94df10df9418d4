"""The released programme as its public pages show it: words chosen, times written out, addresses made, once for a page.

A programme of 200 items is written on every page that is not kept; whatever is the same for all items is made once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from eventsite.core import i18n
from eventsite.core.i18n import _, ngettext
from eventsite.core.templates import local_markup
from eventsite.programme import rules
from eventsite.programme.snapshot import Programme, is_quiet

Item = dict[str, Any]
Address = Callable[[str], str]
# What kind of item it is goes without saying.
_NOT_NAMED = rules.QUIET_KINDS | {"closing"}


@dataclass(frozen=True, slots=True)
class Track:
    """A thread through the programme: its name, and a mark in its colour for light and dark paper."""

    uid: str
    title: Markup
    mark: Markup


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in an item, with the organisations of that day."""

    name: str
    url: str
    organisations: str


@dataclass(slots=True)
class Entry:
    """One item, ready to be shown; what it lacks is empty."""

    uid: str
    slug: str
    url: str  # empty where the item has no page of its own
    kind: str
    label: str
    number: str
    title: Markup
    subtitle: Markup
    people: list[Person]
    is_open: bool  # further people take part who are not named
    room: Markup
    room_uid: str
    place: Markup
    language: str
    track: Track | None
    is_cancelled: bool
    reason: Markup  # why it is cancelled
    is_quiet: bool
    starts_at: datetime
    ends_at: datetime
    start: str
    end: str
    places: str
    abstract: Any


@dataclass(slots=True)
class Slot:
    """A time and what happens then: one item, or several at the same time under one title."""

    uid: str
    start: str
    end: str
    starts_at: datetime
    ends_at: datetime
    title: Markup
    note: str
    entries: list[Entry]
    is_together: bool
    is_quiet: bool
    position: int = 0


@dataclass(slots=True)
class Day:
    """One local day of the programme."""

    iso: str
    name: str
    slots: list[Slot]

    @property
    def entries(self) -> list[Entry]:
        """Everything of this day, in order of time."""
        found = [entry for slot in self.slots for entry in slot.entries]
        return sorted(found, key=lambda entry: (entry.starts_at, entry.ends_at))


@dataclass(frozen=True)
class Frame:
    """What is the same for all items of a page: zone, addresses, the marks of tracks, words about places by uid."""

    zone: ZoneInfo
    item_url: Address
    person_url: Address
    themes: Callable[[str], tuple[str, str]]
    places: Mapping[str, str]


class Writer:
    """Makes entries of items; remembers what many items share."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._language = i18n.current_language()
        self._labels = {kind: str(label) for kind, label in rules.KINDS.items()}
        self._tracks: dict[str, Track] = {}
        self._rooms: dict[str, Markup] = {}
        self._people: dict[tuple[str, ...], Person] = {}

    def entry(self, item: Item) -> Entry:
        """One item as pages show it."""
        frame, room = self._frame, item["room"]
        starts_at, ends_at = item["starts_at"].astimezone(frame.zone), item["ends_at"].astimezone(frame.zone)
        quiet = is_quiet(item)
        title = self.words(item["title"])
        return Entry(
            uid=item["uid"],
            slug=item["slug"],
            url="" if quiet else frame.item_url(item["slug"]),
            kind=item["kind"],
            label=self._label(item, title),
            number=item["number"],
            title=title,
            subtitle=self.words(item["subtitle"]),
            people=[self._person(person) for person in item["people"]],
            is_open=item["open_people"],
            room=self._room(room) if room else Markup(),
            room_uid=room["uid"] if room else "",
            place=self.words(item["place"]),
            language=spoken(item["language"]) if item["language"] != self._language else "",
            track=self.track(item["track"]) if item["track"] else None,
            is_cancelled=item["status"] == "cancelled",
            reason=self.words(item["reason"]) if item["status"] == "cancelled" else Markup(),
            is_quiet=quiet,
            starts_at=starts_at,
            ends_at=ends_at,
            start=clock(starts_at),
            end=end_of(starts_at, ends_at),
            places=frame.places.get(item["uid"], ""),
            abstract=item["abstract"],
        )

    def words(self, value: Mapping[str, str] | None) -> Markup:
        """A text in the language of the page; of a fall-back the language is marked."""
        if not value:
            return Markup()
        own = value.get(self._language)
        return escape(own) if own else local_markup(value)

    def _label(self, item: Item, title: Markup) -> str:
        label = self._labels.get(item["kind"], "")
        return "" if item["kind"] in _NOT_NAMED or label.lower() == title.lower() else label

    def _room(self, room: Item) -> Markup:
        if room["uid"] not in self._rooms:
            self._rooms[room["uid"]] = self.words(room["name"])
        return self._rooms[room["uid"]]

    def _person(self, person: Item) -> Person:
        organisations = tuple(i18n.local(one) for one in person["organisations"])
        key = (person["uid"], *organisations)
        if key not in self._people:
            url = self._frame.person_url(person["slug"]) if person["slug"] else ""
            self._people[key] = Person(person["name"], url, ", ".join(organisations))
        return self._people[key]

    def track(self, track: Item) -> Track:
        """A track with its mark."""
        if track["uid"] not in self._tracks:
            light, dark = self._frame.themes(track["colour"])
            mark = Markup(
                '<svg class="track__mark" viewBox="0 0 8 8" aria-hidden="true" focusable="false">'
                '<path class="track__light" fill="{}" d="M0 0h8v8H0z"/><path class="track__dark" fill="{}" d="M0 0h8v8H0z"/></svg>'
            ).format(light, dark)
            self._tracks[track["uid"]] = Track(track["uid"], self.words(track["title"]), mark)
        return self._tracks[track["uid"]]


def clock(instant: datetime) -> str:
    """The time of day of a local instant: 09:30."""
    return f"{instant.hour:02d}:{instant.minute:02d}"


def end_of(starts_at: datetime, ends_at: datetime) -> str:
    """When something ends, with the weekday where that is another day."""
    if starts_at.date() == ends_at.date():
        return clock(ends_at)
    return f"{clock(ends_at)} ({i18n.format_weekday(ends_at)})"


def spoken(code: str) -> str:
    """In which language an item is held: in English."""
    known = {"de": _("in German"), "en": _("in English")}
    return known.get(code, code) if code else ""


def days(programme: Programme, items: Iterable[Item], writer: Writer, zone: ZoneInfo) -> list[Day]:
    """These items of the programme by local day; rounds and items that begin together share a slot."""
    by_round: dict[str | None, list[Entry]] = {}
    for item in items:
        by_round.setdefault(item["round"], []).append(writer.entry(item))
    slots = _single(by_round.pop(None, []))
    for one in programme.rounds:
        if one["uid"] in by_round:
            slots.append(_round(one, by_round[one["uid"]], writer, zone))
    slots.sort(key=lambda slot: (slot.starts_at, slot.ends_at, slot.position))
    found: dict[date, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.starts_at.date(), []).append(slot)
    return [Day(day.isoformat(), day_name(day), found[day]) for day in sorted(found)]


def day_name(day: date) -> str:
    """A day as a heading: Thursday, 28 January 2027."""
    return f"{i18n.format_weekday(day)}, {i18n.format_date(day)}"


def _single(entries: list[Entry]) -> list[Slot]:
    """Items outside of rounds: alone, or beside those that begin at the same time."""
    starting: dict[datetime, list[Entry]] = {}
    slots: list[Slot] = []
    for position, entry in enumerate(entries):
        if entry.is_quiet:
            slots.append(_alone(entry, position))
        else:
            starting.setdefault(entry.starts_at, []).append(entry)
    for instant, group in starting.items():
        if len(group) == 1:
            slots.append(_alone(group[0], 0))
            continue
        last = max(entry.ends_at for entry in group)
        title = ngettext("One item", "%(num)s items at the same time", len(group))
        key = f"{instant:%Y%m%d%H%M}"
        slots.append(
            Slot(key, group[0].start, end_of(instant, last), instant, last, escape(title), "", group, True, False)
        )
    return slots


def _alone(entry: Entry, position: int) -> Slot:
    return Slot(
        entry.uid, entry.start, entry.end, entry.starts_at, entry.ends_at,
        Markup(), "", [entry], is_together=False, is_quiet=entry.is_quiet, position=position,
    )  # fmt: skip


def _round(one: Item, entries: list[Entry], writer: Writer, zone: ZoneInfo) -> Slot:
    order = {item["uid"]: place for place, item in enumerate(one["items"])}
    entries.sort(key=lambda entry: order[entry.uid])
    for entry in entries:
        entry.number = entry.number or str(order[entry.uid] + 1)
    starts_at, ends_at = one["starts_at"].astimezone(zone), one["ends_at"].astimezone(zone)
    if len(entries) < len(one["items"]):
        note = _("%(num)s of %(total)s workshops of this round", num=len(entries), total=len(one["items"]))
    else:
        note = ngettext(
            "One workshop.", "%(num)s workshops at the same time; you take part in one of them.", len(entries)
        )
    title = writer.words(one["title"])
    end = end_of(starts_at, ends_at)
    return Slot(
        one["uid"], clock(starts_at), end, starts_at, ends_at, title, note, entries, True, False, one["position"]
    )
