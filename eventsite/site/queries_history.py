"""Reads of one person's page: workshops, and the whole story of status, changes and mails in one query."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Text, literal, select, type_coerce

from eventsite.allocation import queries_wishes
from eventsite.allocation.models import Allocation, Participation, Wish
from eventsite.core import audit
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.people.models import Account
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration, StatusChange

NEEDS = "access need "  # actions about health begin so


@dataclass(frozen=True)
class Step:
    """Something that happened: a step of the status, a change, or a mail (then `ref` is its public id)."""

    at: datetime
    kind: str  # status, change, mail
    what: str
    why: str
    actor: str
    name: str | None  # of the team member who did it
    ref: str


def get_person(event_id: int, public_id: str) -> Registration:
    """The registration alone, without what hangs on it; NotFound for another event's."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.public_id == public_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


@dataclass
class Seats:
    """What somebody wants and has in one round."""

    round: Round
    ranked: list[ProgrammeItem] = field(default_factory=list)
    never: list[ProgrammeItem] = field(default_factory=list)
    place: ProgrammeItem | None = None
    is_absent: bool = False


def seats(event_id: int, registration_id: int) -> list[Seats]:
    """Every round with a wish, a place or an absence of somebody; two queries."""
    nothing = literal(None, Integer)
    wishes = select(literal("wish"), Wish.item_id, Wish.rank, literal(None, Text))
    places = select(literal("place"), Allocation.item_id, nothing, literal(None, Text))
    absences = select(literal("absent"), nothing, nothing, type_coerce(Participation.absent, Text))
    parts = [
        wishes.where(Wish.registration_id == registration_id),
        places.where(Allocation.registration_id == registration_id, Allocation.item_id.is_not(None)),
        absences.where(Participation.registration_id == registration_id),
    ]
    rows: list[Any] = list(db.session.execute(parts[0].union_all(*parts[1:])))
    absent = {one for kind, _item, _rank, ids in rows if kind == "absent" for one in json.loads(ids or "[]")}
    found = []
    for one in queries_wishes.rounds(event_id):
        items = {item.id: item for item in one.items}
        mine = [row for row in rows if row[1] in items]
        ranked = sorted((rank, item) for kind, item, rank, _ids in mine if kind == "wish" and rank is not None)
        seat = Seats(one, [items[item] for _rank, item in ranked], is_absent=one.id in absent)
        seat.never = [items[item] for kind, item, rank, _ids in mine if kind == "wish" and rank is None]
        seat.place = next((items[item] for kind, item, _rank, _ids in mine if kind == "place"), None)
        if mine or seat.is_absent:
            found.append(seat)
    return found


def history(event: Event, registration: Registration, *, may_see_needs: bool) -> list[Step]:
    """Everything that happened to a registration, the latest first."""
    nothing = literal("", Text)
    steps = (
        select(
            StatusChange.at,
            literal("status").label("kind"),
            StatusChange.after,
            StatusChange.cause,
            StatusChange.actor,
            Account.name,
            nothing,
            StatusChange.id,
        )
        .outerjoin(Account, Account.public_id == StatusChange.actor)
        .where(StatusChange.registration_id == registration.id)
    )
    row = audit.AuditRow
    # A step of the status has an audit row of its own; it is told once.
    is_step = row.action.like("registration %")
    changes = (
        select(row.at, literal("change"), row.action, nothing, row.actor, Account.name, nothing, row.id)
        .outerjoin(Account, Account.public_id == row.actor)
        .where(row.subject == f"registration {registration.public_id}", row.event_id == event.id, ~is_step)
    )
    if not may_see_needs:
        changes = changes.where(row.action.not_like(f"{NEEDS}%"))
    mail = OutboxMessage
    mails = select(
        mail.created_at,
        literal("mail"),
        mail.subject,
        mail.state,
        nothing,
        literal(None, Text),
        mail.public_id,
        mail.id,
    ).where(mail.event_id == event.id, mail.person_id == registration.person_id)
    found: list[Any] = list(db.session.execute(steps.union_all(changes, mails)))
    found.sort(key=lambda one: (one[0], one[1] != "status", one[7]), reverse=True)
    return [Step(*one[:7]) for one in found]
