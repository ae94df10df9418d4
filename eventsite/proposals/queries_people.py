"""Who of a proposal is known already: by address for certain, by name perhaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from eventsite.core.db import db
from eventsite.people.models import Person
from eventsite.people.rules import filing_name
from eventsite.programme.models import Speaker
from eventsite.proposals.models import Proposal, ProposalPerson


@dataclass(frozen=True)
class Match:
    """A person of a proposal: the profile with this address, and profiles of the same name with another or none."""

    person: ProposalPerson
    known: Speaker | None = None
    namesakes: list[Speaker] = field(default_factory=list)

    @property
    def needs_answer(self) -> bool:
        """Whether somebody has to say if these are the same person."""
        return self.known is None and bool(self.namesakes)


def matches(proposals: Sequence[Proposal]) -> dict[int, list[Match]]:
    """Everybody on stage of these proposals, by proposal; two queries however many there are."""
    people = [person for one in proposals for person in one.people if person.role]
    keys = {person.email_key for person in people if person.email_key}
    found = _by_address().where(Person.email_key.in_(keys))
    by_key = {row[1]: row[0] for row in db.session.execute(found)} if keys else {}
    named: dict[str, list[Speaker]] = {}
    for speaker in (
        db.session.scalars(select(Speaker).where(Speaker.merged_into_id.is_(None)).order_by(Speaker.id))
        if people
        else []
    ):
        named.setdefault(filing_name(speaker.name), []).append(speaker)
    return {
        one.id: [_match(person, by_key, named) for person in one.people if person.role and person.name]
        for one in proposals
    }


def _match(person: ProposalPerson, by_key: dict[str | None, Speaker], named: dict[str, list[Speaker]]) -> Match:
    known = by_key.get(person.email_key) if person.email_key else None
    return Match(person, known, [] if known else named.get(filing_name(person.name), []))


def with_address(email_key: str) -> Speaker | None:
    """The profile of an address, made in this transaction perhaps."""
    return db.session.scalar(_by_address().where(Person.email_key == email_key))


def _by_address() -> Any:
    """Profiles with the address of the person behind them; one that was merged leads to the profile that was kept."""
    first = aliased(Speaker)
    kept = Speaker.id == func.coalesce(first.merged_into_id, first.id)
    query = select(Speaker, Person.email_key).select_from(first).join(Speaker, kept)
    return query.join(Person, Person.id == first.person_id)
