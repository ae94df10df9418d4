"""What stands in each calendar feed; the personal one shows its owner's own places and nothing of others."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.allocation.models import Allocation, WaitingPlace
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.ical import Alarm, Entry
from eventsite.events.models import Event
from eventsite.programme import entries, queries_released
from eventsite.programme import queries as programmes
from eventsite.programme.entries import Frame
from eventsite.programme.snapshot import Programme
from eventsite.registration import calendar
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


@dataclass(frozen=True)
class _Own:
    """The workshops of one participant: the allocation of each round, and the items waited for."""

    allocations: dict[int, Allocation]  # by round
    waiting: list[int]  # items
    changes: int  # steps in the life of the registration
    is_told: bool


def _load_event(event_id: int) -> Event:
    query = select(Event).where(Event.id == event_id).options(joinedload(Event.venue), selectinload(Event.hosts))
    return db.session.scalars(query).one()


def _own(registration: Registration, event: Event) -> _Own:
    steps = calendar.steps(registration.id)
    if event.allocation_published_at is None:
        return _Own({}, [], steps, False)
    given = db.session.scalars(select(Allocation).where(Allocation.registration_id == registration.id))
    waiting = select(WaitingPlace.item_id).where(WaitingPlace.registration_id == registration.id)
    return _Own(
        {allocation.round_id: allocation for allocation in given},
        list(db.session.scalars(waiting)),
        steps,
        True,
    )


def personal_entries(registration: Registration, base_url: str) -> list[Entry]:
    """The event, everything for all, and the owner's workshops; once cancelled, the event as a cancelled entry only."""
    event = _load_event(registration.event_id)
    frame = entries.frame_of(event, base_url)
    own = _own(registration, event)
    whole = calendar.own_entry(event, registration, frame, own.changes)
    programme = programmes.released(event.id)
    if registration.status != Status.CONFIRMED or programme is None:
        return _with_alarms([whole], registration)
    general = [
        entries.with_online_link(entries.item_entry(item, frame), item, clock.now())
        for item in programme.everything
        if item["round"] is None
    ]
    found = [*general, *_workshops(registration.public_id, programme, frame, own)]
    listed = [replace(whole, is_busy=not found), *sorted(found, key=lambda entry: (entry.starts_at, entry.uid))]
    return _with_alarms(listed, registration)


def _with_alarms(listed: list[Entry], registration: Registration) -> list[Entry]:
    """A reminder at everything that takes time, where the owner wants one."""
    if registration.alarm_minutes is None:
        return listed
    before = timedelta(minutes=registration.alarm_minutes)
    return [replace(entry, alarms=(Alarm(before, entry.summary),)) if entry.is_busy else entry for entry in listed]


def _workshops(owner: str, programme: Programme, frame: Frame, own: _Own) -> list[Entry]:
    by_id = {item["id"]: item for item in programme.items}
    found = []
    for one in programme.rounds:
        allocation = own.allocations.get(one["id"])
        item = by_id.get(allocation.item_id) if allocation and allocation.item_id else None
        if allocation is None:
            found += [] if own.is_told or not one["items"] else [entries.own_round(one, frame, owner=owner)]
            continue
        given: dict[str, Any] = {"sequence": allocation.sequence, "changed_at": allocation.updated_at}
        if item is None:
            found.append(entries.own_round(one, frame, owner=owner, **given))
        else:
            entry = entries.own_workshop(item, frame, round_uid=one["uid"], owner=owner, **given)
            found.append(entries.with_online_link(entry, item, clock.now()))
    waited = [by_id[item_id] for item_id in own.waiting if item_id in by_id]
    return found + [entries.waiting_entry(item, frame, owner=owner) for item in waited]


def event_entries(event: Event, base_url: str) -> list[Entry]:
    """The public feed of an event: the event and its released programme, tombstones included until it is archived."""
    frame = entries.frame_of(event, base_url)
    programme = programmes.released(event.id)
    if programme is None:
        return entries.public_entries(event, [], frame)
    return entries.public_entries(event, programme.items if event.archived_at else programme.everything, frame)


def speaker_entries(event: Event, speaker_id: int, base_url: str) -> list[Entry]:
    """Everything one person does at an event, as the event's feed has it; what was cancelled or taken out is cancelled."""
    frame = entries.frame_of(event, base_url)
    programme = programmes.released(event.id)
    known = queries_released.uids(speaker_id)
    items = [i for i in programme.everything if known & {p["uid"] for p in i["people"]}] if programme else []
    return [entries.item_entry(item, frame) for item in items]


def site_entries(base_url: str) -> list[Entry]:
    """All public events, not yet archived ones first to come."""
    query = (
        select(Event)
        .where(Event.published_at <= clock.now())
        .options(joinedload(Event.venue))
        .order_by(Event.starts_at, Event.id)
    )
    found = db.session.scalars(query)
    return [entries.event_entry(event, entries.frame_of(event, base_url)) for event in found]


def next_publication() -> list[Event]:
    """Events that become public by themselves at a later instant."""
    return list(db.session.scalars(select(Event).where(Event.published_at > clock.now())))
