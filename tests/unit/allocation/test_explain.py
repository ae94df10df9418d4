"""Every number of a reason is true: recomputed from the wishes, the chain replayed."""

from __future__ import annotations

from collections import Counter

import pytest

from eventsite.allocation.engine import solve
from eventsite.allocation.explain import SENTENCES, Explainer, Kind, Reason, demand, more_places, sentence
from eventsite.allocation.feasibility import broken_rules
from eventsite.allocation.insight import comparison, figures
from eventsite.allocation.rules import (
    Offering,
    Participant,
    Plan,
    Problem,
    Rules,
    Wish,
    level_values,
    levels,
    serving_order,
)
from tests.unit.allocation import brute_force
from tests.unit.allocation.test_optimum import attempt, tiny
from tests.unit.allocation.test_properties import skewed


def explained(problem: Problem, objective: str = "fair") -> Explainer:
    return Explainer(problem, solve(problem, objective=objective, seed=4).plan, objective=objective, seed=4)


@pytest.mark.parametrize("rounds", [1, 2])
@pytest.mark.parametrize("objective", ["fair", "first"])
def test_numbers_of_reasons_are_true(rounds: int, objective: str) -> None:
    problem = skewed(50, 5, rounds, 1.0, 8)
    explainer, seen = explained(problem, objective), Counter()
    order, plan = serving_order(problem, "lottery", 4), explainer.plan
    listed = levels(problem, objective)
    before = level_values(problem, plan, listed)
    for name in plan:
        for reason in explainer.reasons(name):
            seen[reason.kind] += 1
            wishes = [p.wishes[reason.round].choices for p in problem.participants]
            if reason.kind in (Kind.CHAIN, Kind.TIE):
                assert reason.requests == sum(reason.wanted in choices for choices in wishes)
                assert reason.first_requests == sum(choices[0] == reason.wanted for choices in wishes)
                inside = [order.index(n) + 1 for n, day in plan.items() if day[reason.round] == reason.wanted]
                assert (reason.number, reason.numbers) == (order.index(name) + 1, (min(inside), max(inside)))
                replayed = replay(explainer, name, reason.round, str(reason.wanted))
                assert broken_rules(problem, replayed) == []
                after = level_values(problem, replayed, listed)
                assert {k: after[k] - v for k, v in before.items() if after[k] != v} == reason.level_changes
                change = [s.sign * (after[s.name] - before[s.name]) for s in listed]
                assert change == [0] * len(change) if reason.kind is Kind.TIE else change > [0] * len(change)
            assert not any(other in sentence(reason) for other in plan)
    assert seen[Kind.FIRST] > 0 and seen[Kind.CHAIN] + seen[Kind.TIE] > 0 and seen[Kind.OPEN] == 0


def replay(explainer: Explainer, name: str, round_: str, wanted: str) -> dict[str, dict[str, str | None]]:
    frame, exchange = explainer.frame, explainer.exchange(round_)
    steps = exchange.chain(explainer.number[name], explainer.index[round_, wanted])
    assert steps is not None
    plan = {n: dict(day) for n, day in explainer.plan.items()}
    for step in steps:
        plan[frame.names[step.person]][round_] = None if step.after < 0 else frame.offerings[step.after].workshop
    return plan


def test_every_kind_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Kind)


def test_serial_reason_names_the_turn() -> None:
    explainer = explained(skewed(40, 4, 1, 1.0, 2), "serial")
    kinds = {reason.kind for name in explainer.plan for reason in explainer.reasons(name)}
    assert kinds == {Kind.FIRST, Kind.TURN}


def test_demand_counts_requests_by_rank() -> None:
    problem = skewed(30, 4, 1, 1.0, 2)
    rows = demand(problem, solve(problem).plan)
    assert sum(row.requests for row in rows) == sum(len(p.wishes["1"].choices) for p in problem.participants)
    assert [row.seated <= row.places for row in rows] == [True] * 4


def test_more_places_states_both_values_of_changed_levels() -> None:
    problem = skewed(30, 4, 1, 1.0, 2)
    result = solve(problem)
    more = more_places(problem, result, "1", "W0")
    assert all(after < before for before, after in [*more.changes.values()][:1])
    assert more.more_first >= 0


