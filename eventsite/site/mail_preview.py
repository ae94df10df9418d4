"""How a kind of mail reads for three real people, or for an invented one where nobody is registered yet."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.mail import kinds, links
from eventsite.mail.kinds import Kind
from eventsite.mail.wording import Texts
from eventsite.registration import letters, queries, rules
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class Preview:
    """One mail as somebody would get it; personal links are words only."""

    name: str
    status: str
    language: str
    subject: str
    text: str
    html: str


def previews(kind: Kind, event: Event, texts: Texts, changed: Mapping[str, Any] | None = None) -> list[Preview]:
    """The mail for up to three people of different status and language; a fixed number of queries.

    `changed` are values the event will have by then; nothing is stored.
    """
    real = [] if kind.is_for_strangers else queries.examples(event.id, kind.statuses)
    people = real or [letters.invented(event.id, language) for language in event.languages]
    full = letters.event_for(people[0])
    if changed:
        db.session.expunge(full)  # a look only: what is set now must never be stored
        for name, value in changed.items():
            setattr(full, name, value)
    found = []
    for one in people:
        mail = kind.preview(full, one, texts, _examples(kind, full, one, is_real=bool(real)))
        told = str(rules.STATUS_LABELS[one.status]) if real else _("invented")
        found.append(
            Preview(one.name, told, one.language, mail.subject, links.hidden(mail.text), links.hidden(mail.html))
        )
    return found


def _examples(kind: Kind, event: Event, one: Registration, *, is_real: bool) -> dict[str, str]:
    """Values for what this person has none of, such as a deadline that somebody else has."""
    known = letters.values(event, one)
    if not is_real or one.status != Status.WAITING:
        known.pop("number")
    if not is_real:
        known.pop("state")
    if event.answers_until is not None and "before" in kind.names:
        with i18n.use_language(one.language), i18n.use_zone(event.timezone):
            return {**_missing(kind, known), "deadline": i18n.format_datetime(event.answers_until)}
    return _missing(kind, known)


def _missing(kind: Kind, known: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(kinds.PLACEHOLDERS[key].example) for key in kind.names if not known.get(key)}


def policy(csp: str, shown: Iterable[Preview]) -> str:
    """A content security policy that lets the rules inside these mails count, and no others."""
    found = {match[1] for one in shown for match in [_STYLE.search(one.html)] if match}
    digests = (base64.b64encode(hashlib.sha256(rules_.encode()).digest()).decode() for rules_ in found)
    hashes = " ".join(f"'sha256-{digest}'" for digest in sorted(digests))
    return csp.replace("style-src 'self'", f"style-src 'self' {hashes}") + "; frame-src 'self'"
