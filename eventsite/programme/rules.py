"""Kinds and roles of the programme, and addresses of its items."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from eventsite.core import i18n, text
from eventsite.core.i18n import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "arrival": _l("Arrival"),
    "welcome": _l("Welcome"),
    "keynote": _l("Keynote"),
    "talk": _l("Talk"),
    "panel": _l("Panel"),
    "workshop": _l("Workshop"),
    "market": _l("Market of ideas"),
    "stand": _l("Market stand"),
    "poster": _l("Poster"),
    "break": _l("Break"),
    "social": _l("Get-together"),
    "closing": _l("Closing"),
}
ROLES: dict[str, Any] = {
    "welcome": _l("Opening words"),
    "moderator": _l("Moderation"),
    "keynote": _l("Keynote"),
    "speaker": _l("Input"),
    "respondent": _l("Response"),
    "panellist": _l("On the panel"),
    "lead": _l("Workshop lead"),
    "host": _l("For the hosts"),
    "stand": _l("At the stand"),
    "rapporteur": _l("Report"),
    "graphic": _l("Graphic recording"),
    "photographer": _l("Photography"),
    "interpreter": _l("Sign-language interpreting"),
    "captioner": _l("Speech-to-text interpreting"),
    "translator": _l("Interpreting"),
    "technician": _l("Technology"),
}
# Languages of items (BCP 47); "mul" are several.
LANGUAGES: dict[str, Any] = {"de": _l("German"), "en": _l("English"), "mul": _l("several languages")}
# Who makes an item possible without speaking in it.
SUPPORTING_ROLES = frozenset({"graphic", "photographer", "interpreter", "captioner", "translator", "technician"})
# On breaks and the like nobody speaks: they block no time in a calendar.
QUIET_KINDS = frozenset({"arrival", "break", "social"})
# People come and go as they like, so that these are no strain.
FREE_KINDS = QUIET_KINDS | {"market", "stand", "poster"}
ONLINE_BEFORE = timedelta(minutes=30)


def online_from(starts_at: datetime, given: datetime | None) -> datetime:
    """From when the entitled see the online link of an item: as it was set, else half an hour before the start."""
    return given or starts_at - ONLINE_BEFORE


def role_name(role: str, label: dict[str, str] | None = None) -> dict[str, str] | str:
    """What a role is called: the free name given to it, else the usual one in the current language."""
    return label if label and any(label.values()) else str(ROLES.get(role, role))


def item_slug(title: dict[str, str], taken: Iterable[str]) -> str:
    """An address for an item made of its title, with a number behind it where that is taken."""
    return _free(text.slugify(i18n.local(title), fallback="item", length=50), set(taken))


def speaker_slug(name: str, taken: Iterable[str]) -> str:
    """An address for a person made of the name, with a number behind it where another person has it."""
    return _free(text.slugify(name, fallback="person", length=50), set(taken))


def _free(stem: str, taken: set[str]) -> str:
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)
