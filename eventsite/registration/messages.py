"""The mails of a registration: one per status, written once and laid out as text and as HTML."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.core import i18n, templates
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail import links
from eventsite.mail.outbox import Mail
from eventsite.registration import queries
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


@dataclass(frozen=True)
class Letter:
    """What one mail says: a heading, paragraphs, at most one button, and why it came."""

    subject: str
    heading: str
    paragraphs: list[str]
    button: tuple[str, str] | None
    after: list[str]
    reason: str


def event_for(registration: Registration) -> Event:
    """The event of a registration with venue and hosts, as a mail shows them."""
    query = (
        select(Event)
        .where(Event.id == registration.event_id)
        .options(joinedload(Event.venue), joinedload(Event.hosts))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).unique().one()


def letter(kind: str, event: Event, registration: Registration) -> Mail:
    """The mail of a kind (see KINDS) in the registration's language; expects the personal link to be loaded."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        written = KINDS[kind](event, registration)
        context = {
            "letter": written,
            "event": event,
            "greeted": registration.name,
            "facts": _facts(event, registration),
        }
        return Mail(
            subject=written.subject,
            text=templates.render("registration/mail/letter.txt", **context),
            html=templates.render("registration/mail/letter.html", **context),
        )


def page_link(registration: Registration, step: str = "") -> str:
    """The address of the personal page, or of a step below it."""
    link = registration.link
    return links.link(link.purpose, link.public_id, link.generation, f"/r/{{token}}/{step}")


def _form_link(event: Event, registration: Registration) -> str:
    path = f"/{i18n.current_language()}/{event.slug}/register"
    return links.link(registration.link.purpose, registration.link.public_id, registration.link.generation, path)


def _facts(event: Event, registration: Registration) -> list[tuple[str, str]]:
    day = i18n.format_datespan(event.starts_at, event.ends_at)
    hours = i18n.format_timespan(event.starts_at, event.ends_at)
    venue = event.venue
    lines = [i18n.local(venue.name), *venue.address.splitlines()] if venue else []
    if venue and venue.town not in " ".join(lines):
        lines.append(venue.town)
    place = ", ".join(line.strip() for line in lines if line.strip())
    when = f"{day}, {hours}" + (" Uhr" if i18n.current_language() == "de" else "")
    if event.ends_at - event.starts_at > timedelta(hours=24):
        when = day
    rows = [
        (_("Event"), i18n.local(event.title)),
        (_("Date"), when),
        (_("Place"), place),
        (_("Registered as"), ", ".join(p for p in (registration.name, registration.organisation) if p)),
    ]
    return [row for row in rows if row[1]]


def _title(event: Event) -> str:
    return i18n.local(event.short_title) or i18n.local(event.title)


def _because_registered(event: Event) -> str:
    return _(
        "You receive this message because this address was given in the registration for “%(event)s”.",
        event=i18n.local(event.title),
    )


def _personal_button(registration: Registration) -> tuple[str, str]:
    return _("To my personal page"), page_link(registration)


def _keep_link() -> str:
    return _(
        "On your personal page you see your programme, change your wishes and sign off, without a password. "
        "Please keep the link to yourself: whoever has it can change your registration."
    )


def _confirm(event: Event, registration: Registration) -> Letter:
    until = i18n.format_datetime(registration.held_until) if registration.held_until else ""
    if registration.holds_place:
        held = _("We are holding a place for you until %(until)s. With one click it is yours.", until=until)
    else:
        held = _(
            "All places are taken at the moment. We are keeping your position on the waiting list until %(until)s; "
            "with one click it stays yours.",
            until=until,
        )
    return Letter(
        subject=_("Please confirm your registration: %(event)s", event=_title(event)),
        heading=_("Just one click to go"),
        paragraphs=[_("thank you for your registration."), held],
        button=(_("Confirm registration"), page_link(registration, "confirmation")),
        after=[_("If you do nothing, the registration lapses by itself.")],
        reason=_because_registered(event)
        + " "
        + _("Was it not you? Then you need not do anything; without your confirmation the entry lapses."),
    )


def _link(event: Event, registration: Registration) -> Letter:
    if registration.status == Status.PENDING:
        written = _confirm(event, registration)
        again = _("this address is registered already; only your confirmation is missing.")
        return replace(written, paragraphs=[again, *written.paragraphs[1:]])
    return Letter(
        subject=_("Your personal link: %(event)s", event=_title(event)),
        heading=_("Your personal link"),
        paragraphs=[
            _("somebody, probably you, has asked for this link or filled in the registration form again."),
            _("This address is known to us already. Nothing was changed.") + " " + state(registration),
        ],
        button=_personal_button(registration),
        after=[_keep_link()],
        reason=_because_registered(event),
    )


