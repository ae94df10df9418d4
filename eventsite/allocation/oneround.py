"""One round, exact: successive shortest augmenting paths over the graph of offerings, in Python integers.

People enter one after another. Nodes are rows of seats (an offering, and below it the nested rows of
contingents and spread groups), "no place" and "any unlisted workshop"; an edge between two offerings is
the cheapest person who would move. The cost of a place is one integer in base n + 1, so all levels are
optimal at once. The potentials become the prices of the certificate.
Source: Ahuja, Magnanti, Orlin: Network Flows (1993), ch. 9.7.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from heapq import heappop, heappush
from math import inf

from eventsite.allocation.frame import NOWHERE, Frame, Option
from eventsite.allocation.pulse import Pulse
from eventsite.allocation.rules import BadProblem

SINK, FREE = 0, 1
STEP = 50


class Network:
    """Seats and people of one round. `costs[p][o]` is what person p costs in offering o."""

    def __init__(self, capacity: Sequence[int], minimum: Sequence[int], reward: int) -> None:
        """Nodes: sink, "no place", then one root per offering (node = offering + 2)."""
        self.offerings = len(capacity)
        self.parent = [SINK] * (self.offerings + 2)
        self.cap: list[int | None] = [None, None, *capacity]
        self.minimum = [0, 0, *minimum]
        self.row: list[int] = [-1] * (self.offerings + 2)
        self.load = [0] * (self.offerings + 2)
        self.reward = reward
        self.children: list[list[int]] = [[] for _ in self.parent]
        self.pot = [0] * (self.offerings + 2)
        self.pot[SINK] = -reward if any(minimum) else 0
        self.costs: list[dict[int, int]] = []
        self.unlisted: list[int | None] = []
        self.entry: list[dict[int, int]] = []
        self.seat: list[int] = []
        self.movers: list[dict[int, list[tuple[int, int]]]] = []
        self.hub = -1
        self.plain: dict[int, int] = {}
        self.is_optimal = True

    def add_row(self, parent: int, limit: int, row: int) -> int:
        """A nested row below a node."""
        self.parent.append(parent)
        self.cap.append(limit)
        self.minimum.append(0)
        self.row.append(row)
        self.load.append(0)
        self.children.append([])
        self.children[parent].append(len(self.parent) - 1)
        self.pot.append(0)
        return len(self.parent) - 1

    def close(self) -> None:
        """Add the hub of unlisted workshops once all rows stand."""
        self.hub = len(self.parent)
        self.pot.append(0)
        self.load.append(0)
        self.movers = [{} for _ in range(self.hub + 1)]

    def add_person(self, costs: dict[int, int], unlisted: int | None, entry: dict[int, int]) -> int:
        """Declare a person: cost per offering node, cost of any other one, lowest node per offering."""
        self.costs.append(costs)
        self.unlisted.append(unlisted)
        self.entry.append(entry)
        self.seat.append(-1)
        return len(self.seat) - 1

    def cost(self, person: int, root: int) -> int | None:
        """Cost of a person in an offering node, None where impossible."""
        return self.costs[person].get(root, None if root == FREE else self.unlisted[person])

    def lowest(self, person: int, root: int) -> int:
        """The node at which a person enters an offering."""
        return self.entry[person].get(root, root)

    def sit(self, person: int, root: int) -> None:
        """Record the seat and offer the person's moves."""
        self.seat[person] = root
        here = self.movers[self.lowest(person, root)]
        own = self.cost(person, root)
        assert own is not None
        for other, cost in self.costs[person].items():
            if other != root:
                heappush(here.setdefault(self.lowest(person, other), []), (cost - own, person))
        general = self.unlisted[person]
        if general is not None:
            heappush(here.setdefault(self.hub, []), (general - own, person))

    def cheapest(self, node: int, other: int) -> tuple[int, int] | None:
        """Cheapest person in a node who would move; forgets those who have left."""
        queue = self.movers[node][other]
        while queue:
            person = queue[0][1]
            root = self.seat[person]
            if root >= 0 and self.lowest(person, root) == node:
                own = self.cost(person, root)
                goal = self.unlisted[person] if other == self.hub else None
                if other != self.hub or (own is not None and goal is not None and goal - own == queue[0][0]):
                    return queue[0]
            heappop(queue)
        return None

    def insert(self, person: int) -> None:
        """Seat one more person along a shortest path."""
        pot, via, done = self.pot, {}, {}
        best: dict[int, int] = {}
        queue: list[tuple[int, int]] = []

        def reach(node: int, distance: int, origin: int, mover: int) -> None:
            key = distance - pot[node]
            if node not in done and key < best.get(node, key + 1) and key < best.get(SINK, key + 1):
                best[node] = key
                via[node] = (origin, mover)
                heappush(queue, (key, node))

        for root, cost in self.costs[person].items():
            reach(self.lowest(person, root), cost, -1, person)
        general = self.unlisted[person]
        if general is not None:
            reach(self.hub, general, -1, person)
        while queue:
            key, node = heappop(queue)
            if node in done:
                continue
            done[node] = key
            if node == SINK:
                break
            self._expand(node, key + pot[node], best, done, reach)
        else:
            raise BadProblem("The rules leave no possible place for somebody.")
        last = done[SINK]
        for node, key in done.items():
            pot[node] += key - last
        self._augment(via)

    def _expand(  # type: ignore[no-untyped-def]
        self, node: int, distance: int, best: dict[int, int], done: dict[int, int], reach
    ) -> None:
        if node == self.hub:
            for root in range(2, self.offerings + 2):
                reach(self.plain[root], distance, node, -1)
            return
        cap = self.cap[node]
        if cap is None or self.load[node] < cap:
            parent = self.parent[node]
            reward = self.reward if parent == SINK and self.load[node] < self.minimum[node] else 0
            reach(parent, distance - reward, node, -1)
        for child in self.children[node]:
            if self.load[child] > 0:
                reach(child, distance, node, -1)
        enough = best.get(SINK)
        for other, queue in self.movers[node].items():
            if not queue or other in done:
                continue
            # Whoever stands first in the queue may have left; nobody there is cheaper.
            key, known = distance + queue[0][0] - self.pot[other], best.get(other)
            if (known is not None and key >= known) or (enough is not None and key >= enough):
                continue
            found = self.cheapest(node, other)
            if found is not None:
                reach(other, distance + found[0], node, found[1])

    def root_of(self, node: int) -> int:
        """The offering node above a row."""
        while self.parent[node] != SINK:
            node = self.parent[node]
        return node

    def _augment(self, via: dict[int, tuple[int, int]]) -> None:
        node, moves, through = SINK, [], -1
        while node != -1:
            origin, mover = via[node]
            if node == self.hub:
                moves.append((mover, self.root_of(through)))
            elif origin not in (-1, self.hub) and mover == -1:
                if self.parent[origin] == node:
                    self.load[origin] += 1
                else:
                    self.load[node] -= 1
            elif mover != -1:
                moves.append((mover, self.root_of(node)))
            through, node = node, origin
        for mover, _ in moves:
            self.seat[mover] = -1
        for mover, root in moves:
            self.sit(mover, root)

    def squeeze(self, person: int) -> bool:
        """Seat one more person in the best place that is free as it stands; False if none is."""
        costs = {root: cost for root in range(1, self.offerings + 2) if (cost := self.cost(person, root)) is not None}
        for root in sorted(costs, key=lambda root: (costs[root], root)):
            nodes = self.chain(self.lowest(person, root))
            if all((cap := self.cap[node]) is None or self.load[node] < cap for node in nodes):
                for node in nodes:
                    self.load[node] += 1
                self.sit(person, root)
                return True
        return False

    def chain(self, node: int) -> list[int]:
        """The rows of seats that somebody in a node takes up, the narrowest first."""
        found = []
        while node != SINK:
            found.append(node)
            node = self.parent[node]
        return found

    def too_small(self) -> int | None:
        """The first offering that lacks people for its minimum."""
        lacking = (root - 2 for root in range(2, self.offerings + 2) if self.load[root] < self.minimum[root])
        return next(lacking, None)

    def fill(self, people: Sequence[int], deadline: float, pulse: Pulse) -> None:
        """Seat everybody; after the deadline each takes the best place still free, and the rest is not optimal."""
        people = sorted(people, key=lambda p: len(self.costs[p]) + (self.unlisted[p] is not None) > 1)
        for count, person in enumerate(people):
            if count % STEP == 0:
                pulse.done, pulse.total = count, len(people)
                pulse.beat()
                self.is_optimal = self.is_optimal and (time.monotonic() < deadline or self.too_small() is not None)
            if self.is_optimal or not self.squeeze(person):
                self.insert(person)

    def price(self, node: int) -> int:
        """Dual price of a row of seats; negative only where a minimum is subsidised."""
        if node == FREE:
            return 0
        value = self.pot[self.parent[node]] - self.pot[node]
        return value if self.parent[node] == SINK and self.minimum[node] else max(0, value)


