"""The mail that tells somebody why the data is kept for now."""

from eventsite.core import i18n, templates
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail.outbox import Mail
from eventsite.registration.letters import medium
from eventsite.registration.messages import event_for, page_link
from eventsite.registration.models import Registration

__all__ = ["event_for", "kept"]


def kept(event: Event, registration: Registration, reason: str) -> Mail:
    """Why a request to be forgotten is not fulfilled yet, and what the person can do (GDPR Art. 12(4))."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        title = i18n.local(event.short_title) or i18n.local(event.title)
        context = {
            "event": event,
            "greeted": registration.name,
            "reason": reason,
            "until": i18n.format_date(event.hold_until) if event.hold_until else "",
            "link": page_link(registration),
        }
        return Mail(
            subject=_("Your request to be forgotten: %(event)s", event=title),
            text=templates.render("privacy/mail/kept.txt", **context),
            html=templates.render(f"privacy/{medium(registration)}/kept.html", **context),
        )
