"""Proposals in tests: an open call with the ready questions, and what people send."""

from datetime import timedelta
from typing import Any

from eventsite.core import ids
from eventsite.core.db import db, transaction
from eventsite.people import service as people
from eventsite.people.models import PersonalLink
from eventsite.proposals import queries, service, service_call, service_review
from eventsite.proposals.contents import Contents, Named
from eventsite.proposals.models import Call, Proposal, ProposalPerson, ProposalRating
from tests.conftest import NOW
from tests.meeting import words
from tests.organisers import make_account


def make_call(event_id: int, **values: Any) -> Call:
    """A call that opened yesterday and closes in a week, for workshops and talks."""
    usual: dict[str, Any] = {
        "text": words("Schlagen Sie etwas vor.", "Propose something."),
        "opens_at": NOW - timedelta(days=1),
        "closes_at": NOW + timedelta(days=7),
        "kinds": ["workshop", "talk"],
        "lengths": [60, 90],
    }
    return service_call.store(event_id, actor="test", **{**usual, **values})


def contents(number: int = 1, **values: Any) -> Contents:
    """What person number so-and-so would send."""
    people = values.pop("people", [Named(f"Person {number}", f"person{number}@example.org", f"Stadt {number}", "lead")])
    kind, minutes, answers = values.pop("kind", "workshop"), values.pop("minutes", 60), values.pop("answers", {})
    told = {"title": f"Vorschlag {number}", "abstract": "Worum es geht.", "target_group": "Kommunen", **values}
    return Contents(kind=kind, people=people, words=told, minutes=minutes, answers=answers)


def propose(event_id: int, number: int = 1, *, confirmed: bool = True, **values: Any) -> Proposal:
    """A proposal, confirmed unless said otherwise."""
    made = service.propose(event_id, contents(number, **values), language="de")
    if confirmed:
        service.confirm(made.id)
    return fresh(made.id)


def propose_many(event_id: int, number: int) -> None:
    """So many confirmed proposals, without their mails; each with two people and a rating of somebody."""
    reviewer = make_account("Rita", event_id=event_id, role="reviewer")
    with transaction() as session:
        for one in range(number):
            times = {"state_at": NOW, "created_at": NOW, "updated_at": NOW, "submitted_at": NOW}
            about = {
                "state": "review",
                "language": "de",
                "kind": "workshop",
                "minutes": 60,
                "title": f"Vorschlag {one}",
            }
            link_id, uid = people.create_link("proposal").id, f"proposal{one}"
            proposal = Proposal(
                event_id=event_id,
                public_id=uid,
                link_id=link_id,
                answers={},
                tags=[f"Thema {one % 5}"],
                **times,
                **about,
            )
            proposal.people = [
                ProposalPerson(position=place, name=f"Person {one} {place}", role="lead") for place in range(2)
            ]
            session.add(proposal)
            session.flush()
            rating = {"proposal_id": proposal.id, "account_id": reviewer.id, "value": 3, "rated_at": NOW}
            session.add(ProposalRating(**rating))


def fresh(proposal_id: int) -> Proposal:
    """What the database says now."""
    db.session.rollback()
    return queries.whole(proposal_id)


def decide(event_id: int, decision: str, *proposals: Proposal) -> None:
    """Prepares a decision, sends it off, and writes the mails."""
    service_review.prepare(event_id, [one.public_id for one in proposals], decision, actor="test")
    service_review.send(event_id, len(proposals), actor="test")
    service_review.write_due()


def page_of(proposal: Proposal, step: str = "") -> str:
    """The address behind the proposer's link."""
    link = db.session.get_one(PersonalLink, proposal.link_id)
    return f"/p/{ids.link_token(link.purpose, link.public_id, link.generation)}/{step}"
