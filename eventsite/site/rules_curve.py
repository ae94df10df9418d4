"""A curve over days as SVG paths: sums, even ticks, and coordinates; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WIDTH, HEIGHT = 640, 220  # of the drawing's own field, in its units
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Line:
    """One line of the curve: its class, what it shows, its path, and where it ends."""

    kind: str
    label: str
    path: str
    last: int
    y: float


@dataclass(frozen=True)
class Tick:
    """A mark on an axis, from 0 at the left or the top."""

    at: float
    day: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Week:
    """One line of the table beside the curve."""

    first: date
    came: int
    went: int
    total: int


@dataclass(frozen=True)
class Curve:
    """All that the drawing needs."""

    lines: list[Line]
    across: list[Tick]
    up: list[Tick]
    limit: float | None  # height of the number of places
    weeks: list[Week]


def by_day(hours: Mapping[datetime, int], zone: str) -> dict[date, int]:
    """Figures per hour (in UTC) as figures per day of the event's zone."""
    found: dict[date, int] = {}
    for hour, number in hours.items():
        day = hour.astimezone(ZoneInfo(zone)).date()
        found[day] = found.get(day, 0) + number
    return found


def sums(days: Mapping[date, int], first: date, last: date) -> list[int]:
    """The sum at the end of each day from first to last."""
    found, total = [], 0
    for number in range((last - first).days + 1):
        total += days.get(first + timedelta(days=number), 0)
        found.append(total)
    return found


def even_ticks(most: int, wanted: int = 4) -> list[int]:
    """Round numbers from 0 to at least `most`, about as many as wanted: steps of 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power * wanted >= most:
                size = step * power
                return list(range(0, max(size, -(-most // size) * size) + 1, size))
        power *= 10


def steps(values: Sequence[int], top: int) -> str:
    """A stepped path: the sum of a day stands until the next day."""
    width = WIDTH / max(1, len(values))
    parts = []
    for number, value in enumerate(values):
        y = _height(value, top)
        parts.append(f"M0 {y:g}" if number == 0 else f"V{y:g}")
        parts.append(f"H{round((number + 1) * width, 1):g}")
    return "".join(parts)


def _height(value: float, top: int) -> float:
    return round(HEIGHT * (1 - value / top), 1)


def weeks(came: Mapping[date, int], went: Mapping[date, int], first: date, last: date) -> list[Week]:
    """Per week from Monday: who came, who went, and how many there are in all."""
    found: list[Week] = []
    monday, total = first - timedelta(days=first.weekday()), 0
    while monday <= last:
        days = [monday + timedelta(days=number) for number in range(7)]
        plus, minus = (sum(some.get(day, 0) for day in days) for some in (came, went))
        total += plus - minus
        found.append(Week(monday, plus, minus, total))
        monday += timedelta(days=7)
    return found


def day_ticks(first: date, last: date, wanted: int = 5) -> list[Tick]:
    """Some days along the axis, evenly spaced, the first always among them."""
    days = (last - first).days + 1
    every = max(1, -(-days // wanted))
    if every > 7:
        every = -(-every // 7) * 7  # whole weeks
    return [Tick(round(n * WIDTH / days, 1), first + timedelta(days=n)) for n in range(0, days, every)]


def curve(
    came: Mapping[date, int], went: Mapping[date, int], last: date, *, labels: tuple[str, str], limit: int | None = None
) -> Curve | None:
    """Everybody who registered and everybody who is still registered, day by day; None while there is nobody."""
    if not came:
        return None
    first = min(came)
    last = max(last, *came, *went) if went else max(last, *came)
    received, ended = sums(came, first, last), sums(went, first, last)
    still = [plus - minus for plus, minus in zip(received, ended, strict=True)]
    ticks = even_ticks(max(received[-1], limit or 0))
    top = ticks[-1]
    lines = [
        Line(kind, label, steps(values, top), values[-1], _height(values[-1], top))
        for kind, label, values in (("soft", labels[0], received), ("main", labels[1], still))
    ]
    if received == still:
        lines = lines[1:]  # nobody has gone: one line says it all
    up = [Tick(_height(number, top), number=number) for number in ticks]
    height = _height(limit, top) if limit is not None else None
    return Curve(lines, day_ticks(first, last), up, height, weeks(came, went, first, last))
