"""Reads of calls and proposals, each in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.core.audit import AuditRow
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.people.models import Account
from eventsite.programme.models import ProgrammeItem
from eventsite.proposals import rules
from eventsite.proposals.models import Call, Proposal, ProposalComment, ProposalPerson, ProposalRating
from eventsite.proposals.rules_list import Row
from eventsite.registration import queries as registrations
from eventsite.registration import queries_surveys
from eventsite.registration.models_surveys import Survey
from eventsite.registration.questions import Asked


def find_call(event_id: int) -> Call | None:
    """The call of an event, as it is now."""
    query = select(Call).where(Call.event_id == event_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def get_call(event_id: int) -> Call:
    """The call of an event; NotFound where there is none."""
    found = find_call(event_id)
    if found is None:
        raise NotFound
    return found


def asked(call: Call) -> list[Asked]:
    """The call's own questions, as the form asks them."""
    return registrations.asked(call.event_id, survey_id=call.survey_id)


def answers(call: Call, proposal: Proposal) -> list[tuple[Asked, Any]]:
    """What was answered, question by question, each as it was asked then; retired ones too."""
    return answers_of(queries_surveys.all_asked(call.survey_id)[1], proposal)


def answers_of(versions: dict[int, Asked], proposal: Proposal) -> list[tuple[Asked, Any]]:
    """The same with the versions of the questions at hand."""
    return [(versions[int(key)], value) for key, value in proposal.answers.items() if int(key) in versions]


def sheet_id(survey_id: int) -> str:
    """The public id of the sheet of questions, for the editor."""
    return db.session.get_one(Survey, survey_id).public_id


def get_proposal(event_id: int, public_id: str, *, is_read: bool = False) -> Proposal:
    """A proposal of this event with its people; NotFound for another event's, and with `is_read` for what was not sent off."""
    query = select(Proposal).where(Proposal.event_id == event_id, Proposal.public_id == public_id)
    found = _one(query.where(Proposal.state.in_(rules.READ_STATES)) if is_read else query)
    if found is None:
        raise NotFound
    return found


def whole(proposal_id: int) -> Proposal:
    """A proposal with people and link, as it is now."""
    found = _one(select(Proposal).where(Proposal.id == proposal_id))
    if found is None:
        raise NotFound
    return found


def _one(query: Any) -> Proposal | None:
    """A single one with people and link in one query."""
    query = query.options(joinedload(Proposal.people), joinedload(Proposal.link))
    found: Proposal | None = db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()
    return found


def _whole(query: Any) -> Any:
    options = (selectinload(Proposal.people), joinedload(Proposal.link))
    return query.options(*options).execution_options(populate_existing=True)


def of_link(link_id: int) -> Proposal | None:
    """The proposal behind a personal link."""
    return _one(select(Proposal).where(Proposal.link_id == link_id))


def same(event_id: int, email_key: str, title: str) -> Proposal | None:
    """What the same address has sent under the same title and not confirmed yet."""
    query = (
        select(Proposal)
        .join(ProposalPerson, (ProposalPerson.proposal_id == Proposal.id) & (ProposalPerson.position == 0))
        .where(Proposal.event_id == event_id, Proposal.title == title, ProposalPerson.email_key == email_key)
        .where(Proposal.state == rules.State.UNCONFIRMED)
    )
    return db.session.scalars(query).first()


def of_address(event_id: int, email_key: str) -> list[Proposal]:
    """Everything an address has proposed and not had forgotten, for sending its links again."""
    query = select(Proposal).join(ProposalPerson, ProposalPerson.proposal_id == Proposal.id)
    query = query.where(ProposalPerson.position == 0, ProposalPerson.email_key == email_key)
    query = query.where(Proposal.event_id == event_id, Proposal.erased_at.is_(None))
    return list(db.session.scalars(_whole(query.order_by(Proposal.id))))


