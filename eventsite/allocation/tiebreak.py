"""One round: the lexicographic lottery on the set of optimal plans.

With the prices of the optimum, every person knows the places that are equally good for everybody together.
In serving order each takes the best of them that a chain of equally good moves of people not yet served
can free. Nothing is solved again: the prices stay optimal whatever is exchanged at no cost.
"""

from __future__ import annotations

from collections import deque

from eventsite.allocation.frame import NOWHERE, Frame
from eventsite.allocation.oneround import FREE, SINK, Network


def settle(frame: Frame, network: Network) -> None:
    """Lexicographic lottery on the optimal set: each person in serving order takes the best equal place."""
    size = len(network.parent)
    price = [0] * size
    for node in range(1, size):
        price[node] = network.price(node)
    total = {node: sum(price[n] for n in network.chain(node)) for node in range(1, size)}
    tight: list[list[int]] = []
    stay: list[dict[int, set[int]]] = [{} for _ in range(size)]
    for person, seat in enumerate(network.seat):
        tight.append([])
        if seat < 0:
            continue
        own = _full_cost(network, total, person, seat)
        for option in frame.options[person][0]:
            root = FREE if option.offering == NOWHERE else option.offering + 2
            if _full_cost(network, total, person, root) == own:
                tight[person].append(root)
        _offer(network, stay, tight, person, add=True)
    for person, seat in enumerate(network.seat):
        if seat < 0:
            continue
        _offer(network, stay, tight, person, add=False)
        for root in tight[person]:
            if root == network.seat[person] or _exchange(network, stay, tight, price, person, root):
                break


def _full_cost(network: Network, total: dict[int, int], person: int, root: int) -> int:
    cost = network.cost(person, root)
    assert cost is not None
    return cost + total[network.lowest(person, root)]


def _offer(
    network: Network, stay: list[dict[int, set[int]]], tight: list[list[int]], person: int, *, add: bool
) -> None:
    here = stay[network.lowest(person, network.seat[person])]
    for root in tight[person]:
        node = network.lowest(person, root)
        if add:
            here.setdefault(node, set()).add(person)
        else:
            here.get(node, set()).discard(person)


def _exchange(
    network: Network, stay: list[dict[int, set[int]]], tight: list[list[int]], price: list[int], person: int, root: int
) -> bool:
    """Move a person to an equally good offering if a free chain leads back to the old one."""
    goal, start = network.lowest(person, network.seat[person]), network.lowest(person, root)
    via: dict[int, tuple[int, int]] = {start: (-1, person)}
    queue = deque([start])
    while queue and goal not in via:
        node = queue.popleft()
        for other, mover in _free_moves(network, stay, price, node):
            if other not in via:
                via[other] = (node, mover)
                queue.append(other)
    if goal not in via:
        return False
    node, moves = goal, []
    while node != -1:
        origin, mover = via[node]
        if mover >= 0:
            moves.append((mover, node))
        elif network.parent[origin] == node if origin > SINK else False:
            network.load[origin] += 1
        else:
            network.load[node] -= 1
        node = origin
    for mover, _ in moves:
        if mover != person:
            _offer(network, stay, tight, mover, add=False)
    for mover, node in moves:
        network.seat[mover] = network.root_of(node)
        if mover != person:
            _offer(network, stay, tight, mover, add=True)
    return True


def _free_moves(
    network: Network, stay: list[dict[int, set[int]]], price: list[int], node: int
) -> list[tuple[int, int]]:
    """Edges of the residual graph without cost: (node, mover or -1)."""
    if node == SINK:
        return [
            (root, -1)
            for root in range(1, network.offerings + 2)
            if network.load[root] > network.minimum[root] and price[root] == 0
        ]
    found = []
    cap = network.cap[node]
    if (cap is None or network.load[node] < cap) and price[node] == 0:
        found.append((network.parent[node], -1))
    found += [(child, -1) for child in network.children[node] if network.load[child] > 0 and price[child] == 0]
    found += [(other, min(people)) for other, people in stay[node].items() if people]
    return found
