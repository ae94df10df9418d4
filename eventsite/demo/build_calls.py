"""Builds the call for workshops of the demonstration: invented proposals, what the team thinks of them, first decisions."""

from datetime import datetime, timedelta

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.demo.build_event import Built
from eventsite.demo.calls import COMMENTS, PROPOSALS, REVIEWERS, TEXT, Offer
from eventsite.people import queries as people_queries
from eventsite.people import service as people
from eventsite.proposals import queries, service, service_call, service_review
from eventsite.proposals.contents import Contents, Named

DAYS_OPEN = 35


def call(built: Built, until: datetime, password: str, organiser: str) -> None:
    """An open call with proposals in every state the team works with; it closes some weeks before the meeting."""
    opens = until - timedelta(days=DAYS_OPEN)
    with clock.freeze(opens):
        service_call.store(
            built.event_id,
            actor="demonstration",
            text=TEXT,
            opens_at=opens,
            closes_at=built.at("18:00", -14),
            kinds=["workshop", "talk", "market"],
            lengths=[15, 30, 90],
            most_words=250,
        )
        for ready in service_call.READY:
            service_call.ask(built.event_id, ready, actor="demonstration")
    made = [_propose(built, offer, opens + timedelta(days=2 + 4 * number)) for number, offer in enumerate(PROPOSALS)]
    with clock.freeze(until):
        _review(built.event_id, made, password, organiser)
    db.session.rollback()


def _propose(built: Built, offer: Offer, at: datetime) -> str:
    with clock.freeze(at):
        asked = {one.key: one.version_id for one in queries.asked(queries.get_call(built.event_id))}
        proposal = service.propose(
            built.event_id,
            Contents(
                kind=offer.kind,
                minutes=offer.minutes,
                people=[Named(*one) for one in offer.people],
                words=offer.words,
                answers={str(asked[key]): value for key, value in offer.answers.items()},
            ),
            language=offer.language,
        )
        service.confirm(proposal.id)
        return proposal.public_id


def _review(event_id: int, made: list[str], password: str, organiser: str) -> None:
    """Two of the team rate and comment; one proposal is accepted and told, two decisions are prepared."""
    reader = people.create_account(name=REVIEWERS[0][0], email=REVIEWERS[0][1], password=password)
    people.give_role(reader.id, event_id, "reviewer", actor="demonstration")
    olivia = people_queries.find_account(organiser)
    assert olivia is not None
    team = [(reader.id, reader.public_id), (olivia.id, olivia.public_id)]
    for number, uid in enumerate(made):
        for (account_id, actor), mark in zip(team, PROPOSALS[number].marks, strict=False):
            service_review.rate(event_id, uid, account_id, mark, actor=actor)
        if PROPOSALS[number].tags:
            service_review.tag(event_id, uid, PROPOSALS[number].tags, actor=team[1][1])
    for number, who, text in COMMENTS:
        service_review.comment(event_id, made[number], team[who][0], text, actor=team[who][1])
    service_review.prepare(event_id, made[:1], "accept", actor=team[1][1])
    service_review.send(event_id, 1, actor=team[1][1])
    service_review.write_mails(event_id)
    service_review.prepare(event_id, made[1:2], "accept", actor=team[1][1])
    service_review.prepare(event_id, made[2:3], "reserve", actor=team[1][1])