def state(registration: Registration) -> str:
    """Where a registration stands, as a sentence in the current language."""
    status = Status(registration.status)
    if status is Status.WAITING:
        return _("You are number %(number)s on the waiting list.", number=queries.waiting_position(registration))
    return {
        Status.PENDING: _("Your confirmation is missing."),
        Status.CONFIRMED: _("You have a place."),
        Status.OFFERED: _("A place is kept for you."),
        Status.DECLINED: _("You gave up your place on the waiting list."),
        Status.CANCELLED: _("You are not registered any more."),
        Status.REFUSED: _("Your registration could not be accepted."),
        Status.EXPIRED: _("Your registration has lapsed."),
    }[status]


def _confirmed(event: Event, registration: Registration) -> Letter:
    return Letter(
        subject=_("You have a place: %(event)s", event=_title(event)),
        heading=_("You have a place"),
        paragraphs=[_("your registration is confirmed. We look forward to meeting you.")],
        button=_personal_button(registration),
        after=[
            _keep_link(),
            _("Something came up? Please sign off there; somebody from the waiting list will be glad."),
        ],
        reason=_because_registered(event),
    )


def _waiting(event: Event, registration: Registration) -> Letter:
    number = queries.waiting_position(registration)
    return Letter(
        subject=_("Waiting list: %(event)s", event=_title(event)),
        heading=_("You are number %(number)s on the waiting list", number=number),
        paragraphs=[
            _("all places are taken at the moment. As soon as one is free, whoever has waited longest gets it."),
            _("When it is your turn, we will write to you at once. You do not need to do anything."),
        ],
        button=_personal_button(registration),
        after=[_("If you do not want to wait any longer, please sign off on your personal page.")],
        reason=_because_registered(event),
    )


def _promoted(event: Event, registration: Registration) -> Letter:
    return Letter(
        subject=_("A place is free, and it is yours: %(event)s", event=_title(event)),
        heading=_("You have a place"),
        paragraphs=[
            _("a place has become free, and you were next on the waiting list. You are registered now; we look forward "
              "to meeting you.")
        ],
        button=_personal_button(registration),
        after=[
            _("Can you no longer come? Please sign off on your personal page, so that the next person moves up."),
        ],
        reason=_because_registered(event),
    )  # fmt: skip


def _cancelled(event: Event, registration: Registration) -> Letter:
    return Letter(
        subject=_("You have signed off: %(event)s", event=_title(event)),
        heading=_("You have signed off"),
        paragraphs=[_("your place is now free for somebody else. Thank you for letting us know.")],
        button=_personal_button(registration),
        after=[_("Was it a mistake? As long as a place is free, you can take it back on your personal page.")],
        reason=_because_registered(event),
    )


def _cancelled_by_organiser(event: Event, registration: Registration) -> Letter:
    return Letter(
        subject=_("Your registration was cancelled: %(event)s", event=_title(event)),
        heading=_("Your registration was cancelled"),
        paragraphs=[_("the organisers have cancelled your registration."), _ask(event)],
        button=None,
        after=[],
        reason=_because_registered(event),
    )


def _refused(event: Event, registration: Registration) -> Letter:
    return Letter(
        subject=_("Your registration could not be accepted: %(event)s", event=_title(event)),
        heading=_("Your registration could not be accepted"),
        paragraphs=[_("thank you for your interest. Unfortunately the organisers could not accept your registration."),
                    _ask(event)],
        button=None,
        after=[],
        reason=_because_registered(event),
    )  # fmt: skip


def _ask(event: Event) -> str:
    if event.contact_email:
        return _("If you have questions, please write to %(address)s.", address=event.contact_email)
    return _("If you have questions, please answer this message.")


def _expired(event: Event, registration: Registration) -> Letter:
    return Letter(
        subject=_("Your registration has lapsed: %(event)s", event=_title(event)),
        heading=_("Your registration has lapsed"),
        paragraphs=[
            _(
                "you registered, but the link in our message was not followed in time. What we held for you is free again."
            ),
            _("If you would still like to come, please register anew."),
        ],
        button=(_("Register anew"), _form_link(event, registration)),
        after=[_("If it was not you who registered, you need not do anything. We will not write again.")],
        reason=_because_registered(event),
    )


KINDS: dict[str, Callable[[Event, Registration], Letter]] = {
    "confirm": _confirm,
    "link": _link,
    "confirmed": _confirmed,
    "waiting": _waiting,
    "promoted": _promoted,
    "cancelled": _cancelled,
    "cancelled_by_organiser": _cancelled_by_organiser,
    "refused": _refused,
    "expired": _expired,
}
