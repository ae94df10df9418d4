"""Access needs as tasks: what must be arranged for whom until when, and what became of it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.rules import LIVE

OPEN, ARRANGED, IMPOSSIBLE = "open", "arranged", "impossible"
STATES: dict[str, Any] = {
    OPEN: _l("open"),
    ARRANGED: _l("arranged"),
    IMPOSSIBLE: _l("not possible, the person knows"),
}
OTHER = "other"  # what was written beside the list
# Days before the event. Interpreters are scarce and booked two months ahead; the rest is a matter of weeks.
DAYS: dict[str, int] = {
    "sign-language": 56,
    "speech-to-text": 56,
    "hearing-loop": 28,
    "wheelchair": 21,
    "large-print": 14,
    "quiet-room": 14,
    "assistance": 14,
}
USUAL_DAYS = 21
MOST_DAYS = 365


@dataclass(frozen=True)
class Task:
    """One need of one person."""

    registration: str  # public id
    name: str
    status: str
    holds_place: bool
    question_id: int
    need: str
    words: str  # the need as it was offered, or what was written
    due_on: date
    state: str = OPEN
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether the person still has a place, so that there is something to arrange."""
        return self.status in LIVE and self.holds_place

    @property
    def is_to_be_called_off(self) -> bool:
        """Whether something is arranged for somebody who does not come any more."""
        return self.state == ARRANGED and self.status not in LIVE


def days_before(need: str, own: Mapping[str, int]) -> int:
    """How many days before the event a need is to be arranged: the event's own figure, else the usual one."""
    return own.get(need, DAYS.get(need, USUAL_DAYS))


def due_on(starts: date, need: str, own: Mapping[str, int]) -> date:
    """Until when a need is to be arranged."""
    return starts - timedelta(days=days_before(need, own))


def needs(value: Any, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Key and words of every need in an answer."""
    if not isinstance(value, Mapping):
        return []
    found = [(str(key), labels.get(str(key), str(key))) for key in value.get("chosen", [])]
    other = str(value.get("other") or "")
    return [*found, (OTHER, other)] if other else found


def to_do(tasks: list[Task]) -> list[Task]:
    """What is open, the most urgent first."""
    return sorted((t for t in tasks if t.counts and t.state == OPEN), key=lambda t: (t.due_on, t.words, t.name))


def settled(tasks: list[Task]) -> list[Task]:
    """What is arranged or was answered, for people who come."""
    return sorted((t for t in tasks if t.counts and t.state != OPEN), key=lambda t: (t.words, t.name))


def to_call_off(tasks: list[Task]) -> list[Task]:
    """What is arranged for people who do not come any more."""
    return sorted((t for t in tasks if t.is_to_be_called_off), key=lambda t: (t.words, t.name))
