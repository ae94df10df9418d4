"""What the dates of an event mean: its phase, and when that changes by itself."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from eventsite.core import text
from eventsite.core.i18n import lazy_gettext as _l

RESERVED_SLUGS = frozenset(
    {
        "admin",
        "static",
        "r",
        "p",
        "s",
        "calendar",
        "healthz",
        "media",
        "files",
        "preview",
        "sitemap",
        "robots",
        "imprint",
        "privacy",
        "accessibility",
        "archive",
        "speakers",
        "calendar-ics",
        "new",
        "sign-in",
        "sign-out",
        "outbox",
        "account",
        "site",
        "events",
        "setup",
        "hosts",
        "people",
        "team",
        "venues",
        "favicon",
        "theme",
        "logos",
        "portraits",
        "maps",
    }
)
# Addresses below an event that are not free pages.
RESERVED_PAGES = frozenset(
    {
        "programme",
        "changes",
        "speakers",
        "register",
        "call",
        "interest",
        "documentation",
        "gallery",
        "downloads",
        "calendar",
        "frame",
        "venue",
        "rooms",
        "imprint",
        "privacy",
        "accessibility",
    }
)
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?\Z")


class Phase(StrEnum):
    """Where an event stands, derived from its dates and its one published switch."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    ANNOUNCED = "announced"  # registration opens later, or there is none
    OPEN = "open"
    CLOSED = "closed"
    RUNNING = "running"
    OVER = "over"


PHASE_NAMES: dict[Phase, Any] = {
    Phase.DRAFT: _l("Draft"),
    Phase.CANCELLED: _l("Cancelled"),
    Phase.ANNOUNCED: _l("Announced"),
    Phase.OPEN: _l("Registration is open"),
    Phase.CLOSED: _l("Registration is closed"),
    Phase.RUNNING: _l("Under way"),
    Phase.OVER: _l("Over"),
}


class Dates(Protocol):
    """The fields of an event from which its phase is derived."""

    published_at: datetime | None
    cancelled_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    registration_closed_at: datetime | None


def phase(event: Dates, now: datetime) -> Phase:
    """The phase of an event at an instant."""
    if event.published_at is None or event.published_at > now:
        return Phase.DRAFT
    if event.cancelled_at is not None:
        return Phase.CANCELLED
    if now >= event.ends_at:
        return Phase.OVER
    if now >= event.starts_at:
        return Phase.RUNNING
    return _registration_phase(event, now)


def _registration_phase(event: Dates, now: datetime) -> Phase:
    opens, closes = event.registration_opens_at, event.registration_closes_at
    if opens is None or now < opens:
        return Phase.ANNOUNCED
    if event.registration_closed_at is not None:  # by hand, before its date
        return Phase.CLOSED
    return Phase.CLOSED if closes is not None and now >= closes else Phase.OPEN


def public_phase(event: Dates, now: datetime) -> Phase:
    """The phase an event would have at an instant if it were public."""
    names = ["cancelled_at", "starts_at", "ends_at"]
    names += ["registration_opens_at", "registration_closes_at", "registration_closed_at"]
    return phase(SimpleNamespace(published_at=now, **{name: getattr(event, name) for name in names}), now)


@dataclass(frozen=True)
class Stretch:
    """A phase with its beginning and its end; None: it has begun, or it has no end."""

    phase: Phase
    begins_at: datetime | None
    ends_at: datetime | None


def stretches(event: Dates) -> list[Stretch]:
    """The phases visitors see one after the other, as the dates have it; a called-off event has one."""
    dates = [event.registration_opens_at, event.registration_closes_at, event.starts_at, event.ends_at]
    changes = sorted({date for date in dates if date is not None})
    before = public_phase(event, changes[0] - timedelta(seconds=1))
    found = [(before, None), *((public_phase(event, instant), instant) for instant in changes)]
    kept = [one for n, one in enumerate(found) if n == 0 or one[0] != found[n - 1][0]]
    ends = [begins_at for _phase, begins_at in kept[1:]]
    return [Stretch(one, begins, until) for (one, begins), until in zip(kept, [*ends, None], strict=True)]


def moment_in(event: Dates, wanted: Phase) -> datetime | None:
    """An instant at which visitors see this phase; None where it never comes."""
    for one in stretches(event):
        if one.phase == wanted:
            return one.begins_at or (one.ends_at or event.starts_at) - timedelta(seconds=1)
    return None


def next_change(event: Dates, now: datetime) -> datetime | None:
    """The next instant at which the phase changes by itself; None when it never will."""
    candidates = (
        event.published_at,
        event.registration_opens_at,
        event.registration_closes_at,
        event.starts_at,
        event.ends_at,
    )
    later = [instant for instant in candidates if instant is not None and instant > now]
    return min(later) if later else None


def midnight_after(local: datetime) -> datetime:
    """When the local day of this instant ends."""
    return (local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)).replace(fold=0)


def is_slug(text: str) -> bool:
    """Whether a text may stand in an address as the name of an event."""
    return bool(SLUG.match(text)) and text not in RESERVED_SLUGS


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """The wanted address, or the same with the first number that makes it free."""
    tries = (wanted, *(f"{wanted[:56].rstrip('-')}-{number}" for number in range(2, len(taken) + 10)))
    return next(one for one in tries if one not in taken and is_slug(one))


def slug_of(title: str, year: int, taken: Collection[str]) -> str:
    """An address made from the first words of a title and the year, which nothing else has."""
    short = text.slugify(title, fallback="event", length=40)
    return free_slug(short if str(year) in short else f"{short}-{year}", taken)


def is_page_slug(text: str) -> bool:
    """Whether a text may stand in an address as the name of a free page of an event."""
    return bool(SLUG.match(text)) and text not in RESERVED_PAGES


def calendar_facts(event: Any) -> tuple[Any, Any]:
    """What of an event moves its calendar entry (time, place, state), and what merely changes its words."""
    moving = (event.starts_at, event.ends_at, event.venue_id, event.attendance, event.cancelled_at is not None)
    return moving, (event.title, event.subtitle, event.lead, event.contact_name, event.contact_email, event.slug)


def shifted(instant: datetime, before: datetime, after: datetime, zone: str) -> datetime:
    """The instant moved as `before` moved to `after`, by the clock on the wall, so that nine stays nine in summer."""
    there = ZoneInfo(zone)

    def wall(one: datetime) -> datetime:
        return one.astimezone(there).replace(tzinfo=None)

    return (wall(instant) + (wall(after) - wall(before))).replace(tzinfo=there).astimezone(UTC)


def missing_before_publishing(event: Any, hosts: list[Any]) -> list[str]:
    """What an event lacks before the law and good sense let it be public; keys, in the order of the checklist."""
    missing = []
    if not any(event.title.values()):
        missing.append("title")
    if not hosts:
        missing.append("host")
    elif not any(any(host.imprint.values()) for host in hosts):
        missing.append("imprint")
    return missing
