"""What is known of one speaker at one event, as the list of what is wanted reads it."""

from collections.abc import Collection, Iterable
from typing import Any

from eventsite.contributions import rules
from eventsite.contributions.models import Contribution, Material, SpeakerChange
from eventsite.contributions.rules import Facts
from eventsite.programme.models import Appearance, Speaker


def facts(
    speaker: Speaker,
    appearances: Iterable[Appearance],
    contribution: Contribution | None,
    consents: Collection[str],
    changes: Iterable[SpeakerChange],
    materials: Iterable[Material],
) -> Facts:
    """Of rows that are loaded already, proposals of the profile and of these items among them."""
    mine = [one for one in appearances if one.role in rules.CONTENT_ROLES]
    given = {key for key in rules.MAY_BE_NOTHING if contribution and _is_told(contribution, key)}
    if any((speaker.biography or {}).values()):
        given.add("biography")
    if speaker.portrait_key:
        given.add("portrait")
    if mine and all(any((one.item.abstract or {}).values()) for one in mine):
        given.add("words")
    if set(rules.CONSENTS) <= set(consents):
        given.add("consents")
    states: dict[str, set[str]] = {"open": set(), "returned": set()}
    for change in changes:
        key = "words" if change.item_id is not None else change.field
        if key in rules.WANTED and change.state in states:
            states[change.state].add(key)
    for material in materials:
        if material.state in states:
            states[material.state].add("materials")
        else:
            given.add("materials")
    return Facts(
        answer=contribution.answer if contribution else "",
        given=frozenset(given),
        open=frozenset(states["open"]),
        returned=frozenset(states["returned"]),
        roles=frozenset(one.role for one in mine),
    )


def _is_told(contribution: Any, key: str) -> bool:
    return bool(getattr(contribution, key)) or key in contribution.settled
