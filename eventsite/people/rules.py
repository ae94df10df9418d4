"""Which role may do what, and what makes addresses the same and puts names in order."""

import unicodedata

from eventsite.core import names
from eventsite.core.i18n import sort_key

PERMISSIONS = (
    "event.view",
    "event.edit",
    "programme.edit",
    "registrations.view",
    "registrations.manage",
    "registrations.sensitive",
    "allocation.run",
    "media.edit",
    "documentation.edit",
    "checkin.note",
    "team.manage",
    "mail.view",
    "proposals.review",
)
ROLES: dict[str, frozenset[str]] = {
    "organiser": frozenset(PERMISSIONS),
    "editor": frozenset({"event.view", "programme.edit", "media.edit", "documentation.edit", "proposals.review"}),
    "office": frozenset({"event.view", "registrations.view", "registrations.manage", "checkin.note", "mail.view"}),
    "helper": frozenset({"event.view", "registrations.view", "checkin.note"}),
    "reviewer": frozenset({"proposals.review"}),  # reads and rates what was proposed, and sees nothing else
}
PASSWORD_LENGTH = (12, 128)


def may(role: str | None, permission: str, *, is_owner: bool) -> bool:
    """Whether a role (or an owner of the site) has a permission; raises KeyError for an unknown permission."""
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return is_owner or permission in ROLES.get(role or "", frozenset())


def email_key(address: str) -> str:
    """What makes two e-mail addresses the same for us: case and Unicode form do not count."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def sort_name(name: str) -> str:
    """The name to sort by: family name first, without academic titles."""
    return names.filed(name)


def filing_name(name: str) -> str:
    """The name as databases may sort it: family name first, small, without accents (DIN 5007-1)."""
    return sort_key(sort_name(name))[0]
