"""Forgets in time: answers about health soon after the event, identities some months later, unless an audit holds them.

The rows stay without names, so that figures and places of the past remain true.
"""

from typing import Any

from sqlalchemy import delete, or_, select, update

from eventsite.contributions import service_retention as contributions
from eventsite.core import audit, clock, ids
from eventsite.core.db import Model, db, transaction
from eventsite.core.jobs import periodic
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.people.models import Person, PersonalLink
from eventsite.privacy import inventory, rules
from eventsite.programme.models import Speaker
from eventsite.proposals import service_forgetting
from eventsite.registration import service_files, service_interest
from eventsite.registration.models import Answer, AnswerFile, QuestionVersion, Registration, StatusChange
from eventsite.registration.models_desk import AccessTask, BulkDeed
from eventsite.registration.models_lists import Invitation
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.registration.rules import Status

_EMPTY_MAIL: dict[str, Any] = {
    **dict.fromkeys(("to_address", "to_name", "subject", "text", "html", "unsubscribe"), ""),
    "attachments": [],
}
AT_ONCE = 200  # registrations in one transaction, so that nobody waits long for the lock


@periodic(minutes=60)
def erase_due() -> None:
    """Erases what is due in every event that is over; a second run finds nothing left."""
    now = clock.now()
    over = list(db.session.scalars(select(Event).where(Event.ends_at <= now - rules.RETENTION["sensitive"])))
    due = [(event.id, rules.is_due(event, "identity", now)) for event in over]
    db.session.rollback()
    for event_id, is_identity_due in due:
        erase_sensitive(event_id)
        if is_identity_due:
            contributions.erase_event(event_id)
        while is_identity_due and erase_some_identities(event_id) == AT_ONCE:
            pass
        if is_identity_due:
            service_forgetting.forget_event(event_id)


@periodic(minutes=60)
def erase_unconfirmed() -> None:
    """Erases whoever never confirmed the address, a week after the link has expired; figures stay."""
    with transaction() as session:
        lapsed = Registration.status == Status.EXPIRED, Registration.confirmed_at.is_(None), Registration.name != ""
        query = select(Registration).where(*lapsed, Registration.status_at <= clock.now() - rules.UNCONFIRMED)
        found = list(session.scalars(query.order_by(Registration.id).limit(AT_ONCE)))
        for registration in found:
            erase_registration(registration)
        for event_id in sorted({registration.event_id for registration in found}):
            _record("unconfirmed erased", event_id, sum(one.event_id == event_id for one in found))


def erase_sensitive(event_id: int) -> int:
    """Deletes the sensitive answers of an event (GDPR Art. 9); how many there were."""
    with transaction() as session:
        query = (
            select(Answer.id)
            .join(Registration, Registration.id == Answer.registration_id)
            .join(QuestionVersion, QuestionVersion.id == Answer.version_id)
            .where(Registration.event_id == event_id, QuestionVersion.retention == "sensitive")
        )
        found = list(session.scalars(query))
        if found:
            files = select(AnswerFile.id).join(
                Answer,
                (Answer.question_id == AnswerFile.question_id) & (Answer.registration_id == AnswerFile.registration_id),
            )
            service_files.drop(AnswerFile.id.in_(files.where(Answer.id.in_(found))))
            session.execute(delete(Answer).where(Answer.id.in_(found)))
            session.execute(delete(AccessTask).where(AccessTask.event_id == event_id))
            _record("sensitive answers erased", event_id, len(found))
        return len(found) + contributions.erase_needs(event_id)


def erase_some_identities(event_id: int) -> int:
    """Empties the next registrations of an event that still have a name; how many there were."""
    with transaction() as session:
        named = Registration.event_id == event_id, Registration.name != ""
        found = list(session.scalars(select(Registration).where(*named).order_by(Registration.id).limit(AT_ONCE)))
        for registration in found:
            erase_registration(registration)
        _erase_lists(event_id)
        if found:
            session.execute(update(BulkDeed).where(BulkDeed.event_id == event_id).values(reason=""))
            _record("identities erased", event_id, len(found))
        return len(found)


def _erase_lists(event_id: int) -> None:
    """Empties contacts of groups, invitations, and the mails that belong to no registered person."""
    with transaction() as session:
        nobody = {"contact_name": "", "contact_email": "", "organisation": ""}
        session.execute(update(RegistrationGroup).where(RegistrationGroup.event_id == event_id).values(**nobody))
        session.execute(delete(Invitation).where(Invitation.event_id == event_id))
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.event_id == event_id)
            .where(
                OutboxMessage.person_id.is_(None)
                & (OutboxMessage.cause.like("invitation:%") | OutboxMessage.cause.like("group:%"))
                | or_(*(OutboxMessage.cause.like(one) for one in ("speaker:%", "news:%:speaker:%", "release:%")))
            )
            .values(**_EMPTY_MAIL, state="sent", blanked_at=clock.now())
        )


def erase_registration(registration: Registration) -> None:
    """Forgets one person at one event: rows the inventory calls deleted go, the registration stays without a name."""
    with transaction() as session:
        service_files.drop(AnswerFile.registration_id == registration.id)
        for table in reversed(Model.metadata.sorted_tables):
            if inventory.ERASE.get(table.name, "").startswith("deleted") and "registration_id" in table.c:
                session.execute(delete(table).where(table.c.registration_id == registration.id))
        session.execute(
            update(StatusChange).where(StatusChange.registration_id == registration.id).values(actor="erased")
        )
        links = (registration.link_id, registration.feed_link_id)
        session.execute(
            update(PersonalLink)
            .where(PersonalLink.id.in_(links))
            .values(generation=PersonalLink.generation + 1, revoked_at=clock.now())
        )
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.event_id == registration.event_id, OutboxMessage.person_id == registration.person_id)
            .values(**_EMPTY_MAIL, state="sent", blanked_at=clock.now())
        )
        if registration.email_key:
            service_interest.forget([registration.email_key])
        registration.name = registration.sort_name = registration.organisation = registration.note = ""
        registration.postal_address = ""
        registration.email = registration.email_key = registration.new_email = None
        registration.undeliverable = ""
        session.flush()
        _forget_person(registration.person_id)


def _forget_person(person_id: int) -> None:
    """Empties a person whom no registration with a name and no public profile needs any more."""
    with transaction() as session:
        still = select(Registration.id).where(Registration.person_id == person_id, Registration.name != "").limit(1)
        profile = select(Speaker.id).where(Speaker.person_id == person_id).limit(1)
        if session.scalar(still) is None and session.scalar(profile) is None:
            person = session.get_one(Person, person_id)
            person.name, person.email, person.email_key = "", None, None


def _record(action: str, event_id: int, count: int) -> None:
    details = {"count": count, "run": ids.new_public_id()}
    audit.record(action, subject=f"event {event_id}", event_id=event_id, details=details)
