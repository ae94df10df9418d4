"""Letters to people without an e-mail address as one tagged PDF, ready for envelopes with a window."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from eventsite.core import i18n, qr
from eventsite.core.i18n import _
from eventsite.core.pdf_sheet import sheet_pdf
from eventsite.events.models import Event
from eventsite.mail import links, transport
from eventsite.mail.models import OutboxMessage

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
    hosts = [i18n.local(host.name) for host in event.hosts]
    address = event.hosts[0].address.splitlines() if event.hosts else []
    title = f"{_('Letters')}: {i18n.local(event.title)}"
    context: dict[str, Any] = {"letters": found, "hosts": hosts, "sender": " · ".join([*hosts[:1], *address])}
    return sheet_pdf(
        "registration/print/letters.html",
        title=title,
        event=event,
        created=created,
        stylesheets=(STYLES,),
        **context,
    )
