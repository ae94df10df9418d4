"""Reads of whom a release concerns: places, waiting lists, wishes, everybody with a place, and people on stage."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from eventsite.allocation.models import Allocation, WaitingPlace, Wish
from eventsite.contributions.models import Contribution
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail import queries_suppression
from eventsite.people.models import Person
from eventsite.people.rules import email_key
from eventsite.programme import differences
from eventsite.programme.models import ProgrammeRelease, Speaker
from eventsite.registration.models import Registration
from eventsite.registration.models_releases import ReleaseLetter
from eventsite.registration.rules import Status
from eventsite.site.rules_affected import LEADING_ROLES, Affected, Chosen, Circle, circle, merged, narrowed

_COMING = (Status.CONFIRMED, Status.WAITING, Status.OFFERED)
_COLUMNS = (
    Registration.id,
    Person.public_id,
    Registration.name,
    Registration.email,
    Registration.language,
    Registration.undeliverable,
)


def releases_around(event_id: int, number: int) -> tuple[ProgrammeRelease | None, ProgrammeRelease | None]:
    """A release and the one before it; one query."""
    query = select(ProgrammeRelease).where(ProgrammeRelease.event_id == event_id, ProgrammeRelease.number <= number)
    rows = list(db.session.scalars(query.order_by(ProgrammeRelease.number.desc()).limit(2)))
    row = rows[0] if rows and rows[0].number == number else None
    return row, rows[1] if row and len(rows) > 1 else None


def concerned(event: Event, row: ProgrammeRelease, before: ProgrammeRelease | None, chosen: Chosen) -> list[Affected]:
    """Everybody whom the chosen changes concern, with every reason; two queries."""
    sides = [differences.by_uid(one.snapshot, "items") for one in (before, row) if one is not None]
    ids = {side[uid]["id"]: uid for side in sides for uid in chosen.items if uid in side}
    found = list(_registered(event, ids, chosen.for_all))
    found += _on_stage(event, sides, chosen.items)
    return merged(found)


def _registered(event: Event, ids: dict[int, str], for_all: Collection[str]) -> Iterable[tuple[Affected, str, str]]:
    def of(table: Any, reason: str, *conditions: Any) -> Any:
        query = select(*_COLUMNS, literal(reason), table.item_id).join_from(
            table, Registration, Registration.id == table.registration_id
        )
        query = query.join(Person, Person.id == Registration.person_id)
        return query.where(Registration.event_id == event.id, table.item_id.in_(list(ids)), *conditions)

    parts = []
    if event.allocation_published_at is None:  # places are not told yet, so a wish is all that people know of
        parts.append(of(Wish, "wish", Wish.rank.is_not(None), Registration.status.in_(_COMING)))
    else:
        parts.append(of(Allocation, "place", Registration.status == Status.CONFIRMED))
        parts.append(of(WaitingPlace, "waiting", Registration.status == Status.CONFIRMED))
    if for_all:
        everybody = select(*_COLUMNS, literal("everybody"), null()).join_from(Registration, Person)
        parts.append(everybody.where(Registration.event_id == event.id, Registration.status == Status.CONFIRMED))
    for row in db.session.execute(union_all(*parts)):
        person = {"person": row[1], "name": row[2], "email": row[3], "language": row[4], "registration_id": row[0]}
        for uid in [ids[row[7]]] if row[6] != "everybody" else sorted(for_all):
            yield Affected(**person, is_undeliverable=bool(row[5])), row[6], uid


def _on_stage(event: Event, sides: Iterable[Any], uids: Collection[str]) -> list[tuple[Affected, str, str]]:
    """People in the item now or before: who was taken out should hear of it too."""
    roles: dict[str, dict[str, set[str]]] = {}
    for side in sides:
        for uid in uids & side.keys():
            for person in side[uid].get("people", []):
                reason = "moderator" if person["role"] in LEADING_ROLES else "speaker"
                roles.setdefault(person["uid"], {}).setdefault(uid, set()).add(reason)
    kept = aliased(Speaker)  # a release before two profiles were merged names the other one
    query = select(Speaker.public_id, Person.public_id, kept.name, Person.email, Contribution.language)
    query = query.join(kept, kept.id == func.coalesce(Speaker.merged_into_id, Speaker.id))
    query = query.join(Person, Person.id == kept.person_id)
    mine = and_(Contribution.speaker_id == kept.id, Contribution.event_id == event.id)
    rows = db.session.execute(query.outerjoin(Contribution, mine).where(Speaker.public_id.in_(roles)))
    return [
        (Affected(row[1], row[2], row[3], row[4] or event.languages[0]), reason, uid)
        for row in rows
        for uid, reasons in roles[row[0]].items()
        for reason in sorted(reasons)
    ]


def circle_of(event: Event, row: ProgrammeRelease, people: list[Affected], chosen: Chosen) -> Circle:
    """What happens to those whom the chosen reasons concern; two queries."""
    left = narrowed(people, chosen.reasons)
    told = db.session.scalars(select(ReleaseLetter.person).where(ReleaseLetter.release_id == row.id))
    unwanted = queries_suppression.suppressed([email_key(one.email) for one in left if one.email])
    return circle(left, told=set(told), unwanted=unwanted)
