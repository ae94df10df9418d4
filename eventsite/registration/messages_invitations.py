"""The mail that invites: words of the event, one button, why it came, and how to get no more."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.core import i18n, templates
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import kinds, links, wording
from eventsite.mail import queries as mail_queries
from eventsite.mail.kinds import Kind
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.registration import letters, rules_lists
from eventsite.registration.models_lists import Invitation
from eventsite.registration.queries_lists import PURPOSE


def event_of(event_id: int) -> Event:
    """An event with venue and hosts, as a mail shows them."""
    query = select(Event).where(Event.id == event_id).options(joinedload(Event.venue), joinedload(Event.hosts))
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one()


def link(invitation: Invitation, step: str = "") -> str:
    """The marker of the personal link of an invitation."""
    return links.link(PURPOSE, invitation.public_id, 1, f"/i/{{token}}/{step}")


def invitation(event: Event, invited: Any, texts: Texts | None = None) -> Mail:
    """The invitation in the language of the list."""
    with i18n.use_language(invited.language), i18n.use_zone(event.timezone):
        known = mail_queries.texts(event.id) if texts is None else texts
        written = wording.write(KIND, known, letters.values_of_event(event, invited.name, invited.organisation))
        context = {
            "letter": written,
            "event": event,
            "greeted": invited.name,
            "action": (_("See and register"), link(invited)),
            "unsubscribe": link(invited, "unsubscribe"),
            "facts": letters.facts_of_event(event),
            "reason": str(rules_lists.REASONS[invited.basis]),
        }
        return Mail(
            subject=written.subject,
            text=templates.render("registration/mail/invitation.txt", **context),
            html=templates.render("registration/mail/invitation.html", **context),
        )


def _preview(event: Event, registration: Any, texts: Texts | None = None, _extra: Any = None) -> Mail:
    about = {name: getattr(registration, name) for name in ("name", "organisation", "language")}
    return invitation(event, SimpleNamespace(public_id="preview", basis="relation", **about), texts)


KIND = Kind(
    "invitation",
    label=_l("Invitation"),
    subject=_l("Invitation: %(event)s"),
    heading=_l("You are invited"),
    opening=(_l("we would be glad to welcome you. With one click you see the programme and register."),),
    closing=(_l("You cannot come? There you can also tell us so; that helps us to plan."),),
    button=(_l("See and register"), "/i/{token}/"),
    preview=_preview,
)
kinds.add(KIND)
