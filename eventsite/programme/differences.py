"""What changed from one frozen programme to another: per item and field, so that the changes make one out of the other.

A change is {"uid", "title", "kind"} with the values "before" and "after" it. Releases made before a field existed lack
it: a missing value and an empty one are the same.
"""

from collections.abc import Iterable
from typing import Any

Stored = dict[str, Any]
TIMES = ("starts_at", "ends_at")
# Kind of change → the fields it tells of, in the order in which they are told.
FIELDS: dict[str, tuple[str, ...]] = {
    "moved": TIMES,
    "room": ("room",),
    "round": ("round",),
    "renamed": ("title",),
    "people": ("people", "open_people"),
    "reason": ("reason",),
    "kind": ("kind",),
    "number": ("number",),
    "subtitle": ("subtitle",),
    "abstract": ("abstract",),
    "leading_questions": ("leading_questions",),
    "target_group": ("target_group",),
    "prerequisites": ("prerequisites",),
    "bring": ("bring",),
    "place": ("place",),
    "language": ("language",),
    "track": ("track",),
    "tags": ("tags",),
    "capacity": ("capacity",),
    "offering": ("offering",),
    "online": ("online_url", "online_from"),
    "order": ("position",),
    "address": ("slug",),
}
ROUND_FIELDS: dict[str, tuple[str, ...]] = {
    "round_moved": TIMES,
    "round_renamed": ("title",),
    "round_order": ("position",),
}
STATE = ("status", "reason")
RETOLD = "track retold"
# What a release knows of an entry beside what it says: identity, and what calendars count by.
UNTOLD = frozenset({"id", "uid", "created", "sequence", "last_modified", "removed", "status", "summary"})
_TOLD = frozenset(name for names in FIELDS.values() for name in names)
# Changes that may upset a plan for the day; other words alone do not.
STRONG = frozenset({"moved", "room", "round", "people", "cancelled", "restored", "removed"})


def is_same_value(one: Any, other: Any) -> bool:
    """Whether two values say the same; nothing, an empty text and an empty list do."""
    return one == other or (_is_empty(one) and _is_empty(other))


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", {}, [])


def value(entry: Stored, name: str) -> Any:
    """What an entry says in a field, as it counts for a comparison.

    Of a room which it is and its name; of a track which it is only, since a new name is told once for all its items.
    """
    found = entry.get(name)
    if name == "room" and found:
        return {key: found[key] for key in ("uid", "name")}
    return found["uid"] if name == "track" and found else found


def differs(entry: Stored, before: Stored, names: Iterable[str]) -> bool:
    """Whether an entry says something else than before in one of these fields."""
    return any(not is_same_value(value(entry, name), value(before, name)) for name in names)


def by_uid(stored: Stored | None, name: str) -> dict[str, Stored]:
    """The items or rounds of a frozen programme by public id."""
    return {entry["uid"]: entry for entry in (stored or {}).get(name, [])}


def between(before: Stored | None, after: Stored) -> list[Stored]:
    """Every change from one release to the next, rounds first, then items in order of time."""
    known, rounds = by_uid(before, "items"), by_uid(before, "rounds")
    titles = {uid: one["title"] for uid, one in {**rounds, **by_uid(after, "rounds")}.items()}
    found = [_named(one, change) for one in after["rounds"] for change in _round(rounds.get(one["uid"]), one)]
    found += [_named(old, {"kind": "round_removed"}) for old in _lost(rounds, after["rounds"])]
    for item in after["items"]:
        for change in _item(known.get(item["uid"]), item):
            found.append(_named(item, change | ({"titles": titles} if change["kind"] == "round" else {})))
    found += [_named(old, {"kind": "removed"}) for old in _lost(known, after["items"])]
    return found + _retold_tracks(known.values(), after["items"])


def _tracks(items: Iterable[Stored]) -> dict[str, Stored]:
    return {item["track"]["uid"]: item["track"] for item in items if item.get("track") and not item.get("removed")}


