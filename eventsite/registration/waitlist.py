"""Who moves up, in which order, and how long an offer stands; pure.

The line is first come, first served. A group that wants to stay together needs room for all of it: while there is too
little, people behind may pass, but only until they have been given as many places as the group needs. From then on
places are kept for the group. So nobody starves, and no group blocks for ever: shortly before the end of moving up
nothing is kept any more, and never for a group that is larger than the event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LEAST_TO_ANSWER = timedelta(minutes=30)
# An offer stands at most so long when there is at most so much time left; both measured to the end of moving up.
NEAR = (
    (timedelta(days=1), timedelta(hours=3)),
    (timedelta(days=3), timedelta(hours=12)),
    (timedelta(days=7), timedelta(hours=24)),
)
WAKING, SLEEPING = 9, 21  # o'clock; no offer ends while people sleep
KEEPING_ENDS = timedelta(days=3)


@dataclass(frozen=True)
class Party:
    """Who moves up in one step: one person, or a group that stays together (then with its id)."""

    number: int  # the lowest queue number
    members: tuple[int, ...]
    group: int | None = None
    passed: int = 0  # places given to others behind it so far

    @property
    def size(self) -> int:
        """How many places it takes."""
        return len(self.members)


@dataclass(frozen=True)
class Turns:
    """Who moves up now, in order, and how often each waiting group has been passed by then."""

    members: tuple[int, ...]
    passed: dict[int, int]
    kept_for: int | None = None  # the group for which the remaining places are kept


def parties(line: Sequence[tuple[int, int, int | None]], passed: dict[int, int]) -> list[Party]:
    """The line of (number, member, group to stay with or None) as parties in order."""
    sizes: dict[int, int] = {}
    for _number, _member, group in line:
        if group is not None:
            sizes[group] = sizes.get(group, 0) + 1
    found: dict[int, Party] = {}
    single = -1
    for number, member, group in sorted(line):
        if group is None or sizes[group] < 2:
            found[single] = Party(number, (member,))
            single -= 1
        elif group in found:
            found[group] = Party(found[group].number, (*found[group].members, member), group, found[group].passed)
        else:
            found[group] = Party(number, (member,), group, passed.get(group, 0))
    return sorted(found.values(), key=lambda one: one.number)


def turns(line: Sequence[Party], free: int | None, most: int | None = None, *, keeps: bool = True) -> Turns:
    """Who gets the free places (None: no limit) of `most` in all; see the head of this file."""
    if free is None:
        return Turns(tuple(member for one in line for member in one.members), {})
    chosen: list[int] = []
    passed: dict[int, int] = {}
    for one in line:
        if free == 0:
            break
        if one.size <= free:
            chosen += one.members
            free -= one.size
            passed = {group: times + one.size for group, times in passed.items()}
        elif one.group is not None:
            if keeps and one.passed >= one.size and (most is None or one.size <= most):
                return Turns(tuple(chosen), passed, kept_for=one.group)
            passed[one.group] = one.passed
    return Turns(tuple(chosen), passed)


def stops_at(starts_at: datetime, hours: int) -> datetime:
    """After this instant nobody is moved up by mail: people would learn it too late."""
    return starts_at - timedelta(hours=hours)


def keeps_for_groups(stops: datetime, now: datetime) -> bool:
    """Whether places may still be kept for a group; near the end an empty seat helps nobody."""
    return now < stops - KEEPING_ENDS


def offer_until(now: datetime, stops: datetime, hours: int, timezone: str) -> datetime | None:
    """Until when an offer made now stands, to the full minute; None when too little time is left to answer.

    Shorter near the date, never past the end of moving up, and not in the night before that.
    """
    left = stops - now
    if left < LEAST_TO_ANSWER:
        return None
    time = min(timedelta(hours=hours), *(most for near, most in NEAR if left <= near), timedelta(days=30))
    end = _awake(now + time, timezone)
    return min(end, stops).replace(second=0, microsecond=0)


def _awake(instant: datetime, timezone: str) -> datetime:
    local = instant.astimezone(ZoneInfo(timezone))
    if WAKING <= local.hour < SLEEPING:
        return instant
    day = local if local.hour < WAKING else local + timedelta(days=1)
    return day.replace(hour=WAKING, minute=0, second=0, microsecond=0).astimezone(instant.tzinfo)


def chance(position: int, promoted: int, capacity: int | None, waited: timedelta, left: timedelta) -> str:
    """How likely somebody at this position still moves up: good, open or small.

    Goes by how many have moved up so far and how much time is left; where nobody has yet, one place in twenty counts.
    """
    if left <= timedelta(0):
        return "small"
    usual = max(1, (capacity or 0) // 20)
    pace = promoted * left / waited if waited > timedelta(days=1) else 0.0
    likely = max(usual, pace)
    return "good" if position <= likely else "open" if position <= 3 * likely else "small"