def build_network(frame: Frame, weight: list[int], reward: int) -> Network:
    """The network of a frame with one round; weights belong to the levels."""
    minimum = [o.minimum for o in frame.offerings]
    network = Network([o.capacity for o in frame.offerings], minimum, reward)
    everybody = len(frame.names)
    nested: dict[int, list[tuple[int, frozenset[int]]]] = {}
    order = sorted(
        (i for i, row in enumerate(frame.rows) if row.members is not None),
        key=lambda i: (-len(frame.rows[i].members or ()), i),
    )
    for index in order:
        row = frame.rows[index]
        members = row.members or frozenset()
        above = [node for node, wider in nested.get(row.offering, []) if members <= wider]
        node = network.add_row(above[-1] if above else row.offering + 2, row.limit, index)
        nested.setdefault(row.offering, []).append((node, members))
    for index, row in enumerate(frame.rows):
        if row.members is None:
            network.row[row.offering + 2] = index
    outside = _outsiders(frame)
    network.close()
    for root in range(2, network.offerings + 2):
        wide = [node for node, members in nested.get(root - 2, []) if outside <= members]
        network.plain[root] = wide[-1] if wide and outside else root
    costs = Costs(frame, weight)
    for person in range(everybody):
        entry = {}
        for offering, rows in nested.items():
            inside = [node for node, members in rows if person in members]
            if inside:
                entry[offering + 2] = inside[-1]
        usual = not nested or all(entry.get(root, root) == node for root, node in network.plain.items())
        _declare(frame, network, person, costs, entry, usual)
    return network


