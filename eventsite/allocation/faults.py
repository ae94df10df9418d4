"""What makes an allocation impossible, found before it is computed and said with names and titles."""

from collections import Counter
from collections.abc import Mapping

from eventsite.allocation import faults_rules
from eventsite.allocation.rules import Problem
from eventsite.core import i18n
from eventsite.programme.models import ProgrammeItem
from eventsite.registration.models import Registration


def first(problem: Problem, items: Mapping[str, ProgrammeItem], people: Mapping[str, Registration]) -> str:
    """The first thing that stands in the way, as a sentence in the current language; empty when nothing does."""
    if not problem.offerings:
        return i18n._("There are no workshops in a round yet.")
    if not problem.participants:
        return i18n._("Nobody has a confirmed registration yet.")
    titles = {uid: i18n.local(item.title) for uid, item in items.items()}
    return (
        _pins(problem, titles, people)
        or _groups(problem, titles, people)
        or _minimums(problem, titles)
        or faults_rules.first(problem, titles, people)
    )


def _pins(problem: Problem, titles: Mapping[str, str], people: Mapping[str, Registration]) -> str:
    inside = Counter((round_, workshop) for _name, round_, workshop in problem.rules.pins)
    for offering in problem.offerings:
        fixed = inside[offering.round, offering.workshop]
        if fixed > offering.capacity:
            return i18n._(
                "More people are fixed in “%(workshop)s” (%(fixed)s) than it has places (%(places)s).",
                workshop=titles[offering.workshop],
                fixed=fixed,
                places=offering.capacity,
            )
    for name, round_, workshop in problem.rules.pins:
        wish = problem.person[name].wishes.get(round_)
        if wish is None:
            return i18n._(
                "%(name)s is fixed in “%(workshop)s”, but does not take part in that round. Please take the fixed place back.",
                name=people[name].name,
                workshop=titles[workshop],
            )
        if workshop in wish.never:
            return i18n._(
                "%(name)s is fixed in “%(workshop)s”, but has ruled it out. Please take the fixed place back.",
                name=people[name].name,
                workshop=titles[workshop],
            )
    return ""


def _groups(problem: Problem, titles: Mapping[str, str], people: Mapping[str, Registration]) -> str:
    """Fixed places that tear a group apart: of two members in different workshops, or against a member's “never”."""
    for group in problem.rules.together:
        for round_ in problem.rounds:
            if not all(round_ in problem.person[name].wishes for name in group):
                continue
            fixed = [(name, problem.pinned[name, round_]) for name in group if (name, round_) in problem.pinned]
            for name, workshop in fixed:
                values = {"name": people[name].name, "workshop": titles[workshop]}
                other = next((n for n, w in fixed if w != workshop), None)
                if other is not None:
                    return i18n._(
                        "%(name)s and %(other)s want to stay together, but are fixed in different workshops. "
                        "Please take one of the fixed places back.",
                        other=people[other].name,
                        **values,
                    )
                against = next((n for n in group if workshop in problem.person[n].wishes[round_].never), None)
                if against is not None:
                    return i18n._(
                        "%(name)s is fixed in “%(workshop)s”, but %(other)s of the same group has ruled it out. "
                        "Please take the fixed place back.",
                        other=people[against].name,
                        **values,
                    )
                if len(group) > problem.offering_at[round_, workshop].capacity:
                    return i18n._(
                        "%(name)s is fixed in “%(workshop)s”, but has a group larger than its places. "
                        "Please take the fixed place back.",
                        **values,
                    )
    return ""


def _minimums(problem: Problem, titles: Mapping[str, str]) -> str:
    needed: Counter[str] = Counter()
    for offering in problem.offerings:
        needed[offering.round] += offering.minimum
        if offering.minimum > offering.capacity:
            return i18n._(
                "“%(workshop)s” needs more people (%(minimum)s) than it has places (%(places)s).",
                workshop=titles[offering.workshop],
                minimum=offering.minimum,
                places=offering.capacity,
            )
    people = len(problem.participants)
    if max(needed.values()) > people and not problem.rules.may_cancel:
        return i18n._(
            "The workshops of a round need at least %(needed)s people together, but there are %(people)s.",
            needed=max(needed.values()),
            people=people,
        )
    return ""
