"""Whether somebody may take a place in a workshop now: places, kept places, and the organisers' rules; pure.

The same question is asked for whoever moves up, takes a free place, is offered one or swaps. Offers hold places.
"""

from collections.abc import Iterable, Mapping

from eventsite.allocation.feasibility import day_breaks, outsiders_limit
from eventsite.allocation.rules import Problem

Seats = dict[str, dict[str, str | None]]


class Gate:
    """The places of an event as they stand, kept up to date while places are given."""

    def __init__(
        self, problem: Problem, places: Mapping[str, Mapping[str, str | None]], offers: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.problem = problem
        held = problem.offering_at  # a workshop that is cancelled by now is no place any more
        self.seats: Seats = {
            name: {r: w if (r, w) in held else None for r, w in cells.items()} for name, cells in places.items()
        }
        self.offers = set(offers)  # (person, workshop)
        self.round_of = {offering.workshop: offering.round for offering in problem.offerings}

    def inside(self, workshop: str) -> list[str]:
        """Who has a place in a workshop, or one held by an offer."""
        round_ = self.round_of[workshop]
        seated = [name for name, cells in self.seats.items() if cells.get(round_) == workshop]
        return seated + [name for name, offered in self.offers if offered == workshop and name not in seated]

    def free(self, workshop: str) -> int:
        """Places nobody has and no offer holds; never below zero."""
        return max(0, self.problem.offering_at[self.round_of[workshop], workshop].capacity - len(self.inside(workshop)))

    def fits(self, name: str, workshop: str) -> bool:
        """Whether the organisers' rules about one person's day allow this workshop; a fixed place stays fixed."""
        round_ = self.round_of.get(workshop)
        if round_ is None or self.problem.pinned.get((name, round_), workshop) != workshop:
            return False
        return day_breaks(self.problem, {**self.seats.get(name, {}), round_: workshop}) is None

    def admits(self, name: str, workshop: str) -> bool:
        """Whether somebody may take a place here at once: a place is free, and no rule keeps it for others."""
        if not self.fits(name, workshop):
            return False
        inside = [one for one in self.inside(workshop) if one != name]
        if len(inside) >= self.problem.offering_at[self.round_of[workshop], workshop].capacity:
            return False
        return self.is_kept_free(name, workshop, inside)

    def is_kept_free(self, name: str, workshop: str, inside: list[str]) -> bool:
        """Whether contingents and spreads leave room for this person beside those inside."""
        for outside, limit in outsiders_limit(self.problem, self.round_of[workshop], workshop):
            if name in outside and sum(one in outside for one in inside) >= limit:
                return False
        return not any(
            name in spread.members and sum(one in spread.members for one in inside) >= spread.max_per_offering
            for spread in self.problem.rules.spread
        )

    def put(self, name: str, workshop: str) -> str | None:
        """Seats somebody; returns the workshop left behind."""
        round_ = self.round_of[workshop]
        self.offers.discard((name, workshop))
        left = self.seats.setdefault(name, {}).get(round_)
        self.seats[name][round_] = workshop
        return left
