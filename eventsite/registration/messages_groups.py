"""The mails of a group: to each who was registered by somebody else, and to the contact."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.core import i18n, templates
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import links
from eventsite.mail.outbox import Mail
from eventsite.people.models import PersonalLink
from eventsite.registration.letters import add
from eventsite.registration.messages import TO_CONFIRMATION
from eventsite.registration.models_ways import RegistrationGroup

add(
    "group_member",
    label=_l("Registered by somebody else"),
    subject=_l("%(registered_by)s has registered you: %(event)s"),
    heading=_l("You have been registered"),
    opening=(
        _l("%(registered_by)s has registered you together with others and gave us your name and this address."),
        "%(state)s",
        _l("You say yourself what you wish and need. Nobody else answers or consents for you."),
    ),
    button=TO_CONFIRMATION,
    closing=(_l("If you do nothing, the registration lapses by itself."),),
    placeholders=("registered_by", "state", "deadline"),
    statuses=("pending",),
)


def event_of(group: RegistrationGroup) -> Event:
    """The event of a group with venue and hosts, as a mail shows them."""
    query = select(Event).where(Event.id == group.event_id).options(joinedload(Event.venue), joinedload(Event.hosts))
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one()


def contact(event: Event, group: RegistrationGroup) -> Mail:
    """To the contact: what happens now, and the link to the page of the group."""
    link = db.session.get_one(PersonalLink, group.link_id)
    address = links.link(link.purpose, link.public_id, link.generation, "/g/{token}/")
    with i18n.use_language(group.language), i18n.use_zone(event.timezone):
        subject = _("You have registered a group: %(event)s", event=i18n.local(event.short_title or event.title))
        context = {"event": event, "group": group, "address": address, "hours": event.confirmation_hours}
        return Mail(
            subject=subject,
            text=templates.render("registration/mail/group.txt", **context),
            html=templates.render("registration/mail/group.html", **context),
        )
