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
    return _pins(problem, titles, people) or _minimums(problem, titles) or faults_rules.first(problem, titles, people)


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
        if workshop in problem.person[name].wishes[round_].never:
            return i18n._(
                "%(name)s is fixed in “%(workshop)s”, but has ruled it out. Please take the fixed place back.",
                name=people[name].name,
                workshop=titles[workshop],
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
