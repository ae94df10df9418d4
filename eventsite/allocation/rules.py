"""Words and definitions of the allocation: offerings, wishes, rules, plans, ranks, burdens and levels.

A cell is one (participant, round) that the participant attends. The rank of a placed cell is its position
in the own list, or list length + 1 for an unlisted workshop. Its burden is rank - 1; a cell without a
place counts the same for everybody, so a short list gains nothing. A pinned, unlisted cell has burden 0
and no rank. Left open elsewhere and decided here: rounds are ordered naturally by name ("2" before "10");
of the workshops of one topic a person attends at most one, once; a cell of an overlapping round that has
to stay empty counts as unplaced like any other; a place of a contingent can only be used by a member, so
outsiders share what the contingents of an offering leave.
Source of the objectives: Kwanashie, Irving, Manlove, Sng: Profile-based optimal matchings (2014).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

OBJECTIVES = ("fair", "first", "serial")
TIES = ("lottery", "order")

Plan = dict[str, dict[str, str | None]]


class BadProblem(ValueError):
    """The input contradicts itself or nobody can satisfy it; the text is one sentence for the organiser.

    `at` says what it is about: ("pins", 3) is the fourth pin, ("offering", round, workshop, column) an offering,
    ("never",) what people excluded.
    """

    def __init__(self, text: str, at: tuple[Any, ...] = ()) -> None:
        super().__init__(text)
        self.at = at


class Contradiction(BadProblem):
    """Rules that each could hold but not all together; nobody has looked yet which."""


@dataclass(frozen=True)
class Offering:
    """One workshop in one round."""

    round: str
    workshop: str
    capacity: int
    minimum: int = 0


@dataclass(frozen=True)
class Wish:
    """What one participant said about one round, best first."""

    choices: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Participant:
    """A participant with one wish per round that the participant attends."""

    name: str
    wishes: Mapping[str, Wish]


@dataclass(frozen=True)
class Spread:
    """At most `max_per_offering` of the members may sit in the same offering."""

    members: tuple[str, ...]
    max_per_offering: int


@dataclass(frozen=True)
class Contingent:
    """Places of one offering that only the members may take."""

    round: str
    workshop: str
    members: tuple[str, ...]
    places: int


@dataclass(frozen=True)
class Rules:
    """The organiser's rules; every key of rules.json."""

    max_choices: int | None = None
    no_repeat: bool = False
    unlisted: str = "next"
    pins: tuple[tuple[str, str, str], ...] = ()
    spread: tuple[Spread, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    contingents: tuple[Contingent, ...] = ()
    same_topic: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    overlaps: tuple[tuple[str, str], ...] = ()
    may_cancel: bool = False


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that puts "2" before "10" and does not depend on the order of rows."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", name)
    return tuple((0, int(part), part) if part[0] in "0123456789" else (1, 0, part) for part in parts)