def _retold_tracks(before: Iterable[Stored], after: Iterable[Stored]) -> list[Stored]:
    """Tracks with a new name or colour: told once, not with each of their items."""
    earlier = _tracks(before)
    return [
        _named(track, {"kind": RETOLD, "before": {"track": earlier[uid]}, "after": {"track": track}})
        for uid, track in _tracks(after).items()
        if uid in earlier and earlier[uid] != track
    ]


def _lost(before: dict[str, Stored], after: list[Stored]) -> list[Stored]:
    """What is not even there as a tombstone: two releases are compared backwards."""
    there = {entry["uid"] for entry in after}
    return [old for uid, old in before.items() if uid not in there and not old.get("removed")]


def _named(entry: Stored, change: Stored) -> Stored:
    return {"uid": entry["uid"], "title": entry["title"], **change}


def _round(old: Stored | None, new: Stored) -> list[Stored]:
    was_there = old is not None and not old.get("removed")
    if new.get("removed"):
        return [{"kind": "round_removed"}] if was_there else []
    if old is None or not was_there:
        return [{"kind": "round_added", "after": _content(new)}]
    return _fields(old, new, ROUND_FIELDS)


def _item(old: Stored | None, new: Stored) -> list[Stored]:
    was_there = old is not None and not old.get("removed")
    if new.get("removed"):
        return [{"kind": "removed"}] if was_there else []
    if old is None or not was_there:
        return [{"kind": "added", "after": {**_content(new), **_state(new)}}]
    others = tuple(sorted((old.keys() | new.keys()) - _TOLD - UNTOLD))
    fields, found = dict(FIELDS), []
    if old["status"] != new["status"]:
        kind = "cancelled" if new["status"] == "cancelled" else "restored"
        found.append({"kind": kind, **_values(old, new, STATE)})
        del fields["reason"]
    return found + _fields(old, new, {**fields, "other": others})


def _fields(old: Stored, new: Stored, fields: dict[str, tuple[str, ...]]) -> list[Stored]:
    return [{"kind": kind, **_values(old, new, names)} for kind, names in fields.items() if differs(new, old, names)]


def _values(old: Stored, new: Stored, names: Iterable[str]) -> Stored:
    return {"before": {name: old.get(name) for name in names}, "after": {name: new.get(name) for name in names}}


def _content(entry: Stored) -> Stored:
    return {name: value for name, value in entry.items() if name not in UNTOLD}


def content(stored: Stored | None) -> dict[str, dict[str, Stored | None]]:
    """What a frozen programme says, by public id and without what is empty; None for an item that was taken out."""
    return {
        name: {
            uid: None if one.get("removed") else _said({**_content(one), **_state(one)})
            for uid, one in by_uid(stored, name).items()
        }
        for name in ("rounds", "items")
    }


def _state(entry: Stored) -> Stored:
    return {"status": entry["status"]} if "status" in entry else {}


def _said(entry: Stored) -> Stored:
    plain = {**entry, "room": value(entry, "room")}
    return {name: value for name, value in plain.items() if not _is_empty(value)}


def applied(before: Stored | None, changes: Iterable[Stored]) -> dict[str, dict[str, Stored | None]]:
    """What a frozen programme says once these changes are made in it."""
    known = content(before)
    for change in changes:
        kind, uid = change["kind"], change["uid"]
        if kind == RETOLD:
            _retell(known["items"], change["after"]["track"])
            continue
        entries = known["rounds" if kind.startswith("round_") else "items"]
        if kind in ("removed", "round_removed"):
            entries[uid] = None
        else:
            entries[uid] = _said({**(entries.get(uid) or {}), **change["after"]})
    return known


def _retell(items: dict[str, Stored | None], track: Stored) -> None:
    for item in items.values():
        if item is not None and item.get("track", {}).get("uid") == track["uid"]:
            item["track"] = track


def grouped(changes: Iterable[Stored]) -> list[Stored]:
    """The changes by what they belong to: {"uid", "title", "changes"}, in the order told."""
    found: dict[str, Stored] = {}
    for change in changes:
        group = found.setdefault(change["uid"], {"uid": change["uid"], "title": change["title"], "changes": []})
        group["changes"].append(change)
    return list(found.values())
