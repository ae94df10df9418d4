"""The mail that tells a participant the own workshops, with the reason of each and a calendar file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.core import i18n, ical, templates
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail import transport
from eventsite.mail.outbox import Mail
from eventsite.programme import entries
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.programme.snapshot import Programme
from eventsite.registration.messages import page_link
from eventsite.registration.models import Registration


@dataclass(frozen=True)
class Cell:
    """What somebody is told about one round; `sequence` is that of the calendar entry, `is_new` marks a change."""

    round: Round
    item: ProgrammeItem | None
    rank: int | None
    reason: str
    sequence: int = 0
    is_new: bool = True


def allocated(
    event: Event,
    registration: Registration,
    cells: Sequence[Cell],
    programme: Programme | None,
    *,
    at: datetime,
    is_change: bool = False,
) -> Mail:
    """The workshops of one participant; the caller has set language and zone, since reasons are in them already."""
    title = i18n.local(event.short_title) or i18n.local(event.title)
    calendar = _calendar(event, registration, cells, programme, at)
    context = {
        "event": event,
        "name": registration.name,
        "link": page_link(registration),
        "heading": _("Your workshops have changed") if is_change else _("Your workshops"),
        "rounds": [_shown(cell) for cell in cells],
        "is_change": is_change,
        "has_calendar": bool(calendar),
    }
    subject = (
        _("Changed workshops: %(event)s", event=title) if is_change else _("Your workshops: %(event)s", event=title)
    )
    return Mail(
        subject=subject,
        text=templates.render("allocation/mail/allocated.txt", **context),
        html=templates.render("allocation/mail/allocated.html", **context),
        attachments=calendar,
    )


def _shown(cell: Cell) -> dict[str, Any]:
    times = cell.item or cell.round
    return {
        "round": i18n.local(cell.round.title),
        "when": f"{i18n.format_date(times.starts_at)}, {i18n.format_timespan(times.starts_at, times.ends_at)}",
        "number": cell.item.number if cell.item else "",
        "title": i18n.local(cell.item.title) if cell.item else "",
        "rank": cell.rank,
        "reason": cell.reason,
    }


def _calendar(
    event: Event, registration: Registration, cells: Sequence[Cell], programme: Programme | None, at: datetime
) -> list[dict[str, str]]:
    """The workshops as a file for the calendar, with the UIDs of the personal feed; none before the first release."""
    if programme is None:
        return []
    frame = entries.frame_of(event, transport.base_url())
    items = {item["uid"]: item for item in programme.items}
    rounds = {one["uid"]: one for one in programme.rounds}
    found = []
    for cell in cells:
        uid, owner = cell.round.public_id, registration.public_id
        changed: dict[str, Any] = {"sequence": cell.sequence, "changed_at": at}
        if cell.item is not None and cell.item.public_id in items:
            item = items[cell.item.public_id]
            found.append(entries.own_workshop(item, frame, round_uid=uid, owner=owner, **changed))
        elif cell.item is None and cell.sequence and uid in rounds:
            found.append(entries.own_round(rounds[uid], frame, owner=owner, **changed))
    if not found:
        return []
    feed = ical.Feed(timezone=event.timezone, language=i18n.current_language())
    text = ical.to_ics(feed, found).decode()
    return [{"filename": f"{event.slug}.ics", "type": "text/calendar", "text": text}]
