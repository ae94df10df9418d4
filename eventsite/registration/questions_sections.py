"""The numbered sections of the form and the order of its questions; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.questions import Asked

SECTIONS: Mapping[str, Any] = {
    "you": _l("About you"),
    "part": _l("Taking part"),
    "needs": _l("What you need"),
    "around": _l("Around the meeting"),
    "own": _l("A heading of its own"),
}


@dataclass(frozen=True)
class Section:
    """Questions under one heading; `key` is the same as long as the heading is."""

    key: str
    title: str
    questions: tuple[Asked, ...]


def _key(asked: Asked) -> str:
    return f"own {sorted(asked.section_title.items())}" if asked.section == "own" else asked.section


def sections(asked: Sequence[Asked]) -> list[Section]:
    """The questions by section: "About you" first, the others in the order of their first question."""
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(_key(one), []).append(one)
    return [
        Section(key, _title(group[0]), tuple(group))
        for key, group in sorted(groups.items(), key=lambda item: item[0] != "you")
    ]


def _title(asked: Asked) -> str:
    return i18n.local(dict(asked.section_title)) if asked.section == "own" else str(SECTIONS[asked.section])


def in_order(asked: Sequence[Asked]) -> list[Asked]:
    """The questions as they stand in the form, section by section."""
    return [one for section in sections(asked) for one in section.questions]


def moved(asked: Sequence[Asked], key: str, step: int) -> list[str]:
    """The keys in the order after a question went `step` places within its section.

    The first of a section takes its section with it before the one above, the last behind the one below.
    """
    groups = [[one.key for one in section.questions] for section in sections(asked)]
    place = next((n for n, group in enumerate(groups) if key in group), None)
    if place is None:
        raise KeyError(key)
    group, target = groups[place], groups[place].index(key) + step
    if 0 <= target < len(group):
        group.insert(target, group.pop(group.index(key)))
    else:
        groups.insert(max(0, min(len(groups), place + step)), groups.pop(place))
    return [one for group in groups for one in group]
