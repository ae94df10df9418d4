"""Typed rooms, people and items held against those that are known: the same, perhaps the same, or new."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from eventsite.programme import rules_quick_words as words
from eventsite.programme.rules_quick_schedule import Entry

_TITLE = re.compile(
    r"(?:prof|dr|dipl|mag|ing|phd|med|phil|jur|habil|rer|nat|pol|sc|h|c|hc|univ|frau|herr|ms|mr|mrs|em|apl|jun)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """A room, profile or item that is there: by its key, and what it is called."""

    key: str
    names: tuple[str, ...]
    about: str = ""  # the organisation of a person


@dataclass(frozen=True)
class Match:
    """What a typed name may mean: certain, or candidates of which the first is the likeliest."""

    typed: str
    certain: str = ""
    candidates: tuple[Known, ...] = ()


def name_key(name: str) -> str:
    """A person's name without titles, case, accents and order: "Weiland, Dr. Markus" is "Markus Weiland"."""
    parts = [part for part in words.plain(name).split() if not _TITLE.fullmatch(part)]
    return " ".join(sorted(parts)) or words.plain(name)


def rooms(typed: Iterable[str], known: Sequence[Known]) -> dict[str, Match]:
    """Every typed room once; certain is one that is called exactly so, in any language."""
    found: dict[str, Match] = {}
    for name in dict.fromkeys(name for name in typed if name):
        same = [room for room in known if words.plain(name) in map(words.plain, room.names)]
        alike = sorted(
            (one for one in known if words.likeness(name, one.names) >= words.ALIKE),
            key=lambda one: -words.likeness(name, one.names),
        )
        found[name] = Match(name, same[0].key if same else "", tuple(alike))
    return found


def people(typed: Iterable[str], known: Sequence[Known]) -> dict[str, Match]:
    """Every typed person once; nobody is certain, since two may have one name: candidates are asked about."""
    by_key: dict[str, list[Known]] = {}
    for one in known:
        for name in one.names:
            by_key.setdefault(name_key(name), []).append(one)
    found: dict[str, Match] = {}
    for name in dict.fromkeys(typed):
        key = name_key(name)
        same = by_key.get(key, [])
        found[name] = Match(name, same[0].key if len(same) == 1 else "", tuple(same or _alike(key, by_key)))
    return found


def _alike(key: str, by_key: Mapping[str, list[Known]]) -> list[Known]:
    """At most three people whose name differs by a letter or two."""
    parts = set(key.split())
    near = [
        (SequenceMatcher(None, key, other).ratio(), other)
        for other in by_key
        if abs(len(other) - len(key)) <= 2 and (parts & set(other.split()) or len(parts) == 1)
    ]
    best = sorted((pair for pair in near if pair[0] >= 0.86), reverse=True)[:3]
    return [one for _ratio, other in best for one in by_key[other]]


@dataclass(frozen=True)
class Standing:
    """An item or round of the draft, as lines are compared with it."""

    key: int
    is_round: bool
    kind: str
    titles: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


def standing(entries: Iterable[Entry], draft: Sequence[Standing]) -> dict[int, Standing]:
    """Lines (by number) that are in the draft already, each item at most once: same title, and the same or nearest time."""
    left = list(draft)
    found: dict[int, Standing] = {}
    for exact in (True, False):
        for entry in entries:
            if entry.line.number in found or entry.starts_at is None:
                continue
            same = [one for one in left if _is_same(entry, one) and (not exact or one.starts_at == entry.starts_at)]
            if same:
                starts_at = entry.starts_at
                nearest = min(same, key=lambda one: abs(one.starts_at - starts_at))
                left.remove(nearest)
                found[entry.line.number] = nearest
    return found


def _is_same(entry: Entry, one: Standing) -> bool:
    is_round = entry.line.kind == words.ROUND
    return is_round == one.is_round and words.plain(entry.line.title) in map(words.plain, one.titles)
