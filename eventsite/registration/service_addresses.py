"""Another e-mail address of a registration: proved by its own link, corrected by organisers, marked when mail comes back."""

from datetime import timedelta

from sqlalchemy import select, update

from eventsite.core import clock, i18n
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import periodic
from eventsite.mail import bounces, outbox
from eventsite.mail.models import OutboxMessage
from eventsite.people import rules as people_rules
from eventsite.people import service as people
from eventsite.people.models import PersonalLink
from eventsite.registration import letters, messages_addresses, queries, rules, service_answers, service_places
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

__all__ = ["messages_addresses"]
HOURS = 48  # how long the link to a new address is good


def ask_for_change(registration_id: int, email: str) -> None:
    """Sends a link to a new address; until it is followed the former one counts.

    An address that is registered already gets nothing and nobody learns of it; the own address is refused.
    """
    with transaction() as session:
        event, registration = service_places.lock(registration_id)
        if registration.status not in rules.LIVE:
            raise Refused(_l("You are not registered any more."))
        if people_rules.email_key(email) == registration.email_key:
            raise Refused(_l("This is your address already."))
        until = rules.held_until(clock.now(), HOURS)
        _drop_link(registration)
        registration.new_email = email
        link = people.create_link("address", person_id=registration.person_id, expires_at=until)
        registration.new_email_link_id = link.id
        session.flush()
        if queries.find_by_email(event.id, email) is None:
            _write_to_new(registration, link, email, until.isoformat())


def _drop_link(registration: Registration) -> None:
    with transaction() as session:
        if registration.new_email_link_id is not None:
            people.revoke_link(session.get_one(PersonalLink, registration.new_email_link_id))
        registration.new_email, registration.new_email_link_id = None, None


def _write_to_new(registration: Registration, link: PersonalLink, email: str, cause: str) -> None:
    full = queries.with_links(registration.id)
    event = letters.event_for(full)
    with i18n.use_language(full.language), i18n.use_zone(event.timezone):
        until = i18n.format_datetime(link.expires_at) if link.expires_at else ""
    mail = letters.letter("new_address", event, full, extra={"deadline": until}, link=link)
    service_places.put(mail, full, event, cause=f"address:{full.public_id}:{cause}", to_address=email)


def confirm_change(registration_id: int) -> None:
    """Makes the new address the one that counts and tells the former one; refuses one that was registered meanwhile."""
    with transaction():
        event, registration = service_places.lock(registration_id)
        if registration.new_email is None:
            raise NotFound
        email, former = registration.new_email, registration.email
        if queries.find_by_email(event.id, email) is not None:
            raise Refused(_l("This address is registered for this event already."))
        link_id = registration.new_email_link_id
        if former is not None:
            service_places.write(
                "address_changed", registration, f"address changed:{registration.public_id}:{link_id}", address=email
            )
        _drop_link(registration)
        _take_up(registration, email, "participant")


def _take_up(registration: Registration, email: str, actor: str) -> None:
    with transaction() as session:
        person = people.find_or_create_person(registration.name, email)
        registration.email, registration.email_key = email, people_rules.email_key(email)
        registration.person_id, registration.undeliverable = person.id, ""
        registration.updated_at = clock.now()
        links = (registration.link_id, registration.feed_link_id)
        session.execute(update(PersonalLink).where(PersonalLink.id.in_(links)).values(person_id=person.id))
        session.flush()
        service_answers.note(registration, "address changed", actor)


def correct(registration_id: int, email: str, *, actor: str) -> None:
    """The organisers correct an address; its link goes to the right one, and an unconfirmed place is held anew."""
    with transaction():
        event, registration = service_places.lock(registration_id)
        known = queries.find_by_email(event.id, email)
        if known is not None and known.id != registration.id:
            raise Refused(_l("There is a registration with this address already."))
        _drop_link(registration)
        _take_up(registration, email, actor)
        if registration.status == Status.PENDING:
            registration.held_until = rules.held_until(clock.now(), event.confirmation_hours)
        service_places.write("link", registration, f"link:{registration.public_id}:corrected {clock.now().isoformat()}")


def keep(registration_id: int, *, actor: str) -> None:
    """The organisers know that an address is right after all: the mark goes."""
    with transaction() as session:
        _event, registration = service_places.lock(registration_id)
        registration.undeliverable = ""
        same = (OutboxMessage.event_id == registration.event_id, OutboxMessage.to_address == registration.email)
        session.execute(update(OutboxMessage).where(*same).values(bounced_at=None))
        service_answers.note(registration, "address kept", actor)


def take_in_report(raw: bytes) -> str:
    """Takes in a report of a mail server and marks mail and registration; one word about what became of it."""
    report = bounces.read(raw)
    if report is None:
        return "ignored"
    if outbox.note_report(report) is None:
        return "unknown"
    mark_undeliverable()
    return "undeliverable" if report.is_hard else "noted"


@periodic(minutes=1)
def mark_undeliverable() -> None:
    """Marks the registrations whose mails came back or were refused for good, with the reason, for the organisers."""
    recent = clock.now() - timedelta(days=60)
    query = (
        select(Registration.id, OutboxMessage.reason)
        .join(OutboxMessage, OutboxMessage.event_id == Registration.event_id)
        .where(OutboxMessage.bounced_at > recent, OutboxMessage.to_address == Registration.email)
        .where(Registration.undeliverable == "", Registration.email.is_not(None))
    )
    found = {row[0]: row[1] for row in db.session.execute(query)}
    db.session.rollback()
    for registration_id, reason in found.items():
        with transaction():
            _event, registration = service_places.lock(registration_id)
            registration.undeliverable = reason or "refused"
            service_answers.note(registration, "undeliverable", "system")
