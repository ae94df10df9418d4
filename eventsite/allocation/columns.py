"""Day plans: every complete day of a person (or of a group that stays together) as one column.

A unit is one person, or a together-group; its plans are enumerated up to a burden, so that pricing and
the restriction to an optimal face are plain array arithmetic. Cells with the same row coefficients share
a cell type; plans with the same contribution to all levels share a kind. A cancellable offering is a unit
with the two plans "closed" and "open". Source: Desaulniers, Desrosiers, Solomon: Column Generation (2005).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from eventsite.allocation.frame import NOWHERE, Frame, Option, conflicts, day_is_allowed
from eventsite.allocation.pulse import Pulse

JOINT_LIMIT = 4000


@dataclass
class Row:
    """A linear row over plans: lower <= activity <= upper; `name` is its key in the certificate."""

    name: tuple[str | int, ...]
    lower: float
    upper: float


@dataclass
class Unit:
    """People whose plans are chosen together; slots are (round, members that share the choice)."""

    members: tuple[int, ...]
    slots: list[tuple[int, tuple[int, ...]]]


@dataclass
class Model:
    """Units, rows and enumerated plans of a frame."""

    frame: Frame
    units: list[Unit] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cancellable: list[int] = field(default_factory=list)
    types: list[tuple[tuple[int, int], ...]] = field(default_factory=list)
    type_index: dict[tuple[tuple[int, int], ...], int] = field(default_factory=dict)
    seat_rows: list[dict[int, list[tuple[int, int]]]] = field(default_factory=list)
    plain_rows: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    kinds: dict[tuple[int, ...], int] = field(default_factory=dict)
    usual: dict[int, int] = field(default_factory=dict)
    day_kinds: dict[tuple[tuple[int, int | None, bool], ...], int] = field(default_factory=dict)
    unit_of: Any = None
    slots: Any = None
    offers: Any = None
    kind_of: Any = None
    table: Any = None
    too_many: bool = False

    @property
    def count(self) -> int:
        """Number of enumerated plans."""
        return 0 if self.unit_of is None else len(self.unit_of)

    def type_of(self, entries: Iterable[tuple[int, int]]) -> int:
        """Number of a cell type; the same row coefficients give the same type."""
        total: dict[int, int] = {}
        for row, value in entries:
            total[row] = total.get(row, 0) + value
        key = tuple(sorted((row, value) for row, value in total.items() if value))
        if key not in self.type_index:
            self.type_index[key] = len(self.types)
            self.types.append(key)
        return self.type_index[key]

    def kind(self, vector: tuple[int, ...]) -> int:
        """Number of a vector of level contributions."""
        return self.kinds.setdefault(vector, len(self.kinds))

    def day_kind(self, cells: tuple[tuple[int, int | None, bool], ...]) -> int:
        """Number of the contribution of one person's day of which nothing but the cells counts."""
        if cells not in self.day_kinds:
            self.day_kinds[cells] = self.kind(tuple(level.of(cells) for level in self.frame.levels))
        return self.day_kinds[cells]


def build_model(frame: Frame) -> Model:
    """Units and rows of a frame, without plans yet."""
    model = Model(frame)
    model.type_of(())
    _make_units(model)
    cancel = frame.problem.rules.may_cancel
    model.cancellable = [i for i, o in enumerate(frame.offerings) if cancel and o.minimum > 0]
    model.seat_rows = [{} for _ in frame.names]
    opened = set(model.cancellable)
    for row in frame.rows:
        upper = 0 if row.name[0] == "capacity" and row.offering in opened else row.limit
        model.rows.append(Row(row.name, float("-inf"), upper))
        if row.members is None:
            model.plain_rows.setdefault(row.offering, []).append((len(model.rows) - 1, 1))
        else:
            for person in row.members:
                model.seat_rows[person].setdefault(row.offering, []).append((len(model.rows) - 1, 1))
    for index, offering in enumerate(frame.offerings):
        if offering.minimum > 0:
            lower = 0 if index in opened else offering.minimum
            model.rows.append(Row(("minimum", offering.round, offering.workshop), lower, float("inf")))
            model.plain_rows.setdefault(index, []).append((len(model.rows) - 1, 1))
    _link(model)
    return model


def _make_units(model: Model) -> None:
    """One unit per person; a together-group becomes one unit if its joint plans stay few."""
    frame = model.frame
    grouped: set[int] = set()
    number = {name: i for i, name in enumerate(frame.names)}
    groups = sorted({tuple(sorted({number[n] for n in g})) for g in frame.problem.rules.together})
    groups = [g for g in groups if len(g) > 1]
    for group in groups:
        overlap = sum(bool(set(group) & set(other)) for other in groups) > 1
        shared = set.intersection(*(set(frame.options[p]) for p in group))
        size = 1
        for round_ in shared:
            size *= len(frame.options[group[0]][round_])
        for person in group:
            for round_ in set(frame.options[person]) - shared:
                size *= len(frame.options[person][round_])
        if shared and not overlap and size <= JOINT_LIMIT:
            slots = [(r, group) for r in sorted(shared)]
            slots += [(r, (p,)) for p in group for r in sorted(set(frame.options[p]) - shared)]
            model.units.append(Unit(group, slots))
            grouped.update(group)
    for person in range(len(frame.names)):
        if person not in grouped:
            model.units.append(Unit((person,), [(r, (person,)) for r in sorted(frame.options[person])]))
    model.units.sort(key=lambda unit: unit.members)


