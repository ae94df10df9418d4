"""Writing once to each of those whom the changes of a release concern: chosen first, then written some at a time."""

import logging
from collections.abc import Mapping

from sqlalchemy import and_, insert, select
from sqlalchemy.orm import joinedload

from eventsite.contributions.models import Contribution
from eventsite.core import audit, clock, i18n
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import kinds, outbox, service_texts
from eventsite.mail import queries as mail_queries
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.people.models import Person
from eventsite.programme import queries as programmes
from eventsite.programme.models import ProgrammeRelease, Speaker
from eventsite.registration import letters
from eventsite.registration import queries as registrations
from eventsite.registration.models import Registration
from eventsite.registration.models_releases import ReleaseLetter, ReleaseMailing
from eventsite.registration.rules import LIVE
from eventsite.site import messages_changes, queries_affected, rules_affected
from eventsite.site.messages_changes import Reader
from eventsite.site.rules_affected import Affected, Chosen

log = logging.getLogger("eventsite.site.affected")
AT_ONCE = 50  # letters in one transaction, so that nobody waits long for the lock


def send(
    event_id: int, number: int, chosen: Chosen, opening: Mapping[str, str], *, seen: int, actor: str
) -> ReleaseMailing:
    """Writes to everybody whom the chosen changes of a release concern and who was not told of it yet.

    Refuses nobody, words with faults, and a circle of another size than the organiser has `seen`.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        row, before = queries_affected.releases_around(event_id, number)
        if row is None:
            raise NotFound
        _refuse_faults(opening)
        people = queries_affected.concerned(event, row, before, chosen)
        written = queries_affected.circle_of(event, row, people, chosen).written
        if len(written) != seen:
            raise Refused(_l("The circle has changed since you looked at it. Please look again."))
        if not written:
            raise Refused(_l("There is nobody to write to."))
        mailing = ReleaseMailing(
            release_id=row.id, opening=dict(opening), actor=actor, created_at=clock.now(), done_at=None
        )
        session.add(mailing)
        session.flush()
        rows = [
            {
                "mailing_id": mailing.id,
                "release_id": row.id,
                "person": one.person,
                "registration_id": one.registration_id,
                "concerns": one.concerns,
                "written_at": None,
            }
            for one in written
        ]
        session.execute(insert(ReleaseLetter), rows)
        details = {"number": number, "people": len(rows)}
        audit.record("release told", subject=f"release {number}", actor=actor, event_id=event_id, details=details)
        write_mails.later(mailing.id)
        return mailing


def _refuse_faults(opening: Mapping[str, str]) -> None:
    kind = kinds.KINDS[messages_changes.KEY]
    for words in opening.values():
        if faults := service_texts.faults(kind, words):
            raise Refused(" ".join(faults))


@background
def write_mails(mailing_id: int) -> None:
    """Writes what is open of a mailing, some at a time; begun again, it goes on where it stopped."""
    while _write_some(mailing_id) == AT_ONCE:
        pass


@periodic(minutes=1)
def write_open_mails() -> None:
    """Goes on with mailings whose bell was lost or whose worker died."""
    ids = list(db.session.scalars(select(ReleaseMailing.id).where(ReleaseMailing.done_at.is_(None))))
    db.session.rollback()
    for mailing_id in ids:
        try:
            write_mails(mailing_id)
        except Exception:  # one mailing that fails must not hold up the others
            log.exception("mailing %s about a release failed; it is tried again", mailing_id)


def _write_some(mailing_id: int) -> int:
    with transaction() as session:
        mailing = session.get_one(ReleaseMailing, mailing_id, populate_existing=True)
        if mailing.done_at is not None:
            return 0
        row = session.get_one(ProgrammeRelease, mailing.release_id)
        events.lock_event(row.event_id)
        query = select(ReleaseLetter).where(ReleaseLetter.mailing_id == mailing_id, ReleaseLetter.written_at.is_(None))
        query = query.order_by(ReleaseLetter.id).limit(AT_ONCE).execution_options(populate_existing=True)
        open_letters = list(session.scalars(query))
        if open_letters:
            _write(mailing, row, open_letters)
        if len(open_letters) < AT_ONCE:
            mailing.done_at = clock.now()
        return len(open_letters)


def _write(mailing: ReleaseMailing, row: ProgrammeRelease, open_letters: list[ReleaseLetter]) -> None:
    with transaction():
        event = letters.event_for_id(row.event_id)
        programme = programmes.released(event.id)
        if programme is None:
            return
        texts = messages_changes.worded(mail_queries.texts(event.id), mailing.opening)
        groups = {group["uid"]: group for group in rules_affected.told_changes(row.changes)}
        for letter in open_letters:
            found = _reader(letter, event)
            letter.written_at = clock.now()
            if found is None:
                continue
            reader, address, person_id = found
            wanted = {uid for uids in letter.concerns.values() for uid in uids}
            files: list[dict[str, str]] = []
            if reader.registration is not None:
                with i18n.use_language(reader.language), i18n.use_zone(event.timezone):
                    files = messages_changes.own_files(event, reader.registration, programme, letter.concerns)
            own = [group for uid, group in groups.items() if uid in wanted]
            outbox.put(
                messages_changes.changed(event, reader, own, programme, texts, files),
                to_address=address,
                to_name=reader.name,
                cause=f"release:{row.id}:{letter.person}",
                language=reader.language,
                event_id=event.id,
                person_id=person_id,
                reply_to=event.contact_email,
            )


def _reader(letter: ReleaseLetter, event: Event) -> tuple[Reader, str, int] | None:
    """Who gets it and where; None for somebody who has signed off or is gone by now."""
    with transaction() as session:
        if letter.registration_id is not None:
            one = registrations.with_links(letter.registration_id)
            if one.status not in LIVE:
                return None
            return Reader(one.name, one.organisation, one.language, one), one.email or "", one.person_id
        mine = and_(Contribution.speaker_id == Speaker.id, Contribution.event_id == event.id)
        query = select(Speaker, Contribution.language).join(Person).outerjoin(Contribution, mine)
        query = query.where(Person.public_id == letter.person).options(joinedload(Speaker.person))
        row = session.execute(query).first()
        address = row[0].person.email if row else None
        if row is None or not address:
            return None
        speaker, language = row[0], row[1] or event.languages[0]
        return Reader(speaker.name, speaker.organisation, language), address, speaker.person_id


def example(event: Event, row: ProgrammeRelease, one: Affected, texts: Texts, language: str) -> Mail:
    """The mail as this person would get it, written in one language; nothing is stored."""
    programme = programmes.programme_of(row)
    if programme is None:
        raise NotFound
    registration: Registration | None = letters.invented(event.id, language) if one.registration_id else None
    reader = Reader(one.name, registration.organisation if registration else "", language, registration)
    groups = [group for group in rules_affected.told_changes(row.changes) if group["uid"] in one.items]
    return messages_changes.changed(event, reader, groups, programme, texts)
