"""The mail that tells a participant the own workshops, with the reason of each and a calendar file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.allocation import queries, queries_wishes
from eventsite.core import clock, i18n, templates
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.ical import Entry
from eventsite.events.models import Event
from eventsite.mail import kinds, transport, wording
from eventsite.mail.kinds import Kind
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.programme import entries
from eventsite.programme import queries as programmes
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.programme.snapshot import Programme
from eventsite.registration import calendar as registration_calendar
from eventsite.registration.letters import medium, page_link, values
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
    texts: Texts,
    *,
    at: datetime,
    is_change: bool = False,
) -> Mail:
    """The workshops of one participant; the caller has set language and zone, since reasons are in them already."""
    kind = kinds.KINDS["allocated_anew" if is_change else "allocated"]
    on_paper = medium(registration) == "print"
    written = wording.write(kind, texts, values(event, registration), on_paper=on_paper)
    calendar = [] if on_paper else calendar_files(event, registration, cells, programme, at)
    context = {
        "event": event,
        "greeted": registration.name,
        "letter": written,
        "link": page_link(registration),
        "rounds": [_shown(cell) for cell in cells],
        "has_calendar": bool(calendar),
    }
    return Mail(
        subject=written.subject,
        text=templates.render("allocation/mail/allocated.txt", **context),
        html=templates.render(f"allocation/{medium(registration)}/allocated.html", **context),
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


def calendar_files(
    event: Event, registration: Registration, cells: Sequence[Cell], programme: Programme | None, at: datetime
) -> list[dict[str, str]]:
    """The workshops as invitations for the calendar, with the UIDs of the personal feed; none before the first release."""
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
    return registration_calendar.parts(event, registration, found)


def _own_workshops(event: Event, registration: Registration, frame: entries.Frame) -> list[Entry]:
    """The workshops somebody was told of, for a mail that takes the whole event out of a calendar or puts it back."""
    programme = programmes.released(event.id) if event.allocation_published_at else None
    if programme is None:
        return []
    items = {item["id"]: item for item in programme.items}
    rounds = {one["id"]: one["uid"] for one in programme.rounds}
    return [
        entries.own_workshop(
            items[row.item_id],
            frame,
            round_uid=rounds[row.round_id],
            owner=registration.public_id,
            sequence=row.sequence,
            changed_at=row.updated_at,
        )
        for row in queries.places_of(registration.id)
        if row.item_id in items and row.round_id in rounds
    ]


registration_calendar.add_source(_own_workshops)


def _preview(event: Event, registration: Registration, texts: Texts, key: str) -> Mail:
    """The mail with the first workshop of each round, for a look before there are places."""
    rounds = queries_wishes.rounds(event.id)
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        cells = [Cell(one, one.items[0], 1, "") for one in rounds]
        is_change = key == "allocated_anew"
        return allocated(event, registration, cells, None, texts, at=clock.now(), is_change=is_change)


_SIGN_OFF = _l("Something came up? Please sign off on your personal page, so that somebody else can have the place.")
kinds.add(
    Kind(
        "allocated",
        label=_l("Workshops allocated"),
        subject=_l("Your workshops: %(event)s"),
        heading=_l("Your workshops"),
        opening=(_l("the places in the workshops are given. These are yours:"),),
        closing=(_SIGN_OFF,),
        statuses=("confirmed",),
        preview=lambda event, one, texts, _extra: _preview(event, one, texts, "allocated"),
    )
)
kinds.add(
    Kind(
        "allocated_anew",
        label=_l("Workshops changed"),
        subject=_l("Changed workshops: %(event)s"),
        heading=_l("Your workshops have changed"),
        opening=(_l("something has changed in your workshops. This is how it is now:"),),
        closing=(_SIGN_OFF,),
        statuses=("confirmed",),
        preview=lambda event, one, texts, _extra: _preview(event, one, texts, "allocated_anew"),
    )
)
