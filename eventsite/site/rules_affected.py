"""Whom the changes of a release concern and why: reasons, what is chosen beforehand, and who can be written to; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people.rules import email_key
from eventsite.programme import differences

REASONS: dict[str, Any] = {
    "place": _l("Place in a changed workshop"),
    "waiting": _l("Waiting list of a changed workshop"),
    "wish": _l("Wish for a changed workshop"),
    "everybody": _l("Everybody with a place at the event"),
    "moderator": _l("Moderation or lead of a changed item"),
    "speaker": _l("Other part in a changed item"),
}
LEADING_ROLES = frozenset({"moderator", "lead"})
# Not told: what nobody outside sees. Of an online link only that it is another one.
UNTOLD = frozenset({"order", "address", "offering", "other", "round_order"})


@dataclass(frozen=True)
class Chosen:
    """What the organiser ticked: changed items, those of which everybody is told, and the reasons."""

    items: frozenset[str]
    for_all: frozenset[str]
    reasons: frozenset[str]


@dataclass
class Affected:
    """Somebody whom a release concerns, why, and what stands in the way of a mail."""

    person: str  # public id
    name: str
    email: str | None = None
    language: str = ""
    registration_id: int | None = None
    is_undeliverable: bool = False
    concerns: dict[str, list[str]] = field(default_factory=dict)  # reason → public ids of items

    @property
    def items(self) -> frozenset[str]:
        """The changed items that concern this person."""
        return frozenset(uid for uids in self.concerns.values() for uid in uids)


@dataclass
class Circle:
    """Everybody concerned, by what happens to them."""

    mails: list[Affected] = field(default_factory=list)
    letters: list[Affected] = field(default_factory=list)  # registered without an address: printed
    unreachable: list[tuple[Affected, str]] = field(default_factory=list)  # a key of OBSTACLES
    told: list[Affected] = field(default_factory=list)

    @property
    def written(self) -> list[Affected]:
        """Everybody who gets something in writing."""
        return [*self.mails, *self.letters]


OBSTACLES: dict[str, Any] = {
    "no address": _l("no e-mail address"),
    "unwanted": _l("wants no mails"),
    "undeliverable": _l("mails do not arrive"),
}


def told_changes(changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes of items that people may be told of, by item; rounds and tracks concern nobody by themselves."""
    kinds = {"track", differences.RETOLD}
    shown = [c for c in changes if c["kind"] not in UNTOLD | kinds and not c["kind"].startswith("round_")]
    return differences.grouped(shown)


def is_strong(group: Mapping[str, Any]) -> bool:
    """Whether an item changed so that people should hear of it: chosen beforehand."""
    return any(change["kind"] in differences.STRONG for change in group["changes"])


def merged(found: Iterable[tuple[Affected, str, str]]) -> list[Affected]:
    """One entry per person with all reasons; of a registration and a speaker's profile the registration counts."""
    people: dict[str, Affected] = {}
    for one, reason, uid in found:
        known = people.setdefault(one.person, one)
        if known.registration_id is None and one.registration_id is not None:
            one.concerns = known.concerns
            known = people[one.person] = one
        uids = known.concerns.setdefault(reason, [])
        if uid not in uids:
            uids.append(uid)
    return sorted(people.values(), key=lambda one: (i18n.sort_key(one.name), one.person))


def narrowed(people: Iterable[Affected], reasons: Collection[str]) -> list[Affected]:
    """Those who are concerned for one of these reasons, each with these reasons only."""
    found = []
    for one in people:
        kept = {reason: uids for reason, uids in one.concerns.items() if reason in reasons}
        if kept:
            one.concerns = kept
            found.append(one)
    return found


def counts(people: Iterable[Affected]) -> dict[str, int]:
    """How many people there are for each reason; one person may count for several."""
    found = dict.fromkeys(REASONS, 0)
    for one in people:
        for reason in one.concerns:
            found[reason] += 1
    return found


def circle(people: Iterable[Affected], *, told: Collection[str], unwanted: Collection[str]) -> Circle:
    """Sorts people by what happens to them; `told` are persons, `unwanted` are e-mail addresses as keys."""
    found = Circle()
    for one in people:
        if one.person in told:
            found.told.append(one)
        elif one.is_undeliverable:
            found.unreachable.append((one, "undeliverable"))
        elif one.email and email_key(one.email) in unwanted:
            found.unreachable.append((one, "unwanted"))
        elif one.email:
            found.mails.append(one)
        elif one.registration_id is not None:
            found.letters.append(one)
        else:
            found.unreachable.append((one, "no address"))
    return found
