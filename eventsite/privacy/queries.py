"""What is held of an event's people, which requests to be forgotten are open, and what was erased already."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventsite.core.audit import AuditRow
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.privacy.models import ErasureRequest
from eventsite.registration.models import Answer, QuestionVersion, Registration

ERASED = ("sensitive answers erased", "identities erased", "unconfirmed erased", "person erased")


def held(event_id: int) -> list[tuple[str, int]]:
    """How much there is of each class of retention; two queries however many took part."""
    sensitive = (
        select(func.count(Answer.id))
        .join(Registration, Registration.id == Answer.registration_id)
        .join(QuestionVersion, QuestionVersion.id == Answer.version_id)
        .where(Registration.event_id == event_id, QuestionVersion.retention == "sensitive")
    )
    named = select(func.count(Registration.id)).where(Registration.event_id == event_id, Registration.name != "")
    return [("sensitive", db.session.scalar(sensitive) or 0), ("identity", db.session.scalar(named) or 0)]


def requests(event_id: int) -> list[ErasureRequest]:
    """The requests of an event with the people who asked, open ones first, by the date of their answer."""
    query = select(ErasureRequest).where(ErasureRequest.event_id == event_id)
    query = query.options(joinedload(ErasureRequest.registration))
    return list(db.session.scalars(query.order_by(ErasureRequest.decision != "", ErasureRequest.due_at)))


def get_request(event_id: int, request_id: int) -> ErasureRequest:
    """A request of this event; NotFound for another event's."""
    query = select(ErasureRequest).where(ErasureRequest.event_id == event_id, ErasureRequest.id == request_id)
    found = db.session.scalar(query.options(joinedload(ErasureRequest.registration)))
    if found is None:
        raise NotFound
    return found


def find_open(registration_id: int) -> ErasureRequest | None:
    """The open request of a person, if there is one."""
    query = select(ErasureRequest).where(
        ErasureRequest.registration_id == registration_id, ErasureRequest.decision == ""
    )
    return db.session.scalar(query)


def erased(event_id: int) -> list[AuditRow]:
    """What was erased, newest first: the proof that data goes."""
    query = select(AuditRow).where(AuditRow.event_id == event_id, AuditRow.action.in_(ERASED))
    return list(db.session.scalars(query.order_by(AuditRow.id.desc()).limit(50)))
