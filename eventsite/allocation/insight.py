"""Figures beside a result: shares by rank, worst burden, envy, and how simpler procedures would have done.

Envy: a person is envious who has, in some round, a better-ranked wish in which somebody sits. The simpler
procedures seat the same wishes first come, first served, and by lottery; minimums, groups that stay together
and what pins need before them are left out there, because such procedures cannot respect them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from eventsite.allocation import frame as frames
from eventsite.allocation.rules import Plan, Problem, burdens, profile
from eventsite.allocation.sequential import serial_days


@dataclass(frozen=True)
class Figures:
    """What an organiser compares; ranks and burdens are counts of cells and persons."""

    cells: int
    by_rank: dict[int, int]
    unranked: int
    unplaced: int
    persons_without_any: int
    worst_burden: int
    persons_worst: int
    mean_burden: float
    envious: int
    by_burden: dict[int, int]

    def share(self, rank: int) -> float:
        """Share of the cells that have this rank, 0 to 1."""
        return self.by_rank.get(rank, 0) / self.cells if self.cells else 0.0


def figures(problem: Problem, plan: Plan) -> Figures:
    """The figures of a feasible plan."""
    counts = profile(problem, plan)
    unplaced = counts.pop("unplaced_cells")
    by_rank = {int(name.rsplit("_", 1)[1]): value for name, value in counts.items()}
    cells = sum(len(p.wishes) for p in problem.participants)
    loads = burdens(problem, plan)
    worst = max(loads.values(), default=0)
    return Figures(
        cells=cells,
        by_rank=by_rank,
        unranked=cells - unplaced - sum(by_rank.values()),
        unplaced=unplaced,
        persons_without_any=sum(bool(day) and all(w is None for w in day.values()) for day in plan.values()),
        worst_burden=worst,
        persons_worst=sum(b == worst for b in loads.values()) if worst else 0,
        mean_burden=sum(loads.values()) / len(loads) if loads else 0.0,
        envious=envious(problem, plan),
        by_burden=dict(sorted(Counter(loads.values()).items())),
    )


def envious(problem: Problem, plan: Plan) -> int:
    """People who would rather have somebody else's place in some round."""
    used = {(r, w) for day in plan.values() for r, w in day.items() if w is not None}
    count = 0
    for person in problem.participants:
        for round_, wish in person.wishes.items():
            if (person.name, round_) in problem.pinned:
                continue
            own = plan[person.name][round_]
            better = wish.choices[: wish.choices.index(own)] if own in wish.choices else wish.choices
            if any((round_, workshop) in used for workshop in better):
                count += 1
                break
    return count


def first_come(problem: Problem) -> Plan:
    """First come, first served in the order of registration."""
    return _baseline(problem, "order", 0, repay=False)


def plain_lottery(problem: Problem, seed: int | str = 0) -> Plan:
    """One lottery order for all rounds."""
    return _baseline(problem, "lottery", seed, repay=False)


def _baseline(problem: Problem, tie: str, seed: int | str, *, repay: bool) -> Plan:
    kept = () if problem.rules.pins else problem.rules.requires
    loose = replace(
        problem,
        offerings=tuple(replace(o, minimum=0) for o in problem.offerings),
        rules=replace(problem.rules, together=(), may_cancel=False, requires=kept),
    )
    frame = frames.build(loose, "serial", tie, seed)
    return frame.plan(serial_days(frame, repay=repay))


def comparison(problem: Problem, plan: Plan, seed: int | str = 0) -> dict[str, Figures]:
    """The plan beside first come, first served and a lottery, on the same wishes."""
    return {
        "plan": figures(problem, plan),
        "first_come": figures(problem, first_come(problem)),
        "lottery": figures(problem, plain_lottery(problem, seed)),
    }
