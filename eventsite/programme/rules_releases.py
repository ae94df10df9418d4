"""What a draft still lacks before it is shown: titles in every language, rooms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme.rules import QUIET_KINDS

_LANGUAGES: dict[str, Any] = {"de": _l("German"), "en": _l("English")}


@dataclass(frozen=True)
class Draft:
    """What of an item matters for what it lacks."""

    uid: str
    title: dict[str, str]
    kind: str
    has_room: bool
    is_cancelled: bool = False


@dataclass(frozen=True)
class Gap:
    """Something an item lacks: its public id and a sentence."""

    uid: str
    message: Any


def gaps(items: Iterable[Draft], languages: Sequence[str], *, needs_rooms: bool) -> list[Gap]:
    """What the items lack, in their order; breaks and the like need no room, cancelled items need nothing."""
    found = []
    for item in items:
        if item.is_cancelled:
            continue
        title = i18n.local(item.title)
        for code in languages:
            if not item.title.get(code, "").strip():
                language = _LANGUAGES.get(code, code)
                message = _l("“%(title)s” has no title in this language: %(language)s.", title=title, language=language)
                found.append(Gap(item.uid, message))
        if needs_rooms and not item.has_room and item.kind not in QUIET_KINDS:
            found.append(Gap(item.uid, _l("“%(title)s” has no room.", title=title)))
    return found
