"""Turn the solver's prices into the fractions of a certificate that the checker can verify.

A stage proves one level (or, in one round, all of them at once through one integer cost): prices of
seats, as integers over one denominator. Floating prices are replaced by the nearest fractions with a
small denominator; whatever fractions stand there, the bound the checker computes from them is rigorous.
"""

from __future__ import annotations

from typing import Any

from eventsite.allocation.columns import Model
from eventsite.allocation.frame import Frame
from eventsite.allocation.levelwise import Outcome
from eventsite.allocation.rules import Result, plan_hash

DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 420, 2520, 1_000_000)


def build(
    frame: Frame, result: Result, outcome: Outcome, prices: dict[tuple[str | int, ...], int], weight: list[int] | None
) -> dict[str, Any]:
    """The certificate of a result."""
    stages: list[dict[str, Any]] = []
    if weight is not None:
        stages.append(
            {
                "levels": [level.name for level in frame.levels],
                "weights": [str(w) for w in weight],
                "scale": "1",
                "prices": [[list(row), str(value)] for row, value in sorted(prices.items(), key=str)],
            }
        )
    joint: list[list[str]] = []
    if outcome.model is not None:
        model = outcome.model
        joint = [[frame.names[p] for p in unit.members] for unit in model.units if len(unit.members) > 1]
        budgets: list[str] = []
        for stage in outcome.stages:
            name = frame.levels[stage.level].name
            stages.append({"levels": [name], "weights": ["1"], **_priced(frame, model, budgets, stage.prices)})
            if stage.value - stage.bound > 1e-5:
                budgets.append(name)
            if stage.tree is not None:
                stages[-1]["tree"] = _tree(frame, model, budgets, stage.tree)
        if outcome.open_stage is not None:
            name, found = frame.levels[outcome.open_stage.level].name, outcome.open_stage.prices
            stages.append({"levels": [name], "weights": ["1"], **_priced(frame, model, budgets, found)})
    return {
        "version": 1,
        "fingerprint": result.fingerprint,
        "objective": result.objective,
        "tie": result.tie,
        "seed": result.seed,
        "plan": plan_hash(result.plan),
        "levels": result.levels,
        "joint": joint,
        "stages": stages,
    }


def _priced(frame: Frame, model: Model, budgets: list[str], prices: dict[int, float]) -> dict[str, Any]:
    """Scale and prices of a stage or a leaf, rows by name."""
    scale, exact = _fractions(prices)
    rows: list[list[Any]] = []
    for row, value in exact.items():
        inside = row < len(model.rows)
        name = _public(frame, model.rows[row].name) if inside else ["budget", budgets[row - len(model.rows)]]
        rows.append([name, str(value)])
    return {"scale": str(scale), "prices": rows}


def _tree(frame: Frame, model: Model, budgets: list[str], tree: dict[str, Any]) -> dict[str, Any]:
    """A proof by cases with names instead of numbers."""
    if "split" not in tree:
        return _priced(frame, model, budgets, tree["prices"])
    cases = {answer: _tree(frame, model, budgets, tree[answer]) for answer in ("yes", "no")}
    return {"split": tree["split"], **cases}


def _public(frame: Frame, name: tuple[str | int, ...]) -> list[str | int]:
    """Row names with names of people and workshops instead of numbers."""
    if name[0] != "link":
        return list(name)
    _, leader, member, offering = name
    seats = frame.offerings[int(offering)]
    return ["link", frame.names[int(leader)], frame.names[int(member)], seats.round, seats.workshop]


def _fractions(prices: dict[int, float]) -> tuple[int, dict[int, int]]:
    """One denominator and integers that meet the floating prices as well as needed."""
    for scale in DENOMINATORS:
        exact = {row: round(value * scale) for row, value in prices.items()}
        if all(abs(exact[row] / scale - value) < 1e-7 for row, value in prices.items()):
            break
    return scale, {row: value for row, value in exact.items() if value}
