"""Reads behind a speaker's link: whose it is, which events it shows, and what was sent for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from eventsite.contributions import rules
from eventsite.contributions.models import (
    Contribution,
    ContributionConsent,
    ContributionNeed,
    ContributionPlan,
    Material,
    SpeakerChange,
)
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.people import queries as people
from eventsite.people.models import Person, PersonalLink
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker

WAITING = ("open", "returned")
Key = tuple[int | None, str]  # item (None: the profile) and field


@dataclass(frozen=True)
class Holder:
    """Whose page a link opens, and whether an assistant holds it."""

    speaker: Speaker
    link: PersonalLink
    is_assistant: bool


@dataclass(frozen=True)
class Plan:
    """What an event wants of its speakers; the usual where nothing was stored."""

    wanted: tuple[str, ...] = rules.USUAL
    due_at: Any = None
    reminder_days: tuple[int, ...] = ()
    may_mail_groups: bool = True


@dataclass
class Part:
    """One event of a speaker with everything that was sent for it."""

    event: Event
    plan: Plan
    contribution: Contribution | None = None
    need: ContributionNeed | None = None
    consents: dict[str, ContributionConsent] = field(default_factory=dict)
    appearances: list[Appearance] = field(default_factory=list)

    @property
    def items(self) -> list[ProgrammeItem]:
        """The items, each once."""
        return list({appearance.item_id: appearance.item for appearance in self.appearances}.values())

    def is_content(self, item_id: int) -> bool:
        """Whether the words of this item are the speaker's own."""
        return any(one.item_id == item_id and one.role in rules.CONTENT_ROLES for one in self.appearances)


@dataclass
class Desk:
    """Everything a speaker's page shows."""

    speaker: Speaker
    parts: list[Part]
    changes: dict[Key, SpeakerChange]
    materials: dict[int, list[Material]]


def holder(token: str) -> Holder:
    """Whose link this is, the speaker's own or an assistant's; NotFound for any other, ended or revoked alike."""
    try:
        link = people.get_link("speaker", token)
    except NotFound:
        link = people.get_link("assistant", token)
    is_assistant = link.purpose == "assistant"
    mine = Speaker.person_id == link.person_id if is_assistant else Speaker.link_id == link.id
    speaker = db.session.scalar(select(Speaker).where(mine))
    if speaker is None:
        raise NotFound
    return Holder(speaker, link, is_assistant)


def plan_of(row: ContributionPlan | None) -> Plan:
    """A stored plan, or the usual one."""
    if row is None:
        return Plan()
    return Plan(tuple(row.wanted), row.due_at, tuple(row.reminder_days), row.may_mail_groups)


def plan(event_id: int) -> Plan:
    """What an event wants of its speakers."""
    return plan_of(db.session.get(ContributionPlan, event_id))


def desk(speaker: Speaker) -> Desk:
    """The page of a speaker, in a fixed number of queries; NotFound where no event is left to show."""
    parts = _parts(speaker.id)
    if not parts:
        raise NotFound
    items = [one.item_id for part in parts for one in part.appearances]
    rows = waiting_changes(SpeakerChange.speaker_id == speaker.id)
    return Desk(speaker, parts, {(row.item_id, row.field): row for row in rows}, _materials(speaker.id, items))


def _parts(speaker_id: int) -> list[Part]:
    now = clock.now()
    query = (
        select(Appearance, Event)
        .join(ProgrammeItem, ProgrammeItem.id == Appearance.item_id)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .outerjoin(Contribution, (Contribution.event_id == Event.id) & (Contribution.speaker_id == speaker_id))
        .where(Appearance.speaker_id == speaker_id, Event.archived_at.is_(None))
        .where(Event.ends_at > now - timedelta(days=rules.LINK_DAYS))
        .where(or_(Contribution.sent_at.is_not(None), Event.published_at <= now))
        .options(
            joinedload(Appearance.item).joinedload(ProgrammeItem.room),
            joinedload(Appearance.item).joinedload(ProgrammeItem.round),
        )
        .order_by(Event.starts_at, Event.id, ProgrammeItem.starts_at, Appearance.position)
    )
    found: dict[int, Part] = {}
    for appearance, event in db.session.execute(query):
        found.setdefault(event.id, Part(event, Plan())).appearances.append(appearance)
    _fill(found, speaker_id)
    return list(found.values())