def _outsiders(frame: Frame) -> frozenset[int]:
    """People who belong to no spread group and no contingent: they share one hub."""
    rules, number = frame.problem.rules, {name: i for i, name in enumerate(frame.names)}
    marked = {number[n] for s in rules.spread for n in s.members} | {
        number[n] for c in rules.contingents for n in c.members
    }
    return frozenset(range(len(frame.names))) - marked


class Costs:
    """The lexicographic cost of options as one integer; the same for everybody unless moves count."""

    def __init__(self, frame: Frame, weight: list[int]) -> None:
        """Weights belong to the levels of the frame."""
        self.frame, self.weight = frame, weight
        self.known: dict[tuple[int, int | None], int] = {}

    def of(self, option: Option, person: int) -> int:
        """What this person costs there."""
        key = option[1:]
        if self.frame.told or key not in self.known:
            moved = bool(self.frame.told) and self.frame.moved(person, {0: option.offering})
            cell = [option.cell]
            levels = zip(self.weight, self.frame.levels, strict=True)
            self.known[key] = sum(weight * level.of(cell, moved) for weight, level in levels)
        return self.known[key]


def _declare(frame: Frame, network: Network, person: int, costs: Costs, entry: dict[int, int], usual: bool) -> None:
    """Declare a person; equal places behind the list of a `usual` person are one way through the hub."""
    options = frame.options[person].get(0, [])
    unlisted = None
    last = len(options) - (options[-1].offering == NOWHERE) if options else 0
    if usual and not frame.told and last == network.offerings:
        first = last
        while first and options[first - 1].cell == options[last - 1].cell:
            first -= 1
        if last - first > 2:
            unlisted = costs.of(options[last - 1], person)
            options = options[:first] + options[last:]
    own = {FREE if o.offering == NOWHERE else o.offering + 2: costs.of(o, person) for o in options}
    network.add_person(own, unlisted, entry)


def weights(frame: Frame) -> list[int]:
    """Base n + 1: no sum of lower levels can outweigh one unit of a higher one."""
    base = len(frame.names) * max(1, len(frame.problem.rounds)) + 1
    count = len(frame.levels)
    return [base ** (count - 1 - i) for i in range(count)]


def solve_round(frame: Frame, deadline: float = inf, pulse: Pulse | None = None) -> Network:
    """Seat everybody at least total cost; raises BadProblem naming a minimum that cannot be reached."""
    weight = weights(frame)
    people = [p for p in range(len(frame.names)) if 0 in frame.options[p]]
    reward = 0
    if any(o.minimum for o in frame.offerings):
        reward = 4 * (len(people) + 1) * (len(people) + 1) * (sum(weight) + 1)
    network = build_network(frame, weight, reward)
    network.fill(people, deadline, pulse or Pulse())
    refuse_too_small(frame, network)
    return network


def refuse_too_small(frame: Frame, network: Network) -> None:
    """Raise BadProblem naming an offering that lacks people for its minimum."""
    short = network.too_small()
    if short is not None:
        offering = frame.offerings[short]
        raise BadProblem(
            f"offerings.csv: the minimum of {offering.minimum} people for “{offering.workshop}” in "
            f"round “{offering.round}” cannot be reached.",
            ("offering", offering.round, offering.workshop, "minimum"),
        )
