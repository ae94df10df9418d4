"""The people of an event as a table, for those who write to them or print badges."""

from collections.abc import Iterable
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.programme import rules
from eventsite.programme.rules_speakers import DeskRow


def columns() -> list[str]:
    """The heads of the columns."""
    words = [_("Name"), _("Sorted under"), _("Organisation")]
    words += [f"{head} ({code})" for head in (_("Role or function"), _("Biography")) for code in i18n.languages()]
    return [*words, _("Items"), _("Roles"), _("Portrait"), _("Credit"), _("Links"), _("Address of the page")]


def rows(listed: Iterable[DeskRow]) -> list[list[Any]]:
    """One row a person."""
    return [_row(row) for row in listed]


def _row(row: DeskRow) -> list[Any]:
    one = row.speaker
    words = [(value or {}).get(code, "") for value in (one.role, one.biography) for code in i18n.languages()]
    roles = [i18n.local(rules.role_name(part.role, part.role_label)) for _item, part in row.parts]
    return [
        one.name,
        one.sort_name,
        one.organisation,
        *words,
        "; ".join(i18n.local(item.title) for item, _part in row.parts),
        "; ".join(dict.fromkeys(roles)),
        bool(one.portrait_key),
        one.portrait_credit,
        " ".join(link["url"] for link in one.links or []),
        one.slug,
    ]
