"""All the letters of a run, composed before any lock is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.allocation import messages, queries, reasons
from eventsite.allocation.messages import Cell
from eventsite.allocation.models import AllocationRun
from eventsite.allocation.queries_problem import Situation
from eventsite.core import i18n
from eventsite.events.models import Event
from eventsite.mail import queries as mail_queries
from eventsite.mail.outbox import Mail
from eventsite.programme import queries as programmes
from eventsite.registration.messages import event_for


@dataclass(frozen=True)
class Letter:
    """One mail with its address; `cause` makes it the only one of its kind."""

    name: str
    to_address: str
    to_name: str
    language: str
    person_id: int
    cause: str
    mail: Mail


def changed_people(run: AllocationRun, found: Situation) -> list[str]:
    """Whose place is another than what they were told; before anything was told that is everybody."""
    plan, told = run.result["plan"], found.told
    return [
        name
        for name, cells in plan.items()
        if name in found.people
        if any(told.get(name, {}).get(r, "") != workshop for r, workshop in cells.items())
    ]


def letters(
    event: Event,
    run: AllocationRun,
    found: Situation,
    names: Iterable[str],
    at: datetime,
    titles: Mapping[str, Any] | None = None,
) -> list[Letter]:
    """The mails to these people, each in its own language; `titles` of the workshops are read where they are not given."""
    listed = list(names)
    if not listed:
        return []
    full = event_for(found.people[listed[0]])
    programme = programmes.released(event.id)
    known = queries.titles(event.id) if titles is None else titles
    texts = mail_queries.texts(event.id)
    result = run.result
    written = []
    for name in listed:
        person = found.people[name]
        with i18n.use_language(person.language), i18n.use_zone(event.timezone):
            words = {uid: i18n.local(title) for uid, title in known.items()}
            cells = _cells(result, found, name, words)
            is_change = run.mode != "new" and name in found.places
            mail = messages.allocated(full, person, cells, programme, texts, at=at, is_change=is_change)
        cause = f"allocated:{run.public_id}:{name}"
        address = person.email or ""
        written.append(Letter(name, address, person.name, person.language, person.person_id, cause, mail))
    return written


def _cells(result: dict[str, Any], found: Situation, name: str, titles: dict[str, str]) -> list[Cell]:
    cells = []
    for round_, workshop in sorted(result["plan"][name].items(), key=lambda cell: int(cell[0])):
        before = found.places.get(name, {}).get(round_)
        is_new = before is None or before.workshop != workshop
        sequence = found.first_sequence.get(name, 0) if before is None else before.sequence + is_new
        reason = reasons.sentence(result["reasons"][name].get(round_), titles) if is_new else ""
        rank = found.wish_rank(name, round_, workshop)
        item = found.items[workshop] if workshop else None
        cells.append(Cell(found.rounds[round_], item, rank, reason, sequence, is_new))
    return cells


def examples(
    event: Event, run: AllocationRun, found: Situation, names: list[str], at: datetime, titles: Mapping[str, Any]
) -> list[Letter]:
    """Three real letters for a look before they are sent: somebody who did well, somebody in between, somebody who did not."""
    plan = run.result["plan"]

    def burden(name: str) -> tuple[int, str]:
        ranks = [(found.wish_rank(name, r, w) or 99) if w else 999 for r, w in plan[name].items()]
        return sum(ranks), name

    ordered = sorted(names, key=burden)
    chosen = dict.fromkeys(ordered[place] for place in (0, len(ordered) // 2, -1)) if ordered else {}
    return letters(event, run, found, list(chosen), at, titles)
