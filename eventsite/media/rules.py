"""What may be shown and what may come in: licences, kinds of consent, what a picture still needs, sizes of renditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from eventsite.core.i18n import lazy_gettext as _l

WIDTHS = (480, 960, 1600)
FORMATS = ("avif", "webp", "jpeg")
PRINT = "print"  # the rendition for paper: one crop for all, so that rows of the PDF stand in line
PRINT_WIDTH = 1000
PRINT_RATIO = 3 / 2
ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
ACCESS = {
    "public": _l("everybody"),
    "participants": _l("participants, by their personal link"),
    "speakers": _l("speakers, by their personal link"),
    "organisers": _l("organisers only"),
}


@dataclass(frozen=True)
class Licence:
    """Under which terms a picture or file may be used again."""

    name: Any
    url: str = ""


LICENCES: dict[str, Licence] = {
    "CC0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-ND-4.0": Licence("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    "CC-BY-NC-4.0": Licence("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "dl-de-by-2.0": Licence("dl-de/by-2-0", "https://www.govdata.de/dl-de/by-2-0"),
    "press": Licence(_l("free for reports about this event, with credit")),
    "reserved": Licence(_l("all rights reserved")),
}
CONSENTS: dict[str, Any] = {
    "overview": _l("Overview: people are only part of the scene"),
    "few": _l("A few people: they were told and did not object"),
    "portrait": _l("Portrait: everybody who can be recognised has said yes"),
}


class Picture(Protocol):
    """The fields of a photo on which publishing depends."""

    state: str
    alt: Any
    is_decorative: bool
    credit: str
    licence: str
    consent_kind: str
    published_at: datetime | None
    publish_after: datetime | None
    withdrawn_at: datetime | None


def missing(photo: Picture) -> list[Any]:
    """What stands between a picture and the public, in sentences; empty when nothing does."""
    found = []
    if photo.state == "new":
        found.append(_l("The picture is still being prepared."))
    if photo.state == "failed":
        found.append(_l("The picture could not be prepared."))
    if not photo.is_decorative and not any((photo.alt or {}).values()):
        found.append(_l("The alternative text is missing."))
    if not photo.credit.strip():
        found.append(_l("The credit is missing."))
    if photo.licence not in LICENCES:
        found.append(_l("The licence is missing."))
    if photo.consent_kind not in CONSENTS:
        found.append(_l("The kind of consent is missing."))
    return found


def is_public(photo: Picture, now: datetime) -> bool:
    """Whether everybody may see the picture at this instant."""
    is_out = photo.published_at is not None and photo.published_at <= now
    is_free = photo.publish_after is None or photo.publish_after <= now
    return is_out and is_free and photo.withdrawn_at is None and photo.state == "ready"


def next_change(instants: Iterable[datetime | None], now: datetime) -> datetime | None:
    """The next instant at which one of several embargoes ends."""
    later = [instant for instant in instants if instant is not None and instant > now]
    return min(later) if later else None


def licence_name(code: str) -> str:
    """The short name of a licence in the current language; empty for none."""
    return str(LICENCES[code].name) if code in LICENCES else ""


def licence_url(code: str) -> str:
    """Where the terms of a licence can be read; empty where there is no such page."""
    return LICENCES[code].url if code in LICENCES else ""


def file_path(key: str, form: str) -> str:
    """The address of a rendition; it carries the hash of the content and can be kept for ever."""
    return f"/media/{key}.{ENDINGS[form]}"
