"""Who lacks what: everybody in the draft of an event with what was sent, in a fixed number of queries."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.contributions import queries, queries_approval, queries_facts, rules
from eventsite.contributions.models import Contribution, ContributionConsent, ContributionNeed, Material, SpeakerChange
from eventsite.contributions.queries import Plan
from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker


@dataclass
class Row:
    """One speaker of an event with everything that was sent."""

    speaker: Speaker
    appearances: list[Appearance] = field(default_factory=list)
    contribution: Contribution | None = None
    consents: dict[str, ContributionConsent] = field(default_factory=dict)
    changes: list[SpeakerChange] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """What the person still has to send."""
        return rules.missing(self.cells)

    @property
    def answer(self) -> str:
        """Whether the person comes: yes, no, or nothing said."""
        return self.contribution.answer if self.contribution is not None else ""


def board(event_id: int, plan: Plan) -> list[Row]:
    """Everybody by name; cancelled items do not count."""
    rows = _people(event_id)
    contributions = {}
    for one in db.session.scalars(select(Contribution).where(Contribution.event_id == event_id)):
        contributions[one.id] = one.speaker_id
        if one.speaker_id in rows:
            rows[one.speaker_id].contribution = one
    query = select(ContributionConsent).join(Contribution, Contribution.id == ContributionConsent.contribution_id)
    query = query.where(Contribution.event_id == event_id).order_by(ContributionConsent.id)
    for consent in db.session.scalars(query):
        if contributions[consent.contribution_id] in rows:
            rows[contributions[consent.contribution_id]].consents[consent.kind] = consent
    for change in queries.waiting_changes(queries_approval.of_event(event_id)):
        if change.speaker_id in rows:
            rows[change.speaker_id].changes.append(change)
    for material in db.session.scalars(select(Material).where(queries_approval.of_items(event_id))):
        if material.speaker_id in rows:
            rows[material.speaker_id].materials.append(material)
    for row in rows.values():
        known = queries_facts.facts(
            row.speaker, row.appearances, row.contribution, row.consents, row.changes, row.materials
        )
        row.cells = rules.cells(known, plan.wanted)
    return sorted(rows.values(), key=lambda row: i18n.sort_key(row.speaker.sort_name))


def _people(event_id: int) -> dict[int, Row]:
    query = (
        select(Appearance)
        .join(ProgrammeItem, ProgrammeItem.id == Appearance.item_id)
        .where(ProgrammeItem.event_id == event_id, ProgrammeItem.cancelled_at.is_(None))
        .options(
            joinedload(Appearance.item),
            joinedload(Appearance.speaker).joinedload(Speaker.person),
            joinedload(Appearance.speaker).joinedload(Speaker.link),
        )
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    )
    rows: dict[int, Row] = {}
    for appearance in db.session.scalars(query):
        rows.setdefault(appearance.speaker_id, Row(appearance.speaker)).appearances.append(appearance)
    return rows


def get_row(event_id: int, public_id: str, plan: Plan) -> Row:
    """One speaker of an event; NotFound for anybody else."""
    row = next((one for one in board(event_id, plan) if one.speaker.public_id == public_id), None)
    if row is None:
        raise NotFound
    return row


def need_of(row: Row) -> ContributionNeed | None:
    """Diet and access needs of a speaker; for those who may see such."""
    return db.session.get(ContributionNeed, row.contribution.id) if row.contribution is not None else None
