"""The organisers' list: what its address asks for (filters, sorting, columns) and which columns there are; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.questions import Asked
from eventsite.registration.rules import MODES, STATUS_LABELS

SORTS = ("name", "organisation", "status", "queue", "newest")
FIXED: dict[str, Any] = {
    "number": _l("Number"),
    "organisation": _l("Organisation"),
    "email": _l("E-mail address"),
    "status": _l("Status"),
    "registered": _l("Registered"),
    "confirmed": _l("Confirmed at"),
    "queue": _l("Place in the order of registration"),
    "language": _l("Language"),
    "source": _l("Way in"),
    "present": _l("Was there"),
    "mail": _l("Mail undeliverable"),
    "mode": _l("Takes part"),
    "coming": _l("Still coming?"),
    "note": _l("Note"),
}
DEFAULT_COLUMNS = ("organisation", "email", "status", "registered")
NAMES_ONLY = ("organisation", "status", "registered")  # for helpers: no addresses, no answers
SOURCE_LABELS: dict[str, Any] = {
    "form": _l("form"),
    "organiser": _l("registered by the team"),
    "walk-in": _l("at the door"),
    "import": _l("list of guests"),
    "demo": _l("demonstration"),
}
CONSENT_LABELS: dict[str, Any] = {
    "photo": _l("pictures"),
    "list": _l("list of participants"),
    "newsletter": _l("further invitations"),
}
CONSENT_ANSWERS: dict[str, Any] = {"yes": _l("yes"), "ask": _l("ask first"), "no": _l("no")}
COMING_LABELS: dict[str, Any] = {"yes": _l("yes"), "no": _l("no")}
NONE = "none"  # the filter for those who have given no answer, or have no workshop
WITH_FILTER = frozenset({"single", "multiple", "attendance", "yes_no"})
_WORD = re.compile(r"[A-Za-z0-9_-]{1,60}\Z")
_YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Workshop:
    """A workshop people can wish for."""

    id: int
    uid: str
    title: Mapping[str, str]
    number: str = ""


@dataclass(frozen=True)
class Part:
    """A round with its workshops."""

    id: int
    uid: str
    title: Mapping[str, str]
    workshops: Sequence[Workshop] = ()


@dataclass(frozen=True)
class Facets:
    """What an event's registrations can be told apart by; sensitive questions are never among them."""

    questions: Sequence[Asked] = ()
    rounds: Sequence[Part] = ()
    consents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def workshop(self, uid: str) -> Workshop | None:
        """A workshop by its public id."""
        return next((one for part in self.rounds for one in part.workshops if one.uid == uid), None)

    def question(self, key: str) -> Asked | None:
        """A question by its key."""
        return next((one for one in self.questions if one.key == key), None)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. What it does not know is kept in `unknown`: then nobody fits, instead of everybody."""

    text: str = ""
    statuses: tuple[str, ...] = ()
    organisation: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    wish: str = ""
    place: str = ""
    consent: str = ""  # a kind, or -kind for those who did not give it
    source: str = ""
    language: str = ""
    mode: str = ""
    coming: str = ""  # yes, no, or none
    decision: str = ""
    mail: str = ""
    presence: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "name"
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    unknown: tuple[str, ...] = ()

    def arguments(self) -> dict[str, str]:
        """The same as arguments of an address; what is usual is left out."""
        columns = ",".join(self.columns) if self.columns != DEFAULT_COLUMNS else ""
        found = {**self.filters(), "sort": self.sort if self.sort != "name" else "", "columns": columns}
        return {name: value for name, value in found.items() if value}

    def filters(self) -> dict[str, str]:
        """The arguments that choose people, in the order of the form."""
        found = {
            "q": self.text,
            "status": ",".join(self.statuses),
            "organisation": self.organisation,
            **{f"a-{key}": value for key, value in self.answers},
            **{
                name: getattr(self, name)
                for name in ("wish", "place", "consent", "source", "language", "mode", "coming")
            },
            "decision": self.decision,
            "mail": self.mail,
            "presence": self.presence,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in found.items() if value}

    @property
    def further(self) -> int:
        """How many filters are set besides text and status."""
        return len(set(self.filters()) - {"q", "status"})


@dataclass
class _Reader:
    """Reads arguments one by one and notes what it does not know."""

    given: Mapping[str, Sequence[str]]
    unknown: list[str] = field(default_factory=list)

    def text(self, name: str, most: int = 100) -> str:
        """A free text, without what no name contains."""
        found = " ".join(self.given.get(name, [""])[0].replace("\x00", "").split())
        return found[:most]

    def several(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Values given one by one or with commas, in the order of `known`."""
        wanted = [part for value in self.given.get(name, ()) for part in value.split(",") if part]
        self.unknown += [f"{name}={part[:40]}" for part in wanted if part not in known]
        return tuple(one for one in known if one in wanted)

    def one(self, name: str, known: Sequence[str]) -> str:
        """One of the known values."""
        value = self.given.get(name, [""])[0]
        if value and value not in known:
            self.unknown.append(f"{name}={value[:40]}")
            return ""
        return value

    def word(self, name: str) -> str:
        """A short technical word."""
        value = self.given.get(name, [""])[0]
        if value and not _WORD.match(value):
            self.unknown.append(f"{name}={value[:40]}")
            return ""
        return value

    def day(self, name: str) -> date | None:
        """A date as browsers send it."""
        value = self.given.get(name, [""])[0]
        if not value:
            return None
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = date.min
        if not 1900 <= found.year <= 2200:
            self.unknown.append(f"{name}={value[:40]}")
            return None
        return found


