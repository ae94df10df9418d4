"""Which rule a plan breaks, and which rules contradict each other, in words.

A contradiction is refused before anything is solved. Two hard rules that exclude each other for one
person (a pin against a "never", two pins against "no repeat") are a contradiction, not a preference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from eventsite.allocation.rules import BadProblem, Plan, Problem


def _l(msgid: str) -> str:
    """Mark a text for the catalogues; who shows it translates it."""
    return msgid


@dataclass(frozen=True)
class Broken:
    """One broken rule: an English msgid and the values for it."""

    rule: str
    msgid: str
    values: dict[str, object] = field(default_factory=dict)

    def sentence(self, gettext: Callable[[str], str] = str) -> str:
        """The sentence in the language of the given gettext."""
        return gettext(self.msgid) % self.values


def broken_rules(problem: Problem, plan: Plan) -> list[Broken]:
    """Every hard rule that the plan breaks; an empty list means the plan is feasible."""
    shape = list(_wrong_shape(problem, plan))
    if shape:
        return shape
    return [
        *_broken_for_persons(problem, plan),
        *_broken_for_offerings(problem, plan),
        *_broken_for_groups(problem, plan),
    ]


def _wrong_shape(problem: Problem, plan: Plan) -> Iterator[Broken]:
    for person in problem.participants:
        if set(plan.get(person.name, {})) != set(person.wishes):
            yield Broken(
                "presence", _l("The plan does not have exactly the rounds of “%(name)s”."), {"name": person.name}
            )
            continue
        for round_, workshop in plan[person.name].items():
            if problem.cell(person.name, round_, workshop) is None:
                yield Broken(
                    "place",
                    _l("“%(name)s” may not have “%(workshop)s” in round “%(round)s”."),
                    {"name": person.name, "workshop": workshop or "–", "round": round_},
                )
    for name in plan:
        if name not in problem.person:
            yield Broken("presence", _l("“%(name)s” takes no part."), {"name": name})


def day_breaks(problem: Problem, day: dict[str, str | None]) -> str | None:
    """The name of the rule that one person's day breaks, or None."""
    rules = problem.rules
    attended = [(r, day[r]) for r in problem.rounds if day.get(r) is not None]
    workshops = [w for _, w in attended]
    if rules.no_repeat and len(set(workshops)) < len(workshops):
        return "no_repeat"
    if any(sum(w in topic for w in workshops) > 1 for topic in rules.same_topic):
        return "same_topic"
    for workshop, needed in rules.requires:
        if any(w == workshop and needed not in workshops[:i] for i, w in enumerate(workshops)):
            return "requires"
    if any(day.get(a) is not None and day.get(b) is not None for a, b in rules.overlaps):
        return "overlaps"
    return None


_DAY = {
    "no_repeat": _l("“%(name)s” has the same workshop twice."),
    "same_topic": _l("“%(name)s” has two workshops on the same topic."),
    "requires": _l("“%(name)s” has a workshop without the one needed before it."),
    "overlaps": _l("“%(name)s” has places in two overlapping rounds."),
}


def _broken_for_persons(problem: Problem, plan: Plan) -> Iterator[Broken]:
    for name, day in plan.items():
        rule = day_breaks(problem, day)
        if rule:
            yield Broken(rule, _DAY[rule], {"name": name})


def outsiders_limit(problem: Problem, round_: str, workshop: str) -> list[tuple[frozenset[str], int]]:
    """(people, limit) rows of the contingents of one offering.

    Hall's condition: for every set of contingents, the people who belong to none of them share what the
    other places leave.
    """
    here = [c for c in problem.rules.contingents if (c.round, c.workshop) == (round_, workshop) and c.places]
    capacity = problem.offering_at[round_, workshop].capacity
    everybody = {p.name for p in problem.participants if round_ in p.wishes}
    rows = []
    for size in range(1, len(here) + 1):
        for chosen in combinations(here, size):
            members: set[str] = set().union(*(c.members for c in chosen))
            rows.append((frozenset(everybody - members), capacity - sum(c.places for c in chosen)))
    return rows


