"""The state of an event in a few words, for the websites of others: as facts, as a button, as a snippet to copy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _, ngettext
from eventsite.events import colours
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.registration.rules import Places, Seat

# What a letter of 17 and of 13 px takes at most on the average, in px, so that no word runs out of the button.
_WIDE, _NARROW = 9.4, 7.2
HEIGHT = 64


@dataclass(frozen=True)
class State:
    """One key for machines, two short lines for people."""

    key: str
    headline: str
    detail: str
    may_register: bool = False


def state(event: Event, phase: Phase, places: Places) -> State:
    """Where an event stands, so short that it fits on a button."""
    match phase:
        case Phase.CANCELLED:
            return State("cancelled", _("This event is cancelled."), "")
        case Phase.OVER:
            return State("over", _("The event is over."), i18n.format_datespan(event.starts_at, event.ends_at))
        case Phase.RUNNING:
            return State("running", _("Takes place now"), "")
        case Phase.CLOSED:
            return State("closed", _("Registration is closed."), i18n.format_datespan(event.starts_at, event.ends_at))
        case Phase.OPEN:
            return _open(event, places)
    opens = event.registration_opens_at
    if opens is None:
        return State("announced", i18n.local(event.title), i18n.format_datespan(event.starts_at, event.ends_at))
    detail = _("from %(date)s", date=i18n.format_datetime(opens))
    return State("announced", _("Registration opens soon"), detail)


def _open(event: Event, places: Places) -> State:
    if places.next_seat is not Seat.PLACE:
        return State("waiting", _("To the waiting list"), _("All places are taken."), may_register=True)
    closes = event.registration_closes_at
    until = _("until %(date)s", date=i18n.format_date(closes)) if closes else ""
    free = ngettext("One place left.", "%(num)s places left.", places.free) if places.free is not None else until
    return State("open", _("Register now"), free, may_register=True)


def facts(event: Event, found: State, places: Places, *, url: str, register_url: str) -> dict[str, Any]:
    """What machines read; places left are a number where there is a limit and nobody waits."""
    is_open = found.key in ("open", "waiting")
    free = places.free if places.next_seat is Seat.PLACE else 0
    return {
        "event": i18n.local(event.title),
        "language": i18n.current_language(),
        "starts_at": _iso(event.starts_at),
        "ends_at": _iso(event.ends_at),
        "state": found.key,
        "headline": found.headline,
        "detail": found.detail,
        "places_left": free if is_open else None,
        "registration_closes_at": _iso(event.registration_closes_at) if is_open else None,
        "url": url,
        "register_url": register_url if found.may_register else None,
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="minutes") if instant else None


def width(found: State) -> int:
    """How wide the button has to be for its words, in px."""
    return max(220, int(max(len(found.headline) * _WIDE, len(found.detail) * _NARROW)) + 56)


def accent(event: Event) -> str:
    """The colour of the button: the event's accent, dark enough for white words."""
    return colours.themes(event.accent)[0]


def ancestors(hosts: list[str]) -> str:
    """Which sites may show the frame, as the header says it: all, or those named and our own."""
    return "*" if not hosts else " ".join(["'self'", *(f"https://{host}" for host in hosts)])