def _link(model: Model) -> None:
    """Rows that hold together the groups that are no unit: same load of leader and member everywhere."""
    frame, joint = model.frame, {unit.members for unit in model.units}
    number = {name: i for i, name in enumerate(frame.names)}
    groups = sorted({tuple(sorted({number[n] for n in g})) for g in frame.problem.rules.together})
    for group in groups:
        if len(group) < 2 or group in joint:
            continue
        for round_ in sorted(set.intersection(*(set(frame.options[p]) for p in group))):
            for offering, where in enumerate(frame.round_of):
                if where != round_:
                    continue
                for member in group[1:]:
                    model.rows.append(Row(("link", group[0], member, offering), 0, 0))
                    row = len(model.rows) - 1
                    model.seat_rows[group[0]].setdefault(offering, []).append((row, 1))
                    model.seat_rows[member].setdefault(offering, []).append((row, -1))


def slot_type(model: Model, members: tuple[int, ...], offering: int) -> int:
    """Cell type of an offering for the members of a slot."""
    if offering == NOWHERE:
        return 0
    if len(members) == 1 and offering not in model.seat_rows[members[0]]:
        if offering not in model.usual:
            model.usual[offering] = model.type_of(model.plain_rows[offering])
        return model.usual[offering]
    entries = [
        entry
        for person in members
        for entry in (*model.plain_rows[offering], *model.seat_rows[person].get(offering, ()))
    ]
    return model.type_of(entries)


def joint_options(model: Model, round_: int, members: tuple[int, ...]) -> list[tuple[int, list[Option]]]:
    """Offerings that all members of a slot may have, with each member's option."""
    tables = [{o.offering: o for o in model.frame.options[p][round_]} for p in members]
    return [(o, [t[o] for t in tables]) for o in tables[0] if all(o in t for t in tables)]


def estimate(model: Model, cap: int, unplaced: bool) -> int:
    """Upper bound of the number of plans up to a burden, conflicts ignored."""
    total, cache = 0, {}
    for unit in model.units:
        key = tuple(
            tuple(o.burden for o in model.frame.options[p][r] if unplaced or o.offering != NOWHERE)
            for r, members in unit.slots
            for p in members[:1]
        )
        if key not in cache:
            counts = {0: 1}
            for burdens in key:
                new: dict[int, int] = {}
                for b, n in counts.items():
                    for extra in burdens:
                        if b + extra <= cap:
                            new[b + extra] = new.get(b + extra, 0) + n
                counts = new
            cache[key] = sum(counts.values())
        total += cache[key]
    return total


def enumerate_plans(model: Model, cap: int, unplaced: bool, np: Any, pulse: Pulse) -> None:
    """All plans in which nobody's burden exceeds `cap`; without empty cells unless `unplaced`."""
    width = max([1, *(len(unit.slots) for unit in model.units)])
    chunks: list[tuple[Any, Any, Any, Any]] = []
    pairs = conflicts(model.frame)
    banned = np.zeros((len(model.frame.offerings) + 1,) * 2, dtype=bool)
    for a, b in pairs:
        banned[a, b] = banned[b, a] = True
    for index, unit in enumerate(model.units):
        pulse.beat()
        types, offers, kinds = _unit_plans(model, unit, cap, unplaced, np, banned)
        rows = np.zeros((len(kinds), width), dtype=np.int32)
        places = np.full((len(kinds), width), NOWHERE, dtype=np.int16)
        rows[:, : types.shape[1]], places[:, : types.shape[1]] = types, offers
        chunks.append((np.full(len(kinds), index, dtype=np.int32), rows, places, kinds))
    zero = model.kind((0,) * len(model.frame.levels))
    for count, offering in enumerate(model.cancellable):
        seats = model.frame.offerings[offering]
        names = {row.name: i for i, row in enumerate(model.rows)}
        key = (seats.round, seats.workshop)
        places = min(seats.capacity, len(model.frame.names))
        opened = model.type_of([(names["capacity", *key], -places), (names["minimum", *key], -seats.minimum)])
        rows = np.zeros((2, width), dtype=np.int32)
        rows[1, 0] = opened
        place = len(model.units) + count
        chunks.append(
            (
                np.full(2, place, dtype=np.int32),
                rows,
                np.full((2, width), NOWHERE, dtype=np.int16),
                np.full(2, zero, dtype=np.int32),
            )
        )
    model.unit_of, model.slots, model.offers, model.kind_of = (
        np.concatenate([chunk[i] for chunk in chunks]) for i in range(4)
    )
    model.table = np.array(list(model.kinds), dtype=np.int64).reshape(len(model.kinds), -1).T.copy()


