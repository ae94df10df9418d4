"""The hard rules an organiser sets, as they are stored, and what they mean for the people and workshops at hand; pure.

Details by kind: same_topic {"items"}; prerequisite {"item", "needs"}; contingent {"item", "places", "organisation",
"people"}; spread {"most", "organisation"} (an empty organisation: each of them for itself). Workshops and people stand
there by public id; those that are gone or cancelled are passed over, so that a rule may lose its effect.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import combinations
from typing import Any

from eventsite.allocation.rules import Contingent, Spread

NO_REPEAT, SAME_TOPIC, PREREQUISITE = "no_repeat", "same_topic", "prerequisite"
CONTINGENT, SPREAD, MAY_CANCEL = "contingent", "spread", "may_cancel"
KINDS = (NO_REPEAT, SAME_TOPIC, PREREQUISITE, CONTINGENT, SPREAD, MAY_CANCEL)
SWITCHES = (NO_REPEAT, MAY_CANCEL)  # on or off, without details


@dataclass(frozen=True)
class Condition:
    """One rule as it is stored."""

    kind: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """What the rules speak of: the round and title of each workshop, the times of the rounds, people's organisations."""

    rounds: Mapping[str, tuple[datetime, datetime]]
    workshops: Mapping[str, tuple[str, str]]
    organisations: Mapping[str, str]
    offerings: Mapping[str, str] = field(default_factory=dict)  # of workshops that are offered in several rounds

    def members(self, organisation: str, people: Iterable[str] = ()) -> tuple[str, ...]:
        """The people of an organisation, and those named one by one."""
        wanted, named = plain(organisation), set(people)
        return tuple(
            name for name, own in self.organisations.items() if name in named or (wanted and plain(own) == wanted)
        )


def plain(organisation: str) -> str:
    """An organisation without differences of case and spaces."""
    return " ".join(organisation.casefold().split())


def applied(conditions: Iterable[Condition], setting: Setting) -> dict[str, Any]:
    """The rules as the engine takes them: same_topic, requires, contingents, spread, overlaps, may_cancel."""
    listed = list(conditions)
    return {
        "same_topic": (*offered(setting), *_topics(listed, setting)),
        "requires": tuple(_requires(listed, setting)),
        "contingents": tuple(_contingents(listed, setting)),
        "spread": tuple(_spreads(listed, setting)),
        "overlaps": overlaps(setting.rounds),
        "may_cancel": any(one.kind == MAY_CANCEL for one in listed),
    }


def has_effect(one: Condition, setting: Setting) -> bool:
    """Whether a rule still says something about the workshops and people there are."""
    found = applied([one], replace(setting, offerings={}))
    return one.kind in SWITCHES or any(found[key] for key in ("same_topic", "requires", "contingents", "spread"))


def overlaps(rounds: Mapping[str, tuple[datetime, datetime]]) -> tuple[tuple[str, str], ...]:
    """Rounds that are held at the same time; one that begins when another ends does not overlap it."""
    return tuple(
        (one, other)
        for one, other in combinations(rounds, 2)
        if rounds[one][0] < rounds[other][1] and rounds[other][0] < rounds[one][1]
    )


def offered(setting: Setting) -> list[tuple[str, ...]]:
    """Workshops that are one and the same in several rounds; nobody gets one twice, without any rule being set."""
    groups: dict[str, list[str]] = {}
    for workshop, offering in setting.offerings.items():
        if workshop in setting.workshops:
            groups.setdefault(offering, []).append(workshop)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _topics(listed: list[Condition], setting: Setting) -> list[tuple[str, ...]]:
    groups: list[tuple[str, ...]] = []
    if any(one.kind == NO_REPEAT for one in listed):
        by_title: dict[str, list[str]] = {}
        for workshop, (_round, title) in setting.workshops.items():
            by_title.setdefault(plain(title), []).append(workshop)
        groups += [tuple(group) for group in by_title.values()]
    for one in listed:
        if one.kind == SAME_TOPIC:
            groups.append(tuple(w for w in one.details["items"] if w in setting.workshops))
    return [group for group in groups if len(group) > 1]


def _requires(listed: list[Condition], setting: Setting) -> list[tuple[str, str]]:
    pairs = [(one.details["item"], one.details["needs"]) for one in listed if one.kind == PREREQUISITE]
    return [pair for pair in dict.fromkeys(pairs) if all(w in setting.workshops for w in pair)]


def _contingents(listed: list[Condition], setting: Setting) -> list[Contingent]:
    found = []
    for one in listed:
        if one.kind == CONTINGENT and one.details["item"] in setting.workshops:
            workshop, places = one.details["item"], one.details["places"]
            members = setting.members(one.details["organisation"], one.details["people"])
            if members:
                found.append(Contingent(setting.workshops[workshop][0], workshop, members, places))
    return found


def _spreads(listed: list[Condition], setting: Setting) -> list[Spread]:
    found = []
    for one in listed:
        if one.kind == SPREAD:
            own = one.details["organisation"]
            groups = [own] if own else dict.fromkeys(plain(name) for name in setting.organisations.values())
            found += [Spread(setting.members(group), one.details["most"]) for group in groups if group]
    return [spread for spread in found if len(spread.members) > spread.max_per_offering]


def fault(one: Condition, setting: Setting) -> str:
    """What is wrong with a rule before it is stored: the key of a sentence, or empty."""
    if one.kind == SAME_TOPIC and len(set(one.details["items"])) < 2:
        return "two"
    if one.kind == PREREQUISITE:
        rounds = list(setting.rounds)
        later, earlier = (rounds.index(setting.workshops[one.details[key]][0]) for key in ("item", "needs"))
        return "" if earlier < later else "earlier"
    if one.kind == CONTINGENT and not (one.details["organisation"] or one.details["people"]):
        return "members"
    return ""
