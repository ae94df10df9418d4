"""The mail to somebody who moves up into a workshop."""

from eventsite.core import i18n, templates
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail.outbox import Mail
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.messages import event_for, page_link
from eventsite.registration.models import Registration

__all__ = ["event_for", "moved_up"]


def moved_up(event: Event, registration: Registration, item: ProgrammeItem) -> Mail:
    """A place in a workshop has become free, and it is this person's now."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        title = i18n.local(item.title)
        context = {
            "event": event,
            "name": registration.name,
            "title": title,
            "link": page_link(registration),
            "facts": [
                (_("Workshop"), title),
                (_("Date"), i18n.format_date(item.starts_at)),
                (_("Time"), i18n.format_timespan(item.starts_at, item.ends_at)),
            ],
        }
        return Mail(
            subject=_("A place in your workshop: %(title)s", title=title),
            text=templates.render("allocation/mail/moved_up.txt", **context),
            html=templates.render("allocation/mail/moved_up.html", **context),
        )
