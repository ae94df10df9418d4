"""What one run computes, from plain values to plain values: plan, figures, demand, reasons, certificate; pure."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eventsite.allocation import changes, engine, explain, insight, reasons, rules
from eventsite.allocation.insight import Figures
from eventsite.allocation.rules import Plan, Problem, Result

Told = Mapping[str, Mapping[str, str | None]]


@dataclass(frozen=True)
class Order:
    """What is asked for: the mode, the rule, and what a what-if changes ({"capacity": {workshop: n}, "closed": […]})."""

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
    return changes.what_if(problem, capacity=capacity, closed=closed) if capacity or closed else problem


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
        figures=_figures(problem, result, told),
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


def _figures(problem: Problem, result: Result, told: Told) -> dict[str, Any]:
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
        "levels": result.levels,
        "bound": result.bound,
        "proved": result.proved,
        "proven_levels": result.proven_levels,
        "seconds": result.seconds,
    }


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
