"""Questions of a group beforehand, and mails of whoever leads it, without anybody's address being seen."""

from markupsafe import Markup
from sqlalchemy import delete, select

from eventsite.allocation.models import Allocation
from eventsite.contributions import messages, queries, queries_groups, rules
from eventsite.contributions.models_groups import GroupMessage, GroupQuestion
from eventsite.core import audit, clock, i18n, ids, templates, text
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Part, Wording
from eventsite.people.models import Person
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.registration import service_places
from eventsite.registration.models import Registration

MOST_A_DAY = 3  # mails to one group
AT_ONCE = 50  # letters in one transaction


def ask(registration_id: int, item_id: int, question: str, *, is_named: bool) -> None:
    """Keeps what somebody asks beforehand, or takes it back where nothing is typed; refuses who has no place there."""
    with transaction() as session:
        event, registration = service_places.lock(registration_id)
        place = select(Allocation.id).where(
            Allocation.registration_id == registration.id, Allocation.item_id == item_id
        )
        if not queries_groups.are_there(event) or session.scalar(place) is None:
            raise NotFound
        if clock.now() >= event.starts_at:
            raise Refused(_l("The event has begun. You can ask your question there."))
        row = queries_groups.question(registration_id, item_id)
        if not question.strip():
            session.execute(delete(GroupQuestion).where(GroupQuestion.id == (row.id if row else 0)))
            return
        row = row or GroupQuestion(registration_id=registration_id, item_id=item_id)
        row.text, row.is_named, row.updated_at = question.strip(), is_named, clock.now()
        session.add(row)
        session.flush()


def mail(item_id: int, speaker_id: int, subject: str, words: str, *, is_own_reply: bool) -> GroupMessage:
    """Mails everybody with a place in a workshop, in the background; answers go to the organisers, or to the writer.

    NotFound for who does not lead it; refuses where the organisers switched it off, nobody is there, or it is too often.
    """
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        event = events.lock_event(item.event_id)
        _refuse(event, item, speaker_id)
        if not subject.strip() or not words.strip():
            raise Refused(_l("A mail needs a subject and a text."))
        people = queries_groups.recipients(item_id)
        if not people:
            raise Refused(_l("There is nobody in this group who can be written to."))
        speaker = session.get_one(Speaker, speaker_id)
        own = session.get_one(Person, speaker.person_id).email or ""
        row = GroupMessage(
            public_id=ids.new_public_id(), event_id=event.id, item_id=item_id, speaker_id=speaker_id,
            subject=subject.strip(), text=words.strip(), reply_to=own if is_own_reply and own else event.contact_email,
            recipients=len(people), last_id=0, created_at=clock.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        details = {"item": item.public_id, "recipients": len(people)}
        subject_ = f"speaker {speaker.public_id}"
        audit.record("group mailed", subject=subject_, actor="speaker", event_id=event.id, details=details)
        write.later(row.id)
        return row


def _refuse(event: Event, item: ProgrammeItem, speaker_id: int) -> None:
    with transaction() as session:
        mine = select(Appearance.id).where(Appearance.item_id == item.id, Appearance.speaker_id == speaker_id)
        if session.scalar(mine.where(Appearance.role.in_(rules.GROUP_ROLES)).limit(1)) is None:
            raise NotFound
        if not queries_groups.are_there(event) or item.cancelled_at is not None:
            raise NotFound
        if not queries.plan(event.id).may_mail_groups:
            raise Refused(_l("The organisers have switched mails to groups off. Please write to them instead."))
        if queries_groups.sent_lately(item.id) >= MOST_A_DAY:
            raise Refused(
                _l("This group has got %(most)s mails within a day. Please wait until tomorrow.", most=MOST_A_DAY)
            )


@background
def write(message_id: int) -> None:
    """Writes the mails of one message, some at a time; begun again, it goes on where it stopped."""
    while _write_some(message_id):
        pass


@periodic(minutes=5)
def write_due() -> None:
    """Goes on with messages whose bell was lost."""
    waiting = list(db.session.scalars(select(GroupMessage.id).where(GroupMessage.done_at.is_(None))))
    db.session.rollback()
    for message_id in waiting:
        write(message_id)


def _write_some(message_id: int) -> bool:
    with transaction() as session:
        row = session.get_one(GroupMessage, message_id, populate_existing=True)
        if row.done_at is not None:
            return False
        events.lock_event(row.event_id)
        session.refresh(row)
        people = queries_groups.recipients(row.item_id, row.last_id)[:AT_ONCE]
        event = messages.event_of(row.event_id)
        item = session.get_one(ProgrammeItem, row.item_id)
        name = session.get_one(Speaker, row.speaker_id).name
        for one in people:
            cause = f"group-mail:{row.public_id}:{one.public_id}"
            made = compose(event, item, name, row.subject, row.text, one)
            outbox.put(
                made, to_address=one.email or "", to_name=one.name, cause=cause, language=one.language,
                event_id=event.id, person_id=one.person_id, reply_to=row.reply_to,
            )  # fmt: skip
            row.last_id = one.id
        if not people:
            row.done_at = clock.now()
        return bool(people)


def compose(event: Event, item: ProgrammeItem, sender: str, subject: str, words: str, reader: Registration) -> Mail:
    """The mail as one reader gets it."""
    with i18n.use_language(reader.language), i18n.use_zone(event.timezone):
        title = i18n.local(item.title)
        nothing = Part("", Markup(""))
        context = {
            "letter": Wording(
                subject, subject, Part(text.plain(words, with_links=True), text.markdown(words, top=2)), nothing
            ),
            "actions": [],
            "reason": _(
                "You receive this message because you have a place in “%(workshop)s”. %(name)s wrote it through the site "
                "and does not see your address.",
                workshop=title,
                name=sender,
            ),
            "event": event,
            "greeted": reader.name,
            "facts": [(_("Workshop"), title), (_("Date"), i18n.format_datetime(item.starts_at))],
        }
        return Mail(
            subject=subject,
            text=templates.render("registration/mail/letter.txt", **context),
            html=templates.render("registration/mail/letter.html", **context),
        )
