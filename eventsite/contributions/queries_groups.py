"""What whoever leads a workshop may know of its group: numbers, organisations, names of those who agreed, questions."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from eventsite.allocation.models import Allocation
from eventsite.contributions import rules
from eventsite.contributions.models_groups import GroupMessage, GroupQuestion
from eventsite.core import clock, i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail import queries_suppression
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.registration.models import Consent, Registration
from eventsite.registration.rules import Status


@dataclass
class Group:
    """The people with a place in one workshop, as its moderator sees them."""

    number: int = 0
    organisations: list[tuple[str, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # of those who agreed to stand in the list of participants
    questions: list[tuple[str, str]] = field(default_factory=list)  # text, and the name where so chosen


def are_there(event: Event) -> bool:
    """Whether an event has told its places, so that there are groups."""
    return event.allocation_published_at is not None and event.cancelled_at is None


def led(appearances: Collection[Appearance]) -> list[int]:
    """The workshops that somebody leads, moderates or reports of."""
    return list(
        dict.fromkeys(
            one.item_id
            for one in appearances
            if one.role in rules.GROUP_ROLES and one.item.round_id is not None and one.item.cancelled_at is None
        )
    )


def _members(item_ids: Collection[int], *columns: Any) -> Any:
    query = select(Allocation.item_id, *columns).join(Registration, Registration.id == Allocation.registration_id)
    return query.where(Allocation.item_id.in_(item_ids), Registration.status == Status.CONFIRMED)


def groups(item_ids: Collection[int]) -> dict[int, Group]:
    """The groups of these workshops, three queries for any number."""
    found = {item_id: Group() for item_id in item_ids}
    if not found:
        return found
    counted: dict[int, Counter[str]] = {item_id: Counter() for item_id in found}
    for item_id, organisation in db.session.execute(_members(item_ids, Registration.organisation)):
        found[item_id].number += 1
        counted[item_id].update([organisation] if organisation else [])
    agreed = (Consent.registration_id == Registration.id) & (Consent.kind == "list") & (Consent.answer == "yes")
    named = _members(item_ids, Registration.name).join(Consent, agreed).where(Consent.withdrawn_at.is_(None))
    for item_id, name in db.session.execute(named):
        found[item_id].names.append(name)
    same = (GroupQuestion.registration_id == Registration.id) & (GroupQuestion.item_id == Allocation.item_id)
    asked = _members(item_ids, GroupQuestion.text, GroupQuestion.is_named, Registration.name).join(GroupQuestion, same)
    for item_id, text, is_named, name in db.session.execute(asked.order_by(GroupQuestion.id)):
        found[item_id].questions.append((text, name if is_named else ""))
    for item_id, group in found.items():
        group.organisations = sorted(counted[item_id].items(), key=lambda pair: i18n.sort_key(pair[0]))
        group.names.sort(key=i18n.sort_key)
    return found


def recipients(item_id: int, after: int = 0) -> list[Registration]:
    """Who of a group can be written to: with an address that works and wants mails, in order."""
    query = select(Registration).join(Allocation, Allocation.registration_id == Registration.id)
    query = query.where(Allocation.item_id == item_id, Registration.status == Status.CONFIRMED)
    query = query.where(Registration.email.is_not(None), Registration.undeliverable == "", Registration.id > after)
    people = list(db.session.scalars(query.order_by(Registration.id)))
    unwilling = queries_suppression.suppressed([one.email_key or "" for one in people])
    return [one for one in people if one.email_key not in unwilling]


def sent_lately(item_id: int) -> int:
    """How many mails went to a group within a day."""
    query = select(GroupMessage.id).where(GroupMessage.item_id == item_id)
    return len(db.session.scalars(query.where(GroupMessage.created_at > clock.now() - timedelta(days=1))).all())


def sent(event_id: int) -> list[tuple[GroupMessage, str, Any]]:
    """Every mail to a group of an event with its writer and the title of the workshop, newest first."""
    query = select(GroupMessage, Speaker.name, ProgrammeItem.title).where(GroupMessage.event_id == event_id)
    query = query.join(Speaker, Speaker.id == GroupMessage.speaker_id)
    query = query.join(ProgrammeItem, ProgrammeItem.id == GroupMessage.item_id)
    return [(row, name, title) for row, name, title in db.session.execute(query.order_by(GroupMessage.id.desc()))]


def question(registration_id: int, item_id: int) -> GroupQuestion | None:
    """What somebody asked the group of a workshop."""
    query = select(GroupQuestion).where(
        GroupQuestion.registration_id == registration_id, GroupQuestion.item_id == item_id
    )
    return db.session.scalar(query)


def questions_of(registration_id: int) -> list[GroupQuestion]:
    """Everything somebody asked beforehand."""
    query = select(GroupQuestion).where(GroupQuestion.registration_id == registration_id)
    return list(db.session.scalars(query.order_by(GroupQuestion.id)))