def rows(event_id: int, account_id: int) -> list[Row]:
    """Every proposal the team gets to see, with people and ratings; three queries however many there are."""
    item = (ProgrammeItem.public_id == Proposal.item_uid) & (ProgrammeItem.event_id == Proposal.event_id)
    query = select(Proposal, ProgrammeItem.id).outerjoin(ProgrammeItem, item)
    query = query.where(Proposal.event_id == event_id, Proposal.state.in_(rules.READ_STATES))
    found = db.session.execute(query.order_by(Proposal.id).execution_options(populate_existing=True)).all()
    people: dict[int, list[ProposalPerson]] = {}
    named = select(ProposalPerson).join(Proposal, Proposal.id == ProposalPerson.proposal_id)
    for person in db.session.scalars(named.where(Proposal.event_id == event_id).order_by(ProposalPerson.position)):
        people.setdefault(person.proposal_id, []).append(person)
    marks: dict[int, dict[int, int]] = {}
    rating = select(ProposalRating).join(Proposal, Proposal.id == ProposalRating.proposal_id)
    for one in db.session.scalars(rating.where(Proposal.event_id == event_id)):
        marks.setdefault(one.proposal_id, {})[one.account_id] = one.value
    landed = {one.id for one, item_id in found if item_id is not None}
    made = [_row(one, people.get(one.id, []), marks.get(one.id, {}), account_id) for one, _item_id in found]
    return [replace(row, has_landed=one.id in landed) for row, (one, _item_id) in zip(made, found, strict=True)]


def _row(one: Proposal, people: Sequence[ProposalPerson], marks: dict[int, int], account_id: int) -> Row:
    return Row(
        uid=one.public_id,
        title=one.title,
        kind=one.kind,
        state=one.state,
        decision=one.decision,
        is_on_its_way=one.released_at is not None and one.told_at is None,
        submitted_at=one.submitted_at or one.created_at,
        tags=tuple(one.tags),
        names=tuple(person.name for person in people),
        organisations=tuple(dict.fromkeys(person.organisation for person in people if person.organisation)),
        rated=rules.rated(marks.values(), marks.get(account_id)),
    )


def marks(proposal_id: int, account_id: int) -> rules.Rated | None:
    """What the ratings of a proposal come to, with the account's own."""
    query = select(ProposalRating.account_id, ProposalRating.value).where(ProposalRating.proposal_id == proposal_id)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return rules.rated(found.values(), found.get(account_id))


def comments(proposal_id: int) -> list[tuple[ProposalComment, str]]:
    """The comments of the team with the names of their authors, the first one first."""
    query = select(ProposalComment, Account.name).join(Account, Account.id == ProposalComment.account_id)
    found = db.session.execute(query.where(ProposalComment.proposal_id == proposal_id).order_by(ProposalComment.id))
    return [(row[0], row[1]) for row in found]


def history(public_id: str) -> list[tuple[AuditRow, str | None]]:
    """Who changed what when, the newest first, with the name of the account where it was one."""
    query = select(AuditRow, Account.name).outerjoin(Account, Account.public_id == AuditRow.actor)
    found = db.session.execute(query.where(AuditRow.subject == f"proposal {public_id}").order_by(AuditRow.id.desc()))
    return [(row[0], row[1]) for row in found]


def next_unrated(event_id: int, account_id: int, after: int = 0) -> str | None:
    """The next open proposal this account has not rated, in the order they came, beginning anew at the end."""
    mine = select(ProposalRating.proposal_id).where(ProposalRating.account_id == account_id)
    query = select(Proposal.public_id).where(Proposal.event_id == event_id, Proposal.state.in_(rules.OPEN_STATES))
    query = query.where(Proposal.id.not_in(mine), Proposal.id != after)
    return db.session.scalars(query.order_by(Proposal.id < after, Proposal.id).limit(1)).first()


def numbers(event_id: int) -> dict[str, int]:
    """How many proposals there are in each state."""
    query = select(Proposal.state, func.count()).where(Proposal.event_id == event_id).group_by(Proposal.state)
    return {row[0]: row[1] for row in db.session.execute(query)}


def prepared(event_id: int) -> list[Proposal]:
    """The proposals with a decision that nobody was told yet, with their people."""
    query = select(Proposal).where(Proposal.event_id == event_id, Proposal.decision != "")
    return list(db.session.scalars(_whole(query.where(Proposal.released_at.is_(None)).order_by(Proposal.id))))


def item_of(proposal: Proposal) -> ProgrammeItem | None:
    """The item it has become; None where that was deleted."""
    if not proposal.item_uid:
        return None
    query = select(ProgrammeItem).where(ProgrammeItem.event_id == proposal.event_id)
    return db.session.scalar(query.where(ProgrammeItem.public_id == proposal.item_uid))


def of_item(item_uid: str) -> Proposal | None:
    """The proposal an item was made of."""
    return db.session.scalars(select(Proposal).where(Proposal.item_uid == item_uid)).first()


def everything(event_id: int) -> list[Proposal]:
    """Every proposal the team gets to see, whole; for files."""
    query = select(Proposal).where(Proposal.event_id == event_id, Proposal.state.in_(rules.READ_STATES))
    return list(db.session.scalars(_whole(query.order_by(Proposal.id))))
