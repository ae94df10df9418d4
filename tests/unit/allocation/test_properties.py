"""What must hold for every allocation: order of rows, names, more places, truncated lists, starvation."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from eventsite.allocation import rules
from eventsite.allocation.engine import solve
from eventsite.allocation.rules import Offering, Participant, Problem, Rules, Wish, plan_hash


def skewed(people: int, offerings: int, rounds: int, ratio: float, seed: int, **options: object) -> Problem:
    """Wishes with a few popular workshops, unequal capacities."""
    rnd = random.Random(seed)
    seats = []
    for r in range(rounds):
        parts = [rnd.uniform(0.5, 1.5) for _ in range(offerings)]
        places = [max(1, int(people * ratio * part / sum(parts))) for part in parts]
        places[0] += max(0, int(people * ratio) - sum(places))
        seats += [Offering(str(r + 1), f"W{i}", count) for i, count in enumerate(places)]
    names = [f"W{i}" for i in range(offerings)]
    persons = []
    for p in range(people):
        wishes = {}
        for r in range(rounds):
            liked = sorted(names, key=lambda w: rnd.expovariate(1) * (int(w[1:]) + 1) ** 0.8)
            wishes[str(r + 1)] = Wish(tuple(liked[: rnd.randint(3, min(5, offerings))]))
        persons.append(Participant(f"P{p}", wishes))
    return Problem(tuple(seats), tuple(persons), Rules(no_repeat=rounds > 1, **options))  # type: ignore[arg-type]


def shuffled(problem: Problem, seed: int) -> Problem:
    rnd = random.Random(seed)
    seats, people = list(problem.offerings), list(problem.participants)
    rnd.shuffle(seats)
    rnd.shuffle(people)
    people = [Participant(p.name, dict(rnd.sample(sorted(p.wishes.items()), len(p.wishes)))) for p in people]
    return replace(problem, offerings=tuple(seats), participants=tuple(people))


@pytest.mark.parametrize("rounds", [1, 2])
def test_result_is_the_same_for_any_order_of_rows(rounds: int) -> None:
    problem = skewed(40, 5, rounds, 1.05, 3)
    first = solve(problem, seed=7)
    for seed in range(10):
        other = solve(shuffled(problem, seed), seed=7)
        assert (other.plan, other.fingerprint) == (first.plan, first.fingerprint)
        assert plan_hash(other.plan) == plan_hash(first.plan)


def test_result_is_the_same_in_two_processes() -> None:
    text = (
        "from tests.unit.allocation.test_properties import *\n"
        "print(plan_hash(solve(skewed(30, 4, 2, 1.05, 5), seed=1).plan))"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", text],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": str(i), "PYTHONPATH": "."},
        ).stdout
        for i in range(2)
    }
    assert hashes == {plan_hash(solve(skewed(30, 4, 2, 1.05, 5), seed=1).plan) + "\n"}


@pytest.mark.parametrize("rounds", [1, 2])
def test_renaming_people_and_workshops_renames_the_plan(rounds: int) -> None:
    problem = skewed(25, 4, rounds, 1.0, 11)
    person = {p.name: f"Ü{p.name[::-1]}x" for p in problem.participants}
    shop = {o.workshop: f"Kurs {o.workshop}" for o in problem.offerings}
    renamed = replace(
        problem,
        offerings=tuple(replace(o, workshop=shop[o.workshop]) for o in problem.offerings),
        participants=tuple(
            Participant(person[p.name], {r: Wish(tuple(shop[w] for w in wish.choices)) for r, wish in p.wishes.items()})
            for p in problem.participants
        ),
    )
    plan = solve(problem, tie="order").plan
    expected = {person[n]: {r: w and shop[w] for r, w in day.items()} for n, day in plan.items()}
    assert solve(renamed, tie="order").plan == expected


@pytest.mark.parametrize("objective", ["fair", "first"])
@pytest.mark.parametrize("rounds", [1, 2])
def test_one_more_place_never_makes_the_levels_worse(objective: str, rounds: int) -> None:
    for seed in range(12):
        problem = skewed(16, 4, rounds, 0.9, seed, unlisted="never")
        sign = [level.sign for level in rules.levels(problem, objective)]
        before = solve(problem, objective=objective).levels
        extra = random.Random(seed).randrange(len(problem.offerings))
        seats = tuple(replace(o, capacity=o.capacity + (i == extra)) for i, o in enumerate(problem.offerings))
        after = solve(replace(problem, offerings=seats), objective=objective).levels
        assert [s * v for s, v in zip(sign, after.values(), strict=True)] <= [
            s * v for s, v in zip(sign, before.values(), strict=True)
        ]


def test_naming_one_wish_does_not_raise_the_chance_of_the_first_wish() -> None:
    people, gained, honest = 30, 0, 0
    for seed in range(25):
        problem = skewed(people, 6, 1, 1.05, seed)
        name = next(p.name for p in problem.participants if p.wishes["1"].choices[0] == "W0")
        first = problem.person[name].wishes["1"].choices[0]
        trick = replace(
            problem,
            participants=tuple(
                p if p.name != name else Participant(name, {"1": Wish((first,))}) for p in problem.participants
            ),
        )
        asked = replace(trick, rules=replace(trick.rules, max_choices=problem.wishes_asked))
        honest += solve(problem, seed=seed).plan[name]["1"] == first
        gained += solve(asked, seed=seed).plan[name]["1"] == first
    assert gained <= honest


def test_nobody_is_left_out_of_all_rounds_while_it_can_be_avoided() -> None:
    seats = tuple(Offering(str(r), w, 2) for r in (1, 2, 3) for w in "AB")
    people = tuple(Participant(f"P{i}", {str(r): Wish(("A", "B")) for r in (1, 2, 3)}) for i in range(6))
    problem = Problem(seats, people, Rules(unlisted="never"))
    result = solve(problem)
    assert result.levels["unplaced_cells"] == 6
    assert sorted(sum(w is None for w in day.values()) for day in result.plan.values()) == [1] * 6


@pytest.mark.parametrize("rounds", [1, 2])
def test_people_with_the_same_wishes_exchange_places_with_their_numbers(rounds: int) -> None:
    checked = 0
    for seed in range(30):
        problem = skewed(12, 4, rounds, 1.0, seed)
        people = list(problem.participants)
        people[3] = Participant("P3", people[8].wishes)
        problem = replace(problem, participants=tuple(people))
        plan = solve(problem, tie="order").plan
        people[3], people[8] = people[8], people[3]
        other = solve(replace(problem, participants=tuple(people)), tie="order").plan
        assert (other["P3"], other["P8"]) == (plan["P8"], plan["P3"])
        assert {n: d for n, d in other.items() if n not in ("P3", "P8")} == {
            n: d for n, d in plan.items() if n not in ("P3", "P8")
        }
        checked += plan["P3"] != plan["P8"]
    assert checked > 3
