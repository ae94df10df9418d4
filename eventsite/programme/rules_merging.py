"""Two profiles of one human: which fields are chosen, what the one profile then holds, and who may do it."""

from collections.abc import Mapping
from typing import Any

from eventsite.core.i18n import lazy_gettext as _l

OWN, OTHER, BOTH = "own", "other", "both"
# What is chosen, and the columns that go with it; the address is the person's, not the profile's.
FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "sort_name"),
    "role": ("role",),
    "organisation": ("organisation",),
    "biography": ("biography",),
    "links": ("links",),
    "portrait": (
        "portrait_key", "portrait_credit", "portrait_files", "portrait_original_key", "focus_x", "focus_y",
    ),
    "email": (),
}  # fmt: skip
LABELS: dict[str, Any] = {
    "name": _l("Name"),
    "role": _l("Role or function"),
    "organisation": _l("Organisation"),
    "biography": _l("Biography"),
    "links": _l("Links"),
    "portrait": _l("Portrait"),
    "email": _l("E-mail"),
}


def usual(kept: Any, merged: Any) -> dict[str, str]:
    """What is chosen beforehand: the other's only where the kept profile has nothing; links of both."""
    empty = {name: not any(_there(getattr(kept, column)) for column in columns) for name, columns in FIELDS.items()}
    empty["portrait"], empty["email"] = not kept.portrait_key, not kept.person.email
    filled = {name: any(_there(getattr(merged, column)) for column in columns) for name, columns in FIELDS.items()}
    filled["portrait"], filled["email"] = bool(merged.portrait_key), bool(merged.person.email)
    found = {name: OTHER if empty[name] and filled[name] else OWN for name in FIELDS}
    return {**found, "links": BOTH if kept.links and merged.links else found["links"]}


def _there(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def taken(kept: Any, merged: Any, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the kept profile that are to hold something else, by what was chosen."""
    found: dict[str, Any] = {}
    for name, columns in FIELDS.items():
        if chosen.get(name) == OTHER:
            found |= {column: getattr(merged, column) for column in columns}
    if chosen.get("links") == BOTH:
        own = list(kept.links or [])
        known = {link["url"] for link in own}
        found["links"] = own + [link for link in merged.links or [] if link["url"] not in known]
    return found


def renamed(value: Any, before: str, after: str) -> Any:
    """Plain data in which one public id stands for another."""
    if isinstance(value, dict):
        return {name: renamed(one, before, after) for name, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, before, after) for one in value]
    return after if value == before else value
