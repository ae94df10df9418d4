"""The archive of past events: what the filters in the address mean, and how many events each of them would leave; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FILTERS = ("year", "topic", "place", "series")


@dataclass(frozen=True)
class Past:
    """One past event, as the filters see it."""

    id: int
    year: str
    topics: tuple[str, ...] = ()
    place: str = ""
    series: str = ""  # its address

    def values(self, name: str) -> tuple[str, ...]:
        """What it is filed under."""
        found = self.topics if name == "topic" else (getattr(self, name),)
        return tuple(value for value in found if value)


def matching(events: Iterable[Past], wanted: dict[str, str]) -> list[Past]:
    """The events that every filter lets through, in their order."""
    return [one for one in events if all(value in one.values(name) for name, value in wanted.items() if value)]


def facets(events: Sequence[Past], wanted: dict[str, str]) -> dict[str, list[tuple[str, int]]]:
    """Per filter its values and how many events each would leave beside the other filters; what is chosen stays."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in FILTERS:
        others = {key: value for key, value in wanted.items() if key != name}
        counts = Counter(value for one in matching(events, others) for value in one.values(name))
        if wanted.get(name):
            counts.setdefault(wanted[name], 0)
        order = sorted(counts, reverse=name == "year")
        if len(order) > 1 or wanted.get(name):
            found[name] = [(value, counts[value]) for value in order]
    return found
