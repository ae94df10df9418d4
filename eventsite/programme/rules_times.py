"""Local times as instants: nights on which the clocks are changed, and how long an item may last."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core.i18n import lazy_gettext as _l

LONGEST = timedelta(hours=24)


def instant(wall: datetime, zone: str) -> datetime | None:
    """The instant of a time on the wall, in UTC; the first of two, None for one that the clocks skip."""
    there = ZoneInfo(zone)
    found = wall.replace(tzinfo=there).astimezone(UTC)
    return found if found.astimezone(there).replace(tzinfo=None) == wall else None


def comes_twice(one: datetime, zone: str) -> bool:
    """Whether the clocks on the wall show this time twice that night."""
    local = one.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]


def too_long() -> Any:
    """Why an item of several days is refused."""
    return _l("An item lasts at most 24 hours. What goes on for several days is one item on each of them.")
