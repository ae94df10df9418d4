"""A proof by cases where one set of prices cannot close the gap of a level.

The cases form a tree: a workshop takes place or not, a person sits in an offering or not. Every leaf has
prices whose bound rules out anything better than the stated value, so the checker needs no solver here
either. Source: Land, Doig: An automatic method of solving discrete programming problems (1960).
"""

from __future__ import annotations

import time
from typing import Any

from eventsite.allocation.frame import NOWHERE
from eventsite.allocation.highs import Master, quiet_solver, run

MOST_PLANS, MOST_NODES = 20_000, 500
Tree = dict[str, Any]


class Cases:
    """Builds the tree of one level over the surviving plans of a master."""

    def __init__(self, master: Master, cost: Any, value: int) -> None:
        """The value to be proven; the plans are those that survived the level."""
        self.master, self.value, self.np = master, value, master.np
        self.plans = master.alive
        self.cost = cost[self.plans].astype(float)
        self.columns = [master.column(int(plan)) for plan in self.plans]
        self.penalty = 1000.0 * (1.0 + self.cost.max() - self.cost.min()) * master.base
        self.nodes = 0
        self.deadline = time.monotonic() + 0.5 * max(0.0, master.deadline - time.monotonic())

    def tree(self, mask: Any) -> Tree | None:
        """Prices if they suffice, otherwise two cases; None if it takes too long."""
        self.nodes += 1
        if self.nodes > MOST_NODES or time.monotonic() > self.deadline:
            return None
        np, master = self.np, self.master
        inside = np.nonzero(mask)[0]
        here = np.unique(master.model.unit_of[self.plans[inside]])
        if len(here) < master.base:
            return {"prices": {}}
        bound, x, dual = self._solve(inside)
        if bound > self.value - 1 + 1e-4:
            return {"prices": {r - master.base: float(dual[r]) for r in range(master.base, len(dual)) if dual[r]}}
        found = self._split(inside, x)
        if found is None:
            return None
        name, chosen, unit = found
        yes = self.tree(mask & (chosen | ~unit))
        no = self.tree(mask & ~chosen) if yes is not None else None
        return None if yes is None or no is None else {"split": name, "yes": yes, "no": no}

    def _solve(self, inside: Any) -> tuple[float, Any, Any]:
        """The linear program of a case; a broken row costs a penalty, so it always has a solution."""
        np, master = self.np, self.master
        solver = quiet_solver(simplex_strategy=4)
        for lower, upper in zip(master.lower, master.upper, strict=True):
            solver.addRow(max(lower, -1e30), min(upper, 1e30), 0, np.array([], dtype=np.int32), np.array([]))
        for row, (lower, upper) in enumerate(zip(master.lower, master.upper, strict=True)):
            for sign, needed in ((1.0, lower > 0), (-1.0, upper < 0)):
                if needed:
                    solver.addCol(self.penalty, 0.0, 1e30, 1, np.array([row], dtype=np.int32), np.array([sign]))
        first = solver.getNumCol()
        for index in inside:
            column = self.columns[index]
            rows = np.array(list(column), dtype=np.int32)
            solver.addCol(self.cost[index], 0.0, 1e30, len(rows), rows, np.array(list(column.values())))
        run(solver, master.pulse)
        solution = solver.getSolution()
        x = np.array(solution.col_value)[first:]
        return solver.getInfo().objective_function_value, x, np.array(solution.row_dual)

    def _split(self, inside: Any, x: Any) -> tuple[list[Any], Any, Any] | None:
        """The most undecided workshop, otherwise the most undecided cell: name, its plans, the unit's plans."""
        np, model = self.np, self.master.model
        units, people = model.unit_of[self.plans], len(model.units)
        best: tuple[float, list[Any], Any, Any] | None = None
        for index, offering in enumerate(model.cancellable):
            unit = units == people + index
            opened = unit & (model.slots[self.plans, 0] != 0)
            part = float(x[opened[inside]].sum())
            if best is None or abs(part - 0.5) < best[0]:
                seats = model.frame.offerings[offering]
                best = abs(part - 0.5), ["open", seats.round, seats.workshop], opened, unit
        if best is not None and best[0] < 0.5 - 1e-6:
            return best[1:]
        best = None
        for number in np.unique(units[inside[(x > 1e-6) & (x < 1 - 1e-6)]]):
            if number >= people:
                continue
            unit = units == number
            for slot, (_, members) in enumerate(model.units[number].slots):
                offers = model.offers[self.plans, slot]
                for offering in np.unique(offers[inside[units[inside] == number]]):
                    chosen = unit & (offers == offering)
                    part = float(x[chosen[inside]].sum())
                    if offering != NOWHERE and (best is None or abs(part - 0.5) < best[0]):
                        seats, name = model.frame.offerings[offering], model.frame.names[members[0]]
                        best = abs(part - 0.5), ["sits", name, seats.round, seats.workshop], chosen, unit
            if best is not None and best[0] < 0.1:
                break
        return None if best is None or best[0] >= 0.5 - 1e-6 else best[1:]


def prove(master: Master, cost: Any, value: int) -> Tree | None:
    """A tree of cases that proves a value, or None where it would become too large."""
    if len(master.alive) > MOST_PLANS:
        return None
    cases = Cases(master, cost, value)
    return cases.tree(master.np.ones(len(cases.plans), dtype=bool))
