"""The board's arithmetic: a proposal with what organisers fixed since, its figures, and what a step changes; pure.

Unlike a run, a draft may break rules: a workshop may be too full, somebody may sit where they said "never". It is
counted all the same, so that organisers see what their step costs.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from eventsite.allocation import insight
from eventsite.allocation.rules import Problem

Cells = Mapping[str, Mapping[str, str | None]]
Figures = dict[str, Any]


def drafted(problem: Problem, plan: Cells, pins: Cells) -> dict[str, dict[str, str | None]]:
    """The plan for everybody who takes part now: what was fixed wins, what is not offered any more is no place."""
    made: dict[str, dict[str, str | None]] = {}
    for person in problem.participants:
        own: dict[str, str | None] = {}
        for round_ in person.wishes:
            workshop = pins.get(person.name, {}).get(round_) or plan.get(person.name, {}).get(round_)
            own[round_] = workshop if (round_, workshop) in problem.offering_at else None
        made[person.name] = own
    return made


def figures(problem: Problem, plan: Cells) -> Figures:
    """Cells by wish, without a place, the worst burden, envy and seats beyond the places of a complete plan."""
    by_wish, unwished, no_wishes, unplaced = [0] * problem.wishes_asked, 0, 0, 0
    burdens: list[int] = []
    loads: Counter[tuple[str, str]] = Counter()
    for person in problem.participants:
        burden = 0
        for round_, wish in person.wishes.items():
            workshop = plan[person.name][round_]
            if workshop is not None:
                loads[round_, workshop] += 1
            if workshop in wish.choices:
                place = wish.choices.index(workshop)
                by_wish[place] += 1
                burden += place
            elif workshop is None:
                unplaced += 1
                burden += problem.unplaced_burden
            else:
                unwished, no_wishes = unwished + bool(wish.choices), no_wishes + (not wish.choices)
                is_fixed = problem.pinned.get((person.name, round_)) == workshop
                burden += 0 if is_fixed else len(wish.choices)
        burdens.append(burden)
    worst = max(burdens, default=0)
    return {
        "cells": sum(len(person.wishes) for person in problem.participants),
        "by_wish": by_wish,
        "unwished": unwished,
        "no_wishes": no_wishes,
        "unplaced": unplaced,
        "worst_burden": worst,
        "persons_worst": sum(burden == worst for burden in burdens) if worst else 0,
        "envious": insight.envious(problem, {name: dict(cells) for name, cells in plan.items()}),
        "beyond": sum(max(0, loads[o.round, o.workshop] - o.capacity) for o in problem.offerings),
    }
