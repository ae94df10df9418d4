"""Reads of uploaded tables and invitations."""

from sqlalchemy import func, or_, select

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.mail import queries_suppression
from eventsite.registration import rules, rules_lists
from eventsite.registration.models import Registration
from eventsite.registration.models_lists import ImportedTable, Invitation
from eventsite.registration.rules_lists import Known

PURPOSE = "invitation"


def get_table(event_id: int, public_id: str) -> ImportedTable:
    """A table of this event by its public id."""
    query = select(ImportedTable).where(ImportedTable.event_id == event_id, ImportedTable.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def known(event_id: int, kind: str, keys: list[str]) -> Known:
    """Which of these addresses are registered, invited, or want no invitations; a fixed number of queries."""
    live = Registration.status.not_in([str(status) for status in rules.MAY_REGISTER_AGAIN])
    registered = select(Registration.email_key).where(Registration.event_id == event_id, live)
    found = frozenset(key for key in db.session.scalars(registered) if key)
    if kind == "registrations":
        return Known(registered=found)
    invited = frozenset(db.session.scalars(select(Invitation.email_key).where(Invitation.event_id == event_id)))
    return Known(found, invited, queries_suppression.suppressed(keys))


def find_invitation(token: str) -> Invitation | None:
    """The invitation of a personal link; None for a wrong one."""
    public_id, proof = ids.split_token(token) or ("", "")
    if not ids.is_valid_proof(proof, PURPOSE, public_id, 1):
        return None
    return db.session.scalar(select(Invitation).where(Invitation.public_id == public_id))


def get_invitation(token: str) -> Invitation:
    """The invitation of a personal link."""
    found = find_invitation(token)
    if found is None:
        raise NotFound
    return found


def _matching(event_id: int, text: str, state: str) -> list[object]:
    conditions: list[object] = [Invitation.event_id == event_id]
    if state:
        conditions.append(Invitation.state == state)
    for word in text.split()[:6]:
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        columns = (Invitation.name, Invitation.email, Invitation.organisation)
        conditions.append(or_(*(column.ilike(pattern, escape="\\") for column in columns)))
    return conditions


def invitations(
    event_id: int, *, text: str = "", state: str = "", limit: int = 50, offset: int = 0
) -> list[Invitation]:
    """The invitations of an event that match, in the order of the lists."""
    query = select(Invitation).where(*_matching(event_id, text, state)).order_by(Invitation.id)  # type: ignore[arg-type]
    return list(db.session.scalars(query.limit(limit).offset(offset)))


def count(event_id: int, *, text: str = "", state: str = "") -> int:
    """How many invitations match."""
    query = select(func.count(Invitation.id)).where(*_matching(event_id, text, state))  # type: ignore[arg-type]
    return int(db.session.scalar(query) or 0)


def counts(event_id: int) -> dict[str, int]:
    """Invitations by state; every state is there."""
    query = select(Invitation.state, func.count(Invitation.id)).where(Invitation.event_id == event_id)
    found = {row[0]: row[1] for row in db.session.execute(query.group_by(Invitation.state))}
    return {state: found.get(state, 0) for state in rules_lists.STATES}
