"""Which rules contradict each other: leave out one at a time and see what makes a plan possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from eventsite.allocation.rules import BadProblem, Problem, Rules

Solvable = Callable[[Problem], bool]


def contradicting_rules(problem: Problem, is_solvable: Solvable) -> list[tuple[str, tuple[Any, ...]]]:
    """Rules (name, where) without any one of which a plan exists; empty if more than one would have to go."""
    return [(name, at) for name, at, looser in _looser(problem) if is_solvable(looser)]


def _looser(problem: Problem) -> Iterator[tuple[str, tuple[Any, ...], Problem]]:
    rules = problem.rules
    for offering in problem.offerings:
        if offering.minimum and not rules.may_cancel:
            seats = tuple(replace(o, minimum=0) if o is offering else o for o in problem.offerings)
            at = ("offering", offering.round, offering.workshop, "minimum")
            yield f"minimum of “{offering.workshop}” in round “{offering.round}”", at, replace(problem, offerings=seats)
    for key in ("pins", "together", "spread", "contingents", "same_topic", "requires", "overlaps"):
        if getattr(rules, key):
            yield key, (key,), replace(problem, rules=_without(rules, key))
    if rules.no_repeat:
        yield "no_repeat", ("no_repeat",), replace(problem, rules=replace(rules, no_repeat=False))
    if rules.unlisted == "never":
        yield "unlisted", ("unlisted",), replace(problem, rules=replace(rules, unlisted="next"))
    if any(wish.never for person in problem.participants for wish in person.wishes.values()):
        people = tuple(
            replace(p, wishes={r: replace(w, never=frozenset()) for r, w in p.wishes.items()})
            for p in problem.participants
        )
        yield "never", ("never",), replace(problem, participants=people)


def _without(rules: Rules, key: str) -> Rules:
    values: dict[str, Any] = {**rules.__dict__, key: ()}
    return Rules(**values)


def named(problem: Problem, error: BadProblem, is_solvable: Solvable) -> BadProblem:
    """The error with the names of the rules that contradict each other, where one of them decides."""
    found = contradicting_rules(problem, is_solvable)
    if not found:
        return error
    first, at = found[0]
    file = {"offering": "offerings.csv", "never": "preferences.csv"}.get(at[0], "rules.json")
    if len(found) == 1:
        return BadProblem(f"{file}: {first} cannot be satisfied together with the other rules.", at)
    return BadProblem(f"{file}: {', '.join(name for name, _ in found[:6])} contradict each other.", at)
