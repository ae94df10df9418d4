"""The list of proposals as an address asks for it: filters, search and order; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.proposals.rules import OPEN_STATES, STATE_LABELS, Rated

SORTS: dict[str, Any] = {"newest": _l("newest first"), "title": _l("title"), "rating": _l("rating")}

# What the history says, by action of the audit.
ACTIONS: dict[str, Any] = {
    "draft kept": _l("begun as a draft"),
    "proposal sent": _l("sent with the form"),
    "proposal submitted": _l("confirmed by the proposer’s link"),
    "proposal changed": _l("changed by the proposer"),
    "proposal rated": _l("rated"),
    "proposal review": _l("review begun"),
    "proposal commented": _l("commented"),
    "comment taken away": _l("comment taken away"),
    "proposal tagged": _l("tags changed"),
    "decision prepared": _l("decision prepared"),
    "decision taken back": _l("decision taken back"),
    "decision sent off": _l("decision sent off"),
    "proposal accepted": _l("accepted"),
    "proposal waiting": _l("kept in reserve"),
    "proposal rejected": _l("rejected"),
    "proposal confirmed": _l("confirmed by the proposer"),
    "proposal declined": _l("declined by the proposer"),
    "proposal withdrawn": _l("withdrawn by the proposer"),
    "proposal landed": _l("put into the programme"),
    "proposal erased": _l("deleted"),
}


@dataclass(frozen=True)
class Row:
    """One proposal in the list."""

    uid: str
    title: str
    kind: str
    state: str
    submitted_at: datetime
    decision: str = ""
    is_on_its_way: bool = False  # the decision is sent off, the mail not written yet
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    rated: Rated | None = None
    has_landed: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is asked for; empty fields ask for nothing."""

    state: str = ""
    kind: str = ""
    tag: str = ""
    mine: str = ""  # "missing": what I have not rated
    text: str = ""
    sort: str = "newest"

    @property
    def has_filter(self) -> bool:
        """Whether anything is left out."""
        return bool(self.state or self.kind or self.tag or self.mine or self.text)

    def arguments(self) -> dict[str, str]:
        """The same as the arguments of an address."""
        found = {"state": self.state, "kind": self.kind, "tag": self.tag, "mine": self.mine, "q": self.text}
        found["sort"] = "" if self.sort == "newest" else self.sort
        return {name: value for name, value in found.items() if value}


def read(arguments: Mapping[str, str]) -> Wanted:
    """What an address asks for; values that do not exist ask for nothing."""

    def known(name: str, values: Iterable[str], otherwise: str = "") -> str:
        return arguments[name] if arguments.get(name) in set(values) else otherwise

    return Wanted(
        state=known("state", [*map(str, STATE_LABELS), "decided"]),
        kind=arguments.get("kind", "")[:30],
        tag=arguments.get("tag", "")[:60],
        mine=known("mine", ["missing"]),
        text=arguments.get("q", "").strip()[:100],
        sort=known("sort", SORTS, "newest"),
    )


def fitting(rows: Sequence[Row], wanted: Wanted) -> list[Row]:
    """The rows that are asked for, in the order asked for."""
    words = wanted.text.casefold().split()
    found = [one for one in rows if _fits(one, wanted) and all(word in _searched(one) for word in words)]
    orders: dict[str, Any] = {
        "newest": lambda one: (-one.submitted_at.timestamp(), one.uid),
        "title": lambda one: (i18n.sort_key(one.title), one.uid),
        "rating": lambda one: (-_average(one), i18n.sort_key(one.title), one.uid),
    }
    return sorted(found, key=orders[wanted.sort])


def _fits(one: Row, wanted: Wanted) -> bool:
    is_prepared = wanted.state == "decided" and bool(one.decision)
    return (
        (not wanted.state or one.state == wanted.state or is_prepared)
        and (not wanted.kind or one.kind == wanted.kind)
        and (not wanted.tag or wanted.tag in one.tags)
        and (not wanted.mine or is_missing(one))
    )


def is_missing(one: Row) -> bool:
    """Whether the own rating is missing where one is asked for."""
    return one.state in OPEN_STATES and (one.rated is None or one.rated.mine is None)


def _searched(one: Row) -> str:
    return " ".join([one.title, *one.names, *one.organisations, *one.tags]).casefold()


def _average(one: Row) -> float:
    """What was not rated by oneself comes last: the order must not tell what the others think."""
    return one.rated.average if one.rated is not None and one.rated.mine is not None else 0


def without_names(rows: Iterable[Row]) -> list[Row]:
    """The rows as somebody sees them who is not to know who proposes."""
    return [replace(one, names=(), organisations=()) for one in rows]


def tags(rows: Iterable[Row]) -> list[str]:
    """Every tag that occurs, in order of the alphabet."""
    return sorted({tag for one in rows for tag in one.tags}, key=i18n.sort_key)


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """How many there are in each state."""
    found: dict[str, int] = {}
    for one in rows:
        found[one.state] = found.get(one.state, 0) + 1
    return found
