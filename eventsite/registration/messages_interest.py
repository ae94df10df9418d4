"""The two mails of the list: to confirm the address, and that registration is open."""

from types import SimpleNamespace
from typing import Any

from eventsite.core import i18n, templates
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import kinds, links, wording
from eventsite.mail import queries as mail_queries
from eventsite.mail.kinds import Kind
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.registration import letters
from eventsite.registration.queries_interest import PURPOSE

CONFIRM, OPEN = "interest_confirm", "interest_open"


def link(interest: Any, step: str = "") -> str:
    """The marker of the personal link of an address on the list."""
    return links.link(PURPOSE, interest.public_id, 1, f"/n/{{token}}/{step}")


def confirm(event: Event, interest: Any, texts: Texts | None = None) -> Mail:
    """Asks whether the address is really that of the one who left it."""
    with i18n.use_language(interest.language), i18n.use_zone(event.timezone):
        reason = _("This address was left on the page of “%(event)s”.", event=i18n.local(event.title))
        reason += " " + _("If that was not you, do nothing: it is deleted within a week.")
        return _mail(CONFIRM, event, texts, (_("Yes, tell me"), link(interest)), reason, link(interest, "leave"))


def opened(event: Event, interest: Any, texts: Texts | None = None) -> Mail:
    """Tells once that registration is open."""
    with i18n.use_language(interest.language), i18n.use_zone(event.timezone):
        path = f"/{i18n.current_language()}/{event.slug}/register"
        action = (_("Register"), links.link(PURPOSE, interest.public_id, 1, path))
        reason = _("You asked to be told. With this message your address is off the list; there will be no other.")
        return _mail(OPEN, event, texts, action, reason, "")


def _mail(key: str, event: Event, texts: Texts | None, action: tuple[str, str], reason: str, leave: str) -> Mail:
    known = mail_queries.texts(event.id) if texts is None else texts
    written = wording.write(kinds.KINDS[key], known, letters.values_of_event(event, "", ""))
    context = {
        "letter": written,
        "event": event,
        "action": action,
        "facts": letters.facts_of_event(event),
        "reason": reason,
        "leave": leave,
    }
    return Mail(
        subject=written.subject,
        text=templates.render("registration/mail/interest.txt", **context),
        html=templates.render("registration/mail/interest.html", **context),
    )


def _example(registration: Any) -> Any:
    return SimpleNamespace(public_id="preview", language=registration.language)


kinds.add(
    Kind(
        CONFIRM,
        label=_l("List for the opening: confirm the address"),
        subject=_l("Please confirm: %(event)s"),
        heading=_l("Shall we tell you?"),
        opening=(_l("you want to know when registration opens. One click, and you get one message that day."),),
        button=(_l("Yes, tell me"), "/n/{token}/"),
        preview=lambda event, one, texts, _extra: confirm(event, _example(one), texts),
    )
)
kinds.add(
    Kind(
        OPEN,
        label=_l("List for the opening: registration is open"),
        subject=_l("Registration is open: %(event)s"),
        heading=_l("Registration is open"),
        opening=(_l("you wanted to know: from now on you can register."),),
        button=(_l("Register"), "/{lang}/{event}/register"),
        preview=lambda event, one, texts, _extra: opened(event, _example(one), texts),
    )
)
