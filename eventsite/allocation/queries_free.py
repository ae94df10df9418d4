"""Workshops somebody could still go into: for the door, in two queries however many people there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from eventsite.allocation import queries_wishes
from eventsite.allocation.models import Allocation, WaitingPlace
from eventsite.core.db import db
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


@dataclass(frozen=True)
class Free:
    """A workshop and how many places are left in it; None where it has no limit."""

    item: ProgrammeItem
    left: int | None


def taken_places(item_ids: Iterable[int]) -> dict[int, int]:
    """How many places of these workshops are given to somebody who comes, or offered to somebody; one query."""
    seated = select(Allocation.item_id.label("item"), Allocation.registration_id.label("who"))
    offered = select(WaitingPlace.item_id, WaitingPlace.registration_id).where(WaitingPlace.offered_until.is_not(None))
    both = seated.union_all(offered).subquery()
    query = (
        select(both.c.item, func.count())
        .join(Registration, Registration.id == both.c.who)
        .where(both.c.item.in_(list(item_ids)), Registration.status == Status.CONFIRMED)
        .group_by(both.c.item)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def free_places(event_id: int, now: datetime) -> list[tuple[Round, list[Free]]]:
    """The rounds that are not over, with their workshops; places that are offered to somebody are not free."""
    rounds = [one for one in queries_wishes.rounds(event_id) if one.ends_at > now]
    taken = taken_places(item.id for one in rounds for item in one.items)
    return [(one, [_free(item, taken.get(item.id, 0)) for item in one.items]) for one in rounds]


def _free(item: ProgrammeItem, taken: int) -> Free:
    return Free(item, None if item.capacity is None else max(0, item.capacity - taken))