@dataclass(frozen=True)
class Problem:
    """Everything the engine needs to know; participants stand in order of registration."""

    offerings: tuple[Offering, ...]
    participants: tuple[Participant, ...]
    rules: Rules = field(default_factory=Rules)

    @cached_property
    def rounds(self) -> tuple[str, ...]:
        """All rounds, earliest first."""
        return tuple(sorted({offering.round for offering in self.offerings}, key=natural))

    @cached_property
    def offering_at(self) -> dict[tuple[str, str], Offering]:
        """(round, workshop) to offering."""
        return {(o.round, o.workshop): o for o in self.offerings}

    @cached_property
    def person(self) -> dict[str, Participant]:
        """Name to participant."""
        return {p.name: p for p in self.participants}

    @cached_property
    def pinned(self) -> dict[tuple[str, str], str]:
        """(participant, round) to the pinned workshop."""
        return {(name, round_): workshop for name, round_, workshop in self.rules.pins}

    @cached_property
    def wishes_asked(self) -> int:
        """K, the number of wishes asked for."""
        longest = max((len(w.choices) for p in self.participants for w in p.wishes.values()), default=0)
        return longest if self.rules.max_choices is None else self.rules.max_choices

    @property
    def unplaced_burden(self) -> int:
        """K', what a cell without a place counts."""
        return self.wishes_asked + (1 if self.rules.unlisted == "next" else 0)

    def cell(self, name: str, round_: str, workshop: str | None) -> tuple[int, int | None] | None:
        """Burden and rank of a cell, or None where the participant may not sit."""
        if workshop is None:
            return None if (name, round_) in self.pinned else (self.unplaced_burden, None)
        wish = self.person[name].wishes[round_]
        pin = self.pinned.get((name, round_))
        if (round_, workshop) not in self.offering_at or workshop in wish.never or (pin and pin != workshop):
            return None
        if workshop in wish.choices:
            position = wish.choices.index(workshop)
            return position, position + 1
        if pin:
            return 0, None
        if self.rules.unlisted == "never":
            return None
        return len(wish.choices), len(wish.choices) + 1

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, in the given order of rows."""
        rules = dict(self.rules.__dict__)
        rules["spread"] = [s.__dict__ for s in self.rules.spread]
        rules["contingents"] = [c.__dict__ for c in self.rules.contingents]
        people = [
            [p.name, [[r, list(w.choices), sorted(w.never)] for r, w in sorted(p.wishes.items())]]
            for p in self.participants
        ]
        return {
            "offerings": [list(o.__dict__.values()) for o in self.offerings],
            "participants": people,
            "rules": json.loads(json.dumps(rules)),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Problem:
        """Reverse of `to_dict`."""
        rules = dict(data["rules"])
        for key in ("pins", "together", "same_topic", "requires", "overlaps"):
            rules[key] = tuple(tuple(row) for row in rules.get(key, ()))
        rules["spread"] = tuple(Spread(tuple(s["members"]), s["max_per_offering"]) for s in rules.get("spread", ()))
        rules["contingents"] = tuple(
            Contingent(c["round"], c["workshop"], tuple(c["members"]), c["places"])
            for c in rules.get("contingents", ())
        )
        people = tuple(
            Participant(name, {r: Wish(tuple(c), frozenset(n)) for r, c, n in wishes})
            for name, wishes in data["participants"]
        )
        return cls(tuple(Offering(*row) for row in data["offerings"]), people, Rules(**rules))


def fingerprint(problem: Problem, tie: str = "lottery") -> str:
    """SHA-256 of the input; the order of rows counts only where it decides ties."""
    data = problem.to_dict()
    data["offerings"].sort()
    if tie == "lottery":
        data["participants"].sort()
    rules = data["rules"]
    for key in ("pins", "requires"):
        rules[key].sort()
    for key in ("together", "same_topic", "overlaps"):
        rules[key] = sorted(sorted(row) for row in rules[key])
    for key in ("spread", "contingents"):
        rules[key] = sorted(({**row, "members": sorted(row["members"])} for row in rules[key]), key=json.dumps)
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lottery_number(seed: int | str, name: str) -> str:
    """HMAC of seed and participant: independent of the database and of the order of rows."""
    return hmac.new(str(seed).encode(), name.encode(), hashlib.sha256).hexdigest()


def serving_order(problem: Problem, tie: str, seed: int | str) -> list[str]:
    """Names in the order in which ties are decided, first served first."""
    names = [p.name for p in problem.participants]
    return names if tie == "order" else sorted(names, key=lambda name: (lottery_number(seed, name), name))


@dataclass(frozen=True)
class Level:
    """One level of an objective; `kind` is unplaced, moved, burden or rank; moves and ranks may be maximised."""

    name: str
    kind: str
    number: int = 0
    sign: int = 1

    def of(self, cells: Sequence[tuple[int, int | None, bool]], moved: bool = False) -> int:
        """Contribution of one person's cells (burden, rank, is placed) to what is minimised."""
        if self.kind == "unplaced":
            return sum(not placed for _, _, placed in cells)
        if self.kind == "moved":
            return self.sign * int(moved)
        if self.kind == "burden":
            return int(sum(burden for burden, _, _ in cells) >= self.number)
        return self.sign * sum(rank == self.number for _, rank, _ in cells)


