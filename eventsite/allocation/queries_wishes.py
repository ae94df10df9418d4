"""Reads of rounds with what can be wished in them, and of wishes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import Allocation, Participation, Wish
from eventsite.core.db import db
from eventsite.programme import queries as programmes
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.programme.snapshot import Programme
from eventsite.registration.models import Registration
from eventsite.registration.rules import LIVE


def rounds(event_id: int) -> list[Round]:
    """The rounds of an event with the workshops that take place and their rooms, in order; one query."""
    query = (
        select(Round)
        .join(ProgrammeItem, ProgrammeItem.round_id == Round.id)
        .where(Round.event_id == event_id, ProgrammeItem.cancelled_at.is_(None))
        .options(contains_eager(Round.items).joinedload(ProgrammeItem.room))
        .order_by(Round.starts_at, Round.position, Round.id, ProgrammeItem.position, ProgrammeItem.id)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query).unique())


def wishes(registration_id: int) -> dict[int, Choice]:
    """What a registration wishes, per round; rounds without any wish are left out."""
    return wishes_of([registration_id]).get(registration_id, {})


def wishes_of(registration_ids: Sequence[int]) -> dict[int, dict[int, Choice]]:
    """The wishes of several registrations per round, and the rounds they leave out; two queries."""
    query = select(Wish).where(Wish.registration_id.in_(registration_ids)).order_by(Wish.rank, Wish.id)
    gathered: dict[int, dict[int, list[Wish]]] = {}
    for wish in db.session.scalars(query):
        gathered.setdefault(wish.registration_id, {}).setdefault(wish.round_id, []).append(wish)
    absent = absences_of(registration_ids)
    for registration_id, round_ids in absent.items():
        for round_id in round_ids:
            gathered.setdefault(registration_id, {}).setdefault(round_id, [])
    return {
        registration_id: {
            round_id: Choice(
                tuple(w.item_id for w in found if w.rank is not None),
                frozenset(w.item_id for w in found if w.rank is None),
                round_id not in absent.get(registration_id, ()),
            )
            for round_id, found in by_round.items()
        }
        for registration_id, by_round in gathered.items()
    }


def absences_of(registration_ids: Sequence[int]) -> dict[int, list[int]]:
    """The rounds that registrations leave out."""
    query = select(Participation).where(Participation.registration_id.in_(registration_ids))
    return {row.registration_id: row.absent for row in db.session.scalars(query) if row.absent}


def offered(event_id: int) -> list[dict[str, Any]]:
    """The rounds as the public knows them (released), each with the workshops that take place; two queries.

    Nothing can be wished before the programme is released.
    """
    return offered_of(programmes.released(event_id), event_id)


def offered_of(programme: Programme | None, event_id: int) -> list[dict[str, Any]]:
    """The same for a release that was read already."""
    if programme is None:
        return []
    present = {one.id: {item.id for item in one.items} for one in rounds(event_id)}
    shown = []
    for one in programme.rounds:
        inside = [i for i in one["items"] if i["status"] != "cancelled" and i["id"] in present.get(one["id"], ())]
        if len(inside) > 1:
            shown.append({**one, "items": inside})
    return shown


def allocations(registration_id: int) -> dict[int, Allocation]:
    """The workshop of a registration per round, published or not."""
    query = select(Allocation).where(Allocation.registration_id == registration_id)
    return {found.round_id: found for found in db.session.scalars(query)}


def wishes_in_words(
    event_id: int, registration_id: int
) -> list[tuple[Round, list[ProgrammeItem], list[ProgrammeItem]]]:
    """Per round with wishes: the workshops in order of rank, and those never wanted."""
    chosen = wishes(registration_id)
    found = []
    for one in rounds(event_id):
        choice = chosen.get(one.id)
        if choice is not None and choice.attends:
            by_id = {item.id: item for item in one.items}
            ranked = [by_id[item_id] for item_id in choice.ranked if item_id in by_id]
            found.append((one, ranked, [by_id[item_id] for item_id in choice.never if item_id in by_id]))
    return found


def group_code(registration_id: int) -> str | None:
    """The code of the group somebody is in."""
    query = select(Participation.together_code).where(Participation.registration_id == registration_id)
    return db.session.scalar(query)


def group_size(event_id: int, code: str) -> int:
    """How many are in a group of an event, as far as they have not signed off."""
    query = (
        select(func.count(Participation.registration_id))
        .join(Registration, Registration.id == Participation.registration_id)
        .where(Registration.event_id == event_id, Registration.status.in_(LIVE))
        .where(Participation.together_code == code)
    )
    return int(db.session.scalar(query) or 0)
