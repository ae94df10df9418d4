"""Why a person has this place: true numbers and the chain that a better place would have cost.

The counterfactual is the cheapest chain of moves in that round with everybody's other rounds unchanged.
Nothing here names another person: a reason holds numbers and ranks only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from eventsite.allocation import frame as frames
from eventsite.allocation.changes import with_capacity
from eventsite.allocation.engine import solve
from eventsite.allocation.exchange import Exchange, Step
from eventsite.allocation.frame import NOWHERE, Frame
from eventsite.allocation.rules import Level, Plan, Problem, Result


class Kind(Enum):
    """What stands behind a place."""

    FIRST = "first"
    PINNED = "pinned"
    NO_WISHES = "no_wishes"
    CHAIN = "chain"
    TIE = "tie"
    TURN = "turn"
    DAY = "day"
    GROUP = "group"
    CLOSED = "closed"
    FIXED = "fixed"
    OPEN = "open"


@dataclass(frozen=True)
class Demand:
    """How often a workshop was asked for, by rank, and what it offers."""

    round: str
    workshop: str
    places: int
    by_rank: dict[int, int]
    seated: int
    pinned: int

    @property
    def requests(self) -> int:
        """How many people listed the workshop at any rank."""
        return sum(self.by_rank.values())


@dataclass(frozen=True)
class Reason:
    """Why one cell is as it is. Ranks: None is no rank (no place, or a pinned workshop without a wish).

    `moves` are (rank before, rank after) of the others in the chain; `others_worse` and `others_better`
    count them; `level_changes` is what the chain does to the levels of the objective. `number` is the own
    place in the serving order (1 is first), `numbers` the smallest and greatest of the people in the
    wanted workshop.
    """

    kind: Kind
    round: str
    workshop: str | None
    rank: int | None
    wanted: str | None = None
    wanted_rank: int | None = None
    requests: int = 0
    first_requests: int = 0
    places: int = 0
    seated: int = 0
    moves: tuple[tuple[int | None, int | None], ...] = ()
    others_worse: int = 0
    others_better: int = 0
    level_changes: dict[str, int] = field(default_factory=dict)
    number: int = 0
    numbers: tuple[int, int] | None = None
    rule: str | None = None


@dataclass(frozen=True)
class MorePlaces:
    """What additional places in one workshop would change: level name to (now, then)."""

    round: str
    workshop: str
    extra: int
    changes: dict[str, tuple[int, int]]
    more_first: int


def demand(problem: Problem, plan: Plan) -> list[Demand]:
    """Requests by rank and places of every offering, in the order of the input."""
    wanted: Counter[tuple[str, str, int]] = Counter()
    for person in problem.participants:
        for round_, wish in person.wishes.items():
            wanted.update((round_, workshop, rank) for rank, workshop in enumerate(wish.choices, 1))
    seated = Counter((r, w) for day in plan.values() for r, w in day.items())
    pinned = Counter((r, w) for (_, r), w in problem.pinned.items())
    top = max(problem.wishes_asked, 1)
    return [
        Demand(
            o.round,
            o.workshop,
            o.capacity,
            {k: wanted[o.round, o.workshop, k] for k in range(1, top + 1)},
            seated[o.round, o.workshop],
            pinned[o.round, o.workshop],
        )
        for o in problem.offerings
    ]


def more_places(
    problem: Problem, result: Result, round_: str, workshop: str, *, extra: int = 4, time_limit: float = 20.0
) -> MorePlaces:
    """Solve again with more places in one workshop and compare the levels."""
    objective = result.objective
    other = solve(
        with_capacity(problem, round_, workshop, extra),
        objective=objective,
        tie=result.tie,
        seed=result.seed,
        time_limit=time_limit,
    )
    before = result.levels or result.profile
    after = other.levels or other.profile
    changes = {name: (value, after[name]) for name, value in before.items() if after.get(name, value) != value}
    first = "cells_rank_1"
    return MorePlaces(round_, workshop, extra, changes, other.profile.get(first, 0) - result.profile.get(first, 0))


class Explainer:
    """Reasons for all cells of a plan; the work per round is shared."""

    def __init__(
        self, problem: Problem, plan: Plan, *, objective: str = "fair", tie: str = "lottery", seed: int | str = 0
    ) -> None:
        """Prepare the numbers; chains are searched when asked for."""
        self.problem, self.plan, self.objective = problem, plan, objective
        self.frame: Frame = frames.build(problem, objective if objective != "serial" else "fair", tie, seed)
        self.days = self.frame.days(plan)
        self.number = {name: i for i, name in enumerate(self.frame.names)}
        self.index = {(o.round, o.workshop): i for i, o in enumerate(self.frame.offerings)}
        self.facts = {(d.round, d.workshop): d for d in demand(problem, plan)}
        self.exchanges: dict[int, Exchange] = {}
        self.inside: dict[tuple[str, str | None], list[int]] = {}
        for name, day in plan.items():
            for round_, workshop in day.items():
                self.inside.setdefault((round_, workshop), []).append(self.number[name] + 1)

    def exchange(self, round_: str) -> Exchange:
        """The chains of a round."""
        index = self.problem.rounds.index(round_)
        if index not in self.exchanges:
            self.exchanges[index] = Exchange(self.frame, self.days, index)
        return self.exchanges[index]

    def reasons(self, name: str) -> list[Reason]:
        """One reason per round, about the best wish the person did not get."""
        return [self.reason(name, r) for r in self.problem.rounds if r in self.plan[name]]

    def reason(self, name: str, round_: str, wanted: str | None = None) -> Reason:
        """Why not `wanted` (default: the first wish) in this round."""
        workshop, wish = self.plan[name][round_], self.problem.person[name].wishes[round_]
        cell = self.problem.cell(name, round_, workshop)
        rank = cell[1] if cell else None
        number = self.number[name] + 1
        if (name, round_) in self.problem.pinned:
            return Reason(Kind.PINNED, round_, workshop, rank, number=number)
        if not wish.choices and wanted is None:
            return Reason(Kind.NO_WISHES, round_, workshop, rank, number=number)
        wanted = wish.choices[0] if wanted is None else wanted
        if workshop == wanted:
            return Reason(Kind.FIRST if rank == 1 else Kind.OPEN, round_, workshop, rank, wanted, rank, number=number)
        return self._missed(name, round_, wanted, rank)

    def _missed(self, name: str, round_: str, wanted: str, rank: int | None) -> Reason:
        facts, person = self.facts[round_, wanted], self.number[name]
        goal, exchange = self.index[round_, wanted], self.exchange(round_)
        cell = self.problem.cell(name, round_, wanted)
        numbers = self.inside.get((round_, wanted), [])

        def reason(kind: Kind, steps: list[Step] | None = None, rule: str | None = None) -> Reason:
            moves, changes = self._effects(exchange, steps or [])
            worse, better = self._counts(exchange, steps or [])
            return Reason(
                kind,
                round_,
                self.plan[name][round_],
                rank,
                wanted,
                cell[1] if cell else None,
                requests=facts.requests,
                first_requests=facts.by_rank.get(1, 0),
                places=facts.places,
                seated=facts.seated,
                moves=moves,
                others_worse=worse,
                others_better=better,
                level_changes=changes,
                number=person + 1,
                numbers=(min(numbers), max(numbers)) if numbers else None,
                rule=rule,
            )

        rule = exchange.rule_against(person, goal)
        if rule:
            return reason(Kind.DAY, rule=rule)
        if exchange.is_closed(goal):
            return reason(Kind.CLOSED)
        if person in exchange.grouped:
            return reason(Kind.GROUP)
        if self.objective == "serial":
            return reason(Kind.TURN)
        steps = exchange.chain(person, goal)
        if steps is None:
            return reason(Kind.FIXED)
        cost = exchange.cost(steps)
        return reason(Kind.CHAIN if cost > 0 else Kind.TIE if cost == 0 else Kind.OPEN, steps)

    def _rank(self, person: int, offering: int, round_: int) -> int | None:
        return next(o.rank for o in self.frame.options[person][round_] if o.offering == offering)

    def _effects(
        self,
        exchange: Exchange,
        steps: list[Step],
    ) -> tuple[tuple[tuple[int | None, int | None], ...], dict[str, int]]:
        """Ranks of the others before and after, and the change of every level."""
        moves = tuple(
            (self._rank(s.person, s.before, exchange.round), self._rank(s.person, s.after, exchange.round))
            for s in steps[1:]
        )
        changes = {}
        for level in self.frame.levels:
            change = level.sign * sum(
                self._level(level, exchange, s.person, s.after) - self._level(level, exchange, s.person, s.before)
                for s in steps
            )
            if change:
                changes[level.name] = change
        return moves, changes

    def _level(self, level: Level, exchange: Exchange, person: int, offering: int) -> int:
        day = {**self.days[person], exchange.round: offering}
        return level.of(
            [
                next(o for o in self.frame.options[person][r] if o.offering == place).cell
                for r, place in sorted(day.items())
            ]
        )

    def _counts(self, exchange: Exchange, steps: list[Step]) -> tuple[int, int]:
        worse = better = 0
        for step in steps[1:]:
            options = {o.offering: o for o in self.frame.options[step.person][exchange.round]}
            before, after = options[step.before], options[step.after]
            change = (after.offering == NOWHERE, after.burden) > (before.offering == NOWHERE, before.burden)
            same = (after.offering == NOWHERE, after.burden) == (before.offering == NOWHERE, before.burden)
            worse += change
            better += not change and not same
        return worse, better


def _l(msgid: str) -> str:
    """Mark a text for the catalogues; who shows it translates it."""
    return msgid


SENTENCES: dict[Kind, str] = {
    Kind.FIRST: _l("You have your first wish."),
    Kind.PINNED: _l("The organisers have reserved this place for you."),
    Kind.NO_WISHES: _l("You named no wishes for this round, so you have one of the free places."),
    Kind.CHAIN: _l("“%(wanted)s” was named by %(requests)s people and has %(places)s places."),
    Kind.TIE: _l(
        "“%(wanted)s” was named by %(requests)s people and has %(places)s places. Another solution that "
        "gives you one of them would have been equally good for everybody together, so the drawn order "
        "decided: your number is %(number)s, the people there have numbers from %(lowest)s to "
        "%(highest)s."
    ),
    Kind.TURN: _l(
        "“%(wanted)s” was named by %(requests)s people and has %(places)s places. When it was your turn "
        "(number %(number)s), none was left for you."
    ),
    Kind.DAY: _l("“%(wanted)s” does not go together with your other workshops."),
    Kind.GROUP: _l(
        "“%(wanted)s” was named by %(requests)s people and has %(places)s places. Your group wanted to "
        "stay together, and it would not have fitted in as well."
    ),
    Kind.CLOSED: _l("“%(wanted)s” does not take place because too few people could have come."),
    Kind.FIXED: _l(
        "“%(wanted)s” was named by %(requests)s people and has %(places)s places. The fixed rules for "
        "places and groups allow no exchange in this round that would have let you in."
    ),
    Kind.OPEN: _l("The organisers chose this place by hand."),
}
CHAIN_NOBODY = _l("Letting you in would not have been possible without making the result worse for others.")
CHAIN_ONE = _l("Letting you in would have pushed one person from %(before)s to %(after)s.")
CHAIN_MORE = _l("Letting you in would have moved %(people)s other people, %(worse)s of them to a worse place.")
RANK = _l("wish %(rank)s")
NO_PLACE = _l("no place")
NO_RANK = _l("a place without a wish")


def sentence(reason: Reason, gettext: Callable[[str], str] = str) -> str:
    """The reason in words, in the language of the given gettext."""
    lowest, highest = reason.numbers or (0, 0)
    values = {
        "wanted": reason.wanted,
        "requests": reason.requests,
        "places": reason.places,
        "number": reason.number,
        "lowest": lowest,
        "highest": highest,
    }
    text = gettext(SENTENCES[reason.kind]) % values
    if reason.kind is not Kind.CHAIN:
        return text
    if len(reason.moves) == 1 and reason.others_worse == 1:
        before, after = (
            _rank_words(rank, place, gettext)
            for rank, place in zip(reason.moves[0], (True, reason.moves[0][1] is not None), strict=True)
        )
        return text + " " + gettext(CHAIN_ONE) % {"before": before, "after": after}
    if reason.others_worse:
        return text + " " + gettext(CHAIN_MORE) % {"people": len(reason.moves), "worse": reason.others_worse}
    return text + " " + gettext(CHAIN_NOBODY)


def _rank_words(rank: int | None, is_placed: bool, gettext: Callable[[str], str]) -> str:
    if rank is not None:
        return gettext(RANK) % {"rank": rank}
    return gettext(NO_RANK if is_placed else NO_PLACE)