def _fill(parts: dict[int, Part], speaker_id: int) -> None:
    for plan_row in db.session.scalars(select(ContributionPlan).where(ContributionPlan.event_id.in_(parts))):
        parts[plan_row.event_id].plan = plan_of(plan_row)
    query = select(Contribution).where(Contribution.speaker_id == speaker_id, Contribution.event_id.in_(parts))
    by_id: dict[int, Part] = {}
    for row in db.session.scalars(query):
        by_id[row.id] = parts[row.event_id]
        parts[row.event_id].contribution = row
    for need in db.session.scalars(select(ContributionNeed).where(ContributionNeed.contribution_id.in_(by_id))):
        by_id[need.contribution_id].need = need
    for one in consents(by_id):
        by_id[one.contribution_id].consents[one.kind] = one


def consents(contribution_ids: Iterable[int]) -> list[ContributionConsent]:
    """Every decision of these contributions, oldest first."""
    query = select(ContributionConsent).where(ContributionConsent.contribution_id.in_(list(contribution_ids)))
    return list(db.session.scalars(query.order_by(ContributionConsent.id)))


def waiting_changes(*conditions: Any) -> list[SpeakerChange]:
    """Proposals that were not approved yet, with item, in the order they were begun."""
    query = select(SpeakerChange).where(SpeakerChange.state.in_(WAITING), *conditions)
    query = query.options(joinedload(SpeakerChange.item)).order_by(SpeakerChange.id)
    return list(db.session.scalars(query))


def _materials(speaker_id: int, item_ids: Collection[int]) -> dict[int, list[Material]]:
    query = select(Material).where(Material.speaker_id == speaker_id, Material.item_id.in_(item_ids))
    found: dict[int, list[Material]] = {}
    for row in db.session.scalars(query.order_by(Material.id)):
        found.setdefault(row.item_id, []).append(row)
    return found


def assistant_link(speaker: Speaker) -> PersonalLink | None:
    """The link of a speaker's assistant that works now."""
    query = select(PersonalLink).where(
        PersonalLink.purpose == "assistant",
        PersonalLink.person_id == speaker.person_id,
        PersonalLink.revoked_at.is_(None),
    )
    return db.session.scalar(query.order_by(PersonalLink.id.desc()).limit(1))


def address_of(speaker: Speaker) -> str:
    """The e-mail address of a speaker; empty where there is none."""
    return db.session.scalar(select(Person.email).where(Person.id == speaker.person_id)) or ""


def profile_values(speaker: Speaker) -> dict[str, Any]:
    """A profile as the public sees it, field by field."""
    portrait = {"key": speaker.portrait_key, "credit": speaker.portrait_credit} if speaker.portrait_key else {}
    return {
        "name": speaker.name,
        "role": dict(speaker.role or {}),
        "organisation": speaker.organisation,
        "biography": dict(speaker.biography or {}),
        "links": list(speaker.links or []),
        "portrait": portrait,
    }


def word_values(item: ProgrammeItem) -> dict[str, Any]:
    """The words of an item as the draft has them."""
    return {name: dict(getattr(item, name) or {}) for name in rules.WORDS}


def proposed(stored: dict[str, Any], changes: dict[Key, SpeakerChange], item_id: int | None) -> dict[str, Any]:
    """The values as the speaker last sent them, where that is not approved yet."""
    return {
        name: changes[item_id, name].after if (item_id, name) in changes else value for name, value in stored.items()
    }


def practical_values(row: Contribution | None) -> dict[str, Any]:
    """What somebody told about technology, travel and the rest."""
    if row is None:
        return {"technology": "", "no_technology": "", "travel": "", "no_travel": "", "note": "", "language": ""}
    return {
        "technology": row.technology,
        "no_technology": "y" if "technology" in row.settled else "",
        "travel": row.travel,
        "no_travel": "y" if "travel" in row.settled else "",
        "note": row.note,
        "language": row.language,
    }


def need_values(row: ContributionNeed | None) -> dict[str, Any]:
    """Diet and access needs."""
    return {"diet": row.diet if row else "", "access": row.access if row else ""}
