"""The mails to speakers: the link with what is wanted, and the reminder of what is still missing."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.contributions import queries, rules
from eventsite.contributions.models import Contribution
from eventsite.core import i18n, templates
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import kinds, links, wording
from eventsite.mail import queries as mail_queries
from eventsite.mail.kinds import Kind, Placeholder
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.registration import letters

PATH = "/s/{token}/"
kinds.PLACEHOLDERS["wanted"] = Placeholder(
    _l("Wanted"), _l("what is wanted of the speaker, or still missing"), _l("Biography, Portrait")
)


def language_of(row: Contribution | None, event: Event) -> str:
    """The language of a speaker's mails: the chosen one, else the first of the event."""
    return (row.language if row is not None else "") or str(event.languages[0])


def event_of(event_id: int) -> Event:
    """An event with venue and hosts, as a mail shows them."""
    query = select(Event).where(Event.id == event_id).options(joinedload(Event.venue), joinedload(Event.hosts))
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one()


def in_words(keys: Any) -> str:
    """Wanted things as a list in the current language."""
    return ", ".join(str(rules.WANTED[key]) for key in keys if key in rules.WANTED)


def invitation(event_id: int, speaker: Any, link: Any, row: Contribution) -> Mail:
    """The mail with the link."""
    event = event_of(event_id)
    return _mail(INVITATION, event, speaker, link, language_of(row, event), queries.plan(event_id).wanted)


def reminder(event_id: int, speaker: Any, link: Any, row: Contribution, missing: list[str]) -> Mail:
    """The mail that names what is still missing."""
    event = event_of(event_id)
    return _mail(REMINDER, event, speaker, link, language_of(row, event), missing)


def _mail(
    kind: Kind,
    event: Event,
    speaker: Any,
    link: Any,
    language: str,
    wanted: Any,
    texts: Texts | None = None,
    extra: Mapping[str, str] | None = None,
) -> Mail:
    with i18n.use_language(language), i18n.use_zone(event.timezone):
        due_at = queries.plan(event.id).due_at
        known = mail_queries.texts(event.id) if texts is None else texts
        values = {
            **letters.values_of_event(event, speaker.name, speaker.organisation),
            "wanted": in_words(wanted),
            "deadline": i18n.format_datetime(due_at) if due_at else _("soon"),
            **(extra or {}),
        }
        assert kind.button is not None
        label, path = kind.button
        rows = [(_("Wanted by"), i18n.format_datetime(due_at))] if due_at else []
        context = {
            "letter": wording.write(kind, known, values),
            "actions": [(str(label), links.link("speaker", link.public_id, link.generation, path))],
            "reason": _("You receive this message because you appear in the programme of this event."),
            "event": event,
            "greeted": speaker.name,
            "facts": [*letters.facts_of_event(event), *rows],
        }
        return Mail(
            subject=context["letter"].subject,
            text=templates.render("registration/mail/letter.txt", **context),
            html=templates.render("registration/mail/letter.html", **context),
        )


def _preview(key: str) -> Any:
    def preview(event: Event, person: Any, texts: Texts | None = None, _extra: Any = None) -> Mail:
        nobody = SimpleNamespace(public_id="preview", generation=1)
        wanted = queries.plan(event.id).wanted
        return _mail(kinds.KINDS[key], event, person, nobody, person.language, wanted, texts)

    return preview


INVITATION = Kind(
    "speaker_invitation",
    label=_l("Link for speakers"),
    subject=_l("Your contribution: %(event)s"),
    heading=_l("We look forward to your contribution"),
    opening=(
        _l("you appear in the programme of “%(event)s”. Thank you!"),
        _l(
            "Everything we need from you stands on one page. What you type there is saved as you go; come back at any time."
        ),
        _l("We would like to have: %(wanted)s."),
    ),
    closing=(
        _l(
            "You need no password. Please keep the link to yourself; on the page you can make a second one for somebody "
            "who helps you."
        ),
    ),
    button=(_l("To my page"), PATH),
    preview=_preview("speaker_invitation"),
    placeholders=("wanted", "deadline"),
)
REMINDER = Kind(
    "speaker_reminder",
    label=_l("Link for speakers, reminder"),
    subject=_l("Still missing: %(wanted)s (%(event)s)"),
    heading=_l("A few things are still missing"),
    opening=(
        _l("for “%(event)s” we still need from you: %(wanted)s."),
        _l("It takes a few minutes on your page. If you need nothing or cannot send something, you can say so there."),
    ),
    closing=(_l("As soon as everything is there, no more reminders come."),),
    button=(_l("To my page"), PATH),
    preview=_preview("speaker_reminder"),
    placeholders=("wanted", "deadline"),
)
kinds.add(INVITATION)
kinds.add(REMINDER)