def _broken_for_offerings(problem: Problem, plan: Plan) -> Iterator[Broken]:
    inside: dict[tuple[str, str], set[str]] = {key: set() for key in problem.offering_at}
    for name, day in plan.items():
        for round_, workshop in day.items():
            if workshop is not None:
                inside[round_, workshop].add(name)
    for (round_, workshop), people in inside.items():
        offering = problem.offering_at[round_, workshop]
        values = {
            "workshop": workshop,
            "round": round_,
            "people": len(people),
            "places": offering.capacity,
            "minimum": offering.minimum,
        }
        if len(people) > offering.capacity:
            yield Broken(
                "capacity",
                _l("“%(workshop)s” in round “%(round)s” has %(people)s people for %(places)s places."),
                values,
            )
        if len(people) < offering.minimum and (people or not problem.rules.may_cancel):
            yield Broken(
                "minimum",
                _l("“%(workshop)s” in round “%(round)s” has %(people)s people, fewer than its minimum of %(minimum)s."),
                values,
            )
        if any(len(people & outside) > limit for outside, limit in outsiders_limit(problem, round_, workshop)):
            yield Broken(
                "contingents", _l("In “%(workshop)s”, round “%(round)s”, reserved places are taken by others."), values
            )


def _broken_for_groups(problem: Problem, plan: Plan) -> Iterator[Broken]:
    for spread in problem.rules.spread:
        load = Counter((r, w) for name in set(spread.members) for r, w in plan[name].items() if w is not None)
        for (round_, workshop), people in load.items():
            if people > spread.max_per_offering:
                yield Broken(
                    "spread",
                    _l("“%(workshop)s” in round “%(round)s” has %(people)s people of a group that is to be spread."),
                    {"workshop": workshop, "round": round_, "people": people},
                )
    for group in problem.rules.together:
        for round_ in problem.rounds:
            if all(round_ in plan[name] for name in group) and len({plan[name][round_] for name in group}) > 1:
                yield Broken("together", _l("A group is not together in round “%(round)s”."), {"round": round_})


def check_problem(problem: Problem) -> None:
    """Raise BadProblem with one sentence if names are unknown or rules contradict each other."""
    if not problem.offerings:
        raise BadProblem("offerings.csv: there is no workshop.")
    if len(problem.offering_at) < len(problem.offerings):
        raise BadProblem("offerings.csv: a workshop stands twice in the same round.")
    if len(problem.person) < len(problem.participants):
        raise BadProblem("preferences.csv: a participant stands twice.")
    for offering in problem.offerings:
        where, key = f"“{offering.workshop}” in round “{offering.round}”", (offering.round, offering.workshop)
        if offering.capacity < 0 or offering.minimum < 0:
            column = "capacity" if offering.capacity < 0 else "minimum"
            raise BadProblem(f"offerings.csv: {where} has a negative number.", ("offering", *key, column))
        if offering.minimum > offering.capacity and not problem.rules.may_cancel:
            text = f"offerings.csv: the minimum of {where} is greater than its capacity."
            raise BadProblem(text, ("offering", *key, "minimum"))
    _check_wishes(problem)
    _check_names(problem)
    _check_pins(problem)
    _check_contingents(problem)


def _check_wishes(problem: Problem) -> None:
    known = {o.workshop for o in problem.offerings}
    for person in problem.participants:
        for round_, wish in person.wishes.items():
            where = f"preferences.csv: “{person.name}” in round “{round_}”"
            if round_ not in problem.rounds:
                raise BadProblem(f"{where}: this round is unknown.")
            if len(wish.choices) > problem.wishes_asked:
                raise BadProblem(f"{where} has more than {problem.wishes_asked} choices.")
            if len(set(wish.choices)) < len(wish.choices):
                raise BadProblem(f"{where} names a workshop twice.")
            for workshop in wish.choices:
                if (round_, workshop) not in problem.offering_at:
                    raise BadProblem(f"{where}: the workshop “{workshop}” is unknown in this round.")
                if workshop in wish.never:
                    raise BadProblem(f"{where} has “{workshop}” as a choice and as never.")
            for workshop in sorted(wish.never - known):
                raise BadProblem(f"{where}: the workshop “{workshop}” is unknown.")


