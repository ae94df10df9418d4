"""The only door to HiGHS and numpy: minimise one cost after the other over the surviving day plans.

Each level is a linear program over the surviving plans, solved by the primal simplex with column
generation. Then plans whose reduced cost exceeds the gap between the integer optimum and the bound
disappear, and rows whose price exceeds it are frozen (they are integral, so they must be tight). Where
the program is fractional a small mixed-integer program over the plans that can still matter decides.
Sources: Huangfu, Hall: Parallelizing the dual revised simplex method (2018); Nemhauser, Wolsey: Integer
and Combinatorial Optimization (1988), II.5.2 (fixing by reduced costs).
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsite.allocation.columns import Model
from eventsite.allocation.pulse import Pulse

TOLERANCE = 1e-6
PER_UNIT = 4
MANY_PLANS = 5000


def quiet_solver(**options: Any) -> Any:
    """A HiGHS object; the base class, because the Python one prints a banner and keeps callbacks."""
    import highspy

    solver: Any = highspy.Highs.__mro__[1]()
    for key, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(key, value)
    return solver


def run(solver: Any, pulse: Pulse) -> None:
    """Run HiGHS with the pulse beating; an exception of the listener ends the solver and is raised here."""
    stopped: list[BaseException] = []

    def heard(_kind: Any, _message: Any, _out: Any, into: Any, _user: Any) -> None:
        try:
            pulse.beat()
        except BaseException as error:
            stopped.append(error)
            into.user_interrupt = True

    if pulse.progress:
        import highspy

        solver.setCallback(heard, None)
        for kind in ("kCallbackSimplexInterrupt", "kCallbackMipInterrupt"):
            solver.startCallback(getattr(highspy.cb.HighsCallbackType, kind))
    solver.run()
    if stopped:
        raise stopped[0]


def numeric() -> Any:
    """numpy, imported when needed."""
    import numpy

    return numpy


class OutOfTime(Exception):
    """The time limit was reached; what is proven so far stands."""


class NoPlan(Exception):
    """No plan satisfies the hard rules; names of rows that cannot be met, where known."""

    def __init__(self, rows: Sequence[tuple[str | int, ...]] = ()) -> None:
        super().__init__("no feasible plan")
        self.rows = list(rows)


@dataclass
class Stage:
    """One minimised cost: linear bound, integer value and the dual prices behind the bound."""

    level: int
    bound: float
    value: int
    prices: dict[int, float] = field(default_factory=dict)
    tree: dict[str, Any] | None = None

    @property
    def whole_bound(self) -> int:
        """The whole number that the bound proves, a little below it for the sake of rounded prices."""
        return math.ceil(self.bound - 1e-3)

    @property
    def is_proven(self) -> bool:
        """Whether prices or a proof by cases close the gap between bound and value."""
        return self.tree is not None or self.value - self.bound < 1 - 1e-4


class Master:
    """The linear program over the plans of a model, shrinking from level to level."""

    def __init__(self, model: Model, deadline: float, pulse: Pulse) -> None:
        """Rows of units (one plan each) come first, then the model's rows, then budgets."""
        import highspy

        self.np, self.model, self.deadline, self.pulse = numeric(), model, deadline, pulse
        np = self.np
        self.base = len(model.units) + len(model.cancellable)
        self.lower = [1.0] * self.base + [row.lower for row in model.rows]
        self.upper = [1.0] * self.base + [row.upper for row in model.rows]
        self.budgets: list[tuple[int, int]] = []
        self.incumbent: Any = None
        self.lp_bound: float | None = None
        self.lp_prices: dict[int, float] = {}
        self.in_lp = np.full(model.count, -1, dtype=np.int32)
        self.column_plans: list[int] = []
        flat = [(t, row + self.base, value) for t, entries in enumerate(model.types) for row, value in entries]
        self.entries = tuple(np.array([f[i] for f in flat], dtype=np.int64) for i in range(3))
        self.alive = np.arange(model.count, dtype=np.int64)
        self.highs = quiet_solver(simplex_strategy=4)
        self.highspy = highspy
        self.artificial = self._load_rows()

    def _load_rows(self) -> int:
        np, highs, inf = self.np, self.highs, self.highspy.kHighsInf
        for lower, upper in zip(self.lower, self.upper, strict=True):
            highs.addRow(max(lower, -inf), min(upper, inf), 0, np.array([], dtype=np.int32), np.array([]))
        helped = [r for r in range(len(self.lower)) if self.lower[r] > 0]
        for row in helped:
            highs.addCol(0.0, 0.0, inf, 1, np.array([row], dtype=np.int32), np.array([1.0]))
        self.helped = helped
        return len(helped)

    def _check_time(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left

    def column(self, plan: int) -> dict[int, float]:
        """Row coefficients of a plan."""
        model = self.model
        found: dict[int, float] = {int(model.unit_of[plan]): 1.0}
        for kind in model.slots[plan]:
            for row, value in model.types[kind]:
                found[row + self.base] = found.get(row + self.base, 0.0) + value
        for row, level in self.budgets:
            value = float(model.table[level, model.kind_of[plan]])
            if value:
                found[row] = value
        return found

    def add_columns(self, plans: Any, costs: Any) -> None:
        """Bring plans into the linear program."""
        np = self.np
        starts: list[int] = []
        indices: list[int] = []
        values: list[float] = []
        for plan in plans:
            starts.append(len(indices))
            for row, value in self.column(int(plan)).items():
                if value:
                    indices.append(row)
                    values.append(value)
        count = len(starts)
        self.highs.addCols(
            count,
            np.asarray(costs, dtype=float),
            np.zeros(count),
            np.full(count, 1e30),
            len(indices),
            np.array(starts, dtype=np.int32),
            np.array(indices, dtype=np.int32),
            np.array(values),
        )
        first = len(self.column_plans)
        self.in_lp[plans] = np.arange(first, first + count)
        self.column_plans += [int(p) for p in plans]

    def reduced(self, cost: Any, dual: Any) -> Any:
        """Reduced costs of all surviving plans."""
        np, model = self.np, self.model
        kinds, rows, values = self.entries
        price = np.bincount(kinds, weights=values * dual[rows], minlength=len(model.types))
        result = np.empty(len(self.alive))
        for start in range(0, len(self.alive), 400_000):
            part = self.alive[start : start + 400_000]
            value = cost[part].astype(float) - dual[model.unit_of[part]]
            for slot in range(model.slots.shape[1]):
                value -= price[model.slots[part, slot]]
            for row, level in self.budgets:
                value -= dual[row] * model.table[level][model.kind_of[part]]
            result[start : start + 400_000] = value
        return result

    def solve(self, cost: Any, missing: float = 0.0) -> tuple[float, Any, Any, Any]:
        """Optimum of the linear program over all surviving plans: value, x per column, duals, reduced costs.

        `missing` is the cost of a unit that is missing in a row, as long as the rows may be helped.
        """
        np, highs = self.np, self.highs
        count = len(self.column_plans)
        indices = np.arange(self.artificial + count, dtype=np.int32)
        costs = np.zeros(len(indices))
        costs[: self.artificial] = missing
        if count:
            costs[self.artificial :] = cost[np.array(self.column_plans)]
        highs.changeColsCost(len(indices), indices, costs)
        while True:
            highs.setOptionValue("time_limit", highs.getRunTime() + self._check_time())
            run(highs, self.pulse)
            if highs.getModelStatus() != self.highspy.HighsModelStatus.kOptimal:
                self._check_time()
                raise NoPlan
            solution = highs.getSolution()
            dual = np.array(solution.row_dual)
            reduced = self.reduced(cost, dual)
            fresh = np.nonzero((reduced < -1e-7) & (self.in_lp[self.alive] < 0))[0]
            if not len(fresh):
                value = highs.getInfo().objective_function_value
                return value, np.array(solution.col_value), dual, reduced
            units = self.model.unit_of[self.alive[fresh]]
            order = np.lexsort((reduced[fresh], units))
            sorted_units = units[order]
            first = np.searchsorted(sorted_units, sorted_units, side="left")
            chosen = self.alive[fresh[order[np.arange(len(order)) - first < PER_UNIT]]]
            self.add_columns(chosen, cost[chosen])

    def find_feasible(self, cost: Any) -> Any:
        """Optimum x of a cost in which no row needs help; raises NoPlan with the rows that cannot be met."""
        np = self.np
        value, x, _, _ = self.solve(cost, 10.0 * float(np.abs(cost).max(initial=1)))
        if x[: self.artificial].max(initial=0.0) > 1e-7:
            value, x, _, _ = self.solve(np.zeros(self.model.count, dtype=np.int64), 1.0)
            if value > 1e-6:
                rows = [self.helped[i] - self.base for i in range(self.artificial) if x[i] > 1e-6]
                raise NoPlan([self.model.rows[r].name for r in rows if r >= 0])
        else:
            value = 0.0
        count = self.artificial
        self.highs.changeColsBounds(count, np.arange(count, dtype=np.int32), np.zeros(count), np.zeros(count))
        return x

    def integral(self, x: Any) -> Any:
        """The plan of each unit if x is integral, otherwise None."""
        np = self.np
        values = x[self.artificial :]
        if len(values) and np.abs(values - np.round(values)).max() > 1e-6:
            return None
        return self._by_unit(np.array(self.column_plans, dtype=np.int64)[values > 0.5])

    def _by_unit(self, plans: Any) -> Any:
        np = self.np
        chosen = np.full(self.base, -1, dtype=np.int64)
        chosen[self.model.unit_of[plans]] = plans
        return chosen

    def search(self, cost: Any, plans: Any, *, gap: float = 0.0, share: float = 1.0) -> tuple[int, Any] | None:
        """Best integer choice among the given plans; None if there is none. Raises OutOfTime."""
        np, highspy = self.np, self.highspy
        mip = quiet_solver(
            time_limit=self._check_time() * share, mip_rel_gap=gap, mip_abs_gap=0.5 if gap == 0 else 1e-6
        )
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(plans), len(self.lower)
        lp.col_cost_ = cost[plans].astype(float)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(plans)), np.ones(len(plans))
        lp.row_lower_, lp.row_upper_ = np.array(self.lower), np.array(self.upper)
        starts, indices, values = [0], [], []
        for plan in plans:
            for row, value in self.column(int(plan)).items():
                if value:
                    indices.append(row)
                    values.append(value)
            starts.append(len(indices))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts, dtype=np.int32), np.array(indices, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(values, dtype=float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(plans)
        mip.passModel(lp)
        run(mip, self.pulse)
        status = mip.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        info = mip.getInfo()
        found = info.primal_solution_status == 2
        if status != highspy.HighsModelStatus.kOptimal and not (found and share < 1.0):
            raise OutOfTime
        x = np.array(mip.getSolution().col_value)
        chosen = self._by_unit(np.asarray(plans)[x > 0.5])
        return round(float(cost[chosen].sum())), chosen

    def minimise(self, cost: Any, level: int = -1) -> Stage:
        """Integer minimum of a cost over the surviving plans; afterwards only optimal choices survive."""
        np = self.np
        lowest = np.full(self.base, np.iinfo(np.int64).max)
        np.minimum.at(lowest, self.model.unit_of[self.alive], cost[self.alive])
        floor = int(lowest.sum())
        self.lp_bound, self.lp_prices = float(floor), {}
        if self.incumbent is not None and int(cost[self.incumbent].sum()) == floor:
            self._keep(cost[self.alive] <= lowest[self.model.unit_of[self.alive]])
            return Stage(level, float(floor), floor)
        bound, x, dual, reduced = self.solve(cost)
        self.lp_bound, self.lp_prices = bound, self._prices(dual)
        least = math.ceil(bound - 1e-5)
        chosen = self.integral(x)
        if chosen is None and (self.incumbent is None or int(cost[self.incumbent].sum()) > least):
            chosen = self._best_integer(cost, reduced, bound, least)
        if chosen is not None:
            self.adopt(chosen)
        value = int(cost[self.incumbent].sum())
        slack = max(0.0, value - bound)
        slack = 0.0 if slack < 1e-5 else slack
        prices = self.lp_prices
        self._freeze(dual, slack)
        self._keep(reduced <= slack + TOLERANCE)
        if slack and level >= 0:
            self._add_budget(level, value)
        elif slack:
            self._keep_exactly(cost, value)
        return Stage(level, bound, value, prices)

    def _prices(self, dual: Any) -> dict[int, float]:
        return {r - self.base: float(dual[r]) for r in range(self.base, len(dual)) if abs(dual[r]) > 1e-9}

    def adopt(self, chosen: Any) -> None:
        """Make an integer choice the incumbent; its plans keep the linear program feasible for ever."""
        missing = chosen[self.in_lp[chosen] < 0]
        if len(missing):
            self.add_columns(missing, self.np.zeros(len(missing)))
        self.incumbent = chosen

    def _best_integer(self, cost: Any, reduced: Any, bound: float, least: int) -> Any:
        """Widen the window of reduced costs until the best integer choice provably lies inside."""
        quick = self._quick_integer(cost, least) if len(self.alive) > MANY_PLANS else None
        if quick is not None:
            return quick
        window = least - bound + TOLERANCE
        while True:
            inside = self.alive[reduced <= window]
            found = self.search(cost, inside)
            if found is not None and found[0] <= bound + window + 1e-5:
                return found[1]
            if len(inside) == len(self.alive):
                if found is None:
                    raise NoPlan
                return found[1]
            window = found[0] - bound + TOLERANCE if found is not None else 2 * window + 1

    def _quick_integer(self, cost: Any, least: int) -> Any:
        """A choice that reaches the bound among the plans of the linear program, if one turns up soon."""
        alive = self.np.zeros(self.model.count, dtype=bool)
        alive[self.alive] = True
        plans = self.np.array(self.column_plans, dtype=self.np.int64)
        try:
            found = self.search(cost, plans[alive[plans]], share=0.3)
        except OutOfTime:
            return None
        if found is not None and (self.incumbent is None or found[0] < int(cost[self.incumbent].sum())):
            self.adopt(found[1])
        return found[1] if found is not None and found[0] <= least else None

    def _freeze(self, dual: Any, slack: float) -> None:
        inf = self.highspy.kHighsInf
        for row in range(self.base, len(dual)):
            if abs(dual[row]) > slack + TOLERANCE and self.lower[row] != self.upper[row]:
                tight = self.upper[row] if dual[row] < 0 else self.lower[row]
                if abs(tight) < inf:
                    self.lower[row] = self.upper[row] = tight
                    self.highs.changeRowBounds(row, tight, tight)

    def _keep(self, mask: Any) -> None:
        """Forget the surviving plans outside the mask."""
        np = self.np
        dead = self.alive[~mask]
        self.alive = self.alive[mask]
        columns = self.in_lp[dead]
        columns = (columns[columns >= 0] + self.artificial).astype(np.int32)
        if len(columns):
            self.highs.changeColsBounds(len(columns), columns, np.zeros(len(columns)), np.zeros(len(columns)))

    def _add_budget(self, level: int, value: int) -> None:
        np, row = self.np, len(self.lower)
        plans = np.array(self.column_plans, dtype=np.int64)
        values = self.model.table[level][self.model.kind_of[plans]].astype(float)
        used = np.nonzero(values)[0]
        self.highs.addRow(
            -self.highspy.kHighsInf, float(value), len(used), (used + self.artificial).astype(np.int32), values[used]
        )
        self.lower.append(float("-inf"))
        self.upper.append(float(value))
        self.budgets.append((row, level))

    def _keep_exactly(self, cost: Any, value: int) -> None:
        """A cost of one unit (lottery) needs no budget row: keep the plans with this cost there."""
        np = self.np
        lowest = np.full(self.base, np.iinfo(np.int64).max)
        np.minimum.at(lowest, self.model.unit_of[self.alive], cost[self.alive])
        excess = value - int(lowest.sum())
        self._keep(cost[self.alive] <= lowest[self.model.unit_of[self.alive]] + excess)
