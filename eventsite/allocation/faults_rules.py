"""Rules of an organiser that contradict fixed places or each other, said with names and titles."""

from collections import Counter
from collections.abc import Mapping

from eventsite.allocation.rules import Problem
from eventsite.core import i18n
from eventsite.registration.models import Registration

People = Mapping[str, Registration]
Titles = Mapping[str, str]


def first(problem: Problem, titles: Titles, people: People) -> str:
    """The first contradiction; empty when there is none."""
    return (
        _contingents(problem, titles)
        or _spread(problem, titles)
        or _overlaps(problem, titles, people)
        or _topics(problem, titles, people)
        or _requires(problem, titles, people)
    )


def _contingents(problem: Problem, titles: Titles) -> str:
    kept: Counter[tuple[str, str]] = Counter()
    members: dict[tuple[str, str], set[str]] = {}
    for one in problem.rules.contingents:
        kept[one.round, one.workshop] += one.places
        members.setdefault((one.round, one.workshop), set()).update(one.members)
    for place, number in kept.items():
        capacity = problem.offering_at[place].capacity
        values = {"workshop": titles[place[1]], "kept": number, "places": capacity}
        if number > capacity:
            return i18n._("More places of “%(workshop)s” are kept (%(kept)s) than it has (%(places)s).", **values)
        outside = sum((r, w) == place and name not in members[place] for name, r, w in problem.rules.pins)
        if outside > capacity - number:
            return i18n._(
                "In “%(workshop)s” %(kept)s of %(places)s places are kept for a group, but %(fixed)s other people are "
                "fixed there.",
                fixed=outside,
                **values,
            )
    return ""


def _spread(problem: Problem, titles: Titles) -> str:
    for one in problem.rules.spread:
        group = set(one.members)
        fixed = Counter((r, w) for name, r, w in problem.rules.pins if name in group)
        for (_round, workshop), number in fixed.items():
            if number > one.max_per_offering:
                return i18n._(
                    "%(fixed)s people of one organisation are fixed in “%(workshop)s”, but at most %(most)s may be there.",
                    fixed=number,
                    workshop=titles[workshop],
                    most=one.max_per_offering,
                )
    return ""


def _overlaps(problem: Problem, titles: Titles, people: People) -> str:
    for one, other in problem.rules.overlaps:
        for name in problem.person:
            here, there = problem.pinned.get((name, one)), problem.pinned.get((name, other))
            if here and there:
                return i18n._(
                    "%(name)s is fixed in “%(one)s” and in “%(other)s”, which are held at the same time.",
                    name=people[name].name,
                    one=titles[here],
                    other=titles[there],
                )
    return ""


def _topics(problem: Problem, titles: Titles, people: People) -> str:
    for group in problem.rules.same_topic:
        seen: dict[str, str] = {}
        for name, _round, workshop in problem.rules.pins:
            if workshop in group:
                if name in seen:
                    return i18n._(
                        "%(name)s is fixed in “%(one)s” and in “%(other)s”, which count as the same workshop.",
                        name=people[name].name,
                        one=titles[seen[name]],
                        other=titles[workshop],
                    )
                seen[name] = workshop
    return ""


def _requires(problem: Problem, titles: Titles, people: People) -> str:
    round_of = {workshop: round_ for round_, workshop in problem.offering_at}
    for workshop, needed in problem.rules.requires:
        for name, _round, fixed in problem.rules.pins:
            before = problem.pinned.get((name, round_of[needed]), needed)
            is_ruled_out = needed in problem.person[name].wishes[round_of[needed]].never
            if fixed == workshop and (before != needed or is_ruled_out):
                return i18n._(
                    "%(name)s is fixed in “%(one)s”, but cannot be in “%(other)s” before, which it needs.",
                    name=people[name].name,
                    one=titles[workshop],
                    other=titles[needed],
                )
    return ""
