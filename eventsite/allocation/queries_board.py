"""The board of a round: who sits where, as published or as the newest run proposes it with what was fixed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from eventsite.allocation import draft, queries_problem
from eventsite.allocation.models import AllocationRun, SeatChange
from eventsite.allocation.queries_problem import Fixed, Situation
from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration

Plan = Mapping[str, Mapping[str, str | None]]
RECENT = 30  # steps among which the last one that still stands is looked for


@dataclass(frozen=True)
class Seat:
    """One person in a column; `rank` is the own wish that the workshop is, `was` where the run would have them."""

    registration: Registration
    rank: int | None
    pin: Fixed | None
    wishes: tuple[str, ...]  # public ids, best first
    has_moved: bool = False


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

    @property
    def beyond(self) -> int:
        """How many people sit there beyond its places."""
        return max(0, len(self.seats) - self.places) if self.places is not None else 0


@dataclass(frozen=True)
class Board:
    """All rounds with their columns; `run` is what the figures are compared with: the proposal, or the published run."""

    rounds: list[tuple[Round, list[Column]]]
    run: AllocationRun | None
    is_published: bool
    situation: Situation
    before: draft.Figures | None
    after: draft.Figures | None
    undo: SeatChange | None

    def find(self, public_id: str) -> tuple[Round, list[Column]] | None:
        """A round by public id; the first one where nothing is named, None where there is no such round."""
        if not public_id:
            return self.rounds[0] if self.rounds else None
        return next((found for found in self.rounds if found[0].public_id == public_id), None)


def board(event: Event, *, actor: str = "") -> Board:
    """The whole board in at most six queries, however many people sit there; `actor` is whose steps can be undone."""
    found = queries_problem.situation(event)
    is_published = event.allocation_published_at is not None
    run = _run(event.id, is_published=is_published)
    base: Plan = run.result["plan"] if run else {}
    fixed = {name: {r: pin.workshop for r, pin in own.items()} for name, own in found.pins.items()}
    plan = draft.drafted(found.problem, found.told, {}) if is_published else draft.drafted(found.problem, base, fixed)
    rounds = [
        (one, _columns(found, name, plan, base if run else plan, is_seen=event.wishes_seen_at is not None))
        for name, one in found.rounds.items()
    ]
    before = draft.figures(found.problem, draft.drafted(found.problem, base, {})) if run else None
    after = draft.figures(found.problem, plan) if run else None
    return Board(rounds, run, is_published, found, before, after, _undo(event.id, found, actor) if actor else None)


def _columns(found: Situation, name: str, plan: Plan, base: Plan, *, is_seen: bool) -> list[Column]:
    columns = {item.public_id: Column(item, item.capacity) for item in found.rounds[name].items}
    without = Column(None, None)
    for person in sorted(found.people.values(), key=lambda person: i18n.sort_key(person.sort_name)):
        cells, uid = plan[person.public_id], person.public_id
        if name not in cells:
            continue
        wish = found.problem.person[uid].wishes[name].choices
        has_moved = base.get(uid, {}).get(name, cells[name]) != cells[name]
        seat = Seat(person, found.wish_rank(uid, name, cells[name]), found.pins.get(uid, {}).get(name), wish, has_moved)
        columns.get(cells[name] or "", without).seats.append(seat)
    if is_seen:
        for workshop, column in columns.items():
            wanted = [p.wishes[name].choices for p in found.problem.participants if name in p.wishes]
            ranks = range(found.problem.wishes_asked)
            column.requests = [sum(c[k : k + 1] == (workshop,) for c in wanted) for k in ranks]
    return [*columns.values(), *([without] if without.seats else [])]


def _run(event_id: int, *, is_published: bool) -> AllocationRun | None:
    query = select(AllocationRun).where(AllocationRun.event_id == event_id, AllocationRun.state == "done")
    query = query.options(undefer(AllocationRun.result)).execution_options(populate_existing=True).limit(1)
    if is_published:
        applied = AllocationRun.applied_at.is_not(None)
        return db.session.scalar(
            query.where(applied).order_by(AllocationRun.applied_at.desc(), AllocationRun.id.desc())
        )
    return db.session.scalar(query.where(AllocationRun.mode == "new").order_by(AllocationRun.number.desc()))


def _undo(event_id: int, found: Situation, actor: str) -> SeatChange | None:
    """The last own step that still stands as it was left."""
    query = select(SeatChange).where(
        SeatChange.event_id == event_id, SeatChange.created_by == actor, SeatChange.undone_at.is_(None)
    )
    for step in db.session.scalars(query.order_by(SeatChange.id.desc()).limit(RECENT)):
        if stands(found, step):
            return step
    return None


def stands(found: Situation, step: SeatChange) -> bool:
    """Whether a place or a pin is still what a step made of it."""
    name = next((uid for uid, person in found.people.items() if person.id == step.registration_id), "")
    round_ = next((key for key, one in found.rounds.items() if one.id == step.round_id), "")
    if step.deed == "pin":
        pin = found.pins.get(name, {}).get(round_)
        now: Any = {"workshop": pin.workshop, "reason": pin.reason} if pin else {}
    else:
        place = found.places.get(name, {}).get(round_)
        now = {"workshop": place.workshop} if place else {}
    return bool(name and round_) and now == step.after
