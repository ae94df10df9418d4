"""What one run computes, from plain values to plain values: plan, figures, demand, reasons, certificate; pure."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eventsite.allocation import changes, engine, explain, insight, reasons, rules
from eventsite.allocation.insight import Figures
from eventsite.allocation.rules import Plan, Problem, Result

Told = Mapping[str, Mapping[str, str | None]]
MORE_PLACES = 4
MORE_PLACES_SECONDS = 20.0


@dataclass(frozen=True)
class Order:
    """What is asked for: the mode, the rule, and what a what-if changes ({"capacity": {workshop: n}, "closed": […], "pins": […]})."""

    mode: str
    objective: str
    tie: str
    seed: int
    changes: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Proposal:
    """What came out, ready to be stored."""

    result: dict[str, Any]
    figures: dict[str, Any]
    certificate: dict[str, Any]


def changed_input(problem: Problem, wanted: Mapping[str, Any] | None) -> Problem:
    """The problem as a what-if wants it; workshops that are unknown by now are passed over."""
    wanted = wanted or {}
    places = {o.workshop: (o.round, o.workshop) for o in problem.offerings}
    capacity = {places[w]: int(n) for w, n in (wanted.get("capacity") or {}).items() if w in places}
    closed = frozenset(places[w] for w in wanted.get("closed") or [] if w in places)
    pins = tuple((n, *places[w]) for n, w in wanted.get("pins") or [] if w in places and n in problem.person)
    is_same = not (capacity or closed or pins)
    return problem if is_same else changes.what_if(problem, capacity=capacity, closed=closed, pins=pins)


def compute(
    problem: Problem, told: Told, order: Order, *, time_limit: float = 60.0, progress: Callable[[int, int], None]
) -> Proposal:
    """Solves, explains and compares; raises BadProblem with one sentence where nothing fits."""
    problem = changed_input(problem, order.changes)
    rule: dict[str, Any] = {"objective": order.objective, "tie": order.tie, "seed": order.seed}
    if order.mode in changes.MODES:
        result = changes.resolve(problem, told, order.mode, **rule, time_limit=time_limit, progress=progress)
    else:
        result = engine.solve(problem, **rule, time_limit=time_limit, progress=progress)
    return Proposal(
        result={**_plain(result), "reasons": _reasons(problem, result, order.mode)},
        figures=_figures(problem, result, told, is_free=order.mode not in changes.MODES),
        certificate=result.certificate,
    )


def _plain(result: Result) -> dict[str, Any]:
    values = result.to_dict()
    values.pop("certificate")
    return values


def _reasons(problem: Problem, result: Result, mode: str) -> dict[str, dict[str, Any]]:
    explainer = explain.Explainer(problem, result.plan, objective=result.objective, tie=result.tie, seed=result.seed)
    keeps = mode in changes.MODES
    return {
        name: {one.round: reasons.stored(one, keeps_told=keeps) for one in explainer.reasons(name)}
        for name in result.plan
    }


def _figures(problem: Problem, result: Result, told: Told, *, is_free: bool) -> dict[str, Any]:
    plans = {
        "plan": result.plan,
        "first_come": insight.first_come(problem),
        "lottery": insight.plain_lottery(problem, result.seed),
    }
    compared = {name: insight.figures(problem, plan) for name, plan in plans.items()}
    return {
        "people": len(problem.participants),
        "rounds": list(problem.rounds),
        "wishes": problem.wishes_asked,
        **{name: _counts(problem, plans[name], figures) for name, figures in compared.items()},
        "demand": [
            {**asdict(one), "by_rank": list(one.by_rank.values())} for one in explain.demand(problem, result.plan)
        ],
        "moved": moved(told, result.plan),
        "changes": [[c.name, c.round, c.before, c.after] for c in changes.difference(problem, told, result.plan)],
        "newcomers": sum(name not in told for name in result.plan),
        "more_places": _more_places(problem, result) if is_free else {},
        "levels": result.levels,
        "bound": result.bound,
        "proved": result.proved,
        "ties_decided": result.tie_complete,
        "proven_levels": result.proven_levels,
        "seconds": result.seconds,
    }


def _more_places(problem: Problem, result: Result) -> dict[str, list[int]]:
    """For each full workshop what four more places would change: more first wishes, fewer cells without a place.

    Each is a run of its own, so it is left out where that would take longer than a cup of tea.
    """
    seated = Counter((r, w) for day in result.plan.values() for r, w in day.items())
    full = [(o.round, o.workshop) for o in problem.offerings if seated[o.round, o.workshop] >= o.capacity > 0]
    if len(full) * result.seconds > MORE_PLACES_SECONDS:
        return {}
    found = {}
    for round_, workshop in full:
        one = explain.more_places(problem, result, round_, workshop, extra=MORE_PLACES)
        before, after = one.changes.get("unplaced_cells", (0, 0))
        found[workshop] = [one.more_first, before - after]
    return found


def _counts(problem: Problem, plan: Plan, figures: Figures) -> dict[str, Any]:
    """Cells by wish; what was not wished for stands apart, although the engine gives it a rank."""
    by_wish = [0] * problem.wishes_asked
    unwished = no_wishes = 0
    for person in problem.participants:
        for round_, wish in person.wishes.items():
            workshop = plan[person.name][round_]
            if workshop in wish.choices:
                by_wish[wish.choices.index(workshop)] += 1
            elif workshop is not None:
                unwished += bool(wish.choices)
                no_wishes += not wish.choices
    return {
        "cells": figures.cells,
        "by_wish": by_wish,
        "unwished": unwished,
        "no_wishes": no_wishes,
        "unplaced": figures.unplaced,
        "worst_burden": figures.worst_burden,
        "persons_worst": figures.persons_worst,
        "envious": figures.envious,
    }


def moved(told: Told, plan: Plan) -> list[str]:
    """Who was told something else in some round."""
    return [name for name in plan if rules.has_moved(plan, told, name)]


def told_print(told: Told) -> str:
    """A fingerprint of what people were told."""
    return rules.plan_hash({name: dict(cells) for name, cells in told.items()})
