"""What a profile lacks, who fits a filter, how people of one name are told apart, and the order of public lists."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsite.core import i18n, names
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme.rules import ROLES

LACKS: dict[str, Any] = {
    "portrait": _l("lacks a portrait"),
    "biography-de": _l("lacks a German biography"),
    "biography-en": _l("lacks an English biography"),
    "organisation": _l("lacks an organisation"),
    "item": _l("is in no item yet"),
}
FEATURED, BY_NAME, BY_ROLE = "featured", "name", "role"
# Below this many a list is seen at a glance and needs no letters to jump to.
MANY = 20


@dataclass(frozen=True)
class DeskRow:
    """One line of the organisers' table: a profile, its items in the draft (with roles), and whether it is featured."""

    speaker: Any
    parts: list[tuple[Any, Any]] = field(default_factory=list)  # (item, appearance)
    is_featured: bool = False

    @property
    def lacks(self) -> set[str]:
        """What is missing, as keys of LACKS."""
        return lacking(self.speaker) | (set() if self.parts else {"item"})


def lacking(speaker: Any) -> set[str]:
    """What a profile itself lacks, as keys of LACKS."""
    words = speaker.biography or {}
    there = {
        "portrait": speaker.portrait_key,
        "biography-de": words.get("de"),
        "biography-en": words.get("en"),
        "organisation": speaker.organisation,
    }
    return {name for name, value in there.items() if not value}


def fits(row: DeskRow, lacks: str, text: str) -> bool:
    """Whether a line is asked for: by what it lacks, and by words of name, organisation or item in any order."""
    if lacks and lacks not in row.lacks:
        return False
    told = [row.speaker.name, row.speaker.organisation, *(i18n.local(item.title) for item, _one in row.parts)]
    heap = i18n.sort_key(" ".join(told))[0]
    return all(i18n.sort_key(word)[0] in heap for word in text.split())


def told_apart(speakers: Iterable[Any]) -> list[tuple[str, str]]:
    """Public id and label for pickers: the organisation behind the name, and the address where even that is the same."""
    listed = list(speakers)
    labels = [", ".join(part for part in (one.name, one.organisation) if part) for one in listed]
    counts = Counter(labels)
    return [
        (one.public_id, f"{label} ({one.slug})" if counts[label] > 1 else label)
        for one, label in zip(listed, labels, strict=True)
    ]


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for titles, accents and case."""
    return i18n.sort_key(names.filed(one))[0] == i18n.sort_key(names.filed(other))[0]


def groups(listed: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """People sorted by name as groups of a page: [{"key", "label", "people"}]; whoever has two roles stands in both."""
    if by == FEATURED:
        first = sorted((one for one in listed if one["featured"] is not None), key=lambda one: one["featured"])
        return [{"key": "", "label": "", "people": [*first, *(one for one in listed if one["featured"] is None)]}]
    if by == BY_ROLE:
        return _by_role(listed)
    if len(listed) <= MANY:
        return [{"key": "", "label": "", "people": listed}]
    found: dict[str, list[dict[str, Any]]] = {}
    for one in listed:
        found.setdefault(names.letter(one["sort_name"]), []).append(one)
    keys = sorted(found, key=lambda letter: (letter == names.OTHER, letter))
    return [{"key": f"{ord(key):x}", "label": key, "people": found[key]} for key in keys]


def _by_role(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in listed:
        for role in one["roles"]:
            found.setdefault(role, []).append(one)
    order: Mapping[str, int] = {role: place for place, role in enumerate(ROLES)}
    keys = sorted(found, key=lambda role: (order.get(role, len(order)), role))
    return [{"key": f"role-{n}", "label": str(ROLES.get(key, key)), "people": found[key]} for n, key in enumerate(keys)]
