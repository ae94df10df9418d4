"""Links of speakers and assistants: sent, sent again, renewed, revoked, and when they end."""

from datetime import datetime

from sqlalchemy import select

from eventsite.contributions import messages, queries, queries_board, rules, service
from eventsite.contributions.models import Contribution
from eventsite.core import audit, clock, ids
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.people import service as people
from eventsite.people.models import Person, PersonalLink
from eventsite.programme import service_speakers
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker


def send(event_id: int, speaker_id: int, *, actor: str, email: str = "") -> Contribution:
    """Mails the link for an event (again); a revoked or ended link works again, under a new address where revoked.

    `email` is stored first where it is given. Refuses a person without an address, and an event that is over or off.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        if event.cancelled_at is not None or clock.now() >= event.ends_at:
            raise Refused(_l("The event is called off or over already."))
        row = service.contribution(event_id, speaker_id)
        speaker = session.get_one(Speaker, speaker_id)
        if email:
            service_speakers.set_email(speaker_id, email)
        person = session.get_one(Person, speaker.person_id)
        if not person.email:
            raise Refused(_l("There is no e-mail address of this person yet."))
        link = _working_link(speaker)
        row.sent_at = row.updated_at = clock.now()
        session.flush()
        mail = messages.invitation(event_id, speaker, link, row)
        put(mail, row, person, f"speaker:{row.public_id}:link:{ids.new_public_id()}")
        subject = f"contribution {row.public_id}"
        audit.record("speaker link sent", subject=subject, actor=actor, event_id=event_id)
        return row


def send_all(event_id: int, *, actor: str) -> int:
    """Mails the link to everybody who has an address and has not got it for this event; how many."""
    rows = queries_board.board(event_id, queries.plan(event_id))
    chosen = [
        row.speaker.id
        for row in rows
        if row.speaker.person.email and not (row.contribution and row.contribution.sent_at)
    ]
    db.session.rollback()
    for speaker_id in chosen:
        with transaction():
            row = service.contribution(event_id, speaker_id)
            if row.sent_at is None:  # somebody else may have pressed the button too
                send(event_id, speaker_id, actor=actor)
    return len(chosen)


def put(mail: outbox.Mail, row: Contribution, person: Person, cause: str) -> None:
    """Puts a mail to a speaker into the running transaction, once per cause."""
    with transaction() as session:
        event = session.get_one(Event, row.event_id)
        outbox.put(
            mail,
            to_address=person.email or "",
            to_name=person.name,
            cause=cause,
            language=messages.language_of(row, event),
            event_id=event.id,
            person_id=person.id,
            reply_to=event.contact_email,
        )


def _working_link(speaker: Speaker) -> PersonalLink:
    with transaction() as session:
        link = session.get(PersonalLink, speaker.link_id) if speaker.link_id else None
        if link is None:
            link = people.create_link("speaker", person_id=speaker.person_id)
            speaker.link_id = link.id
        if link.revoked_at is not None:
            people.reissue_link(link)
        ends = select(Event.ends_at).join(ProgrammeItem, ProgrammeItem.event_id == Event.id)
        ends = ends.join(Appearance, Appearance.item_id == ProgrammeItem.id).where(Appearance.speaker_id == speaker.id)
        end = rules.link_end(session.scalars(ends))
        if link.expires_at is None or (end is not None and link.expires_at < end):
            link.expires_at = end
        session.flush()
        return link


def renew(event_id: int, speaker_id: int, *, actor: str) -> None:
    """Makes every former address of the link worthless and mails a new one."""
    with transaction():
        revoke(event_id, speaker_id, actor=actor)
        send(event_id, speaker_id, actor=actor)


def revoke(event_id: int, speaker_id: int, *, actor: str) -> None:
    """Makes the speaker's link and an assistant's worthless; sending it again gives a new one."""
    with transaction() as session:
        row = service.contribution(event_id, speaker_id)
        speaker = session.get_one(Speaker, speaker_id)
        if speaker.link_id is not None:
            people.revoke_link(session.get_one(PersonalLink, speaker.link_id))
        revoke_assistant(speaker_id)
        subject = f"contribution {row.public_id}"
        audit.record("speaker link revoked", subject=subject, actor=actor, event_id=event_id)


def expire(event_id: int, speaker_id: int, expires_at: datetime, *, actor: str) -> None:
    """Gives the links of a speaker another end; refuses one in the past, for which there is revoking."""
    if expires_at <= clock.now():
        raise Refused(_l("The end must lie in the future. To end a link now, revoke it."))
    with transaction() as session:
        row = service.contribution(event_id, speaker_id)
        speaker = session.get_one(Speaker, speaker_id)
        for link in (session.get(PersonalLink, speaker.link_id or 0), queries.assistant_link(speaker)):
            if link is not None:
                link.expires_at = expires_at
        subject = f"contribution {row.public_id}"
        audit.record("speaker link given an end", subject=subject, actor=actor, event_id=event_id)


def make_assistant_link(speaker_id: int) -> PersonalLink:
    """A link with which somebody else may fill in the page, all but consents and needs; a former one ends."""
    with transaction() as session:
        speaker = service.lock(speaker_id)
        revoke_assistant(speaker_id)
        own = session.get(PersonalLink, speaker.link_id or 0)
        return people.create_link(
            "assistant", person_id=speaker.person_id, expires_at=own.expires_at if own is not None else None
        )


def revoke_assistant(speaker_id: int) -> None:
    """Ends the assistant's link where there is one."""
    with transaction():
        speaker = service.lock(speaker_id)
        while (link := queries.assistant_link(speaker)) is not None:
            people.revoke_link(link)
