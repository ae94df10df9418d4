"""Who of a proposal is known already: by address for certain, by name perhaps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

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
    found = select(Speaker, Person.email_key).join(Person, Person.id == Speaker.person_id)
    by_key = {row[1]: row[0] for row in db.session.execute(found.where(Person.email_key.in_(keys)))} if keys else {}
    named: dict[str, list[Speaker]] = {}
    for speaker in db.session.scalars(select(Speaker).order_by(Speaker.id)) if people else []:
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
    query = select(Speaker).join(Person, Person.id == Speaker.person_id).where(Person.email_key == email_key)
    return db.session.scalar(query)
