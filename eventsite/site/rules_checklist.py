"""What an event still lacks, and where it is put right; pure. What does not apply is not asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

WORDS = ("title", "subtitle", "lead", "text")


@dataclass(frozen=True)
class Item:
    """An item of the programme, as far as it can lack something."""

    title: Mapping[str, str]
    is_workshop: bool  # stands in a round
    capacity: int | None = None
    has_people: bool = False
    has_room: bool = False
    is_online: bool = False  # has an online address


@dataclass(frozen=True)
class Facts:
    """What the checklist looks at beside the event itself."""

    items: Sequence[Item] = ()
    empty_rounds: int = 0
    is_released: bool = False
    has_privacy: bool = True
    has_rooms: bool = False
    step_free: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: its key, whether it forbids publishing, how many, and examples."""

    key: str
    is_blocking: bool = False
    count: int = 0
    examples: tuple[Mapping[str, str], ...] = ()


def lacks(event: Any, facts: Facts, now: datetime, missing: Sequence[str]) -> list[Lack]:
    """What is missing, the most urgent first; `missing` forbids publishing. Nothing once the event is over or called off."""
    if event.cancelled_at is not None or now >= event.ends_at:
        return []
    found = [Lack(key, is_blocking=True) for key in missing]
    found += _about_the_event(event, facts)
    found += _about_dates(event, facts)
    found += _about_the_programme(event, facts)
    found += _about_languages(event, facts)
    return found


def _about_the_event(event: Any, facts: Facts) -> Iterable[Lack]:
    if not any(dict(event.lead or {}).values()):
        yield Lack("lead")
    if not event.contact_email:
        yield Lack("contact")
    if event.attendance != "online" and event.venue_id is None:
        yield Lack("venue")
    elif event.attendance != "online" and not any(facts.step_free.values()):
        yield Lack("step_free")
    if event.attendance != "onsite" and facts.items and not any(item.is_online for item in facts.items):
        yield Lack("online_address")
    if not facts.has_privacy and event.registration_opens_at is not None:
        yield Lack("privacy")
    if former := former_years(event):
        yield Lack("former_year", count=former[0])


def former_years(event: Any) -> list[int]:
    """The years before the event that its heads still name, as they do in a copy."""
    words = " ".join(
        text for name in ("title", "short_title", "subtitle") for text in dict(getattr(event, name)).values()
    )
    years = sorted({int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", words)})
    return [year for year in years if year == event.starts_at.year - 1 and event.starts_at.year not in years]


def _about_dates(event: Any, facts: Facts) -> Iterable[Lack]:
    opens, closes, wishes = event.registration_opens_at, event.registration_closes_at, event.wishes_close_at
    if opens is None:
        return
    if opens >= event.starts_at or (closes is not None and closes > event.ends_at):
        yield Lack("registration_late")
    chosen = sum(1 for item in facts.items if item.is_workshop) > 1
    if chosen and wishes is None:
        yield Lack("wishes_date")
    elif chosen and wishes >= event.starts_at:
        yield Lack("wishes_late")


def _about_the_programme(event: Any, facts: Facts) -> Iterable[Lack]:
    if facts.items and not facts.is_released:
        yield Lack("release")
    if facts.empty_rounds:
        yield Lack("empty_rounds", count=facts.empty_rounds)
    workshops = [item for item in facts.items if item.is_workshop]
    without: dict[str, list[Item]] = {
        "no_places": [item for item in workshops if item.capacity is None and event.registration_opens_at is not None],
        "no_people": [item for item in workshops if not item.has_people],
        "no_room": [item for item in workshops if not item.has_room],
    }
    if event.attendance == "online" or not facts.has_rooms:
        del without["no_room"]
    for key, items in without.items():
        if items:
            yield Lack(key, count=len(items), examples=tuple(item.title for item in items[:3]))


def _about_languages(event: Any, facts: Facts) -> Iterable[Lack]:
    """Words of a second language are missed only where the title has them: else it is an event in one language."""
    for language in event.languages:
        if not dict(event.title).get(language):
            continue
        others = [code for code in event.languages if code != language]
        words = [
            name
            for name in WORDS
            if not dict(getattr(event, name) or {}).get(language)
            and any(dict(getattr(event, name) or {}).get(code) for code in others)
        ]
        if words:
            yield Lack(f"words_{language}", count=len(words))
        items = [item for item in facts.items if not item.title.get(language)]
        if items:
            yield Lack(f"items_{language}", count=len(items), examples=tuple(item.title for item in items[:3]))
