"""Bounds of levels that can be counted off the input, without solving anything: seats and wishes only.

In one round at most so many people can have a burden in a range as the workshops that mean this burden to
somebody have seats, each at most for the people to whom it does. A person's burden over all rounds is at
least that of each round; who has no place in it has the greatest. These bounds hold for every plan, so a checker can count them again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from eventsite.allocation.rules import Level, Participant, Problem


def floors(problem: Problem, listed: Sequence[Level]) -> dict[str, int]:
    """Per level a value that no plan can pass: a lower bound, an upper one where the level is maximised."""
    found, people, top = {}, len(problem.participants), problem.unplaced_burden * len(problem.rounds)
    least = least_burden(problem) if any(level.kind == "burden" for level in listed) else 0
    for level in listed:
        found[level.name] = 0
        if level.kind == "unplaced":
            found[level.name] = unplaced_floor(problem)
        elif level.kind == "burden":
            # Were fewer people burdened so much, the others could not bear the rest of the sum.
            shared = -(-(least - people * (level.number - 1)) // (top - level.number + 1))
            rounds = problem.rounds if level.number <= problem.unplaced_burden else ()
            alone = (_present(problem, r) - most(problem, r, 0, level.number - 1) for r in rounds)
            found[level.name] = max(0, shared, *alone)
        elif level.sign < 0 and level.kind == "moved":
            found[level.name] = people
        elif level.sign < 0:
            found[level.name] = sum(most(problem, r, level.number - 1, level.number - 1) for r in problem.rounds)
    return found


def unplaced_floor(problem: Problem) -> int:
    """Cells that must stay empty: people without any possible place, and seats that are missing."""
    return sum(_present(problem, r) - most(problem, r, 0, problem.unplaced_burden) for r in problem.rounds)


def least_burden(problem: Problem) -> int:
    """A lower bound of the sum of all burdens."""
    steps = range(problem.unplaced_burden)
    return sum(_present(problem, r) - most(problem, r, 0, step) for r in problem.rounds for step in steps)


def _present(problem: Problem, round_: str) -> int:
    return sum(round_ in person.wishes for person in problem.participants)


def most(problem: Problem, round_: str, low: int, high: int) -> int:
    """At most so many people can sit in a round with a burden from `low` to `high`."""
    seats = {o.workshop: o.capacity for o in problem.offerings if o.round == round_ and o.capacity}
    demand: Counter[str] = Counter()
    able = anywhere = 0
    for person in problem.participants:
        if round_ not in person.wishes:
            continue
        listed, others = _wanted(problem, person, round_, low, high)
        here = [workshop for workshop in listed if workshop in seats]
        demand.update(here)
        if others is not None:
            shut = others & seats.keys()
            others = shut if len(shut) < len(seats) else None
        if others is not None:
            anywhere += 1
            demand.subtract(others)
        able += bool(here) or others is not None
    return min(able, sum(min(count, demand[workshop] + anywhere) for workshop, count in seats.items()))


def _wanted(
    problem: Problem, person: Participant, round_: str, low: int, high: int
) -> tuple[tuple[str, ...], frozenset[str] | None]:
    """Workshops that mean such a burden to a person; and all others but these do, or None if they do not."""
    wish, pin = person.wishes[round_], problem.pinned.get((person.name, round_))
    if pin:
        cell = problem.cell(person.name, round_, pin)
        return ((pin,) if cell and low <= cell[0] <= high else ()), None
    listed = wish.choices[low : high + 1]
    if problem.rules.unlisted == "next" and low <= len(wish.choices) <= high:
        return listed, frozenset(wish.choices) | wish.never
    return listed, None
