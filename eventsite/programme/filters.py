"""Which part of a programme somebody wants to see: by day, kind, track and language, with the number behind each choice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.programme import rules
from eventsite.programme.snapshot import is_quiet

Item = dict[str, Any]
NAMES = ("day", "kind", "track", "language")
# Shorter programmes are read faster than filtered.
WORTH_IT = 6
_LONGEST = 60


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; empty means everything."""

    day: str = ""
    kind: str = ""
    track: str = ""
    language: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()

    def address(self, **changed: str) -> dict[str, Any]:
        """The arguments of an address that asks for this, with some of it changed."""
        return {name: value or None for name, value in {**asdict(self), **changed}.items()}


@dataclass(frozen=True)
class Option:
    """One choice of a filter, with how many items it would show beside what else is chosen."""

    value: str
    label: str
    count: int
    is_chosen: bool
    track: Item | None = None


@dataclass(frozen=True)
class Facet:
    """One filter with its choices; at least two of them."""

    name: str
    label: str
    options: list[Option]
    is_chosen: bool


def wanted(arguments: Mapping[str, str]) -> Wanted:
    """What the arguments of an address ask for."""
    return Wanted(**{name: arguments.get(name, "")[:_LONGEST] for name in NAMES})


def _facts(item: Item, zone: ZoneInfo) -> Wanted:
    """What an item is, in the terms of the filters."""
    return Wanted(
        day=item["starts_at"].astimezone(zone).date().isoformat(),
        kind=item["kind"],
        track=item["track"]["uid"] if item["track"] else "",
        language=item["language"],
    )


def _fits(facts: Wanted, asked: Wanted) -> bool:
    return all(getattr(asked, name) in ("", getattr(facts, name)) for name in NAMES)


def fitting(items: list[Item], asked: Wanted, zone: ZoneInfo) -> list[Item]:
    """The items that fit; breaks and the like only where nothing but a day is asked for."""
    if asked.is_everything:
        return items
    by_day_only = replace(asked, day="").is_everything
    return [item for item in items if _fits(_facts(item, zone), asked) and (by_day_only or not is_quiet(item))]


def facets(items: list[Item], asked: Wanted, zone: ZoneInfo) -> list[Facet]:
    """The filters worth showing: those with something to choose from, and those that are set."""
    real = [(item, _facts(item, zone)) for item in items if not is_quiet(item)]
    if len(real) < WORTH_IT and asked.is_everything:
        return []
    tracks = {item["track"]["uid"]: item["track"] for item, _known in real if item["track"]}
    kinds = list(rules.KINDS)
    found = []
    for name, title in zip(NAMES, (_("Day"), _("Kind"), _("Track"), _("Language")), strict=True):
        chosen: str = getattr(asked, name)
        others = replace(asked, **{name: ""})
        values = {getattr(known, name) for _item, known in real} - {""}
        is_alone = others.is_everything
        counts = Counter(getattr(known, name) for _item, known in real if is_alone or _fits(known, others))
        if len(values) < 2 and not chosen:
            continue
        order = kinds if name == "kind" else list(tracks) if name == "track" else sorted(values)
        listed = [value for value in order if value in values]
        options = [
            Option(value, _label(name, value, tracks), counts[value], value == chosen, tracks.get(value))
            for value in listed
        ]
        found.append(Facet(name, title, options, bool(chosen)))
    return found


def _label(name: str, value: str, tracks: Mapping[str, Item]) -> str:
    match name:
        case "day":
            day = date.fromisoformat(value)
            return f"{i18n.format_weekday(day)}, {i18n.format_day_month(day)}"
        case "kind":
            return str(rules.KINDS.get(value, value))
        case "track":
            return i18n.local(tracks[value]["title"])
    return i18n.language_name(value)