def _unit_plans(model: Model, unit: Unit, cap: int, unplaced: bool, np: Any, banned: Any) -> tuple[Any, Any, Any]:
    """Cell types, offerings and kinds of all plans of one unit."""
    if len(unit.members) > 1 or model.frame.problem.rules.requires or model.frame.told:
        return _unit_plans_slowly(model, unit, cap, unplaced, np)
    person = unit.members[0]
    offers = np.zeros((1, 0), dtype=np.int16)
    cells = np.zeros((1, 0), dtype=np.int16)
    burden = np.zeros(1, dtype=np.int32)
    options: list[Option] = []
    for round_, _ in unit.slots:
        new = [o for o in model.frame.options[person][round_] if unplaced or o.offering != NOWHERE]
        extra = np.array([o.burden for o in new], dtype=np.int32)
        place = np.array([o.offering for o in new], dtype=np.int16)
        left, right = np.nonzero(burden[:, None] + extra[None, :] <= cap)
        fine = np.ones(len(left), dtype=bool)
        for column in range(offers.shape[1]):
            fine &= ~banned[offers[left, column], place[right]]
        left, right = left[fine], right[fine]
        offers = np.column_stack([offers[left], place[right]])
        cells = np.column_stack([cells[left], right.astype(np.int16) + len(options)])
        burden = burden[left] + extra[right]
        options += new
    types = np.array([slot_type(model, unit.members, o.offering) for o in options], dtype=np.int32)
    vectors = [o.cell for o in options]
    numbers = {cell: i for i, cell in enumerate(dict.fromkeys(vectors))}
    code = np.array([numbers[cell] for cell in vectors], dtype=np.int64)
    mixed = np.zeros(len(burden), dtype=np.int64)
    for column in range(cells.shape[1]):
        mixed = mixed * len(numbers) + code[cells[:, column]]
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    kinds = [model.day_kind(tuple(vectors[c] for c in example)) for example in cells[first].tolist()]
    return types[cells], offers, np.array(kinds, dtype=np.int32)[inverse.reshape(-1)]


def _unit_plans_slowly(model: Model, unit: Unit, cap: int, unplaced: bool, np: Any) -> tuple[Any, Any, Any]:
    """The same for groups and rules that look at the whole day."""
    frame, types, offers, kinds = model.frame, [], [], []
    choices = [joint_options(model, r, members) for r, members in unit.slots]
    for combination in product(*choices):
        if not unplaced and any(offering == NOWHERE for offering, _ in combination):
            continue
        days: dict[int, dict[int, int]] = {p: {} for p in unit.members}
        cells: dict[int, list[tuple[int, int | None, bool]]] = {p: [] for p in unit.members}
        for (round_, members), (offering, options) in zip(unit.slots, combination, strict=True):
            for person, option in zip(members, options, strict=True):
                days[person][round_] = offering
                cells[person].append(option.cell)
        if any(sum(b for b, _, _ in cells[p]) > cap or not day_is_allowed(frame, days[p]) for p in unit.members):
            continue
        vector = [0] * len(frame.levels)
        for person in unit.members:
            moved = bool(frame.told) and frame.moved(person, days[person])
            for i, level in enumerate(frame.levels):
                vector[i] += level.of(cells[person], moved)
        types.append(
            [
                slot_type(model, members, offering)
                for (_, members), (offering, _) in zip(unit.slots, combination, strict=True)
            ]
        )
        offers.append([offering for offering, _ in combination])
        kinds.append(model.kind(tuple(vector)))
    shape = (len(kinds), len(unit.slots))
    return (
        np.array(types, dtype=np.int32).reshape(shape),
        np.array(offers, dtype=np.int16).reshape(shape),
        np.array(kinds, dtype=np.int32),
    )


def days_of(model: Model, chosen: Iterable[int]) -> list[dict[int, int]]:
    """Days per person of the chosen plans (one per unit)."""
    days: list[dict[int, int]] = [{} for _ in model.frame.names]
    for plan in chosen:
        index = int(model.unit_of[plan])
        if index >= len(model.units):
            continue
        for slot, (round_, members) in enumerate(model.units[index].slots):
            for person in members:
                days[person][round_] = int(model.offers[plan, slot])
    return days


def plans_of(model: Model, days: list[dict[int, int]], np: Any) -> Any:
    """The plan of each unit that equals the given days; None if one of them is not enumerated."""
    chosen = np.full(len(model.units) + len(model.cancellable), -1, dtype=np.int64)
    ends = np.searchsorted(model.unit_of, np.arange(len(chosen) + 1))
    for index, unit in enumerate(model.units):
        row = [days[members[0]][round_] for round_, members in unit.slots]
        here = model.offers[ends[index] : ends[index + 1], : len(row)]
        found = np.nonzero((here == np.array(row, dtype=here.dtype)).all(axis=1))[0]
        if not len(found):
            return None
        chosen[index] = ends[index] + found[0]
    used = {offering for day in days for offering in day.values()}
    for count, offering in enumerate(model.cancellable):
        chosen[len(model.units) + count] = ends[len(model.units) + count] + (offering in used)
    return chosen
