"""In which items somebody needs a way without steps: who named the need when registering, and where they are or may be."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from eventsite.allocation.models import Allocation, Wish
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme import needs
from eventsite.programme.models import ProgrammeItem
from eventsite.registration import queries_access
from eventsite.registration.models import Registration

# The key of the usual answer, and how others are named in German and English.
_STEP_FREE = re.compile(r"wheelchair|rollst|stufenlos|stufenfrei|step-?free|without steps|rollator|walking frame", re.I)


@needs.tells_step_free
def items(event: Event) -> frozenset[str]:
    """Items (public ids) in which somebody on site needs a way without steps; of workshops those allocated, else wished for."""
    tasks = [one for one in queries_access.tasks(event) if one.counts and _STEP_FREE.search(f"{one.need} {one.words}")]
    people = _on_site(event, {one.registration for one in tasks}) if tasks else []
    if not people:
        return frozenset()
    return frozenset([*_for_all(event.id), *_workshops(people)])


def _on_site(event: Event, public_ids: Iterable[str]) -> list[int]:
    query = select(Registration.id).where(Registration.event_id == event.id, Registration.mode != "online")
    return list(db.session.scalars(query.where(Registration.public_id.in_(list(public_ids)))))


def _for_all(event_id: int) -> list[str]:
    query = select(ProgrammeItem.public_id).where(ProgrammeItem.event_id == event_id, ProgrammeItem.round_id.is_(None))
    return list(db.session.scalars(query))


def _workshops(people: list[int]) -> set[str]:
    """Where they have a place, and what they wish for in rounds of which they have heard nothing yet."""
    told = select(Allocation.registration_id, Allocation.round_id, ProgrammeItem.public_id)
    told = told.outerjoin(ProgrammeItem, ProgrammeItem.id == Allocation.item_id)
    places = db.session.execute(told.where(Allocation.registration_id.in_(people))).all()
    known = {(person, round_id) for person, round_id, _uid in places}
    wished = select(Wish.registration_id, Wish.round_id, ProgrammeItem.public_id)
    wished = wished.join(ProgrammeItem, ProgrammeItem.id == Wish.item_id).where(Wish.rank.is_not(None))
    wishes = db.session.execute(wished.where(Wish.registration_id.in_(people))).all()
    found = {uid for _person, _round, uid in places if uid is not None}
    return found | {uid for person, round_id, uid in wishes if (person, round_id) not in known}
