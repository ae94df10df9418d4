"""The board of a round: who sits where, as published or as the newest run proposes it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from eventsite.allocation import queries_problem
from eventsite.allocation.models import AllocationRun
from eventsite.allocation.queries_problem import Fixed
from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration


@dataclass(frozen=True)
class Seat:
    """One person in a column; `rank` is the own wish that the workshop is."""

    registration: Registration
    rank: int | None
    pin: Fixed | None
    wishes: tuple[str, ...]  # public ids, best first


@dataclass
class Column:
    """One workshop (None: nobody has a place) with its people by name."""

    item: ProgrammeItem | None
    places: int | None
    seats: list[Seat] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)  # by rank

    @property
    def is_full(self) -> bool:
        """Whether nobody more fits in."""
        return self.places is not None and len(self.seats) >= self.places


@dataclass(frozen=True)
class Board:
    """All rounds with their columns; `run` is the proposal shown before publication."""

    rounds: list[tuple[Round, list[Column]]]
    run: AllocationRun | None
    is_published: bool

    def find(self, public_id: str) -> tuple[Round, list[Column]] | None:
        """A round by its public id; the first one where none is named."""
        if not public_id:
            return self.rounds[0] if self.rounds else None
        return next((pair for pair in self.rounds if pair[0].public_id == public_id), None)


def board(event: Event) -> Board:
    """The whole board, in eight queries however many take part."""
    found = queries_problem.situation(event)
    is_published = event.allocation_published_at is not None
    run = None if is_published else _proposal(event.id)
    plan: dict[str, Any] = found.told if is_published else (run.result["plan"] if run else {})
    rounds = []
    for name, one in found.rounds.items():
        columns = {item.public_id: Column(item, item.capacity) for item in one.items}
        without = Column(None, None)
        for person in sorted(found.people.values(), key=lambda person: i18n.sort_key(person.sort_name)):
            wishes = found.problem.person[person.public_id].wishes[name].choices
            pin = found.pins.get(person.public_id, {}).get(name)
            workshop = plan.get(person.public_id, {}).get(name)
            if not is_published and run is None and pin is not None:
                workshop = pin.workshop
            rank = wishes.index(workshop) + 1 if workshop in wishes else None
            columns.get(workshop or "", without).seats.append(Seat(person, rank, pin, wishes))
        for uid, column in columns.items():
            wanted = [p.wishes[name].choices for p in found.problem.participants]
            column.requests = [sum(c[k : k + 1] == (uid,) for c in wanted) for k in range(event.max_choices)]
        rounds.append((one, [*columns.values(), without] if without.seats else list(columns.values())))
    return Board(rounds, run, is_published)


def _proposal(event_id: int) -> AllocationRun | None:
    query = select(AllocationRun).where(
        AllocationRun.event_id == event_id, AllocationRun.state == "done", AllocationRun.mode == "new"
    )
    return db.session.scalar(query.order_by(AllocationRun.number.desc()).limit(1))
