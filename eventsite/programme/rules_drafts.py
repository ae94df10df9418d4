"""A draft as plain values, what an edit changed in it, and whether that can be taken back; no database.

A draft is {(table, public id): {column: plain value}}: instants are ISO texts, what points to another row holds its
public id, and the people of an item are one list in it. So a row that was deleted and comes back is the same row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Values = Mapping[str, Any]
Draft = Mapping[tuple[str, str], Values]

# Values that only make sense together: who undoes one of them must meet both as they were left.
TOGETHER = (("starts_at", "ends_at"),)
# Where a row comes back under a number that another has by now, it takes a new one: that is no change of the draft.
BOOKKEEPING = frozenset({"id"})


@dataclass(frozen=True)
class Touched:
    """A row an edit touched: only the changed columns, or all of them where it was made (before: None) or deleted."""

    table: str
    uid: str
    title: Any
    kind: str  # of an item; empty for others
    before: Values | None
    after: Values | None

    @property
    def turned(self) -> "Touched":
        """The same, the other way round."""
        return Touched(self.table, self.uid, self.title, self.kind, self.after, self.before)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that differ; empty for a row that was made or deleted."""
        if self.before is None or self.after is None:
            return frozenset()
        before, after = self.before, self.after
        return frozenset(name for name in before if before[name] != after.get(name))


def difference(before: Draft, after: Draft) -> list[Touched]:
    """What lies between two drafts; nothing when they say the same."""
    found = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        known = new if new is not None else old
        assert known is not None  # one of the two has the key
        changed = _changed(old, new) if old is not None and new is not None else None
        if changed == frozenset():
            continue
        values = [side if changed is None else _only(side, changed) for side in (old, new)]
        found.append(Touched(*key, known["title"], known.get("kind", ""), *values))
    return found


def _changed(old: Values, new: Values) -> frozenset[str]:
    names = {name for name in {*old, *new} - BOOKKEEPING if old.get(name) != new.get(name)}
    for group in TOGETHER:
        if names.intersection(group):
            names.update(name for name in group if name in new)
    return frozenset(names)


def _only(side: Values | None, names: frozenset[str]) -> Values | None:
    return None if side is None else {name: side.get(name) for name in sorted(names)}


def stored(rows: Iterable[Touched]) -> list[dict[str, Any]]:
    """The rows as a step keeps them."""
    return [asdict(row) for row in rows]


def read(rows: Iterable[Mapping[str, Any]]) -> list[Touched]:
    """What `stored` has written."""
    return [Touched(**row) for row in rows]


def turned(rows: Iterable[Touched]) -> list[Touched]:
    """What takes an edit back."""
    return [row.turned for row in rows]


def in_the_way(rows: Iterable[Touched], draft: Draft) -> list[Touched]:
    """The rows that are not any more as `before` has them, so that changing them would lose what others did since."""
    return [row for row in rows if not _stands(row, draft.get((row.table, row.uid)))]


def _stands(row: Touched, present: Values | None) -> bool:
    if row.before is None or present is None:
        return row.before is None and present is None
    names = set(row.before) - BOOKKEEPING
    return all(present.get(name) == row.before[name] for name in names)


def people_in(rows: Iterable[Touched]) -> set[str]:
    """The public ids of all profiles that stand in these rows."""
    sides = [side for row in rows for side in (row.before, row.after) if side]
    return {person["speaker_id"] for side in sides for person in side.get("people") or []}