def _check_names(problem: Problem) -> None:
    rules, known = problem.rules, {o.workshop for o in problem.offerings}
    if rules.unlisted not in ("next", "never"):
        raise BadProblem("rules.json: unlisted is neither “next” nor “never”.", ("unlisted",))
    groups = {
        "spread": [s.members for s in rules.spread],
        "together": list(rules.together),
        "contingents": [c.members for c in rules.contingents],
    }
    for key, listed in groups.items():
        for index, members in enumerate(listed):
            for name in members:
                if name not in problem.person:
                    raise BadProblem(f"rules.json: {key} names the unknown participant “{name}”.", (key, index))
    for key, rows in (("same_topic", rules.same_topic), ("requires", rules.requires)):
        for index, row in enumerate(rows):
            for workshop in row:
                if workshop not in known:
                    raise BadProblem(f"rules.json: {key} names the unknown workshop “{workshop}”.", (key, index))
    for index, (first, second) in enumerate(rules.overlaps):
        at = ("overlaps", index)
        for round_ in (first, second):
            if round_ not in problem.rounds:
                raise BadProblem(f"rules.json: overlaps names the unknown round “{round_}”.", at)
        if first == second:
            raise BadProblem(f"rules.json: overlaps names the round “{first}” twice.", at)
    for index, (workshop, needed) in enumerate(rules.requires):
        if workshop == needed:
            raise BadProblem(f"rules.json: requires says that “{workshop}” needs itself.", ("requires", index))
    if any(s.max_per_offering < 0 for s in rules.spread):
        raise BadProblem("rules.json: spread has a negative max_per_offering.", ("spread",))


def _check_pins(problem: Problem) -> None:
    rules = problem.rules
    if len(problem.pinned) < len(set(rules.pins)):
        raise BadProblem("rules.json: pins give one participant two workshops in the same round.", ("pins",))
    load: Counter[tuple[str, str]] = Counter()
    days: dict[str, dict[str, str | None]] = {}
    for name, round_, workshop in sorted(set(rules.pins)):
        where = f"rules.json: pins [“{name}”, “{round_}”, “{workshop}”]"
        at = ("pins", rules.pins.index((name, round_, workshop)))
        if name not in problem.person:
            raise BadProblem(f"{where}: this participant is unknown.", at)
        if (round_, workshop) not in problem.offering_at:
            raise BadProblem(f"{where}: this workshop is unknown in this round.", at)
        if round_ not in problem.person[name].wishes:
            raise BadProblem(f"{where}: the participant does not attend this round.", at)
        if workshop in problem.person[name].wishes[round_].never:
            raise BadProblem(f"{where} contradicts the participant's never.", at)
        load[round_, workshop] += 1
        if load[round_, workshop] > problem.offering_at[round_, workshop].capacity:
            raise BadProblem(f"{where}: there are more pins than the capacity.", at)
        days.setdefault(name, {})[round_] = workshop
    for name, day in days.items():
        rule = day_breaks(problem, day)
        if rule and rule != "requires":
            raise BadProblem(f"rules.json: pins of “{name}” contradict {rule}.", ("pins",))
    for spread in rules.spread:
        pinned = Counter((r, w) for n, r, w in set(rules.pins) if n in spread.members)
        if pinned and max(pinned.values()) > spread.max_per_offering:
            raise BadProblem("rules.json: pins contradict spread.", ("pins",))
    for group in rules.together:
        for round_ in problem.rounds:
            if all(round_ in problem.person[n].wishes for n in group):
                places = {problem.pinned[n, round_] for n in group if (n, round_) in problem.pinned}
                if len(places) > 1 or any(problem.cell(n, round_, w) is None for w in places for n in group):
                    raise BadProblem(f"rules.json: pins contradict together (round “{round_}”).", ("pins",))


def _check_contingents(problem: Problem) -> None:
    taken: Counter[tuple[str, str]] = Counter()
    count: Counter[tuple[str, str]] = Counter()
    for index, row in enumerate(problem.rules.contingents):
        at = ("contingents", index)
        where = f"rules.json: contingents of “{row.workshop}” in round “{row.round}”"
        if (row.round, row.workshop) not in problem.offering_at:
            raise BadProblem(f"{where}: this workshop is unknown in this round.", at)
        if row.places < 0:
            raise BadProblem(f"{where} have a negative number of places.", at)
        taken[row.round, row.workshop] += row.places
        count[row.round, row.workshop] += 1
        if taken[row.round, row.workshop] > problem.offering_at[row.round, row.workshop].capacity:
            raise BadProblem(f"{where} reserve more places than the capacity.", at)
        if count[row.round, row.workshop] > 10:
            raise BadProblem(f"{where}: at most 10 contingents of one workshop are possible.", at)
    for round_, workshop in problem.offering_at:
        inside = {n for n, r, w in problem.rules.pins if (r, w) == (round_, workshop)}
        if inside and any(
            len(inside & outside) > limit for outside, limit in outsiders_limit(problem, round_, workshop)
        ):
            text = f"rules.json: pins contradict the contingents of “{workshop}” in round “{round_}”."
            raise BadProblem(text, ("pins",))
