"""News of a whole event to those who appear in its programme and are not registered: called off, back on, moved."""

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, and_, exists, literal, select
from sqlalchemy.orm import joinedload

from eventsite.contributions.models import Contribution
from eventsite.core import i18n, templates
from eventsite.core.db import db, transaction
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import kinds, outbox, wording
from eventsite.mail import queries as mail_queries
from eventsite.mail.kinds import Kind
from eventsite.mail.models import OutboxMessage
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.people.models import Person
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.registration import letters
from eventsite.registration.models import Announcement, Registration
from eventsite.registration.rules import LIVE


def _unregistered(event_id: int, statuses: Collection[str] = LIVE) -> Select[Speaker, str]:
    """Everybody with an address in the draft who is not told as a registered person of one of these statuses."""
    appears = exists().where(
        Appearance.speaker_id == Speaker.id,
        Appearance.item_id == ProgrammeItem.id,
        ProgrammeItem.event_id == event_id,
        ProgrammeItem.cancelled_at.is_(None),
    )
    is_registered = exists().where(
        Registration.event_id == event_id,
        Registration.person_id == Speaker.person_id,
        Registration.status.in_(statuses),
    )
    query = select(Speaker, Contribution.language).join(Person, Person.id == Speaker.person_id)
    query = query.outerjoin(
        Contribution, and_(Contribution.speaker_id == Speaker.id, Contribution.event_id == event_id)
    )
    return query.where(Person.email.is_not(None), appears, ~is_registered)


def count(event_id: int) -> int:
    """How many speakers news of the event would be written to."""
    return len(db.session.execute(_unregistered(event_id).with_only_columns(Speaker.id)).all())


def write(news: Announcement, event: Event, most: int) -> int:
    """Writes to the next speakers who do not have this piece of news yet; how many there were."""
    if most <= 0:
        return 0
    with transaction() as session:
        start = f"news:{news.id}:speaker:"
        is_written = exists().where(OutboxMessage.cause == literal(start) + Speaker.public_id)
        query = _unregistered(event.id, news.statuses).where(~is_written).options(joinedload(Speaker.person))
        found = session.execute(query.order_by(Speaker.id).limit(most)).all()
        full, texts = (letters.event_for_id(event.id), mail_queries.texts(event.id)) if found else (event, {})
        for speaker, chosen in found:
            language = chosen or event.languages[0]
            outbox.put(
                _mail(kinds.KINDS[f"{news.kind}_speaker"], full, speaker, language, texts),
                to_address=speaker.person.email or "",
                to_name=speaker.name,
                cause=f"{start}{speaker.public_id}",
                language=language,
                event_id=event.id,
                person_id=speaker.person_id,
                reply_to=event.contact_email,
            )
        return len(found)


def _mail(kind: Kind, event: Event, speaker: Any, language: str, texts: Texts) -> Mail:
    with i18n.use_language(language), i18n.use_zone(event.timezone):
        values = {
            **letters.values_of_event(event, speaker.name, speaker.organisation),
            "reason": i18n.local(event.notice) if event.notice else "",
            "before": i18n.format_date(event.moved_from) if event.moved_from else "",
        }
        written = wording.write(kind, texts, values)
        context = {
            "letter": written,
            "actions": [],
            "reason": _("You receive this message because you appear in the programme of this event."),
            "event": event,
            "greeted": speaker.name,
            "facts": letters.facts_of_event(event),
        }
        return Mail(
            subject=written.subject,
            text=templates.render("registration/mail/letter.txt", **context),
            html=templates.render("registration/mail/letter.html", **context),
        )


def _add(key: str, **parts: Any) -> None:
    def preview(event: Event, one: Any, texts: Texts, _extra: Any = None) -> Mail:
        person = SimpleNamespace(name=one.name, organisation=one.organisation)
        return _mail(kinds.KINDS[key], event, person, one.language, texts)

    kinds.add(Kind(key, preview=preview, **parts))


_ASK = _l("If you have questions, please answer this message.")
_add(
    "called_off_speaker",
    label=_l("The event is called off, to speakers"),
    subject=_l("Called off: %(event)s"),
    heading=_l("The event is called off"),
    opening=(
        _l(
            "unfortunately the event in which you take part has to be called off. It does not take place on the date below."
        ),
        "%(reason)s",
    ),
    closing=(_l("Thank you for everything you have prepared."), _ASK),
    placeholders=("reason",),
)
_add(
    "back_on_speaker",
    label=_l("The event takes place after all, to speakers"),
    subject=_l("It takes place after all: %(event)s"),
    heading=_l("The event takes place after all"),
    opening=(_l("good news: the event takes place, on the date below. We count on you."),),
    closing=(_l("Can you no longer come? Please answer this message as soon as you can."),),
)
_add(
    "moved_speaker",
    label=_l("The event has a new date, to speakers"),
    subject=_l("New date: %(event)s"),
    heading=_l("The event has a new date"),
    opening=(
        _l("the event has a new date: %(date)s (before: %(before)s)."),
        "%(reason)s",
        _l("Please answer this message and tell us whether you can come on the new date."),
    ),
    closing=(_ASK,),
    placeholders=("date", "before", "reason"),
)
