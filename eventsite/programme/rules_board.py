"""The board of rooms and times: what a day shows, where each card lies, and what a mover saw; no database."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from eventsite.core.i18n import lazy_gettext as _l

SHORTEST = timedelta(minutes=15)  # shorter items take the room of this on the board, so that they can be read and hit
MOST_LANES = 6  # beside each other in one room; more lie above each other
LONGEST = timedelta(hours=24)
USUAL_DAY = (time(9), time(17))  # of a day on which nothing is planned yet

# The words on a card; the sentence stands above the board. A missing break is nobody's card.
MARKS: dict[str, Any] = {
    "room": _l("Room taken twice"),
    "speaker": _l("Person needed twice"),
    "places": _l("Too many places"),
    "outside": _l("Outside the event"),
    "long": _l("Very long"),
    "no round": _l("In no round"),
    "step-free": _l("Not step-free"),
}


class Timed(Protocol):
    """Anything with a beginning and an end."""

    public_id: str
    starts_at: datetime
    ends_at: datetime


T = TypeVar("T", bound=Timed)


@dataclass(frozen=True)
class Window:
    """What the board shows of a day, from one full hour to another."""

    starts_at: datetime
    ends_at: datetime
    zone: str

    @property
    def minutes(self) -> int:
        """The length of what is shown."""
        return minutes(self.ends_at - self.starts_at)

    @property
    def hours(self) -> list[tuple[int, datetime]]:
        """The full hours on the axis: minutes from the top, and the instant; on the night of the change 23 or 25 a day."""
        return [(n * 60, self.starts_at + timedelta(hours=n)) for n in range(self.minutes // 60 + 1)]

    def offset(self, instant: datetime) -> int:
        """Minutes from the top."""
        return minutes(instant - self.starts_at)


@dataclass(frozen=True)
class Card:
    """Where an item lies: minutes from the top, minutes of height, and its lane among those beside it."""

    top: int
    height: int
    lane: int = 0
    lanes: int = 1


def minutes(length: timedelta) -> int:
    """Whole minutes."""
    return int(length.total_seconds() // 60)


def local_day(instant: datetime, zone: str) -> date:
    """The day an instant lies on."""
    return instant.astimezone(ZoneInfo(zone)).date()


def midnight(day: date, zone: str) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def days(items: Iterable[Timed], starts_at: datetime, ends_at: datetime, zone: str) -> list[date]:
    """The days of the event (at most a month of them), and others on which something is planned."""
    first, last = local_day(starts_at, zone), local_day(ends_at, zone)
    found = {first + timedelta(days=n) for n in range(min((last - first).days, 31) + 1)}
    return sorted(found | {local_day(item.starts_at, zone) for item in items})


def of_day(items: Iterable[T], day: date, zone: str) -> list[T]:
    """What takes place on a day, also what began the day before and goes on; in order of time."""
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    return [item for item in items if item.starts_at < end and item.ends_at > start]


def window(items: Sequence[Timed], day: date, starts_at: datetime, ends_at: datetime, zone: str) -> Window:
    """From the first to the last thing of a day, in full hours, with an hour behind it to move into."""
    start, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    planned = [(max(item.starts_at, start), min(item.ends_at, end)) for item in items]
    if starts_at < end and ends_at > start and local_day(starts_at, zone) == local_day(ends_at, zone):
        planned.append((starts_at, ends_at))
    if not planned:
        usual = [datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC) for clock in USUAL_DAY]
        planned = [(usual[0], usual[1])]
    first = _full_hour(min(begin for begin, _end in planned), zone)
    last = max(finish for _begin, finish in planned)
    whole = -(-(last - first) // timedelta(hours=1)) + 1
    return Window(first, max(min(first + whole * timedelta(hours=1), end), first + timedelta(hours=1)), zone)


def _full_hour(instant: datetime, zone: str) -> datetime:
    local = instant.astimezone(ZoneInfo(zone))
    return instant.astimezone(UTC) - timedelta(minutes=local.minute, seconds=local.second)


def lay(items: Iterable[Timed], shown: Window) -> dict[str, Card]:
    """The cards of one room by public id; what overlaps lies side by side. One pass in order of time."""
    found: dict[str, Card] = {}
    together: list[tuple[Timed, int]] = []  # what hangs together by overlapping, with its lane
    lanes: list[datetime] = []  # until when each lane is taken
    for item in sorted(items, key=lambda one: (one.starts_at, one.ends_at, one.public_id)):
        if lanes and item.starts_at >= max(lanes):
            found |= _cards(together, len(lanes), shown)
            together, lanes = [], []
        lane = next((n for n, until in enumerate(lanes) if until <= item.starts_at), len(lanes))
        if lane == len(lanes) < MOST_LANES:
            lanes.append(item.starts_at)
        lane = min(lane, MOST_LANES - 1)
        lanes[lane] = max(lanes[lane], item.ends_at, item.starts_at + SHORTEST)
        together.append((item, lane))
    return found | _cards(together, len(lanes), shown)


def _cards(together: list[tuple[Timed, int]], lanes: int, shown: Window) -> dict[str, Card]:
    found = {}
    for item, lane in together:
        top = max(shown.offset(item.starts_at), 0)
        bottom = min(shown.offset(item.ends_at), shown.minutes)
        found[item.public_id] = Card(top, max(bottom - top, minutes(SHORTEST)), lane, lanes)
    return found


def stamp(one: Timed, room: str | None = None) -> str:
    """What a mover sees of an item or a round: its times and its room. Whoever moves it meanwhile changes this."""
    return f"{_compact(one.starts_at)}-{_compact(one.ends_at)}-{room or ''}"


def _compact(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%S")


def stamp_of_all(ones: Iterable[Timed]) -> str:
    """The same of many."""
    text = "\n".join(sorted(f"{one.public_id} {stamp(one)}" for one in ones))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def later(ones: Iterable[T], since: datetime, zone: str) -> list[T]:
    """What begins on the day of an instant, at that instant or after it."""
    day = local_day(since, zone)
    return [one for one in ones if one.starts_at >= since and local_day(one.starts_at, zone) == day]


def marks(clashes: Iterable[Any]) -> Mapping[str, list[str]]:
    """The words on the cards, by public id; each once."""
    found: dict[str, dict[str, None]] = {}
    for clash in clashes:
        for uid in clash.items if clash.kind in MARKS else ():
            found.setdefault(uid, {})[str(MARKS[clash.kind])] = None
    return {uid: list(words) for uid, words in found.items()}


def digits(number: int) -> list[tuple[str, int]]:
    """A length in minutes, digit by digit: the stylesheet holds one rule for each, since styles in pages are forbidden."""
    names = ("k", "h", "t", "o")  # thousands, hundreds, tens, ones
    return [(name, int(digit)) for name, digit in zip(names, f"{number:04d}"[-4:], strict=True) if digit != "0"]


def top(minutes_down: int) -> str:
    """The classes that put something so many minutes below the top."""
    return " ".join(f"up-{place}{digit}" for place, digit in digits(minutes_down))


def height(minutes_long: int) -> str:
    """The classes that make something so many minutes high."""
    return " ".join(f"by-{place}{digit}" for place, digit in digits(minutes_long))


def placed(card: Card) -> str:
    """The classes of a card."""
    lanes = f"lane-{card.lane} lanes-{card.lanes}" if card.lanes > 1 else ""
    return " ".join(filter(None, (top(card.top), height(card.height), lanes)))
