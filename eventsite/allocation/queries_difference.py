"""What differs between two plans, in words for organisers: who moves, from where to where, better or worse, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.allocation import reasons
from eventsite.allocation.queries_problem import Situation
from eventsite.core import i18n

Plan = Mapping[str, Mapping[str, str | None]]
NOT_NAMED, NO_PLACE = 500, 1000  # in the place of a rank: later than any wish


@dataclass(frozen=True)
class Difference:
    """One person in one round; texts in the current language, "" for no place."""

    name: str
    round: str
    before: str
    after: str
    change: str  # better, worse, same
    why: str


def differences(
    cells: Iterable[tuple[str, str, str | None, str | None]],
    found: Situation,
    titles: Mapping[str, str],
    why: Mapping[str, Any],
) -> list[Difference]:
    """The changed cells (person, round, before, after) in words, by name; who is gone since is left out."""
    rows = []
    for uid, round_, before, after in cells:
        person, one = found.people.get(uid), found.rounds.get(round_)
        if person is None or one is None:
            continue
        old, new = _rank(found, uid, round_, before), _rank(found, uid, round_, after)
        change = "same" if old == new else "better" if new < old else "worse"
        reason = reasons.sentence(why.get(uid, {}).get(round_), titles)
        texts = (i18n.local(one.title), titles.get(before or "", ""), titles.get(after or "", ""))
        rows.append((i18n.sort_key(person.sort_name), Difference(person.name, *texts, change, reason)))
    return [row for _key, row in sorted(rows, key=lambda pair: (pair[0], pair[1].round))]


def changed_cells(before: Plan, after: Plan) -> list[tuple[str, str, str | None, str | None]]:
    """The cells in which two plans differ, of people who are in both."""
    return [
        (name, round_, before[name][round_], workshop)
        for name, own in after.items()
        for round_, workshop in own.items()
        if name in before and round_ in before[name] and before[name][round_] != workshop
    ]


def counts(rows: Iterable[Difference]) -> dict[str, int]:
    """How many cells get better, worse, or are the same."""
    found = Counter(row.change for row in rows)
    return {key: found[key] for key in ("better", "worse", "same")}


def _rank(found: Situation, uid: str, round_: str, workshop: str | None) -> int:
    return NO_PLACE if workshop is None else found.wish_rank(uid, round_, workshop) or NOT_NAMED


def needs(found: Situation, titles: Mapping[str, str]) -> list[str]:
    """What has happened since the places were published and asks for a new run or a hand, as sentences."""
    told = Counter((r, w) for cells in found.told.values() for r, w in cells.items())
    sentences = []
    newcomers = sum(name not in found.told for name in found.people)
    if newcomers:
        sentences.append(
            i18n.ngettext(
                "%(num)s person has been confirmed since and has no workshop.",
                "%(num)s people have been confirmed since and have no workshop.",
                newcomers,
            )
        )
    missing = sum(number for (_r, workshop), number in told.items() if workshop is None)
    if missing:
        sentences.append(i18n.ngettext("%(num)s place is missing.", "%(num)s places are missing.", missing))
    for (round_, workshop), number in told.items():
        if workshop is None:
            continue
        offering = found.problem.offering_at.get((round_, workshop))
        values = {"workshop": titles.get(workshop, ""), "people": number}
        if offering is None:
            sentences.append(i18n._("“%(workshop)s” is cancelled; %(people)s people had a place there.", **values))
        elif number > offering.capacity:
            values["places"] = offering.capacity
            sentences.append(
                i18n._(
                    "“%(workshop)s” has %(places)s places now, but %(people)s people were told they are in.", **values
                )
            )
    return sentences
