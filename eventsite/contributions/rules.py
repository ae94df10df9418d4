"""What is wanted of speakers and what is still missing, what changed between two texts, when a link ends."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from difflib import SequenceMatcher
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import ids
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l

WANTED: dict[str, Any] = {
    "answer": _l("Acceptance"),
    "biography": _l("Biography"),
    "portrait": _l("Portrait"),
    "words": _l("Title and text"),
    "technology": _l("Technology"),
    "travel": _l("Travel"),
    "consents": _l("Consents"),
    "materials": _l("Materials"),
}
USUAL = tuple(key for key in WANTED if key != "materials")
MAY_BE_NOTHING = ("technology", "travel")
PROFILE = ("name", "role", "organisation", "biography", "links", "portrait")
WORDS = ("title", "abstract", "leading_questions")
FIELDS: dict[str, Any] = {
    "name": _l("Name"),
    "role": _l("Role or function"),
    "organisation": _l("Organisation"),
    "biography": _l("Biography"),
    "links": _l("Links"),
    "portrait": _l("Portrait"),
    "title": _l("Title"),
    "abstract": _l("Text"),
    "leading_questions": _l("Leading questions"),
}
# Whose words an item holds, and who leads a group.
CONTENT_ROLES = frozenset({"keynote", "speaker", "lead"})
GROUP_ROLES = frozenset({"moderator", "lead", "rapporteur"})
CONSENTS: dict[str, Any] = {
    "recording": _l("My contribution may be recorded in sound and picture, and the recording may be published."),
    "slides": _l("My slides and materials may be published after the event."),
}
ANSWERS: dict[str, Any] = {"yes": _l("Yes"), "ask": _l("Please ask me first"), "no": _l("No")}
MOST_REMINDERS = 5
MOST_PAIRS = 2_500_000  # of equal words in two texts that are compared: some 1500 words of prose
MOST_DAYS = 60
REMIND_AT = time(9)
DAY = (time(8), time(20))  # mails to speakers leave only then, by the clock of the event
LATE = timedelta(days=3)  # a reminder that could not leave for so long does not leave any more
LINK_DAYS = 60  # the link lives on after the last event
CELLS: dict[str, tuple[Any, str]] = {
    "done": (_l("there"), "good"),
    "open": (_l("to be approved"), "warn"),
    "returned": (_l("sent back"), "warn"),
    "missing": (_l("lacks"), "bad"),
    "none": (_l("not asked for"), "soft"),
}


@dataclass(frozen=True)
class Facts:
    """What is known of one speaker at one event, for the list of what is wanted."""

    answer: str = ""
    given: frozenset[str] = frozenset()  # wanted keys that are there or said to be needless
    open: frozenset[str] = frozenset()  # … that wait for approval
    returned: frozenset[str] = frozenset()  # … that were sent back
    roles: frozenset[str] = frozenset()


def cells(facts: Facts, wanted: Collection[str]) -> dict[str, str]:
    """The state of each thing that can be wanted, in the order of WANTED; see CELLS."""
    return {key: _cell(facts, key, wanted) for key in WANTED}


def _cell(facts: Facts, key: str, wanted: Collection[str]) -> str:
    if key in facts.returned:
        return "returned"
    if key in facts.open:
        return "open"
    if key in facts.given or (key == "answer" and facts.answer):
        return "done"
    is_asked = key in wanted and (key not in ("words", "materials") or bool(facts.roles & CONTENT_ROLES))
    return "missing" if is_asked and facts.answer != "no" else "none"


def missing(states: Mapping[str, str]) -> list[str]:
    """What the person still has to send: what lacks, and what was sent back."""
    return [key for key, state in states.items() if state in ("missing", "returned")]


def link_end(ends: Iterable[datetime]) -> datetime | None:
    """When a link ends by itself: some weeks after the last of these events; None without any."""
    last = max(ends, default=None)
    return last + timedelta(days=LINK_DAYS) if last is not None else None


def settled(value: Any) -> Any:
    """A value as it compares: texts without empty languages, nothing as an empty text."""
    if isinstance(value, Mapping):
        return {key: one for key, one in sorted(value.items()) if one not in ("", None)}
    return "" if value is None else value


def print_of(value: Any) -> str:
    """What stands for a value in a form, to see later whether somebody has changed it."""
    return ids.fingerprint(json.dumps(settled(value), ensure_ascii=False, sort_keys=True))[:12]


def seen_of(values: Mapping[str, Any]) -> str:
    """The prints of all values of a form, as its hidden field holds them."""
    return " ".join(f"{name}={print_of(value)}" for name, value in values.items())


def merged(typed: Mapping[str, Any], stored: Mapping[str, Any], seen: str) -> dict[str, Any]:
    """Typed values joined field by field with what somebody else stored since the form was opened.

    `seen` is what `seen_of` said then. Raises Clash where two people wrote different things into one field.
    """
    before = dict(part.split("=", 1) for part in seen.split() if "=" in part)
    values, clashes = {}, []
    for name, value in typed.items():
        new, old, now = print_of(value), before.get(name, ""), print_of(stored[name])
        values[name] = stored[name] if new == old else value
        if old not in (new, now) and new != now:
            clashes.append(name)
    if clashes:
        raise Clash(clashes, stored)
    return values


class Clash(Refused):
    """Somebody else has stored something different meanwhile; nothing was stored."""

    def __init__(self, fields: list[str], stored: Mapping[str, Any]) -> None:
        super().__init__(
            _l("Somebody else has changed this in the meantime. Nothing you typed is lost: please compare.")
        )
        self.fields, self.stored = fields, stored


def texts(field: str, value: Any) -> dict[str, str]:
    """A value as texts to compare: by language, or under an empty key where it has none."""
    if field == "links":
        return {"": "\n".join(f"{one['label']}: {one['url']}" for one in value or [])}
    if field == "portrait":
        return {"": str((value or {}).get("credit", ""))}
    if isinstance(value, Mapping):
        return {key: str(one) for key, one in value.items() if one}
    return {"": str(value or "")}


def _cut(before: str, after: str) -> Iterator[tuple[list[str], list[str]]]:
    for pattern in (r"\s+|[^\s]+", r"[^\n]*\n|[^\n]+"):
        yield re.findall(pattern, before), re.findall(pattern, after)
    yield [before], [after]


def _pairs(old: list[str], new: list[str]) -> int:
    """How many pairs of equal pieces there are: what a comparison costs, again and again."""
    there = Counter(new)
    return sum(number * there[piece] for piece, number in Counter(old).items())


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """The way from one text to another in words: pieces that are ("same"), go ("out") or come ("in").

    Where a text repeats so much that words would take minutes, in lines, and where these do so too, as a whole.
    """
    old, new = next(two for two in _cut(before, after) if _pairs(*two) <= MOST_PAIRS)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        found += [(side, "".join(part)) for side, part in (("out", old[a:b]), ("in", new[c:d])) if part]
    return found


def reminder_days(typed: str) -> list[int]:
    """Typed days before the deadline, the earliest reminder first; Refused for what is none."""
    words = typed.replace(",", " ").replace(";", " ").split()
    days = sorted({int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 4}, reverse=True)
    if len(days) != len(words) or len(days) > MOST_REMINDERS or any(day > MOST_DAYS for day in days):
        raise Refused(
            _l(
                "Please give at most %(most)s different whole numbers up to %(days)s.",
                most=MOST_REMINDERS,
                days=MOST_DAYS,
            )
        )
    return days


def reminder_instants(due_at: datetime, days: Iterable[int], zone: str) -> list[datetime]:
    """When speakers are reminded: so many days before the deadline, in the morning there."""
    there = ZoneInfo(zone)
    dates = (due_at.astimezone(there).date() - timedelta(days=day) for day in days)
    return sorted(datetime.combine(date, REMIND_AT, there).astimezone(UTC) for date in dates)


def due_reminder(instants: Iterable[datetime], since: datetime, now: datetime) -> datetime | None:
    """The reminder that is due: the last one that has passed since the link or a reminder was sent; None for none."""
    passed = [one for one in instants if since < one <= now and now - one <= LATE]
    return max(passed, default=None)


def is_day(now: datetime, zone: str) -> bool:
    """Whether it is a decent hour where the event takes place."""
    return DAY[0] <= now.astimezone(ZoneInfo(zone)).time() < DAY[1]
