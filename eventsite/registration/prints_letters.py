"""Letters to people without an e-mail address as one tagged PDF, ready for envelopes with a window."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from eventsite.core import i18n, pdf, qr, templates
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail import links, transport
from eventsite.mail.models import OutboxMessage
from eventsite.registration import prints

STYLES = "asset:css/print/letters.css"
MOST_LINES = 6  # of an address, as DIN 5008 has room for
_CODE = re.compile(r"<!--code (\S+)-->")


@dataclass(frozen=True)
class Letter:
    """One letter: to whom, of which day, in which language, what it says."""

    to: list[str]
    date: str
    language: str
    body: Markup


def address_lines(name: str, postal_address: str) -> list[str]:
    """The address as it stands in the window, with the name in front where it was not typed along."""
    lines = [line.strip() for line in postal_address.splitlines() if line.strip()]
    return ([] if any(name in line for line in lines) else [name])[:1] + lines[:MOST_LINES]


def letter(message: OutboxMessage, postal_address: str) -> Letter:
    """A letter as it is printed now, with the personal link as address and code."""
    with i18n.use_language(message.language):
        body = links.resolved(message.html, transport.base_url())
        body = _CODE.sub(lambda found: f'<div class="code">{qr.svg(found[1], _("QR code of the address"))}</div>', body)
        date = i18n.format_date(message.created_at)
    return Letter(address_lines(message.to_name, postal_address), date, message.language, Markup(body))


def letters_pdf(event: Event, found: Sequence[Letter], *, created: datetime) -> bytes:
    """The letters behind each other, made in a process of its own; expects the event with its hosts."""
    language = i18n.current_language()
    hosts = [i18n.local(host.name) for host in event.hosts]
    address = event.hosts[0].address.splitlines() if event.hosts else []
    title = f"{_('Letters')}: {i18n.local(event.title)}"
    html = templates.render(
        "registration/print/letters.html",
        event=event,
        letters=found,
        hosts=hosts,
        sender=" · ".join([*hosts[:1], *address]),
        title=title,
        language=language,
    )
    return pdf.render_isolated(
        html,
        stylesheets=[f":root {{ --accent: {event.accent} }}", STYLES],
        resolve=prints.resolve,
        title=title,
        language=language,
        created=created,
        identifier=hashlib.sha256(html.encode()).digest()[:16],
        timeout=prints.TIMEOUT,
        memory_mb=prints.MEMORY_MB,
    )
