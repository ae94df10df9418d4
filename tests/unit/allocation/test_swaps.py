"""Swaps among people who asked: circles, chains into free places, kept places, waiting lists that come first."""

import itertools
import random

import pytest

from eventsite.allocation.gate import Gate
from eventsite.allocation.rules import Contingent, Offering, Participant, Problem, Rules, Spread, Wish
from eventsite.allocation.swaps import Asked, Move, carried_out

Seats = dict[str, str | None]


def gate(places: dict[str, int], seats: Seats, rules: Rules | None = None, minimum: int = 0) -> Gate:
    offerings = tuple(Offering("1", name, count, minimum) for name, count in places.items())
    people = tuple(Participant(name, {"1": Wish()}) for name in seats)
    problem = Problem(offerings, people, rules or Rules())
    return Gate(problem, {name: {"1": workshop} for name, workshop in seats.items()})


def moved(moves: list[Move]) -> dict[str, str]:
    return {move.name: move.after for move in moves}


@pytest.mark.parametrize(
    ("seats", "asked", "waited_for", "expected"),
    [
        ({"a": "A", "b": "B"}, {"a": ("B",), "b": ("A",)}, (), {"a": "B", "b": "A"}),
        ({"a": "A", "b": "B"}, {"a": ("B",)}, (), {}),
        ({"a": "A", "b": "B", "c": "C"}, {"a": ("B",), "b": ("C",), "c": ("A",)}, (), {"a": "B", "b": "C", "c": "A"}),
        ({"a": "A", "b": "B"}, {"a": ("B",), "b": ("C",)}, (), {"a": "B", "b": "C"}),
        ({"a": "A", "b": "B"}, {"a": ("B",), "b": ("C",)}, ("B",), {"b": "C"}),
        ({"a": "A", "b": "B"}, {"a": ("B",), "b": ("A",)}, ("A", "B"), {"a": "B", "b": "A"}),
        ({"a": "A", "b": "B"}, {"a": ("C",)}, ("C",), {}),
        ({"a": None, "b": "B"}, {"b": ("C",)}, (), {"b": "C"}),
    ],
)
def test_who_moves(seats: Seats, asked: Asked, waited_for: tuple[str, ...], expected: dict[str, str]) -> None:
    found = carried_out(gate({"A": 1, "B": 1, "C": 1}, seats), "1", asked, waited_for=waited_for)
    assert moved(found) == expected


def test_first_of_several_workshops_is_preferred() -> None:
    free = gate({"A": 1, "B": 1, "C": 1}, {"a": "A"})
    assert moved(carried_out(free, "1", {"a": ("C", "B")})) == {"a": "C"}


def test_nobody_leaves_a_workshop_below_its_minimum() -> None:
    full = gate({"A": 2, "B": 3}, {"a": "A", "b": "A"}, minimum=2)
    assert carried_out(full, "1", {"a": ("B",)}) == []


def test_workshop_filled_beyond_its_places_takes_nobody() -> None:
    over = gate({"A": 1, "B": 2}, {"a": "A", "b": "A", "c": "B"})
    assert carried_out(over, "1", {"c": ("A",)}) == []


@pytest.mark.parametrize(
    "rules",
    [
        Rules(contingents=(Contingent("1", "B", ("m",), 1),)),
        Rules(spread=(Spread(("a", "c"), 1),)),
        Rules(pins=(("a", "1", "A"),)),
    ],
)
def test_kept_places_and_fixed_ones_stay(rules: Rules) -> None:
    seats: Seats = {"a": "A", "m": None, "c": "B"}
    assert carried_out(gate({"A": 1, "B": 2}, seats, rules), "1", {"a": ("B",)}) == []


def test_member_takes_the_place_kept_for_members() -> None:
    rules = Rules(contingents=(Contingent("1", "B", ("a",), 1),))
    assert moved(carried_out(gate({"A": 1, "B": 1}, {"a": "A"}, rules), "1", {"a": ("B",)})) == {"a": "B"}


def most(places: dict[str, int], seats: Seats, asked: Asked) -> int:
    """How many can be served, by trying everything."""
    best, names = 0, sorted(asked)
    for chosen in itertools.product(*[(seats[name], *asked[name]) for name in names]):
        after = {**seats, **dict(zip(names, chosen, strict=True))}
        if all(sum(w == one for w in after.values()) <= count for one, count in places.items()):
            best = max(best, sum(after[name] != seats[name] for name in names))
    return best


def test_as_many_as_possible_gain_and_nobody_else_moves() -> None:
    drawn = random.Random(7)
    for _time in range(150):
        places = {name: drawn.randint(1, 3) for name in "ABC"}
        chairs = [name for name, count in places.items() for _chair in range(count)]
        drawn.shuffle(chairs)
        seats: Seats = dict(zip("pqrstu", chairs, strict=False))
        asked = {
            name: tuple(drawn.sample([w for w in places if w != own], drawn.randint(1, 2)))
            for name, own in seats.items()
            if drawn.random() < 0.7
        }
        found = carried_out(gate(places, seats), "1", asked)
        after = {**seats, **moved(found)}
        assert all(move.after in asked[move.name] and seats[move.name] == move.before for move in found)
        assert all(sum(w == one for w in after.values()) <= count for one, count in places.items())
        assert len(found) == most(places, seats, asked)
