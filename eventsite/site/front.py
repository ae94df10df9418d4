"""What the front page and the list of events say: the state of the registration in words, place, hosts, report."""

from datetime import datetime
from typing import Any

from flask import url_for

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.documentation.models import DocumentationVersion, DocumentFile
from eventsite.events.models import Event, Series
from eventsite.events.rules import Phase
from eventsite.proposals.rules import Times
from eventsite.registration.rules import Places
from eventsite.site import places_words

Box = dict[str, Any]


def _box(state: str, text: str | None = None, *, may_register: bool = False, label: str = "") -> Box:
    url = url_for("site.front", preview=None) + "register"
    action = {"label": label or _("Register"), "url": url} if may_register else None
    return {"state": state, "text": text, "action": action, "also": None}


def box(event: Event, phase: Phase, places: list[Places], *, is_preview: bool = False) -> Box | None:
    """The one box: the state of registration and the next step; None where there is nothing to say.

    In a preview the button leads to the form that says that it is one.
    """
    found = _state_box(event, phase, places)
    if found and found["action"] and is_preview:
        found["action"]["url"] = url_for("registration_form.register", event=event.slug)  # says that it is a preview
    return found


def _state_box(event: Event, phase: Phase, places: list[Places]) -> Box | None:
    if phase == Phase.CANCELLED:
        return _box(_("This event is cancelled."), _("Registration is not possible any more."))
    if phase == Phase.ANNOUNCED:
        return _announced(event)
    if event.registration_opens_at is None or phase == Phase.OVER:
        return None
    match phase:
        case Phase.OPEN:
            return _open(event, places)
        case Phase.CLOSED:
            return _box(_("Registration is closed."), _("If you have registered, your personal page has everything."))
    return _box(_("The event has begun."), _("If you have registered, your personal page has everything."))


def _announced(event: Event) -> Box | None:
    opens = event.registration_opens_at
    if opens is None and not event.interest_list:
        return None
    found = _box(
        _("Registration opens on %(date)s.", date=i18n.format_datetime(opens)) if opens else _("Save the date."),
        None if opens else _("When registration opens is not decided yet."),
    )
    if event.interest_list:
        url = url_for("interest.page", event=event.slug)
        found["action"] = {"label": _("Tell me when it opens"), "url": url}
    return found


def _open(event: Event, places: list[Places]) -> Box:
    closes = event.registration_closes_at
    until = _("Registration is open until %(date)s.", date=i18n.format_datetime(closes)) if closes else ""
    if places_words.is_full(places):
        text = _("You can register for the waiting list. If a place becomes free, we write to you.")
        return _box(
            _("All places are taken."), f"{text} {until}".strip(), may_register=True, label=_("To the waiting list")
        )
    return _box(until or _("Registration is open."), places_words.left(places) or None, may_register=True)


def call(state: str, times: Times) -> str | None:
    """One line about the call for workshops, while it is to come or open."""
    if state == "planned" and times.opens_at is not None:
        return _("The call opens on %(date)s.", date=i18n.format_datetime(times.opens_at))
    if state != "open":
        return None
    if times.closes_at is None:
        return _("The call is open.")
    return _("Open until %(date)s.", date=i18n.format_datetime(times.closes_at))


def place(event: Event) -> dict[str, Any] | None:
    """Where the event takes place."""
    venue = event.venue
    if venue is None:
        return {"name": _("Online"), "address": "", "town": "", "map_url": ""} if event.attendance == "online" else None
    address = ", ".join(line.strip() for line in venue.address.splitlines() if line.strip())
    town = "" if venue.town and venue.town in address else venue.town
    return {"name": venue.name, "address": address, "town": town, "map_url": venue.map_url}


def hosts(event: Event) -> list[dict[str, Any]]:
    """Who holds the event, with logo where there is one."""
    return [
        {"name": host.name, "website": host.website, "logo_url": f"/logos/{host.logo_key}" if host.logo_key else None}
        for host in event.hosts
    ]


def series(event: Event, siblings: list[tuple[Event, Series]], now: datetime) -> dict[str, Any] | None:
    """The series of an event and its former events; None for an event without one."""
    if not siblings:
        return None
    one = siblings[0][1]
    others = [other for other, _series in siblings if other.id != event.id]
    former = [other for other in others if other.published_at is not None and other.published_at <= now]
    return {"title": one.title, "slug": one.slug, "former": former[:5]}


def report(found: tuple[DocumentationVersion, DocumentFile | None] | None) -> dict[str, Any] | None:
    """The head of the published documentation: its lead, its core messages and the size of its PDF."""
    if found is None:
        return None
    version, file = found
    tree: dict[str, Any] = version.tree.get(i18n.current_language()) or next(iter(version.tree.values()), {})
    messages = [text for block in tree.get("blocks", []) for text in block.get("messages", [])]
    is_ready = file is not None and file.state == "ready"
    return {
        "lead": tree.get("lead"),
        "messages": messages,
        "pdf_size": file.size if file is not None and is_ready else None,
        "photos": [],
    }


def listed(event: Event, phase: Phase, *, has_report: bool) -> dict[str, Any]:
    """One row of the list of events."""
    venue = event.venue
    if venue is not None:
        where = venue.town or i18n.local(venue.name)
    else:
        where = _("Online") if event.attendance == "online" else ""
    names = ("slug", "title", "kind", "lead", "starts_at", "ends_at")
    values = {name: getattr(event, name) for name in names}
    return {**values, "place": where, "state": _state(event, phase), "has_documentation": has_report}


def _state(event: Event, phase: Phase) -> str | None:
    if phase == Phase.CANCELLED:
        return _("Cancelled")
    if phase == Phase.RUNNING:
        return _("Takes place now")
    if phase == Phase.OPEN:
        closes: datetime | None = event.registration_closes_at
        return (
            _("Registration open until %(date)s", date=i18n.format_date(closes)) if closes else _("Registration open")
        )
    return None


def hosts_line(event: Event | None) -> str:
    """The hosts in one line, for the foot of every page of the event."""
    known = event.__dict__.get("hosts") if event is not None else None
    return " · ".join(i18n.local(host.name) for host in known or [])
