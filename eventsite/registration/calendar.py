"""A registration as a calendar entry: in the personal feed, and as an invitation in mails (RFC 5546, 6047).

Feed and mail have the same UID and the same SEQUENCE, so that a calendar that gets both keeps one entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import func, select

from eventsite.core import i18n, ical
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.core.ical import CANCELLED, TENTATIVE, Entry, Mailbox
from eventsite.events.models import Event
from eventsite.mail import transport
from eventsite.programme import entries
from eventsite.programme.entries import Frame
from eventsite.registration.models import Registration, StatusChange
from eventsite.registration.rules import Status

Source = Callable[[Event, Registration, Frame], list[Entry]]
_sources: list[Source] = []
# Waiting or not yet confirmed: the event may still become theirs.
_OPEN = {Status.PENDING, Status.WAITING, Status.OFFERED}


def steps(registration_id: int) -> int:
    """How many steps the life of a registration has had; SEQUENCE counts them."""
    query = select(func.count()).where(StatusChange.registration_id == registration_id)
    return db.session.scalar(query) or 0


def own_entry(event: Event, registration: Registration, frame: Frame, changes: int) -> Entry:
    """The event as its owner's entry: tentative while waiting, cancelled when signed off; SEQUENCE only ever rises.

    `changes` are the steps of the registration; the event has its venue loaded.
    """
    entry = entries.event_entry(event, frame)
    status, summary = entry.status, entry.summary
    if registration.status in _OPEN:
        status = TENTATIVE if status != CANCELLED else status
        if not registration.holds_place:
            summary = _("Waiting list: %(title)s", title=summary)
    elif registration.status != Status.CONFIRMED:
        status = CANCELLED
    return replace(
        entry,
        uid=f"{event.public_id}-{registration.public_id}@{frame.host}",
        summary=summary,
        status=status,
        sequence=entry.sequence + changes,
        last_modified=max(entry.last_modified, registration.status_at),
        klass="PRIVATE",
    )


def parts(event: Event, registration: Registration, listed: Sequence[Entry]) -> list[dict[str, str]]:
    """Entries as parts of a mail to their owner, each a calendar of its own, since programs look at the first entry only.

    REQUEST or CANCEL need an organiser (RFC 5546 § 3.2.2); without a contact address they are plain files to import.
    """
    if not registration.email or not registration.wants_calendar_mails:
        return []
    owner = Mailbox(registration.name, registration.email)
    made = []
    for number, entry in enumerate(listed, 1):
        invited = replace(entry, attendees=(owner,)) if entry.organizer else entry
        method = ical.CANCEL if entry.status == CANCELLED else ical.REQUEST
        feed = ical.Feed(
            timezone=event.timezone, language=entry.language, method=method if entry.organizer else "PUBLISH"
        )
        name = f"{event.slug}.ics" if len(listed) == 1 else f"{event.slug}-{number}.ics"
        text = ical.to_ics(feed, [invited]).decode()
        made.append({"filename": name, "type": "text/calendar", "method": feed.method, "text": text})
    return made


def add_source(source: Source) -> None:
    """Lets another feature say which further entries an invited person was told of by mail."""
    _sources.append(source)


def news(event: Event, registration: Registration) -> list[Entry]:
    """The entries that the owner's calendar does not know yet: confirmed, moved, or gone again; none when it is up to date.

    The event as a whole comes first; once its owner was told of it, what else was told follows it.
    """
    is_confirmed = registration.status == Status.CONFIRMED and event.cancelled_at is None
    if not is_confirmed and not registration.is_invited:
        return []
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        frame = entries.frame_of(event, transport.base_url())
        whole = own_entry(event, registration, frame, steps(registration.id))
        told = registration.invited_sequence
        is_known = told is not None and whole.sequence <= told and is_confirmed == registration.is_invited
        # A confirmed person whose status came back to a place not yet confirmed keeps the entry as it is.
        if is_known or whole.status == TENTATIVE:
            return []
        others = [] if told is None else [one for source in _sources for one in source(event, registration, frame)]
    return [whole, *(others if is_confirmed else map(_called_back, others))]


def _called_back(entry: Entry) -> Entry:
    """The entry as cancelled; RFC 5546 § 2.1.4 wants a higher SEQUENCE for it."""
    return entry if entry.status == CANCELLED else replace(entry, status=CANCELLED, sequence=entry.sequence + 1)
