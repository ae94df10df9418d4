"""Reads of persons, accounts, sessions and personal links."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.core import clock, ids
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.people import rules
from eventsite.people.models import Account, AccountSession, Membership, Person, PersonalLink


def find_person(email: str) -> Person | None:
    """The person with this e-mail address."""
    return db.session.scalar(select(Person).where(Person.email_key == rules.email_key(email)))


def find_account(email: str) -> Account | None:
    """The open account with this e-mail address."""
    query = select(Account).where(Account.email_key == rules.email_key(email), Account.closed_at.is_(None))
    return db.session.scalar(query)


def account_of_session(secret_hash: str) -> Account | None:
    """The account signed in by the cookie whose secret has this hash, with its memberships."""
    query = (
        select(Account)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(AccountSession.secret_hash == secret_hash, AccountSession.expires_at > clock.now())
        .where(Account.closed_at.is_(None))
        .options(joinedload(Account.memberships))  # one query less on every organisers' page
    )
    return db.session.scalars(query).unique().one_or_none()


def get_link(purpose: str, token: str) -> PersonalLink:
    """The valid link of a token; NotFound for a wrong, expired or revoked one alike."""
    parts = ids.split_token(token)
    public_id, proof = parts or ("", "")
    link = db.session.scalar(select(PersonalLink).where(PersonalLink.public_id == public_id))
    generation = link.generation if link else 0
    is_valid = ids.is_valid_proof(proof, purpose, public_id, generation)  # computed for unknown ids too: same time
    if link is None or not is_valid or link.purpose != purpose or link.revoked_at is not None:
        raise NotFound
    if link.expires_at is not None and link.expires_at <= clock.now():
        raise NotFound
    return link


def team(event_id: int) -> list[Membership]:
    """The team of an event."""
    query = select(Membership).where(Membership.event_id == event_id).options(selectinload(Membership.account))
    return list(db.session.scalars(query))


def has_accounts() -> bool:
    """Whether anybody can sign in yet."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def account_names(public_ids: set[str]) -> dict[str, str]:
    """The names of the organisers behind what was done, by the public id of their account."""
    if not public_ids - {""}:
        return {}
    query = select(Account.public_id, Account.name).where(Account.public_id.in_(sorted(public_ids)))
    return {row.public_id: row.name for row in db.session.execute(query)}


def find_feed_link(account_id: int) -> PersonalLink | None:
    """The link of an organiser's own calendar, once there is one."""
    query = select(PersonalLink).join(Account, Account.feed_link_id == PersonalLink.id)
    return db.session.scalar(query.where(Account.id == account_id))
