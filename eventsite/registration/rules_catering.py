"""The caterer's sheet: how many plates of which kind at which meal, without a name; pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LONG_ENOUGH = 45 * 60  # seconds from which a break is taken for a meal
MIDDAY, EVENING = range(11, 15), range(17, 24)
USUAL = {"lunch": MIDDAY, "evening": EVENING}  # ready questions → hours at which such a meal begins


@dataclass(frozen=True)
class Meal:
    """A meal of the programme, in the event's own time; `asked` is the yes/no question of those who stay away."""

    uid: str
    title: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    asked: str = ""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.ends_at - self.starts_at).total_seconds()


@dataclass(frozen=True)
class Guest:
    """What one person said; `refused` are the keys of yes/no questions answered with no."""

    diets: tuple[str, ...] = ()
    other: str = ""
    refused: frozenset[str] = frozenset()


@dataclass
class Plates:
    """The figures of one meal."""

    people: int = 0
    usual: int = 0  # who eats what everybody eats
    kinds: Counter[tuple[str, ...]] = field(default_factory=Counter)  # each plate once, by all that it must be
    diets: Counter[str] = field(default_factory=Counter)  # each wish once
    others: Counter[str] = field(default_factory=Counter)


def usual_meals(items: Sequence[Meal]) -> list[str]:
    """The breaks that are taken for meals unless somebody chooses otherwise."""
    long = [one.uid for one in items if one.seconds >= LONG_ENOUGH]
    return long or [one.uid for one in items]


def usual_question(meal: Meal, keys: Collection[str]) -> str:
    """The question that asks for this meal, by the hour; empty where none does."""
    return next((key for key, hours in USUAL.items() if key in keys and meal.starts_at.hour in hours), "")


def line(text: str) -> str:
    """What somebody wrote, so that the same words count as the same."""
    words = " ".join(text.split())
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def plates(people: int, guests: Sequence[Guest], asked: str) -> Plates:
    """The figures of a meal for so many people, of whom `guests` said something; who said no to `asked` stays away."""
    found = Plates(people=people)
    for guest in guests:
        if asked and asked in guest.refused:
            found.people -= 1
            continue
        if guest.diets:
            found.kinds[guest.diets] += 1
            found.diets.update(guest.diets)
        elif guest.other:
            found.kinds[()] += 1  # only what was written
        if guest.other:
            found.others[line(guest.other)] += 1
    found.usual = found.people - sum(found.kinds.values())
    return found


def guest(answers: Mapping[str, tuple[str, Any]]) -> Guest:
    """What one person said, from kind and value by key of the question."""
    diets: list[str] = []
    other, refused = "", set()
    for key, (kind, value) in answers.items():
        if kind == "diet" and isinstance(value, Mapping):
            diets += [str(one) for one in value.get("chosen", [])]
            other = str(value.get("other") or "") or other
        elif kind == "yes_no" and value is False:
            refused.add(key)
    return Guest(tuple(dict.fromkeys(diets)), other, frozenset(refused))


@dataclass(frozen=True)
class Row:
    """One line of a table: its words and a figure per meal."""

    words: str
    numbers: list[int]


def rows(columns: Sequence[Plates], name: str, words: Mapping[Any, str]) -> list[Row]:
    """A table over all meals of one of the counters, the most frequent first."""
    counters: list[Counter[Any]] = [getattr(one, name) for one in columns]
    keys = sorted({key for one in counters for key in one}, key=lambda key: (-max(c[key] for c in counters), str(key)))
    return [Row(words.get(key, str(key)), [counter[key] for counter in counters]) for key in keys]
