"""What in a draft cannot be, or should be looked at: rooms, people, places, breaks, rounds, ways without steps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules

LONGEST_STRETCH = timedelta(hours=2, minutes=30)  # without a break: more nobody takes in
SHORTEST_BREAK = timedelta(minutes=10)  # shorter gaps are a change of rooms, no break
LONG_ITEM = timedelta(hours=12)


@dataclass(frozen=True)
class Planned:
    """What of an item matters for clashes; speakers and room are public ids. Cancelled items are left out before."""

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
    speakers: tuple[tuple[str, str], ...] = ()  # public id and name, everybody once
    has_steps: bool = False  # the room cannot be reached without steps
    needs_step_free: bool = False  # somebody who is in it, or may be, needs a way without steps


@dataclass(frozen=True)
class PlannedRound:
    """A round, by its public id and name."""

    uid: str
    title: str


@dataclass(frozen=True)
class Clash:
    """Something an organiser should look at: what kind, which items (public ids), and a sentence."""

    kind: str
    items: tuple[str, ...]
    message: Any


def clashes(
    items: Iterable[Planned], starts_at: datetime, ends_at: datetime, rounds: Iterable[PlannedRound] = ()
) -> list[Clash]:
    """Everything in a draft that cannot or should not be, in order of time; an item may end when the next begins."""
    listed = sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.uid))
    found = [clash for item in listed for clash in _alone(item, starts_at, ends_at)]
    found += [clash for pair in _overlapping(listed) for clash in _together(*pair)]
    return found + list(_without_break(listed)) + list(_empty(rounds, listed))


def _overlapping(listed: Sequence[Planned]) -> Iterator[tuple[Planned, Planned]]:
    """All pairs at the same time; `listed` in order of time, so that each looks no further than its own end."""
    for place, one in enumerate(listed):
        for later in range(place + 1, len(listed)):
            if listed[later].starts_at >= one.ends_at:
                break
            yield one, listed[later]


def _alone(item: Planned, starts_at: datetime, ends_at: datetime) -> Iterator[Clash]:
    if item.starts_at < starts_at or item.ends_at > ends_at:
        message = _l("“%(title)s” lies outside the times of the event.", title=item.title)
        yield Clash("outside", (item.uid,), message)
    if item.ends_at - item.starts_at > LONG_ITEM:
        hours = i18n.format_number(round((item.ends_at - item.starts_at) / timedelta(hours=1)))
        message = _l("“%(title)s” lasts %(hours)s hours. Is the day of its end right?", title=item.title, hours=hours)
        yield Clash("long", (item.uid,), message)
    if item.capacity and item.room_capacity and item.capacity > item.room_capacity:
        values = {"title": item.title, "room": item.room_name, "places": item.capacity, "most": item.room_capacity}
        message = _l("“%(title)s” offers %(places)s places, but %(room)s holds %(most)s people.", **values)
        yield Clash("places", (item.uid,), message)
    if item.kind == "workshop" and item.round is None:
        message = _l("The workshop “%(title)s” is in no round, so nobody can choose it.", title=item.title)
        yield Clash("no round", (item.uid,), message)
    if item.needs_step_free and item.has_steps:
        values = {"title": item.title, "room": item.room_name}
        message = _l(
            "Step-free access is needed in “%(title)s”, but %(room)s cannot be reached without steps.", **values
        )
        yield Clash("step-free", (item.uid,), message)


def _together(one: Planned, other: Planned) -> Iterator[Clash]:
    titles = {"one": one.title, "other": other.title}
    if one.room is not None and one.room == other.room:
        message = _l("“%(one)s” and “%(other)s” are in %(room)s at the same time.", room=one.room_name, **titles)
        yield Clash("room", (one.uid, other.uid), message)
    for uid, name in one.speakers:
        if uid in {known for known, _name in other.speakers}:
            message = _l("%(name)s is needed in “%(one)s” and “%(other)s” at the same time.", name=name, **titles)
            yield Clash("speaker", (one.uid, other.uid), message)


def _without_break(listed: Sequence[Planned]) -> Iterator[Clash]:
    """Stretches in which something always goes on that people are expected to follow; `listed` in order of time."""
    stretch: list[Planned] = []
    for item in (item for item in listed if item.kind not in rules.FREE_KINDS):
        if stretch and item.starts_at - _end(stretch) >= SHORTEST_BREAK:
            yield from _too_long(stretch)
            stretch = []
        stretch.append(item)
    yield from _too_long(stretch)


def _end(stretch: list[Planned]) -> datetime:
    return max(item.ends_at for item in stretch)


def _too_long(stretch: list[Planned]) -> Iterator[Clash]:
    if not stretch or _end(stretch) - stretch[0].starts_at <= LONGEST_STRETCH:
        return
    values = {
        "day": i18n.format_date(stretch[0].starts_at),
        "time": i18n.format_timespan(stretch[0].starts_at, _end(stretch)),
        "hours": i18n.format_number(LONGEST_STRETCH / timedelta(hours=1)),
    }
    message = _l("On %(day)s, %(time)s, there is no break. After at most %(hours)s hours people need one.", **values)
    yield Clash("break", tuple(item.uid for item in stretch), message)


def _empty(rounds: Iterable[PlannedRound], listed: Sequence[Planned]) -> Iterator[Clash]:
    filled = {item.round for item in listed}
    for one in rounds:
        if one.uid not in filled:
            yield Clash("empty round", (), _l("There are no workshops in “%(title)s”.", title=one.title))
