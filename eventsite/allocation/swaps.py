"""Requests to swap as one small problem for the engine: whoever asked, the places they have, and what is free; pure.

Asking says that the own place is the last choice of those named, whatever was wished before. One round at a time, so
the days of people stay whole: what would not go together with the own other workshops does not count as asked for.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from eventsite.allocation import changes
from eventsite.allocation.gate import Gate
from eventsite.allocation.rules import Offering, Participant, Problem, Rules, Wish

Asked = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Move:
    """Somebody goes from one workshop into another."""

    name: str
    before: str | None
    after: str


def carried_out(
    gate: Gate, round_: str, asked: Asked, *, waited_for: Collection[str] = (), seed: int | str = 0
) -> list[Move]:
    """The moves of one round: as many requests as possible, everybody who moves gains, nobody else moves.

    A place that falls free goes to whoever waits for it (`waited_for`) before a chain may use it; an exchange
    in a circle frees no place, so it overtakes nobody.
    """
    wanted = {
        name: tuple(w for w in workshops if gate.round_of.get(w) == round_ and gate.fits(name, w))
        for name, workshops in asked.items()
    }
    while wanted := {name: workshops for name, workshops in wanted.items() if workshops}:
        moves = _solved(gate, round_, wanted, waited_for, seed)
        against = _first_against(gate, moves)
        if against is None:
            return moves
        wanted[against.name] = tuple(w for w in wanted[against.name] if w != against.after)
    return []


def _solved(gate: Gate, round_: str, wanted: Asked, waited_for: Collection[str], seed: int | str) -> list[Move]:
    problem, current = _problem(gate, round_, wanted, waited_for)
    asked = {name: {round_: frozenset(workshops)} for name, workshops in wanted.items()}
    plan, chains = changes.swaps(problem, current, asked, seed=seed)
    moves: list[Move] = []
    for chain in chains:
        listed = [Move(name, current[name][round_], plan[name][round_] or "") for name in chain.names]
        moves += listed if chain.is_cycle else _tail(listed, waited_for)
    return moves


def _tail(moves: list[Move], waited_for: Collection[str]) -> list[Move]:
    """The end of a chain behind the last workshop that people wait for: its free place is theirs."""
    last = max((number for number, move in enumerate(moves) if move.after in waited_for), default=-1)
    return moves[last + 1 :]


def _first_against(gate: Gate, moves: list[Move]) -> Move | None:
    """The first move into places that are kept for others, once all have moved."""
    going = {move.name for move in moves}
    arriving: dict[str, list[str]] = {}
    for move in moves:
        arriving.setdefault(move.after, []).append(move.name)
    for move in moves:
        staying = [one for one in gate.inside(move.after) if one not in going]
        others = [one for one in arriving[move.after] if one != move.name]
        if not gate.is_kept_free(move.name, move.after, staying + others):
            return move
    return None


def _problem(
    gate: Gate, round_: str, wanted: Asked, waited_for: Collection[str]
) -> tuple[Problem, dict[str, dict[str, str | None]]]:
    """Only whoever asked is in it; the others take their places away from it."""
    current: dict[str, dict[str, str | None]] = {name: {round_: gate.seats[name].get(round_)} for name in wanted}
    own = Counter(cells[round_] for cells in current.values())
    offerings = []
    for offering in gate.problem.offerings:
        if offering.round != round_:
            continue
        inside = len(gate.inside(offering.workshop))
        others, mine = inside - own[offering.workshop], own[offering.workshop]
        places = min(offering.capacity, inside) if offering.workshop in waited_for else offering.capacity
        seats = max(mine, places - others)
        staying = max(0, min(offering.minimum, inside) - others)
        offerings.append(Offering(round_, offering.workshop, seats, min(staying, seats)))
    people = []
    for name, workshops in wanted.items():
        # The own place stands last for everybody, behind all others, so that each request weighs the same.
        before = current[name][round_]
        rest = (o.workshop for o in offerings if o.workshop != before and o.workshop not in workshops)
        last = () if before is None else (before,)
        people.append(Participant(name, {round_: Wish((*workshops, *rest, *last))}))
    return Problem(tuple(offerings), tuple(people), Rules()), current
