"""The list of changes of a release as sentences, in every shipped language, and before and after of each in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.core import i18n, text
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import differences, rules
from eventsite.programme.differences import TIMES

Change = dict[str, Any]
LABELS: dict[str, Any] = {
    "added": _l("New"),
    "removed": _l("Taken out"),
    "cancelled": _l("Cancelled"),
    "restored": _l("Takes place after all"),
    "moved": _l("Time"),
    "room": _l("Room"),
    "round": _l("Round"),
    "renamed": _l("Title"),
    "people": _l("People"),
    "reason": _l("Reason"),
    "kind": _l("Kind"),
    "number": _l("Number"),
    "subtitle": _l("Subtitle"),
    "abstract": _l("Description"),
    "leading_questions": _l("Leading questions"),
    "target_group": _l("Target group"),
    "prerequisites": _l("Prerequisites"),
    "bring": _l("To bring along"),
    "place": _l("Case from"),
    "language": _l("Language"),
    "track": _l("Track"),
    differences.RETOLD: _l("Track"),
    "tags": _l("Tags"),
    "capacity": _l("Places"),
    "offering": _l("Offered in several rounds"),
    "online": _l("Online link"),
    "order": _l("Order"),
    "address": _l("Address of the page"),
    "other": _l("Other details"),
    "words": _l("Other details"),  # of releases that did not yet tell words apart
    "round_added": _l("New"),
    "round_removed": _l("Taken out"),
    "round_moved": _l("Time"),
    "round_renamed": _l("Title"),
    "round_order": _l("Order"),
}
# Short enough to be told with the value before; of longer words only that they are new.
_SHORT = frozenset({"kind", "number", "subtitle", "place", "language", "track", "tags", "capacity", "round"})
# What visitors are not told: an address for the entitled only, and what they cannot see.
QUIET = frozenset({"online", "order", "address", "offering", "other", "round_order"})
MOST_CHARACTERS = 600  # of a long text before and after


@dataclass(frozen=True)
class Told:
    """One change as organisers read it: what changed, and before and after in words (empty where there was nothing)."""

    label: str
    before: str
    after: str


def described(changes: Iterable[Change]) -> list[Change]:
    """The same changes as a release keeps them, each with a sentence per language under "text"."""
    return [{**_kept(change), "text": {code: _in(code, change) for code in i18n.languages()}} for change in changes]


def _kept(change: Change) -> Change:
    """What is new stands in the snapshot, the change keeps its times only; of an online link that there is one."""
    if change["kind"] == "online":
        sides = {side: {**change[side], "online_url": bool(change[side]["online_url"])} for side in ("before", "after")}
        return {**change, **sides, "is_other": change["before"]["online_url"] != change["after"]["online_url"]}
    if "before" in change or "after" not in change:
        return change
    return {**change, "after": {name: change["after"][name] for name in TIMES}}


def public(changes: Iterable[Change]) -> list[Change]:
    """The changes that visitors are told."""
    return [change for change in changes if change["kind"] not in QUIET]


def _in(code: str, change: Change) -> str:
    with i18n.use_language(code):
        return sentence(change)


def sentence(change: Change) -> str:
    """One change in the current language and zone; never the address of an online link."""
    kind, title = change["kind"], i18n.local(change["title"])
    plain = _plain(kind, title, change)
    if plain:
        return plain
    before, after = in_words(change)
    if kind == "people":
        names = ", ".join(person["name"] for person in change["after"].get("people") or [])
        return _("Other people in “%(title)s”: %(after)s.", title=title, after=names or _("nobody named yet"))
    if kind in ("renamed", "round_renamed") and before != after:
        return _("New title: “%(title)s”, before “%(before)s”.", title=title, before=before)
    if kind in ("moved", "round_moved"):
        return _("New time of “%(title)s”: %(after)s, before %(before)s.", title=title, before=before, after=after)
    if kind == "room":
        room = {"before": before or _("no room"), "after": after or _("no room")}
        return _("New room of “%(title)s”: %(after)s, before %(before)s.", title=title, **room)
    if kind in _SHORT and before != after:
        values = {"field": str(LABELS[kind]), "before": before or _("nothing"), "after": after or _("nothing")}
        return _("%(field)s of “%(title)s”: %(after)s, before %(before)s.", title=title, **values)
    return _("Other words in “%(title)s”: %(field)s.", title=title, field=str(LABELS[kind]))


def _plain(kind: str, title: str, change: Change) -> str:
    match kind:
        case "added" | "round_added":
            return _("New: “%(title)s”, %(time)s.", title=title, time=_time(change["after"]))
        case "removed" | "round_removed":
            return _("No longer in the programme: “%(title)s”.", title=title)
        case "cancelled":
            reason = i18n.local(change.get("after", {}).get("reason"))
            told = _("Cancelled: “%(title)s”.", title=title)
            return f"{told} {reason}" if reason else told
        case "restored":
            return _("Takes place after all: “%(title)s”.", title=title)
        case "online":
            return _("Other online access to “%(title)s”.", title=title)
        case differences.RETOLD:
            return _("The track “%(title)s” has another name or colour.", title=title)
    return ""


def told(change: Change) -> Told:
    """One change as organisers read it, in the current language and zone."""
    before, after = in_words(change)
    return Told(str(LABELS[change["kind"]]), before, after)


def in_words(change: Change) -> tuple[str, str]:
    """Before and after of a change, in the current language; where only another language changed, in that."""
    kind, before, after = change["kind"], change.get("before") or {}, change.get("after") or {}
    if kind in ("added", "round_added"):
        return "", _time(after)
    if kind == "online":
        return _link(before), _link(after, is_other=_is_other(change))
    if kind in ("cancelled", "restored"):
        return i18n.local(before.get("reason")), i18n.local(after.get("reason"))
    form = _FORMS.get(kind)
    if form is not None:
        return form(before), form(after)
    if not before and not after:
        return "", ""
    if kind == "round":
        return _title(change, before), _title(change, after)
    (name,) = differences.FIELDS.get(kind) or differences.ROUND_FIELDS.get(kind) or ("",)
    return _words(before.get(name), after.get(name))


def _words(before: Any, after: Any) -> tuple[str, str]:
    if not isinstance(before or after, dict):
        return str(before or ""), str(after or "")
    here, there = i18n.local(before), i18n.local(after)
    codes = [code for code in i18n.languages() if (before or {}).get(code) != (after or {}).get(code)]
    if here != there or not codes:
        return _short(here), _short(there)
    one, other = ((value or {}).get(codes[0], "") for value in (before, after))
    mark = codes[0].upper()
    return _short(f"{mark}: {one}" if one else ""), _short(f"{mark}: {other}" if other else "")


def _short(words: str) -> str:
    return text.shorten(text.plain(words), MOST_CHARACTERS)


def _time(values: Change) -> str:
    start, end = datetime.fromisoformat(values["starts_at"]), datetime.fromisoformat(values["ends_at"])
    return _("%(date)s, %(time)s", date=i18n.format_date(start), time=i18n.format_timespan(start, end))


def _title(change: Change, values: Change) -> str:
    return i18n.local(change["titles"].get(values.get("round")))


def _room(values: Change) -> str:
    return i18n.local(values["room"]["name"]) if values.get("room") else ""


def _names(values: Change) -> str:
    people = [_person(person) for person in values.get("people") or []]
    return ", ".join([*people, *([_("and others")] if values.get("open_people") else [])])


def _person(person: Change) -> str:
    role = i18n.local(rules.role_name(person["role"], person.get("role_label")))
    return _(
        "%(name)s (%(role)s)",
        name=person["name"],
        role=", ".join([role, *map(i18n.local, person.get("organisations", []))]),
    )


def _is_other(change: Change) -> bool:
    before, after = ((change.get(side) or {}).get("online_url") for side in ("before", "after"))
    return bool(before and after and change.get("is_other", before != after))


def _link(values: Change, *, is_other: bool = False) -> str:
    """That there is a link, never the link itself."""
    begin, has_link = values.get("online_from"), bool(values.get("online_url"))
    told = "" if not has_link else _("another link") if is_other else _("a link")
    if not begin:
        return told
    begin = i18n.format_datetime(datetime.fromisoformat(begin))
    return _("%(link)s, from %(begin)s", link=told or _("no link"), begin=begin)


_FORMS: dict[str, Callable[[Change], str]] = {
    "moved": _time,
    "round_moved": _time,
    "room": _room,
    "people": _names,
    "kind": lambda values: str(rules.KINDS.get(values["kind"], values["kind"])),
    "language": lambda values: _language(values.get("language") or ""),
    "track": lambda values: i18n.local((values.get("track") or {}).get("title")),
    differences.RETOLD: lambda values: f"{i18n.local(values['track']['title'])} ({values['track']['colour']})",
    "tags": lambda values: ", ".join(i18n.local(tag) for tag in values.get("tags") or []),
    "capacity": lambda values: "" if values.get("capacity") is None else i18n.format_number(values["capacity"]),
    "order": lambda values: i18n.format_number((values.get("position") or 0) + 1),
    "round_order": lambda values: i18n.format_number((values.get("position") or 0) + 1),
    "offering": lambda values: _("yes") if values.get("offering") else _("no"),
    "other": lambda _values: "",
    "words": lambda _values: "",
}


def _language(code: str) -> str:
    return {"de": _("German"), "en": _("English")}.get(code, code)
