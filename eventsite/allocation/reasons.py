"""Reasons of places as they are stored, and as true sentences in any language; pure."""

from collections.abc import Mapping
from typing import Any

from eventsite.allocation import explain
from eventsite.allocation.explain import Kind, Reason
from eventsite.core import i18n

Stored = dict[str, Any]
MOVED: Stored = {"kind": "moved"}  # by an organiser, on the board
# Kinds that speak of a chain or a tie are true only where everybody's place was open.
_OPEN_TO_ALL = (Kind.CHAIN, Kind.TIE, Kind.OPEN, Kind.TURN)


def stored(reason: Reason, *, keeps_told: bool = False) -> Stored:
    """A reason as plain values; `keeps_told` says that people who had been told a place were kept in it."""
    kind = reason.kind.value
    if reason.workshop != reason.wanted and reason.kind in _OPEN_TO_ALL:
        if keeps_told:
            kind = "kept"
        elif reason.kind is Kind.OPEN:
            kind = "asked"
    return {
        "kind": kind,
        "placed": reason.workshop is not None,
        "rank": reason.rank,
        "wanted": reason.wanted,
        "wanted_rank": reason.wanted_rank,
        "requests": reason.requests,
        "first_requests": reason.first_requests,
        "places": reason.places,
        "moves": [list(move) for move in reason.moves],
        "worse": reason.others_worse,
        "number": reason.number,
        "numbers": list(reason.numbers) if reason.numbers else None,
    }


def sentence(reason: Stored | None, titles: Mapping[str, str]) -> str:
    """The reason in the current language; `titles` are those of the workshops by public id."""
    if not reason:
        return ""
    kind = reason["kind"]
    own = _own_sentence(reason, titles)
    if own or kind not in {one.value for one in Kind}:
        return own
    return explain.sentence(_restored(reason, titles), i18n._)


def _own_sentence(reason: Stored, titles: Mapping[str, str]) -> str:
    kind = reason["kind"]
    if kind == "moved":
        return i18n._("The organisers gave you this place.")
    if kind == "moved_up":
        return i18n._("You were next on the waiting list of this workshop.")
    if kind == "swapped":
        return i18n._("You asked to swap your workshop.")
    if kind == "taken":
        return i18n._("You chose a free place.")
    if kind == "given_back":
        return i18n._("You gave your place back.")
    if kind == "no_wishes" and not reason["placed"]:
        return i18n._("You named no wishes for this round, and no place was left.")
    if kind not in ("kept", "asked"):
        return ""
    numbers = {"wanted": titles.get(reason["wanted"], ""), "requests": reason["requests"], "places": reason["places"]}
    asked = i18n._("“%(wanted)s” was named by %(requests)s people and has %(places)s places.", **numbers)
    if kind == "asked":
        return asked
    return f"{asked} {i18n._('Whoever had been told a place there before has kept it.')}"


def _restored(reason: Stored, titles: Mapping[str, str]) -> Reason:
    numbers = reason["numbers"]
    return Reason(
        Kind(reason["kind"]),
        "",
        "" if reason["placed"] else None,
        reason["rank"],
        wanted=titles.get(reason["wanted"], ""),
        wanted_rank=reason["wanted_rank"],
        requests=reason["requests"],
        first_requests=reason["first_requests"],
        places=reason["places"],
        moves=tuple((before, after) for before, after in reason["moves"]),
        others_worse=reason["worse"],
        number=reason["number"],
        numbers=(numbers[0], numbers[1]) if numbers else None,
    )
