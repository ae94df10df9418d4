"""Verbs of persons, accounts and personal links."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from eventsite.core import audit, clock, ids
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import queries, rules
from eventsite.people.models import Account, AccountSession, Attempt, Membership, Person, PersonalLink

SESSION_DAYS = 14
MOST_FAILURES = 8
BLOCK_MINUTES = 15
# The hash of a thrown-away secret: asking for an unknown address costs one comparison, as for a known one.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$hHNQE/YgsTefkNXLLtTnHg$dVEdmcSfH3I/BxKPp4fYIvq3mOBGTmvXpnvj8oMNzcc"


def find_or_create_person(name: str, email: str | None) -> Person:
    """The person with this address, made where there is none; the name of a known person is left as it is."""
    with transaction() as session:
        person = queries.find_person(email) if email else None
        if person is None:
            key = rules.email_key(email) if email else None
            person = Person(
                public_id=ids.new_public_id(), name=name, email=email, email_key=key, created_at=clock.now()
            )
            session.add(person)
            session.flush()
        return person


def forget_alone(person_id: int) -> None:
    """Deletes a person to whom nothing in any table points any more."""
    with transaction() as session:
        for table in Person.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.target_fullname == "person.id":
                    points = select(key.parent).where(key.parent == person_id).limit(1)
                    if session.execute(points).first() is not None:
                        return
        session.execute(delete(Person).where(Person.id == person_id))


def create_link(purpose: str, *, person_id: int | None = None, expires_at: datetime | None = None) -> PersonalLink:
    """A new personal link; its secret is derived when it is sent, never stored."""
    with transaction() as session:
        link = PersonalLink(
            public_id=ids.new_public_id(12),
            person_id=person_id,
            purpose=purpose,
            generation=1,
            created_at=clock.now(),
            expires_at=expires_at,
        )
        session.add(link)
        session.flush()
        return link


def reissue_link(link: PersonalLink) -> None:
    """Makes all former addresses of a link worthless and a new one valid."""
    with transaction() as session:
        link = session.merge(link, load=True)
        link.generation += 1
        link.revoked_at = None


def renew_feed(account_id: int) -> None:
    """Gives an organiser's own calendar its first address, or a new one that makes the old one worthless."""
    with transaction() as session:
        account, link = session.get_one(Account, account_id), queries.find_feed_link(account_id)
        if link is None:
            account.feed_link_id = create_link("team").id
        else:
            reissue_link(link)
        audit.record("calendar address renewed", subject=f"account {account.public_id}", actor=account.public_id)


def revoke_link(link: PersonalLink) -> None:
    """Makes every address of a link worthless."""
    with transaction() as session:
        link = session.merge(link, load=True)
        link.generation += 1
        link.revoked_at = clock.now()


def _hasher() -> "argon2.PasswordHasher":  # type: ignore[name-defined]  # noqa: F821
    import argon2  # slow import

    return argon2.PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's minimum for argon2id


def create_account(*, name: str, email: str, password: str, is_owner: bool = False, language: str = "de") -> Account:
    """A new account; refuses a known address and a password too short or too long (ASVS 2.1.1)."""
    shortest, longest = rules.PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise Refused(_l("A password has %(low)s to %(high)s characters.", low=shortest, high=longest))
    digest = _hasher().hash(password)
    with transaction() as session:
        if session.scalar(select(Account.id).where(Account.email_key == rules.email_key(email))) is not None:
            raise Refused(_l("There is an account with this e-mail address already."))
        account = Account(
            public_id=ids.new_public_id(),
            name=name,
            email=email,
            email_key=rules.email_key(email),
            password_hash=digest,
            language=language,
            is_owner=is_owner,
            created_at=clock.now(),
        )
        session.add(account)
        session.flush()
        audit.record("account created", subject=f"account {account.public_id}")
        return account


def change_password(account_id: int, password: str) -> None:
    """A new password; all other sign-ins of the account end."""
    shortest, longest = rules.PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise Refused(_l("A password has %(low)s to %(high)s characters.", low=shortest, high=longest))
    digest = _hasher().hash(password)
    with transaction() as session:
        account = session.get_one(Account, account_id)
        account.password_hash = digest
        session.execute(delete(AccountSession).where(AccountSession.account_id == account_id))
        audit.record("password changed", subject=f"account {account.public_id}", actor=account.public_id)


