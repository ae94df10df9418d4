"""Bounds of levels from the prices of a certificate, in integers and fractions, without any solver.

Rows of seats and all days are made anew from the definitions. `Proof.stage` gives the bound of a stage and
keeps the days that can still occur; `Proof.rules_out` follows a proof by cases. See `checker`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from eventsite.allocation.feasibility import day_breaks, outsiders_limit
from eventsite.allocation.rules import Level, Problem, natural

Allowed = Mapping[tuple[str, str], "frozenset[str | None]"]
Told = Mapping[str, Mapping[str, str | None]]
RowName = tuple[Any, ...]


@dataclass
class Line:
    """One day of one unit: row coefficients and contribution to each level."""

    rows: tuple[tuple[int, int], ...]
    costs: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...] = ()


class Proof:
    """Rows of seats and all days, as the definitions give them."""

    def __init__(
        self,
        problem: Problem,
        listed: list[Level],
        certificate: Mapping[str, Any],
        told: Told,
        allowed: Allowed,
    ) -> None:
        """Rows first; days are listed when a stage first needs them."""
        self.problem, self.listed, self.told, self.allowed = problem, listed, told, allowed
        self.position = {level.name: i for i, level in enumerate(listed)}
        self.number: dict[RowName, int] = {}
        self.lower: list[int | None] = []
        self.upper: list[int | None] = []
        self.touch: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
        self.joint = [tuple(group) for group in certificate.get("joint", [])]
        self.cancellable = [o for o in problem.offerings if problem.rules.may_cancel and o.minimum > 0]
        self.by_cases = any("tree" in stage for stage in certificate["stages"])
        self._make_rows(certificate)
        self.units = self._units()
        self.survivors: list[list[Line]] | None = None
        self.cap = 10**9
        self.no_empty = False
        self.cache: dict[tuple[tuple[tuple[int, int | None, bool], ...], ...], tuple[int, ...]] = {}

    def _row(self, name: RowName, lower: int | None, upper: int | None) -> int:
        self.number[name] = len(self.lower)
        self.lower.append(lower)
        self.upper.append(upper)
        return self.number[name]

    def _add(self, people: Any, round_: str, workshop: str, row: int, value: int = 1) -> None:
        for name in people:
            self.touch.setdefault((name, round_, workshop), []).append((row, value))

    def _make_rows(self, certificate: Mapping[str, Any]) -> None:
        problem = self.problem
        closing = {(o.round, o.workshop) for o in self.cancellable}
        for (round_, workshop), offering in problem.offering_at.items():
            present = [p.name for p in problem.participants if round_ in p.wishes]
            opens, places = (round_, workshop) in closing, min(offering.capacity, len(problem.participants))
            self._add(
                present, round_, workshop, self._row(("capacity", round_, workshop), None, 0 if opens else places)
            )
            if offering.minimum:
                self._add(
                    present,
                    round_,
                    workshop,
                    self._row(("minimum", round_, workshop), 0 if opens else offering.minimum, None),
                )
            for i, (people, top) in enumerate(outsiders_limit(problem, round_, workshop)):
                self._add(people, round_, workshop, self._row(("contingent", round_, workshop, i), None, top))
            for i, spread in enumerate(problem.rules.spread):
                self._add(
                    set(spread.members) & set(present),
                    round_,
                    workshop,
                    self._row(("spread", round_, workshop, i), None, spread.max_per_offering),
                )
        for row, _ in (entry for stage in certificate["stages"] for entry in _priced_rows(stage)):
            if row[0] == "link" and tuple(row) not in self.number:
                self._link(tuple(row))
        for level in self.listed:
            self._row(("budget", level.name), None, None)

    def _link(self, name: RowName) -> None:
        """Leader and member of a together-group have the same load in a round that all attend."""
        _, leader, member, round_, workshop = name
        if not any(
            {leader, member} <= set(g) and all(round_ in self.problem.person[n].wishes for n in g)
            for g in self.problem.rules.together
        ):
            raise ValueError("a link without a group")
        row = self._row(name, 0, 0)
        self._add([leader], round_, workshop, row)
        self._add([member], round_, workshop, row, -1)

    def _units(self) -> list[tuple[str, ...]]:
        given = {tuple(sorted(set(g))) for g in self.problem.rules.together}
        grouped: set[str] = set()
        for group in self.joint:
            if tuple(sorted(group)) not in given or grouped & set(group):
                raise ValueError("a group that is none")
            grouped |= set(group)
        return self.joint + [(p.name,) for p in self.problem.participants if p.name not in grouped]

    def dominates(self, stage: Mapping[str, Any]) -> bool:
        """Whether each weight outweighs everything below it."""
        weights, top = [int(w) for w in stage["weights"]], sum(len(p.wishes) for p in self.problem.participants)
        return all(w > top * sum(weights[i + 1 :]) for i, w in enumerate(weights))

    def days(self, unit: tuple[str, ...]) -> Iterator[Line]:
        """All days of a unit that the rules within a person allow."""
        shared = set.intersection(*(set(self.problem.person[n].wishes) for n in unit))
        slots = [(r, unit) for r in sorted(shared, key=natural)] if len(unit) > 1 else []
        slots += [
            (r, (n,))
            for n in unit
            for r in sorted(self.problem.person[n].wishes, key=natural)
            if len(unit) == 1 or r not in shared
        ]
        options = [self._options(r, who) for r, who in slots]
        whole = bool(
            self.problem.rules.no_repeat
            or self.problem.rules.same_topic
            or self.problem.rules.requires
            or self.problem.rules.overlaps
        )
        for choice in self._choices(options):
            days: dict[str, dict[str, str | None]] = {n: {} for n in unit}
            cells: dict[str, list[tuple[int, int | None, bool]]] = {n: [] for n in unit}
            total: dict[int, int] = {}
            for (round_, who), (workshop, own) in zip(slots, choice, strict=True):
                for name, (burden, rank) in zip(who, own, strict=True):
                    days[name][round_] = workshop
                    cells[name].append((burden, rank, workshop is not None))
                    for row, value in self.touch.get((name, round_, workshop), ()) if workshop else ():
                        total[row] = total.get(row, 0) + value
            if len(unit) > 1 and any(sum(b for b, _, _ in own) > self.cap for own in cells.values()):
                continue
            if whole and any(day_breaks(self.problem, day) for day in days.values()):
                continue
            sits = tuple(("sits", n, r, w) for n in unit for r, w in days[n].items() if w) if self.by_cases else ()
            yield Line(tuple(total.items()), self._costs(unit, cells, days), sits)

    def _choices(self, options: list[list[tuple[str | None, list[tuple[int, int | None]]]]]) -> Iterator[Any]:
        if self.cap >= 10**9:
            yield from product(*options)
            return
        partial: list[tuple[tuple[Any, ...], int]] = [((), 0)]
        for slot in options:
            partial = [
                ((*chosen, option), burden + option[1][0][0])
                for chosen, burden in partial
                for option in slot
                if burden + option[1][0][0] <= self.cap or len(option[1]) > 1
            ]
        yield from (chosen for chosen, _ in partial)

    def _options(self, round_: str, who: tuple[str, ...]) -> list[tuple[str | None, list[tuple[int, int | None]]]]:
        found = []
        workshops = [o.workshop for o in self.problem.offerings if o.round == round_]
        for workshop in [*workshops, None]:
            cells = [self.problem.cell(n, round_, workshop) for n in who]
            fits = all(workshop in self.allowed[n, round_] for n in who if (n, round_) in self.allowed)
            if fits and None not in cells and not (self.no_empty and workshop is None):
                found.append((workshop, [c for c in cells if c is not None]))
        return found

    def _costs(
        self,
        unit: tuple[str, ...],
        cells: Mapping[str, list[tuple[int, int | None, bool]]],
        days: Mapping[str, Mapping[str, str | None]],
    ) -> tuple[int, ...]:
        key = tuple(tuple(cells[n]) for n in unit)
        cache = self.cache
        if self.told or key not in cache:
            cache[key] = tuple(sum(level.of(cells[n], self._moved(n, days[n])) for n in unit) for level in self.listed)
        return cache[key]

    def _moved(self, name: str, day: Mapping[str, str | None]) -> bool:
        return any(day[r] != w for r, w in self.told.get(name, {}).items() if r in day)

    def _lines(self) -> Iterator[Iterator[Line] | list[Line]]:
        """Days of every unit, then open and closed for every workshop that may be cancelled."""
        if self.survivors is not None:
            yield from self.survivors
            return
        for unit in self.units:
            yield self.days(unit)
        zero = (0,) * len(self.listed)
        for o in self.cancellable:
            places = min(o.capacity, len(self.problem.participants))
            opened = (
                (self.number["capacity", o.round, o.workshop], -places),
                (self.number["minimum", o.round, o.workshop], -o.minimum),
            )
            yield [Line((), zero), Line(opened, zero, (("open", o.round, o.workshop),))]

    def stage(self, stage: Mapping[str, Any], values: Mapping[str, int]) -> Fraction | None:
        """The bound of a stage as a fraction; keeps the days that can still occur."""
        places = [self.position[name] for name in stage["levels"]]
        weights, scale = [int(w) for w in stage["weights"]], int(stage["scale"])
        prices: dict[int, int] = {}
        for name, text in stage["prices"]:
            prices[self.number[tuple(name)]] = int(text)
        if scale < 1 or any(w < 0 for w in weights):
            raise ValueError("a negative weight")
        total = sum(w * values[name] for w, name in zip(weights, stage["levels"], strict=True))
        if not prices and total == 0 and self.survivors is None and self._skip(places):
            return Fraction(0)
        seats = self._worth(prices)
        if seats is None:
            return None
        reduced = self._reduced(prices, scale, list(zip(weights, places, strict=True)))
        least = [min((reduced(line) for line in lines), default=0) for lines in self._lines()]
        bound = seats + sum(least)
        slack = max(0, scale * total - bound)
        self.survivors = [
            [line for line in lines if reduced(line) - low <= slack]
            for lines, low in zip(self._lines(), least, strict=True)
        ]
        for row, price in prices.items():
            if abs(price) > slack:
                self.lower[row] = self.upper[row] = self.upper[row] if price < 0 else self.lower[row]
        if len(places) == 1:
            self.upper[self.number["budget", stage["levels"][0]]] = total
        return Fraction(bound, scale)

    def _worth(self, prices: Mapping[int, int]) -> int | None:
        """What the priced seats are worth; None if a price has the wrong sign."""
        total = 0
        for row, price in prices.items():
            side = self.upper[row] if price < 0 else self.lower[row]
            if side is None:
                return None
            total += price * side
        return total

    def _reduced(self, prices: Mapping[int, int], scale: int, weighted: list[tuple[int, int]]) -> Callable[[Line], int]:
        """Cost of a day minus the prices of its seats."""
        budget = self._budget_rows(prices)

        def reduced(line: Line) -> int:
            cost = scale * sum(w * line.costs[i] for w, i in weighted)
            for row, value in line.rows:
                if row in prices:
                    cost -= prices[row] * value
            for row, level in budget:
                cost -= prices[row] * line.costs[level]
            return cost

        return reduced

    def rules_out(self, tree: Mapping[str, Any], level: int, value: int) -> bool:
        """Whether a proof by cases excludes everything better than a value of a level."""
        return self._case(tree, level, value, list(self._lines()))

    def _case(self, tree: Mapping[str, Any], level: int, value: int, lines: Iterable[Iterable[Line]]) -> bool:
        units = [list(unit) for unit in lines]
        if not all(units):
            return True
        if "split" in tree:
            cell = tuple(tree["split"])
            inside = [[line for line in unit if cell in line.cells] for unit in units]
            if sum(map(bool, inside)) != 1:
                return False
            yes = [chosen or unit for chosen, unit in zip(inside, units, strict=True)]
            no = [[line for line in unit if cell not in line.cells] for unit in units]
            return self._case(tree["yes"], level, value, yes) and self._case(tree["no"], level, value, no)
        scale = int(tree["scale"])
        prices = {self.number[tuple(name)]: int(text) for name, text in tree["prices"]}
        seats = self._worth(prices)
        if seats is None or scale < 1:
            return False
        reduced = self._reduced(prices, scale, [(1, level)])
        return seats + sum(min(map(reduced, unit)) for unit in units) > scale * (value - 1)

    def _budget_rows(self, prices: Mapping[int, int]) -> list[tuple[int, int]]:
        return [
            (row, self.position[name[1]]) for name, row in self.number.items() if name[0] == "budget" and row in prices
        ]

    def _skip(self, places: list[int]) -> bool:
        """Levels that are zero need no days listed: they only cut off days."""
        level = self.listed[places[0]]
        if len(places) != 1 or level.sign < 0 or level.kind not in ("unplaced", "burden"):
            return False
        if level.kind == "unplaced":
            self.no_empty = True
        else:
            self.cap = min(self.cap, level.number - 1)
        return True


def _priced_rows(tree: Mapping[str, Any]) -> Iterator[Any]:
    """All priced rows of a stage, its proof by cases included."""
    yield from tree.get("prices", ())
    for part in ("tree", "yes", "no"):
        if part in tree:
            yield from _priced_rows(tree[part])
