"""The mail to somebody who moves up into a workshop."""

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail.outbox import Mail
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.messages import TO_PAGE, add, event_for, letter
from eventsite.registration.models import Registration

__all__ = ["event_for", "moved_up"]

add(
    "moved_up",
    label=_l("Moved up into a workshop"),
    subject=_l("A place in your workshop: %(workshop)s"),
    heading=_l("You have moved up"),
    opening=(
        _l(
            "in the workshop “%(workshop)s” a place has become free, and you were next on its waiting list. It is yours now."
        ),
    ),
    button=TO_PAGE,
    closing=(_l("If you had a place in another workshop at the same time, it is free for somebody else now."),),
    placeholders=("workshop",),
    statuses=("confirmed",),
)


def moved_up(event: Event, registration: Registration, item: ProgrammeItem) -> Mail:
    """A place in a workshop has become free, and it is this person's now."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        title = i18n.local(item.title)
        facts = [
            (_("Workshop"), title),
            (_("Date"), i18n.format_date(item.starts_at)),
            (_("Time"), i18n.format_timespan(item.starts_at, item.ends_at)),
        ]
        return letter("moved_up", event, registration, extra={"workshop": title}, facts=facts)
