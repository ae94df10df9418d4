"""Kinds and roles of the programme, addresses of its items, and what clashes in a draft."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from eventsite.core import i18n, text
from eventsite.core.i18n import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "arrival": _l("Arrival"),
    "welcome": _l("Welcome"),
    "keynote": _l("Keynote"),
    "talk": _l("Talk"),
    "panel": _l("Panel"),
    "workshop": _l("Workshop"),
    "market": _l("Market of ideas"),
    "stand": _l("Market stand"),
    "poster": _l("Poster"),
    "break": _l("Break"),
    "social": _l("Get-together"),
    "closing": _l("Closing"),
}
ROLES: dict[str, Any] = {
    "welcome": _l("Opening words"),
    "moderator": _l("Moderation"),
    "keynote": _l("Keynote"),
    "speaker": _l("Input"),
    "respondent": _l("Response"),
    "panellist": _l("On the panel"),
    "lead": _l("Workshop lead"),
    "host": _l("For the hosts"),
    "stand": _l("At the stand"),
    "rapporteur": _l("Report"),
    "graphic": _l("Graphic recording"),
    "photographer": _l("Photography"),
    "interpreter": _l("Sign-language interpreting"),
    "captioner": _l("Speech-to-text interpreting"),
    "translator": _l("Interpreting"),
    "technician": _l("Technology"),
}
# Who makes an item possible without speaking in it.
SUPPORTING_ROLES = frozenset({"graphic", "photographer", "interpreter", "captioner", "translator", "technician"})
# On breaks and the like nobody speaks: they block no time in a calendar.
QUIET_KINDS = frozenset({"arrival", "break", "social"})
ONLINE_BEFORE = timedelta(minutes=30)


def online_from(starts_at: datetime, given: datetime | None) -> datetime:
    """From when the entitled see the online link of an item: as it was set, else half an hour before the start."""
    return given or starts_at - ONLINE_BEFORE


def role_name(role: str, label: dict[str, str] | None = None) -> dict[str, str] | str:
    """What a role is called: the free name given to it, else the usual one in the current language."""
    return label if label and any(label.values()) else str(ROLES.get(role, role))


def item_slug(title: dict[str, str], taken: Iterable[str]) -> str:
    """An address for an item made of its title, with a number behind it where that is taken."""
    return _free(text.slugify(i18n.local(title), fallback="item", length=50), set(taken))


def speaker_slug(name: str, taken: Iterable[str]) -> str:
    """An address for a person made of the name, with a number behind it where another person has it."""
    return _free(text.slugify(name, fallback="person", length=50), set(taken))


def _free(stem: str, taken: set[str]) -> str:
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


@dataclass(frozen=True)
class Planned:
    """What of an item matters for clashes; speakers and room are public ids."""

    uid: str
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    round: str | None = None
    room: str | None = None
    room_name: str = ""
    room_capacity: int | None = None
    capacity: int | None = None
    speakers: tuple[tuple[str, str], ...] = ()  # public id and name


@dataclass(frozen=True)
class Clash:
    """Something an organiser should look at: what kind, which items (public ids), and a sentence."""

    kind: str
    items: tuple[str, ...]
    message: Any


def clashes(items: Iterable[Planned], starts_at: datetime, ends_at: datetime) -> list[Clash]:
    """Everything in a draft that cannot or should not be, in order of time; an item may end when the next begins."""
    listed = sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.uid))
    found = [clash for item in listed for clash in _alone(item, starts_at, ends_at)]
    overlapping = [(a, b) for a, b in combinations(listed, 2) if a.starts_at < b.ends_at and b.starts_at < a.ends_at]
    return found + [clash for pair in overlapping for clash in _together(*pair)]


def _alone(item: Planned, starts_at: datetime, ends_at: datetime) -> Iterator[Clash]:
    if item.starts_at < starts_at or item.ends_at > ends_at:
        message = _l("“%(title)s” lies outside the times of the event.", title=item.title)
        yield Clash("outside", (item.uid,), message)
    if item.capacity and item.room_capacity and item.capacity > item.room_capacity:
        values = {"title": item.title, "room": item.room_name, "places": item.capacity, "most": item.room_capacity}
        message = _l("“%(title)s” offers %(places)s places, but %(room)s holds %(most)s people.", **values)
        yield Clash("places", (item.uid,), message)
    if item.kind == "workshop" and item.round is None:
        message = _l("The workshop “%(title)s” is in no round, so nobody can choose it.", title=item.title)
        yield Clash("no round", (item.uid,), message)


def _together(one: Planned, other: Planned) -> Iterator[Clash]:
    titles = {"one": one.title, "other": other.title}
    if one.room is not None and one.room == other.room:
        message = _l("“%(one)s” and “%(other)s” are in %(room)s at the same time.", room=one.room_name, **titles)
        yield Clash("room", (one.uid, other.uid), message)
    for uid, name in one.speakers:
        if uid in {known for known, _name in other.speakers}:
            message = _l("%(name)s is needed in “%(one)s” and “%(other)s” at the same time.", name=name, **titles)
            yield Clash("speaker", (one.uid, other.uid), message)
