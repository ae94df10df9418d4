"""Accepted proposals become items of the draft programme with their people, exactly once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.people.rules import email_key
from eventsite.programme import queries_speakers, service, service_drafts, service_speakers
from eventsite.programme.models import ProgrammeItem, Speaker
from eventsite.proposals import queries, queries_people, rules
from eventsite.proposals import service as proposals
from eventsite.proposals.models import Proposal, ProposalPerson
from eventsite.proposals.queries_people import Match

USUAL_MINUTES = 60
NEW = "new"


@dataclass(frozen=True)
class Placed:
    """Where it goes; without a time to the start of the event, and without anything to no room and no round."""

    starts_at: datetime | None = None
    room_id: int | None = None
    round_id: int | None = None
    same: Mapping[int, str] = field(default_factory=dict)  # by person: the profile's public id, or NEW


def land(event_id: int, public_id: str, placed: Placed = Placed(), *, actor: str) -> ProgrammeItem:
    """Makes the item of an accepted proposal; again it is the same item, whoever clicks.

    Refuses what is not accepted, and a person of a known name as long as nobody has said who it is.
    """
    with service_drafts.step(event_id, actor) as session:
        event = events.lock_event(event_id)
        proposal = queries.get_proposal(event_id, public_id)
        known = queries.item_of(proposal)
        if known is not None:
            return known
        if proposal.state not in rules.MAY_LAND:
            raise Refused(_l("Only what is accepted, and told, lands in the programme."))
        found = queries_people.matches([proposal])[proposal.id]
        speakers = [_speaker(one, placed.same.get(one.person.id, "")) for one in found]
        appearances = [_appearance(one, person.person) for one, person in zip(speakers, found, strict=True)]
        item = service.create_item(
            event_id, kind=proposal.kind, appearances=_each_once(appearances), **_values(event, proposal, placed)
        )
        proposal.item_uid = item.public_id
        proposals.note(proposal, "proposal landed", actor, item=item.public_id)
        session.flush()
        return item


def _speaker(found: Match, answer: str) -> Speaker:
    if found.known is not None:
        return found.known
    person = found.person
    if found.namesakes and answer != NEW:
        if answer not in {one.public_id for one in found.namesakes}:
            raise Refused(
                _l("There is a profile called %(name)s. Please say whether it is the same.", name=person.name)
            )
        return queries_speakers.get_speaker(answer)
    twin = queries_people.with_address(email_key(person.email)) if person.email else None
    made = {"organisation": person.organisation, "email": person.email or None}
    return twin or service_speakers.create_speaker(person.name, **made)


def _appearance(speaker: Speaker, person: ProposalPerson) -> dict[str, Any]:
    organisations = [person.organisation] if person.organisation else []
    return {"speaker_id": speaker.id, "role": person.role, "organisations": organisations}


def _each_once(appearances: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Somebody named twice in the same role appears once."""
    return list({(one["speaker_id"], one["role"]): one for one in reversed(appearances)}.values())[::-1]


def _values(event: Event, proposal: Proposal, placed: Placed) -> dict[str, Any]:
    """The columns of the item, in the language of the proposal."""

    def words(text: str) -> dict[str, str]:
        return {proposal.language: text} if text else {}

    values: dict[str, Any] = {
        "title": words(proposal.title),
        "subtitle": words(proposal.subtitle),
        "abstract": words(proposal.abstract),
        "leading_questions": words(proposal.leading_questions),
        "target_group": words(proposal.target_group),
        "tags": [words(tag) for tag in proposal.tags],
        "language": proposal.language,
        "room_id": placed.room_id,
        "round_id": placed.round_id,
    }
    if placed.round_id is not None:
        return values  # it takes the times of its round
    starts = placed.starts_at or event.starts_at
    return {**values, "starts_at": starts, "ends_at": starts + timedelta(minutes=proposal.minutes or USUAL_MINUTES)}


def land_many(event_id: int, public_ids: Collection[str], *, actor: str) -> tuple[list[str], list[str]]:
    """Lands several without a place; what has landed, and the titles of those that somebody has to look at first."""
    landed, left = [], []
    for public_id in dict.fromkeys(public_ids):
        try:
            with transaction():
                item = land(event_id, public_id, actor=actor)
                landed.append(item.public_id)
        except Refused:
            left.append(queries.get_proposal(event_id, public_id).title)
    if not public_ids:
        raise NotFound
    return landed, left
