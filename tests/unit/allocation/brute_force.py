"""All plans of a tiny instance, one by one, straight from the definitions; shares no code with the solver."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, combinations, product
from typing import Any

from eventsite.allocation.rules import Contingent, Offering, Participant, Problem, Rules, Spread, Wish

Day = dict[str, str | None]


def rank_and_burden(problem: Problem, person: Participant, round_: str, workshop: str | None) -> tuple[Any, int]:
    rules = problem.rules
    asked = rules.max_choices
    if asked is None:
        asked = max((len(w.choices) for p in problem.participants for w in p.wishes.values()), default=0)
    if workshop is None:
        return None, asked + (rules.unlisted == "next")
    choices = list(person.wishes[round_].choices)
    if workshop in choices:
        return choices.index(workshop) + 1, choices.index(workshop)
    if [person.name, round_, workshop] in [list(pin) for pin in rules.pins]:
        return None, 0
    return len(choices) + 1, len(choices)


def days(problem: Problem, person: Participant) -> list[Day]:
    rules, rounds = problem.rules, [r for r in ("1", "2", "3") if r in person.wishes]
    pins = {r: w for n, r, w in rules.pins if n == person.name}
    found = []
    for choice in product(*([None, *(o.workshop for o in problem.offerings if o.round == r)] for r in rounds)):
        day = dict(zip(rounds, choice, strict=True))
        taken = [(r, w) for r, w in day.items() if w]
        names = [w for _, w in taken]
        fine = all(day[r] == w for n, r, w in rules.pins if n == person.name)
        fine &= not any(w in person.wishes[r].never for r, w in taken)
        if rules.unlisted == "never":
            fine &= all(w in person.wishes[r].choices or pins.get(r) == w for r, w in taken)
        if rules.no_repeat:
            fine &= max(Counter(names).values(), default=0) < 2
        fine &= all(sum(w in topic for w in names) < 2 for topic in rules.same_topic)
        fine &= not any(day.get(a) and day.get(b) for a, b in rules.overlaps)
        for wanted, needed in rules.requires:
            for r, w in taken:
                if w == wanted and not any(w2 == needed and int(r2) < int(r) for r2, w2 in taken):
                    fine = False
        if fine:
            found.append(day)
    return found


def contingents_hold(problem: Problem, offering: Offering, people: set[str]) -> bool:
    """Seats given out one by one: does an assignment of people to reserved and free seats exist?"""
    here = [c for c in problem.rules.contingents if (c.round, c.workshop) == (offering.round, offering.workshop)]
    seats: list[frozenset[str] | None] = list(chain.from_iterable([frozenset(c.members)] * c.places for c in here))
    if len(seats) > offering.capacity:
        return False
    seats += [None] * (offering.capacity - len(seats))

    def seat(waiting: list[str], free: list[frozenset[str] | None]) -> bool:
        if not waiting:
            return True
        return any(
            seat(waiting[1:], free[:i] + free[i + 1 :])
            for i, kind in enumerate(free)
            if kind is None or waiting[0] in kind
        )

    return seat(sorted(people), seats)


def holds(problem: Problem, plan: dict[str, Day]) -> bool:
    rules = problem.rules
    for offering in problem.offerings:
        people = {n for n, day in plan.items() if day.get(offering.round) == offering.workshop}
        if len(people) > offering.capacity:
            return False
        if len(people) < offering.minimum and not (rules.may_cancel and not people):
            return False
        if not contingents_hold(problem, offering, people):
            return False
        if any(len(people & set(s.members)) > s.max_per_offering for s in rules.spread):
            return False
    for group in rules.together:
        for round_ in ("1", "2", "3"):
            if all(round_ in plan[n] for n in group) and len({plan[n][round_] for n in group}) > 1:
                return False
    return True


def plans(problem: Problem) -> Iterator[dict[str, Day]]:
    people = problem.participants
    for choice in product(*(days(problem, p) for p in people)):
        plan = {p.name: day for p, day in zip(people, choice, strict=True)}
        load = Counter((r, w) for day in choice for r, w in day.items() if w)
        if all(load[o.round, o.workshop] <= o.capacity for o in problem.offerings) and holds(problem, plan):
            yield plan


def vector(problem: Problem, plan: dict[str, Day], objective: str) -> list[int]:
    asked = problem.rules.max_choices
    if asked is None:
        asked = max((len(w.choices) for p in problem.participants for w in p.wishes.values()), default=0)
    worst = asked + (problem.rules.unlisted == "next")
    rounds = len({o.round for o in problem.offerings})
    cells = [[(rank_and_burden(problem, p, r, w), w) for r, w in plan[p.name].items()] for p in problem.participants]
    ranks = Counter(rank for row in cells for (rank, _), _ in row)
    empty = sum(w is None for row in cells for _, w in row)
    if objective == "first":
        return [empty, *(-ranks[k] for k in range(1, worst + 1))]
    sums = [sum(burden for (_, burden), _ in row) for row in cells]
    result = [empty, *(sum(s >= t for s in sums) for t in range(worst * rounds, 0, -1))]
    return result + ([ranks[k] for k in range(worst, 1, -1)] if rounds > 1 else [])


def best(problem: Problem, objective: str) -> list[int] | None:
    return min((vector(problem, plan, objective) for plan in plans(problem)), default=None)


def optimal(
    problem: Problem,
    objective: str,
    accept: Callable[[dict[str, Day]], bool] = lambda plan: True,
) -> list[dict[str, Day]]:
    every = [plan for plan in plans(problem) if accept(plan)]
    least = min((vector(problem, plan, objective) for plan in every), default=None)
    return [plan for plan in every if vector(problem, plan, objective) == least]


def instance(rnd: random.Random, rounds: int, people: int, offerings: int, *, extra: float = 0.35) -> Problem:
    """A tiny instance in which every rule appears with some probability."""
    workshops = [f"W{i}" for i in range(offerings + (rounds > 1))]
    seats = [
        Offering(str(r + 1), w, rnd.randint(0, 1 + people // 2), rnd.choice([0, 0, 0, 1, 2]))
        for r in range(rounds)
        for w in rnd.sample(workshops, offerings)
    ]
    names = [f"P{i}" for i in range(people)]
    persons = []
    for name in names:
        wishes = {}
        for r in sorted(rnd.sample(range(rounds), rnd.choice([rounds, rounds, rnd.randint(1, rounds)]))):
            here = [o.workshop for o in seats if o.round == str(r + 1)]
            rnd.shuffle(here)
            cut = rnd.randint(0, len(here))
            never = frozenset(w for w in [*here[cut:], *sorted(set(workshops).difference(here))] if rnd.random() < 0.15)
            never &= {o.workshop for o in seats}
            wishes[str(r + 1)] = Wish(tuple(here[:cut]), never)
        persons.append(Participant(name, wishes))
    may_cancel = rnd.random() < 0.4
    seats = [o if may_cancel or o.minimum <= o.capacity else Offering(o.round, o.workshop, o.capacity) for o in seats]

    def some(count: int) -> tuple[str, ...]:
        return tuple(rnd.sample(names, min(count, len(names))))

    def maybe(make: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(make() for _ in range(2) if rnd.random() < extra)

    longest = max(len(w.choices) for p in persons for w in p.wishes.values())
    pins = maybe(lambda: _pin(rnd, persons, seats))[: 1 + (rnd.random() < 0.5)]
    together = maybe(lambda: some(rnd.randint(2, 3))) if people > 1 else ()
    if rnd.random() < 0.1:
        pins, together = pins + pins, (*together, (), (names[0],), (names[0], names[0]))
        persons.append(Participant("Q", {}))
    pairs = [pair for pair in combinations("123"[:rounds], 2) if rnd.random() < 0.3 * extra]
    found = sorted({o.workshop for o in seats})
    contingents = tuple(c for c in maybe(lambda: _contingent(rnd, seats, some)) if c.places)
    return Problem(
        tuple(seats),
        tuple(persons),
        Rules(
            max_choices=rnd.choice([None, longest, longest + 1]),
            no_repeat=rnd.random() < 0.5,
            unlisted=rnd.choice(["next", "never"]),
            may_cancel=may_cancel,
            pins=pins,
            spread=maybe(lambda: Spread(some(rnd.randint(2, 3)), rnd.randint(1, 2))),
            together=together,
            contingents=contingents,
            same_topic=maybe(lambda: tuple(rnd.sample(found, 2))) if len(found) > 1 else (),
            requires=maybe(lambda: tuple(rnd.sample(found, 2)))[:1] if rounds > 1 and len(found) > 1 else (),
            overlaps=tuple(pairs),
        ),
    )


def _contingent(rnd: random.Random, seats: list[Offering], some: Callable[[int], tuple[str, ...]]) -> Contingent:
    offering = rnd.choice(seats)
    return Contingent(offering.round, offering.workshop, some(rnd.randint(1, 2)), rnd.randint(0, offering.capacity))


def _pin(rnd: random.Random, persons: list[Participant], seats: list[Offering]) -> tuple[str, str, str]:
    person = rnd.choice(persons)
    round_ = rnd.choice(sorted(person.wishes))
    return person.name, round_, rnd.choice([o.workshop for o in seats if o.round == round_])
