"""How a mail to a registered person is made: words of its kind, one button, facts, as text and as HTML."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.core import clock, i18n, templates
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail import kinds, links, wording
from eventsite.mail import queries as mail_queries
from eventsite.mail.kinds import Kind
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.people.models import PersonalLink
from eventsite.registration import queries
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def medium(registration: Registration) -> str:
    """The folder of the templates: a mail, or for people without an address a letter to print."""
    return "mail" if registration.email else "print"


def event_for(registration: Registration) -> Event:
    """The event of a registration with venue and hosts, as a mail shows them."""
    return event_for_id(registration.event_id)


def event_for_id(event_id: int) -> Event:
    """An event with venue and hosts, as a mail shows them."""
    query = (
        select(Event)
        .where(Event.id == event_id)
        .options(joinedload(Event.venue), joinedload(Event.hosts))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).unique().one()


def letter(
    key: str,
    event: Event,
    registration: Registration,
    texts: Texts | None = None,
    extra: Mapping[str, str] | None = None,
    facts: Sequence[tuple[str, str]] = (),
    link: PersonalLink | None = None,
) -> Mail:
    """The mail of a kind in the registration's language; expects the personal link to be loaded.

    `texts` are the event's own words (read here where not given, so hand them in for many mails); `extra` are values
    of placeholders that the registration does not know, `facts` stand in the table instead of those of the event,
    and the buttons lead through `link` instead of the personal link.
    """
    if key == "link" and registration.status == Status.PENDING and not registration.awaits_decision:
        key = "link_unconfirmed"
    kind = kinds.KINDS[key]
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        known = mail_queries.texts(event.id) if texts is None else texts
        written = wording.write(
            kind, known, {**values(event, registration), **(extra or {})}, on_paper=medium(registration) == "print"
        )
        reason = " ".join(part for part in (_because_registered(event), str(kind.reason)) if part)
        context = {
            "letter": written,
            "actions": [
                _address(button, event, link or registration.link, extra or {})
                for button in (kind.button, kind.second)
                if button
            ],
            "reason": reason,
            "event": event,
            "greeted": registration.name,
            "facts": facts or _facts(event, registration),
        }
        return Mail(
            subject=written.subject,
            text=templates.render("registration/mail/letter.txt", **context),
            html=templates.render(f"registration/{medium(registration)}/letter.html", **context),
        )


def values(event: Event, registration: Registration) -> dict[str, Callable[[], str] | str]:
    """What stands for the placeholders, in the current language; the costly ones are only asked for where used."""
    return {
        **values_of_event(event, registration.name, registration.organisation),
        "reason": i18n.local(event.notice) if event.notice else "",
        "before": i18n.format_date(event.moved_from) if event.moved_from else "",
        "deadline": i18n.format_datetime(registration.held_until) if registration.held_until else "",
        "number": lambda: str(queries.waiting_position(registration)),
        "state": lambda: _held_or_state(registration),
        "mode": mode_in_words(registration),
    }


def values_of_event(event: Event, name: str, organisation: str) -> dict[str, str]:
    """The placeholders that every mail of an event knows."""
    return {
        "name": name,
        "event": _title(event),
        "date": _when(event),
        "place": _where(event),
        "organisation": organisation,
        "contact": event.contact_email,
    }


def facts_of_event(event: Event) -> list[tuple[str, str]]:
    """What, when and where, for the table of a mail."""
    rows = [(_("Event"), i18n.local(event.title)), (_("Date"), _when(event)), (_("Place"), _where(event))]
    return [row for row in rows if row[1]]


def invented(event_id: int, language: str) -> Registration:
    """Somebody who is nowhere stored, to show a mail with or to do the work of one."""
    return Registration(
        event_id=event_id,
        public_id="example",
        name="Clara Öztürk",
        email="clara@example.org",
        organisation="Stadt Kassel",
        language=language,
        status=str(Status.CONFIRMED),
        holds_place=True,
        queue_number=0,
        created_at=clock.now(),
        link=PersonalLink(purpose="registration", public_id="example", generation=1),
    )


def mode_in_words(registration: Registration) -> str:
    """How somebody takes part, as a sentence."""
    return _("You take part online.") if registration.mode == "online" else _("You take part on site.")


def page_link(registration: Registration, step: str = "") -> str:
    """The address of the personal page, or of a step below it."""
    link = registration.link
    return links.link(link.purpose, link.public_id, link.generation, f"/r/{{token}}/{step}")


def _address(button: tuple[Any, str], event: Event, link: PersonalLink, extra: Mapping[str, str]) -> tuple[str, str]:
    label, path = button
    for name, value in extra.items():
        path = path.replace(f"{{{name}}}", value)
    path = path.replace("{lang}", i18n.current_language()).replace("{event}", event.slug)
    return str(label), links.link(link.purpose, link.public_id, link.generation, path)


def _when(event: Event) -> str:
    day = i18n.format_datespan(event.starts_at, event.ends_at)
    return f"{day}, {i18n.format_hours(event.starts_at, event.ends_at)}"


def _where(event: Event) -> str:
    venue = event.venue
    if venue is None and event.attendance == "online":
        return _("Online")
    lines = [i18n.local(venue.name), *venue.address.splitlines()] if venue else []
    if venue and venue.town not in " ".join(lines):
        lines.append(venue.town)
    return ", ".join(line.strip() for line in lines if line.strip())


def _facts(event: Event, registration: Registration) -> list[tuple[str, str]]:
    who = ", ".join(part for part in (registration.name, registration.organisation) if part)
    return [*facts_of_event(event), *([(_("Registered as"), who)] if who else [])]


def _title(event: Event) -> str:
    return i18n.local(event.short_title) or i18n.local(event.title)


def _because_registered(event: Event) -> str:
    return _(
        "You receive this message because this address was given in the registration for “%(event)s”.",
        event=i18n.local(event.title),
    )


def _held_or_state(registration: Registration) -> str:
    if registration.awaits_decision:
        return f"{state(registration)} {_held_while_deciding(registration)}"
    return _held(registration) if registration.status == Status.PENDING else state(registration)


def _held_while_deciding(registration: Registration) -> str:
    if registration.holds_place:
        return _("Until then we are holding a place for you.")
    return _("All places are taken at the moment; until then we are keeping your position on the waiting list.")


def _held(registration: Registration) -> str:
    until = i18n.format_datetime(registration.held_until) if registration.held_until else ""
    if registration.needs_decision:
        asked = _("Please confirm your address with one click until %(until)s.", until=until)
        decided = _("After that the organisers decide about your registration and write to you.")
        return f"{asked} {decided} {_held_while_deciding(registration)}"
    if registration.holds_place:
        return _("We are holding a place for you until %(until)s. With one click it is yours.", until=until)
    return _(
        "All places are taken at the moment. We are keeping your position on the waiting list until %(until)s; "
        "with one click it stays yours.",
        until=until,
    )


def state(registration: Registration) -> str:
    """Where a registration stands, as a sentence in the current language."""
    status = Status(registration.status)
    if registration.awaits_decision:
        return _("The organisers are looking at your registration.")
    if status is Status.WAITING:
        return _("You are number %(number)s on the waiting list.", number=queries.waiting_position(registration))
    return {
        Status.PENDING: _("Your confirmation is missing."),
        Status.CONFIRMED: _("You have a place."),
        Status.OFFERED: _("A place is kept for you."),
        Status.DECLINED: _("You are not on the waiting list any more."),
        Status.CANCELLED: _("You are not registered any more."),
        Status.REFUSED: _("Your registration could not be accepted."),
        Status.EXPIRED: _("Your registration has lapsed."),
    }[status]


def add(key: str, **parts: Any) -> None:
    """Makes a kind of mail to registered people known; see mail.kinds.Kind for its parts."""
    kinds.add(Kind(key, preview=lambda event, one, texts, extra: letter(key, event, one, texts, extra), **parts))