def levels(problem: Problem, objective: str, moves: int = 0) -> list[Level]:
    """The levels of an objective, most important first; none for the serial dictatorship.

    `moves` is 1 where as few people as possible are to move, -1 where as many as possible: that comes first.
    """
    if objective not in OBJECTIVES:
        raise BadProblem(f"The objective “{objective}” is unknown; there are fair, first and serial.")
    if objective == "serial":
        return []
    top, rounds = problem.unplaced_burden, len(problem.rounds)
    listed = [Level("unplaced_cells", "unplaced")]
    if moves:
        listed.insert(max(0, moves), Level("persons_moved", "moved", sign=moves))
    if objective == "first":
        return listed + [Level(f"cells_rank_{k}", "rank", k, -1) for k in range(1, top + 1)]
    listed += [Level(f"persons_burden_ge_{t}", "burden", t) for t in range(top * rounds, 0, -1)]
    if rounds > 1:
        listed += [Level(f"cells_rank_{k}", "rank", k) for k in range(top, 1, -1)]
    return listed


def person_cells(problem: Problem, plan: Plan, name: str) -> list[tuple[int, int | None, bool]]:
    """(burden, rank, is placed) of each cell of one person in a feasible plan."""
    found = []
    for round_ in problem.person[name].wishes:
        workshop = plan[name].get(round_)
        cell = problem.cell(name, round_, workshop)
        if cell is None:
            raise BadProblem(f"“{name}” may not have “{workshop}” in round “{round_}”.")
        found.append((cell[0], cell[1], workshop is not None))
    return found


def has_moved(plan: Plan, told: Mapping[str, Mapping[str, str | None]], name: str) -> bool:
    """Whether a person sits elsewhere than told."""
    return any(plan[name].get(r) != w for r, w in told.get(name, {}).items() if r in plan[name])


def level_values(
    problem: Problem, plan: Plan, listed: Iterable[Level], told: Mapping[str, Mapping[str, str | None]] | None = None
) -> dict[str, int]:
    """Value of each level as a count (never negative), recomputed from plan and wishes."""
    listed = list(listed)
    values = {level.name: 0 for level in listed}
    for person in problem.participants:
        cells = person_cells(problem, plan, person.name)
        moved = bool(told) and has_moved(plan, told or {}, person.name)
        for level in listed:
            values[level.name] += level.sign * level.of(cells, moved)
    return values


def profile(problem: Problem, plan: Plan) -> dict[str, int]:
    """Cells by rank and cells without a place."""
    counts = {f"cells_rank_{k}": 0 for k in range(1, problem.unplaced_burden + 1)}
    counts["unplaced_cells"] = 0
    for person in problem.participants:
        for _, rank, placed in person_cells(problem, plan, person.name):
            if not placed:
                counts["unplaced_cells"] += 1
            elif rank is not None:
                counts[f"cells_rank_{rank}"] = counts.get(f"cells_rank_{rank}", 0) + 1
    return counts


def burdens(problem: Problem, plan: Plan) -> dict[str, int]:
    """Burden of each person."""
    return {p.name: sum(b for b, _, _ in person_cells(problem, plan, p.name)) for p in problem.participants}


def plan_hash(plan: Plan) -> str:
    """SHA-256 of a plan, independent of the order of its rows."""
    rows = sorted((name, r, w or "") for name, cells in plan.items() for r, w in cells.items())
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Result:
    """A plan with what is proven about it; `certificate` convinces a checker that knows no solver."""

    plan: Plan
    objective: str
    tie: str
    seed: int | str
    levels: dict[str, int]
    profile: dict[str, int]
    proved: bool
    bound: dict[str, int]
    proven_levels: int
    closed: list[list[str]]
    seconds: float
    fingerprint: str
    tie_complete: bool = True
    certificate: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return dict(self.__dict__)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Result:
        """Reverse of `to_dict`."""
        return cls(**data)