def secret_hash(secret: str) -> str:
    """What is stored of a sign-in cookie."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def sign_in(email: str, password: str, address: str) -> str:
    """The secret for the cookie; one sentence for every failure, and a pause after several (ASVS 2.2.1)."""
    keys = [secret_hash(f"email {rules.email_key(email)}"), secret_hash(f"address {address}")]
    blocked = db.session.scalar(select(Attempt).where(Attempt.key.in_(keys), Attempt.blocked_until > clock.now()))
    if blocked is not None:
        raise Refused(_l("Too many attempts. Please wait a quarter of an hour and try again."))
    account = queries.find_account(email)
    if not _is_password(account, password) or account is None:
        _note_failure(keys)
        raise Refused(_l("The e-mail address and password do not match."))
    secret = secrets.token_urlsafe(32)
    instant = clock.now()
    account_id, public_id = account.id, account.public_id
    with transaction() as session:
        session.execute(delete(Attempt).where(Attempt.key == keys[0]))
        session.execute(delete(AccountSession).where(AccountSession.expires_at < instant))
        session.add(
            AccountSession(
                account_id=account_id,
                secret_hash=secret_hash(secret),
                created_at=instant,
                seen_at=instant,
                expires_at=instant + timedelta(days=SESSION_DAYS),
            )
        )
        audit.record("signed in", subject=f"account {public_id}", actor=public_id)
    return secret


def _is_password(account: Account | None, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # slow import

    known = account.password_hash if account else _NOBODYS  # the same work for an unknown address
    try:
        return bool(_hasher().verify(known, password[:1000])) and account is not None
    except (VerificationError, InvalidHashError):
        return False


def _note_failure(keys: list[str]) -> None:
    with transaction() as session:
        for key, most in zip(keys, (MOST_FAILURES, MOST_FAILURES * 8), strict=True):
            attempt = session.get(Attempt, key)
            if attempt is None or attempt.last_at < clock.now() - timedelta(minutes=BLOCK_MINUTES):
                attempt = session.merge(Attempt(key=key, count=0, last_at=clock.now(), blocked_until=None))
            attempt.count += 1
            attempt.last_at = clock.now()
            if attempt.count >= most:
                attempt.blocked_until = clock.now() + timedelta(minutes=BLOCK_MINUTES)


def sign_out(secret: str) -> None:
    """Ends one sign-in."""
    with transaction() as session:
        session.execute(delete(AccountSession).where(AccountSession.secret_hash == secret_hash(secret)))


def give_role(account_id: int, event_id: int, role: str, *, actor: str) -> None:
    """Puts an account into the team of an event, or changes its role there."""
    if role not in rules.ROLES:
        raise Refused(_l("There is no such role."))
    with transaction() as session:
        query = select(Membership).where(Membership.account_id == account_id, Membership.event_id == event_id)
        membership = session.scalar(query)
        if membership is None:
            session.add(Membership(account_id=account_id, event_id=event_id, role=role))
        else:
            membership.role = role
        audit.record(
            "role given", subject=f"account {account_id}", actor=actor, event_id=event_id, details={"role": role}
        )


def remove_from_team(account_id: int, event_id: int, *, actor: str) -> None:
    """Takes an account out of the team of an event."""
    with transaction() as session:
        session.execute(delete(Membership).where(Membership.account_id == account_id, Membership.event_id == event_id))
        audit.record("role taken", subject=f"account {account_id}", actor=actor, event_id=event_id)


def change_account(account_id: int, *, name: str, language: str) -> None:
    """Changes name and language of an account."""
    with transaction() as session:
        account = session.get_one(Account, account_id)
        account.name, account.language = name, language


def replace_password(account_id: int, present: str, new: str) -> None:
    """A new password for somebody who knows the present one; refuses with a sentence."""
    if not _is_password(db.session.get(Account, account_id), present):
        raise Refused(_l("The present password is not right."))
    change_password(account_id, new)


def add_to_team(event_id: int, *, name: str, email: str, role: str, password: str, actor: str) -> None:
    """Puts somebody into the team, with a new account where there is none; a known account keeps its password."""
    with transaction():
        account = queries.find_account(email)
        if account is None:
            account = create_account(name=name, email=email, password=password)
        give_role(account.id, event_id, role, actor=actor)


def remove_member(event_id: int, account_public_id: str, *, actor: str) -> None:
    """Takes an account out of the team of an event; unknown ones are left alone."""
    with transaction() as session:
        account_id = session.scalar(select(Account.id).where(Account.public_id == account_public_id))
        if account_id is not None:
            remove_from_team(account_id, event_id, actor=actor)