def read(given: Mapping[str, Sequence[str]], facets: Facets, *, names_only: bool = False) -> Wanted:
    """What the arguments of an address ask for; helpers (`names_only`) may search names and choose a status."""
    reader = _Reader(given)
    statuses = reader.several("status", tuple(STATUS_LABELS))
    basic: dict[str, Any] = {"text": reader.text("q"), "statuses": statuses, "sort": given.get("sort", ["name"])[0]}
    if basic["sort"] not in SORTS:
        basic["sort"] = "name"
    if names_only:
        return Wanted(**basic, columns=NAMES_ONLY, unknown=tuple(reader.unknown))
    workshops = [one.uid for part in facets.rounds for one in part.workshops]
    return Wanted(
        **basic,
        organisation=reader.text("organisation", 200),
        answers=_answers(reader, facets),
        wish=reader.one("wish", workshops),
        place=reader.one("place", [NONE, *workshops]),
        consent=reader.one("consent", [*facets.consents, *(f"-{kind}" for kind in facets.consents)]),
        source=reader.word("source"),
        language=reader.word("language"),
        mode=reader.one("mode", MODES),
        coming=reader.one("coming", (*_YES_NO, NONE)),
        decision=reader.one("decision", ("open",)),
        mail=reader.one("mail", ("failed",)),
        presence=reader.one("presence", _YES_NO),
        since=reader.day("since"),
        until=reader.day("until"),
        columns=_columns(reader, facets),
        unknown=tuple(reader.unknown),
    )


def options(asked: Asked) -> list[str]:
    """What a question can be filtered by; nothing for questions without choices."""
    if asked.kind not in WITH_FILTER:
        return []
    keys = list(_YES_NO) if asked.kind == "yes_no" else [str(one["key"]) for one in asked.options]
    return [*keys, NONE]


def _answers(reader: _Reader, facets: Facets) -> tuple[tuple[str, str], ...]:
    for name in reader.given:
        asked = facets.question(name[2:]) if name.startswith("a-") else None
        if name.startswith("a-") and (asked is None or not options(asked)):
            reader.unknown.append(name[:40])
    found = []
    for asked in facets.questions:
        value = reader.one(f"a-{asked.key}", options(asked)) if options(asked) else ""
        if value:
            found.append((asked.key, value))
    return tuple(found)


def column_labels(facets: Facets) -> dict[str, str]:
    """Every column that can be chosen, with its head; the name always stands first and is not among them."""
    found = {key: str(label) for key, label in FIXED.items()}
    found |= {f"q-{one.key}": i18n.local(dict(one.label)) for one in facets.questions}
    for part in facets.rounds:
        title = i18n.local(dict(part.title))
        found[f"wish-{part.uid}"] = i18n._("Wishes: %(round)s", round=title)
        found[f"place-{part.uid}"] = i18n._("Workshop: %(round)s", round=title)
    for kind, words in facets.consents.items():
        label = str(CONSENT_LABELS.get(kind) or i18n.local(dict(words)))
        found[f"consent-{kind}"] = i18n._("Consent: %(what)s", what=label)
    return found


def _columns(reader: _Reader, facets: Facets) -> tuple[str, ...]:
    """The columns in the order they are named; unknown ones (a question that is no longer asked) are left out."""
    known = column_labels(facets)
    wanted = [part for value in reader.given.get("columns", ()) for part in value.split(",")]
    chosen = tuple(dict.fromkeys(one for one in wanted if one in known))
    return chosen or DEFAULT_COLUMNS
