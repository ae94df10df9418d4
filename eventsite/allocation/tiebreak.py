"""One round: the lexicographic lottery on the set of optimal plans.

With the prices of the optimum, every person knows the places that are equally good for everybody together.
In serving order each takes the best of them that a chain of equally good moves of people not yet served
can free. Nothing is solved again: the prices stay optimal whatever is exchanged at no cost.
"""

from __future__ import annotations

from collections import deque

from eventsite.allocation.oneround import FREE, SINK, Network


def settle(network: Network) -> None:
    """Lexicographic lottery on the optimal set: each person in serving order takes the best equal place."""
    size = len(network.parent)
    price = [0] * size
    for node in range(1, size):
        price[node] = network.price(node)
    total = {node: sum(price[n] for n in network.chain(node)) for node in range(1, size)}
    usual: dict[int, list[int]] = {}
    for root in range(2, network.offerings + 2):
        usual.setdefault(total[network.plain[root]], []).append(root)
    tight: list[list[int]] = []
    stay: list[dict[int, set[int]]] = [{} for _ in range(size)]
    for person, seat in enumerate(network.seat):
        tight.append([])
        if seat < 0:
            continue
        tight[person] = _equal_places(network, total, usual, person)
        _offer(network, stay, tight, person, add=True)
    for person, seat in enumerate(network.seat):
        if seat < 0:
            continue
        _offer(network, stay, tight, person, add=False)
        for root in tight[person]:
            if root == network.seat[person] or _exchange(network, stay, tight, price, person, root):
                break


def _equal_places(network: Network, total: dict[int, int], usual: dict[int, list[int]], person: int) -> list[int]:
    """Places that cost as much as the own one with the price of their seats, the best first, "no place" last."""
    seat, costs, general = network.seat[person], network.costs[person], network.unlisted[person]
    here = network.cost(person, seat)
    assert here is not None
    own = here + total[network.lowest(person, seat)]
    equal = [root for root, cost in costs.items() if cost + total[network.lowest(person, root)] == own]
    if general is not None:
        others = [root for root in usual.get(own - general, ()) if root not in costs]
        last = equal.index(FREE) if FREE in equal else len(equal)
        equal[last:last] = others
    return equal


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
