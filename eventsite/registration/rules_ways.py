"""Who comes in how: open, by code, by e-mail domain, by invitation, or by the organisers' decision."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from eventsite.core.i18n import lazy_gettext as _l


class Way(StrEnum):
    """Who may register for an event."""

    OPEN = "open"
    MODERATED = "moderated"  # everybody asks, the organisers decide
    INVITED = "invited"  # only with a key: a code, an address of an allowed domain, a personal invitation
    MIXED = "mixed"  # with a key at once, everybody else asks


class Admission(StrEnum):
    """What a form leads to."""

    IN = "in"
    ASKS = "asks"
    REFUSED = "refused"


class CodeFault(StrEnum):
    """Why a code does not open the form."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    ENDED = "ended"
    USED_UP = "used up"


LABELS: dict[str, Any] = {
    "open": _l("Everybody"),
    "moderated": _l("Everybody asks, and we decide"),
    "invited": _l("Only with a code, an address of an allowed domain or a personal invitation"),
    "mixed": _l("With a code, an allowed domain or an invitation at once; everybody else asks, and we decide"),
}
SENTENCES: dict[CodeFault, Any] = {
    CodeFault.UNKNOWN: _l("We do not know this code. Please check how it is written."),
    CodeFault.REVOKED: _l("This code is no longer valid. Please ask the organisers for a new one."),
    CodeFault.ENDED: _l("This code was valid for a limited time, which is over. Please ask the organisers."),
    CodeFault.USED_UP: _l("All places for this code are taken. Please ask the organisers."),
}
KEY_MISSING = _l("This event is for invited people. Please give the code of your invitation.")
DOMAIN_MISSING = _l("This event is for people with an address at %(domains)s. Please use that address.")
EITHER_MISSING = _l(
    "Without a code this is open to addresses at %(domains)s. Please use such an address, or your code."
)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\Z")
MOST_DOMAINS = 50


class Code(Protocol):
    """The fields of a code that decide."""

    @property
    def most(self) -> int | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def revoked_at(self) -> datetime | None: ...


def code_key(code: str) -> str:
    """What makes two spellings of a code the same: capitals, spaces and hyphens do not count."""
    folded = unicodedata.normalize("NFKC", code).casefold()
    return re.sub(r"[\s\-‐‑–_.]+", "", folded)


def code_fault(code: Code | None, used: int, now: datetime) -> CodeFault | None:
    """Why a code does not open the form now; None when it does."""
    if code is None:
        return CodeFault.UNKNOWN
    if code.revoked_at is not None:
        return CodeFault.REVOKED
    if code.ends_at is not None and code.ends_at <= now:
        return CodeFault.ENDED
    return CodeFault.USED_UP if code.most is not None and used >= code.most else None


def domain_of(text: str) -> str | None:
    """A domain as it is compared ("Kassel.de", "@kassel.de", "müller.de"), or None when it is none."""
    text = text.strip().casefold().removeprefix("*.").lstrip("@").rstrip(".")
    try:
        found = text.encode("idna").decode("ascii") if text else ""
    except UnicodeError:
        return None
    return found if len(found) <= 253 and _DOMAIN.match(found) else None


def is_allowed(email: str, domains: Iterable[Mapping[str, Any]]) -> bool:
    """Whether an address belongs to one of the domains, or to one below it where that is allowed."""
    own = domain_of(email.rpartition("@")[2]) if "@" in email else None
    if own is None:
        return False
    return any(
        own == one["domain"] or (bool(one.get("subdomains")) and own.endswith("." + str(one["domain"])))
        for one in domains
    )


def admission(way: str, *, has_key: bool) -> Admission:
    """What a form leads to; a key opens where keys are asked for."""
    if way == Way.OPEN or (has_key and way in (Way.INVITED, Way.MIXED)):
        return Admission.IN
    return Admission.REFUSED if way == Way.INVITED else Admission.ASKS


def asks_for_code(way: str) -> bool:
    """Whether the form shows a field for a code."""
    return way in (Way.INVITED, Way.MIXED)


def read_domains(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Domains typed one a line, "*." before those that include what is below them; and what is no domain."""
    found: dict[str, bool] = {}
    wrong: list[str] = []
    for typed in re.split(r"[\s,;]+", text):
        if not typed:
            continue
        domain = domain_of(typed)
        if domain is None:
            wrong.append(typed)
        else:
            found[domain] = found.get(domain, False) or typed.startswith("*.")
    return [{"domain": name, "subdomains": below} for name, below in found.items()], wrong


def written_domains(domains: Iterable[Mapping[str, Any]]) -> str:
    """The domains as they were typed, one a line."""
    return "\n".join(("*." if one.get("subdomains") else "") + str(one["domain"]) for one in domains)


def named_domains(domains: Iterable[Mapping[str, Any]]) -> str:
    """The domains in a sentence: "@kassel.de, @land.de"."""
    return ", ".join("@" + str(one["domain"]) for one in domains)
