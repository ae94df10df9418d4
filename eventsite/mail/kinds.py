"""The kinds of mails: what each says by default and which placeholders it has; a feature adds its own with `add`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l

# Of every kind; the features that write to persons know their values.
COMMON = ("name", "event", "date", "place", "organisation", "contact")


@dataclass(frozen=True)
class Placeholder:
    """A word in braces; organisers write it in their own language, `example` stands in previews without a value."""

    word: Any
    about: Any
    example: Any = ""


@dataclass(frozen=True)
class Kind:
    """One kind of mail. Subject, opening and closing can be rewritten per event; the rest is fixed.

    Words are lazy messages whose %(placeholders)s are named in PLACEHOLDERS. The path of a button may hold {token},
    {lang} and {event}. `preview` composes the mail for a look: (event, registration, texts) → Mail.
    """

    key: str
    label: Any
    subject: Any
    opening: tuple[Any, ...]
    preview: Callable[..., Any]
    heading: Any = ""
    closing: tuple[Any, ...] = ()
    attached: tuple[Any, ...] = ()  # about the file that hangs on the mail; letters on paper leave it out
    button: tuple[Any, str] | None = None
    second: tuple[Any, str] | None = None  # the other answer, where the mail asks something
    reason: Any = ""
    placeholders: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()  # who gets it, to choose whom a preview shows
    is_for_strangers: bool = False  # whoever gets it need not be registered: previews show an invented person

    @property
    def names(self) -> tuple[str, ...]:
        """Every placeholder of this kind, its own first."""
        return (*self.placeholders, *(name for name in COMMON if name not in self.placeholders))


PLACEHOLDERS: dict[str, Placeholder] = {
    "name": Placeholder(_l("Name"), _l("name of the person"), "Clara Öztürk"),
    "event": Placeholder(_l("Event"), _l("short title of the event")),
    "date": Placeholder(_l("Date"), _l("day and time of the event")),
    "place": Placeholder(_l("Place"), _l("venue with its address")),
    "organisation": Placeholder(_l("Organisation"), _l("organisation of the person"), "Stadt Kassel"),
    "contact": Placeholder(_l("Contact"), _l("e-mail address of the event’s contact")),
    "deadline": Placeholder(_l("Deadline"), _l("until when something is held or asked"), "12.03.2027, 18:00"),
    "number": Placeholder(_l("Number"), _l("position on the waiting list"), "7"),
    "state": Placeholder(_l("State"), _l("where the registration stands, as a sentence"), _l("You have a place.")),
    "registered_by": Placeholder(_l("Group-contact"), _l("who filled in the form for the group"), "Zoë Łęcka"),
    "reason": Placeholder(_l("Reason"), _l("why the event is called off or moved"), _l("The speakers are ill.")),
    "before": Placeholder(_l("Before"), _l("the former date of the event"), "12.03.2027"),
    "giver": Placeholder(_l("Giver"), _l("who hands over the own place"), "Ada Lang"),
    "colleague": Placeholder(_l("Colleague"), _l("who is to get the place"), "Ben Kurz"),
    "address": Placeholder(_l("Address"), _l("the new e-mail address"), "clara@example.org"),
    "mode": Placeholder(_l("Attendance-mode"), _l("on site or online, as a sentence"), _l("You take part on site.")),
    "workshop": Placeholder(_l("Workshop"), _l("title of the workshop"), _l("How learning places work together")),
    "proposal": Placeholder(_l("Proposal"), _l("title of the proposal"), _l("How learning places work together")),
    "survey": Placeholder(_l("Form"), _l("title of the follow-up form"), _l("How was it?")),
    "introduction": Placeholder(
        _l("Introduction"), _l("introduction of the follow-up form"), _l("Thank you for coming.")
    ),
    "promise": Placeholder(
        _l("Promise"), _l("what becomes of the answers, as a sentence"), _l("Your answers are anonymous.")
    ),
}
KINDS: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    """Makes a kind known: it can be written, edited and previewed from now on. Two kinds of one key are a mistake."""
    if kind.key in KINDS:
        raise ValueError(f"there are two kinds of mail called {kind.key}")
    KINDS[kind.key] = kind


def known(kind: Kind) -> dict[str, str]:
    """Every name a placeholder of this kind goes by, in any language, with its key."""
    return _known(kind.names)


@lru_cache
def _known(keys: tuple[str, ...]) -> dict[str, str]:
    found = {key: key for key in keys}
    for code in i18n.languages():
        with i18n.use_language(code):
            found.update({word_of(key).casefold(): key for key in keys})
    return found


def word_of(key: str) -> str:
    """The name of a placeholder in the current language."""
    return str(PLACEHOLDERS[key].word)
