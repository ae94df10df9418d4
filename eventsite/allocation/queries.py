"""Reads of runs and of the places they gave, each in a fixed number of queries."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from eventsite.allocation import queries_wishes, reasons
from eventsite.allocation.models import Allocation, AllocationRun
from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration


def runs(event_id: int) -> list[AllocationRun]:
    """The runs of an event, newest first, without their plans."""
    query = select(AllocationRun).where(AllocationRun.event_id == event_id).order_by(AllocationRun.number.desc())
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def get_run(event_id: int, public_id: str) -> AllocationRun:
    """A run of this event with its plan; NotFound for another event's."""
    query = select(AllocationRun).where(AllocationRun.event_id == event_id, AllocationRun.public_id == public_id)
    query = query.options(undefer(AllocationRun.result))
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def runs_to_compare(event_id: int, public_ids: Sequence[str]) -> list[AllocationRun]:
    """The finished runs of this event among those named, oldest first, with their plans; one query."""
    query = select(AllocationRun).where(
        AllocationRun.event_id == event_id, AllocationRun.public_id.in_(public_ids), AllocationRun.state == "done"
    )
    return list(
        db.session.scalars(
            query.options(undefer(AllocationRun.result))
            .order_by(AllocationRun.number)
            .execution_options(populate_existing=True)
        )
    )


def run_beside(run: AllocationRun) -> AllocationRun | None:
    """What a what-if is set beside: the run that counts now, else the newest proposal before it; with its plan."""
    query = select(AllocationRun).where(
        AllocationRun.event_id == run.event_id,
        AllocationRun.state == "done",
        AllocationRun.mode != "what-if",
        AllocationRun.number < run.number,
    )
    order = AllocationRun.applied_at.is_(None), AllocationRun.applied_at.desc(), AllocationRun.number.desc()
    query = query.options(undefer(AllocationRun.result)).execution_options(populate_existing=True)
    return db.session.scalar(query.order_by(*order).limit(1))


def current_run(event_id: int) -> AllocationRun | None:
    """The run whose places count now: the one applied last."""
    query = select(AllocationRun).where(AllocationRun.event_id == event_id, AllocationRun.applied_at.is_not(None))
    return db.session.scalar(query.order_by(AllocationRun.applied_at.desc(), AllocationRun.number.desc()).limit(1))


def titles(event_id: int) -> dict[str, Any]:
    """The title (in all languages) of every workshop of an event by public id, cancelled ones included."""
    query = select(ProgrammeItem.public_id, ProgrammeItem.title).where(
        ProgrammeItem.event_id == event_id, ProgrammeItem.round_id.is_not(None)
    )
    return {row.public_id: row.title for row in db.session.execute(query)}


def titles_in_words(event_id: int) -> dict[str, str]:
    """The titles of the workshops in the current language."""
    return {uid: i18n.local(title) for uid, title in titles(event_id).items()}


def own_workshops(registration: Registration) -> list[tuple[Round, ProgrammeItem | None, int | None, str]]:
    """What a participant was told, per round: the workshop, the rank of the wish, and the reason in words.

    Three queries; the caller asks only once places are published.
    """
    query = (
        select(Allocation)
        .where(Allocation.registration_id == registration.id)
        .options(joinedload(Allocation.item).joinedload(ProgrammeItem.room))
        .execution_options(populate_existing=True)
    )
    places = {found.round_id: found for found in db.session.scalars(query)}
    if not places:
        return []
    known = titles_in_words(registration.event_id)
    rounds = [one for one in queries_wishes.rounds(registration.event_id) if one.id in places]
    found = []
    for one in rounds:
        place = places[one.id]
        found.append((one, place.item, place.rank, reasons.sentence(place.reason, known)))
    return found


def places_of(registration_id: int) -> list[Allocation]:
    """The places somebody has, and the rounds in which there is none."""
    query = select(Allocation).where(Allocation.registration_id == registration_id).order_by(Allocation.round_id)
    return list(db.session.scalars(query))