def test_figures_count_every_cell() -> None:
    problem = skewed(40, 5, 2, 0.9, 3, unlisted="never")
    plan = solve(problem).plan
    found = figures(problem, plan)
    assert sum(found.by_rank.values()) + found.unranked + found.unplaced == found.cells == 80
    beside = comparison(problem, plan)
    assert [beside[k].unplaced >= found.unplaced for k in ("first_come", "lottery")] == [True, True]


def test_every_chain_under_every_rule_can_be_walked_and_none_is_cheaper() -> None:
    """The chain keeps all rules and changes the levels as said; where only seats count no plan is cheaper."""
    seen: Counter[str] = Counter()
    for seed in range(500):
        problem, rnd = tiny(seed)
        objective = rnd.choice(["fair", "first"])
        result = attempt(problem, objective=objective)
        if result is None:
            continue
        explainer = Explainer(problem, result.plan, objective=objective)
        comparison(problem, result.plan)
        every, rules = [], problem.rules
        if len(problem.rounds) == 1 and not (rules.together or rules.spread or rules.contingents):
            every = [] if any(o.minimum for o in problem.offerings) else list(brute_force.plans(problem))
        for name, day in result.plan.items():
            for round_ in day:
                for wanted in problem.person[name].wishes[round_].choices:
                    reason = explainer.reason(name, round_, wanted)
                    seen[reason.kind.name] += 1
                    if reason.kind in (Kind.CHAIN, Kind.TIE):
                        walked = walk(explainer, name, round_, wanted, reason)
                        others = [brute_force.vector(problem, p, objective) for p in every if p[name][round_] == wanted]
                        assert min(others, default=None) in (None, brute_force.vector(problem, walked, objective)), seed
                        seen["compared"] += bool(others)
    assert min(seen["compared"], seen["TIE"], seen["CHAIN"], seen["FIXED"], seen["GROUP"]) > 15


def walk(explainer: Explainer, name: str, round_: str, wanted: str, reason: Reason) -> Plan:
    """The plan after the chain, feasible and with the stated change of the levels."""
    problem, listed = explainer.problem, levels(explainer.problem, explainer.objective)
    walked = replay(explainer, name, round_, wanted)
    assert broken_rules(problem, walked) == [] and walked[name][round_] == wanted
    before, after = level_values(problem, explainer.plan, listed), level_values(problem, walked, listed)
    assert {k: after[k] - v for k, v in before.items() if after[k] != v} == reason.level_changes
    change = [level.sign * (after[level.name] - before[level.name]) for level in listed]
    assert (change == [0] * len(change)) is (reason.kind is Kind.TIE) and change >= [0] * len(change)
    return walked


def test_place_left_behind_is_taken_by_whom_it_helps() -> None:
    """Letting y into A puts z out, but x then gets the place that y leaves: nobody more is without a place."""
    problem = Problem(
        (Offering("1", "A", 1), Offering("1", "B", 1)),
        (
            Participant("x", {"1": Wish(("A",))}),
            Participant("y", {"1": Wish(("A", "B"))}),
            Participant("z", {"1": Wish((), frozenset("B"))}),
        ),
        Rules(max_choices=3),
    )
    plan = {"x": {"1": None}, "y": {"1": "B"}, "z": {"1": "A"}}
    explainer = Explainer(problem, plan, tie="order")
    steps = explainer.exchange("1").chain(1, 0)
    assert steps is not None and [(s.person, s.before, s.after) for s in steps] == [(1, 1, 0), (2, 0, -1), (0, -1, 1)]
    reason = explainer.reason("y", "1")
    assert (len(reason.moves), reason.others_worse, reason.others_better) == (2, 1, 1)


def test_comparison_stands_where_a_pin_needs_a_seat_before() -> None:
    problem = Problem(
        (Offering("1", "W2", 1), Offering("2", "W1", 1), Offering("2", "W0", 2)),
        (Participant("a", {"1": Wish(("W2",))}), Participant("b", {"1": Wish(), "2": Wish(("W0", "W1"))})),
        Rules(pins=(("b", "2", "W1"),), requires=(("W1", "W2"),), no_repeat=True),
    )
    for objective in ("fair", "serial"):
        plan = solve(problem, objective=objective, tie="order").plan
        assert plan == {"a": {"1": None}, "b": {"1": "W2", "2": "W1"}}
        assert [figures.cells for figures in comparison(problem, plan).values()] == [3, 3, 3]
