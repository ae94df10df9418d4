"""The cheapest chain that would let somebody in, in one round with all other rounds unchanged.

Nodes are (offering, rows of seats that the newcomer overfills); an edge is the cheapest person there whose
leaving cures exactly that and who may sit in the next offering. A chain ends at a free seat or at the place
the newcomer left; from a free seat it may go on wherever somebody would gain by what has become free. Costs are the levels of the objective as one integer, so "cheapest" means lexicographic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from eventsite.allocation.feasibility import day_breaks
from eventsite.allocation.frame import NOWHERE, Frame
from eventsite.allocation.oneround import weights

Node = tuple[int, frozenset[int]]
POOL: Node = (-2, frozenset())


@dataclass(frozen=True)
class Step:
    """One person of a chain: offering before and after (numbers of the frame)."""

    person: int
    before: int
    after: int


class Exchange:
    """All chains of one round of a plan."""

    def __init__(self, frame: Frame, days: list[dict[int, int]], round_: int) -> None:
        """Loads, rows and edges of the round; people in groups and pinned people are not moved."""
        self.frame, self.days, self.round = frame, days, round_
        self.weight = weights(frame) if frame.levels else []
        problem, number = frame.problem, {name: i for i, name in enumerate(frame.names)}
        self.grouped = {number[n] for g in problem.rules.together if len(set(g)) > 1 for n in g}
        self.pinned = {number[n] for n, r in problem.pinned if r == problem.rounds[round_]}
        self.people = [p for p, day in enumerate(days) if round_ in day]
        self.rows_at: dict[int, list[int]] = {}
        for index, row in enumerate(frame.rows):
            if frame.round_of[row.offering] == round_:
                self.rows_at.setdefault(row.offering, []).append(index)
        self.load = [0] * len(frame.rows)
        self.seated: dict[int, list[int]] = {}
        for person in self.people:
            self.seated.setdefault(days[person][round_], []).append(person)
            for place in self.rows_of(person, days[person][round_]):
                self.load[place] += 1
        self.strict = bool(
            problem.rules.no_repeat or problem.rules.same_topic or problem.rules.requires or problem.rules.overlaps
        )
        self._value: dict[tuple[object, ...], int] = {}
        self.edges: dict[int, dict[frozenset[int], dict[Node, tuple[int, int]]]] = {}
        self.reached: dict[Node, tuple[dict[Node, int], dict[Node, tuple[Node, int]]]] = {}
        for person in self.people:
            if person not in self.pinned and person not in self.grouped:
                self._add_edges(person)

    def rows_of(self, person: int, offering: int) -> list[int]:
        """Rows of seats that a person takes up in an offering."""
        rows = self.frame.rows
        return [i for i in self.rows_at.get(offering, ()) if (m := rows[i].members) is None or person in m]

    def overfilled(self, person: int, offering: int) -> frozenset[int]:
        """Rows that one more person like this would overfill."""
        return frozenset(i for i in self.rows_of(person, offering) if self.load[i] >= self.frame.rows[i].limit)

    def value(self, person: int, offering: int) -> int:
        """Cost of a person's whole day with another place in this round."""
        cells = [
            next(o for o in self.frame.options[person][r] if o.offering == place).cell
            if r != self.round
            else next(o for o in self.frame.options[person][r] if o.offering == offering).cell
            for r, place in sorted(self.days[person].items())
        ]
        key: tuple[object, ...] = tuple(cells)
        if key not in self._value:
            self._value[key] = sum(w * level.of(cells) for w, level in zip(self.weight, self.frame.levels, strict=True))
        return self._value[key]

    def rule_against(self, person: int, offering: int) -> str | None:
        """The rule within the person's own day that forbids an offering, or None."""
        if not self.strict:
            return None
        rounds, seats = self.frame.problem.rounds, self.frame.offerings
        day = {**self.days[person], self.round: offering}
        return day_breaks(
            self.frame.problem, {rounds[r]: None if o == NOWHERE else seats[o].workshop for r, o in day.items()}
        )

    def is_closed(self, offering: int) -> bool:
        """Whether a workshop is cancelled and one person more would not open it."""
        return (
            offering != NOWHERE
            and offering not in self.seated
            and self.frame.problem.rules.may_cancel
            and self.frame.offerings[offering].minimum > 1
        )

    def _add_edges(self, person: int) -> None:
        here = self.days[person][self.round]
        own = self.value(person, here)
        mine = frozenset(self.rows_of(person, here))
        usual = person
        place = self.edges.setdefault(here, {}).setdefault(mine, {})
        for option in self.frame.options[person][self.round]:
            there = option.offering
            if there == here or self.is_closed(there) or self.rule_against(person, there):
                continue
            node = (there, self.overfilled(person, there))
            found = (self.value(person, there) - own, usual)
            if node not in place or found < place[node]:
                place[node] = found

    def _from(self, start: Node) -> tuple[dict[Node, int], dict[Node, tuple[Node, int]]]:
        """Cheapest distances from a node (Bellman-Ford with a queue; stops even if a cycle gains)."""
        if start in self.reached:
            return self.reached[start]
        cost: dict[Node, int] = {start: 0}
        via: dict[Node, tuple[Node, int]] = {}
        queue, passes = [start], 0
        while queue and passes < 3 * len(self.frame.offerings) + 10:
            passes += 1
            following: dict[Node, None] = {}
            for node in queue:
                for target, extra, person in self._next(node):
                    if target not in cost or cost[node] + extra < cost[target]:
                        cost[target] = cost[node] + extra
                        via[target] = (node, person)
                        following[target] = None
            queue = list(following)
        self.reached[start] = cost, via
        return cost, via

    def _next(self, node: Node) -> Iterator[tuple[Node, int, int]]:
        """Where a chain may go on: node, cost, who moves (-1: nobody, a seat is taken here and left free there)."""
        if node == POOL:
            yield from (((offering, frozenset()), 0, -1) for offering in self.seated if self.may_lose(offering))
            return
        offering, needed = node
        for rows, targets in self.edges.get(offering, {}).items():
            if needed <= rows:
                yield from ((target, extra, person) for target, (extra, person) in targets.items())
        if not needed:
            yield POOL, 0, -1

    def may_lose(self, offering: int) -> bool:
        """Whether one person may leave an offering without anybody coming."""
        if offering == NOWHERE:
            return True
        minimum, people = self.frame.offerings[offering].minimum, len(self.seated[offering])
        return people > minimum or (self.frame.problem.rules.may_cancel and people == 1)

    def _loads_hold(self, steps: list[Step]) -> bool:
        """Whether seats and minimums hold after all steps; two people may have gone the same way."""
        change: Counter[int] = Counter()
        people: Counter[int] = Counter()
        for step in steps:
            change.subtract(self.rows_of(step.person, step.before))
            change.update(self.rows_of(step.person, step.after))
            people[step.before] -= 1
            people[step.after] += 1
        for offering, more in people.items():
            count = len(self.seated.get(offering, ())) + more
            minimum = 0 if offering == NOWHERE else self.frame.offerings[offering].minimum
            if count < minimum and (count or not self.frame.problem.rules.may_cancel):
                return False
        return all(
            self.load[row] + more <= max(self.load[row], self.frame.rows[row].limit) for row, more in change.items()
        )

    def chain(self, person: int, offering: int) -> list[Step] | None:
        """The cheapest chain that lets a person into an offering; None if no chain is possible."""
        here = self.days[person][self.round]
        if person in self.pinned or person in self.grouped or self.is_closed(offering):
            return None
        if all(o.offering != offering for o in self.frame.options[person][self.round]):
            return None
        if self.rule_against(person, offering):
            return None
        start = (offering, self.overfilled(person, offering))
        cost, via = self._from(start)
        mine = frozenset(self.rows_of(person, here))
        may_leave = self.may_lose(here)
        ends = [
            node
            for node in cost
            if (node[0] == here and node[1] <= mine and node != start) or (not node[1] and may_leave)
        ]
        for end in sorted(ends, key=lambda n: (cost[n], n[0] != here, n[0], sorted(n[1]))):
            steps = [Step(person, here, offering)]
            node, back, seen = end, [], set()
            while node != start and node not in seen:
                seen.add(node)
                origin, mover = via[node]
                if mover >= 0:
                    back.append(Step(mover, origin[0], node[0]))
                node = origin
            movers = [step.person for step in back]
            if node == start and person not in movers and len(set(movers)) == len(movers):
                found = steps + back[::-1]
                if self._loads_hold(found):
                    return found
        return None

    def cost(self, steps: list[Step]) -> int:
        """What a chain changes, as one integer; 0 means a tie on every level."""
        return sum(self.value(s.person, s.after) - self.value(s.person, s.before) for s in steps)
