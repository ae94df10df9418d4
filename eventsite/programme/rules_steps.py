"""A step of the draft in one sentence, in the current language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _, ngettext
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme.rules_drafts import Touched

# What organisers call the columns; others are "details".
FIELDS: dict[str, Any] = {
    "title": _l("Title"),
    "subtitle": _l("Subtitle"),
    "abstract": _l("Text"),
    "leading_questions": _l("Leading questions"),
    "place": _l("Municipality it is about"),
    "kind": _l("Kind"),
    "number": _l("Number"),
    "capacity": _l("Places"),
    "minimum": _l("Least number of participants"),
    "language": _l("Language"),
    "slug": _l("Address"),
    "round_id": _l("Workshop round"),
    "room_id": _l("Room"),
    "starts_at": _l("Time"),
    "ends_at": _l("Time"),
    "people": _l("People"),
    "position": _l("Order"),
    "is_open_list": _l("People"),
    "cancelled_at": _l("Cancelled"),
    "cancel_reason": _l("Reason"),
    "target_group": _l("Target group"),
    "tags": _l("Tags"),
    "track_id": _l("Track"),
}
PLACING = frozenset({"starts_at", "ends_at", "room_id"})


def sentence(rows: Iterable[Touched], deed: str = "edit", rooms: Mapping[str, str] | None = None) -> str:
    """What a step did; `rooms` are names by public id. An undoing says what it took back."""
    listed = list(rows)
    if deed == "undo":  # its rows lead back: what was undone is the other way round
        return _("Undone: %(what)s", what=_what([row.turned for row in listed], rooms or {}))
    what = _what(listed, rooms or {})
    return _("Brought back: %(what)s", what=what) if deed == "redo" else what


def _what(rows: list[Touched], rooms: Mapping[str, str]) -> str:
    if len(rows) == 1:
        return _one(rows[0], rooms)
    items = [row for row in rows if row.table == "programme_item"]
    rounds = [row for row in rows if row.table == "round"]
    if len(rounds) == 1 and items and all(_kind(row) in {"moved", "changed"} for row in rows):
        return ngettext(
            "%(what)s, with %(num)s workshop",
            "%(what)s, with %(num)s workshops",
            len(items),
            what=_one(rounds[0], rooms),
        )
    counts = Counter(_kind(row) for row in (items or rows))
    told = [_counted(kind, counts[kind]) for kind in ("added", "deleted", "moved", "cancelled", "restored", "changed")]
    return ", ".join(part for part in told if part)


def _kind(row: Touched) -> str:
    if row.before is None:
        return "added"
    if row.after is None:
        return "deleted"
    if "cancelled_at" in row.columns and row.columns <= {"cancelled_at", "cancel_reason"}:
        return "cancelled" if row.after["cancelled_at"] else "restored"
    return "moved" if row.columns <= PLACING else "changed"


def _counted(kind: str, count: int) -> str:
    if not count:
        return ""
    words = {
        "added": ngettext("%(num)s item added", "%(num)s items added", count),
        "deleted": ngettext("%(num)s item deleted", "%(num)s items deleted", count),
        "moved": ngettext("%(num)s item moved", "%(num)s items moved", count),
        "cancelled": ngettext("%(num)s item cancelled", "%(num)s items cancelled", count),
        "restored": ngettext("%(num)s item no longer cancelled", "%(num)s items no longer cancelled", count),
        "changed": ngettext("%(num)s item changed", "%(num)s items changed", count),
    }
    return words[kind]


def _one(row: Touched, rooms: Mapping[str, str]) -> str:
    title = i18n.local(row.title)
    kind = _kind(row)
    if kind == "moved":
        return _("“%(title)s” moved: %(where)s", title=title, where=_where(row, rooms))
    if kind == "changed":
        labels = dict.fromkeys(str(FIELDS.get(name) or _("details")) for name in sorted(row.columns))
        return _("“%(title)s” changed: %(fields)s", title=title, fields=", ".join(labels))
    words = {
        "added": _("“%(title)s” added", title=title),
        "deleted": _("“%(title)s” deleted", title=title),
        "cancelled": _("“%(title)s” cancelled", title=title),
        "restored": _("“%(title)s” no longer cancelled", title=title),
    }
    return words[kind]


def _where(row: Touched, rooms: Mapping[str, str]) -> str:
    parts, columns, after, before = [], row.columns, row.after or {}, row.before or {}
    if columns & {"starts_at", "ends_at"}:
        parts.append(_("%(new)s, before %(old)s", new=_times(after, before), old=_times(before, after)))
    if "room_id" in columns:
        room = after["room_id"]
        parts.append(rooms.get(room) or _("another room") if room else _("no room"))
    return "; ".join(parts)


def _times(side: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Start and end, with the day where it is another one."""
    start, end = datetime.fromisoformat(side["starts_at"]), datetime.fromisoformat(side["ends_at"])
    day = i18n.format_date(start)
    is_same = day == i18n.format_date(datetime.fromisoformat(other["starts_at"]))
    return i18n.format_timespan(start, end) if is_same else f"{day}, {i18n.format_timespan(start, end)}"
