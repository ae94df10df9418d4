"""Verbs of runs: ask for one, compute it in the background, stop it, apply it with one mail to each participant."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select

from eventsite.allocation import (
    faults,
    messages_run,
    proposal,
    queries,
    queries_problem,
    rules,
    service_places,
    service_rules,
)
from eventsite.allocation.messages_run import Letter
from eventsite.allocation.models import Allocation, AllocationRun, WaitingPlace
from eventsite.allocation.proposal import Order, Proposal
from eventsite.allocation.queries_problem import Situation
from eventsite.core import audit, clock, ids
from eventsite.core.db import db, touch, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.programme.models import ProgrammeItem

log = logging.getLogger("eventsite.allocation")
TIME_LIMIT = 60.0
STUCK = timedelta(minutes=10)  # a run that has been "running" for longer belongs to a worker that died
AFTERWARDS = ("lock", "improve", "rerun")
WHAT_IF = "what-if"


class Stopped(Exception):
    """The organiser stopped the run while it was computed."""


def request_run(
    event_id: int,
    *,
    objective: str,
    tie: str,
    seed: int,
    actor: str,
    mode: str = "new",
    changes: Mapping[str, Any] | None = None,
) -> AllocationRun:
    """Asks for a run, which the worker computes; refuses what cannot be computed or what the published rule forbids."""
    with transaction() as session:
        event = events.lock_event(event_id)
        order = Order(mode, objective, tie, seed, changes or {})
        _check_order(event, order)
        found = queries_problem.situation(event)
        complaint = faults.first(proposal.changed_input(found.problem, order.changes), found.items, found.people)
        if complaint:
            raise Refused(complaint)
        service_rules.see_wishes(event)
        current = queries.current_run(event_id)
        highest = session.scalar(select(func.max(AllocationRun.number)).where(AllocationRun.event_id == event_id))
        row = AllocationRun(
            public_id=ids.new_public_id(),
            event_id=event_id,
            number=(highest or 0) + 1,
            state="queued",
            mode=mode,
            objective=objective,
            tie=tie,
            seed=seed,
            requested_by=actor,
            based_on=current.number if current else 0,
            created_at=clock.now(),
            changes=dict(changes or {}),
        )
        session.add(row)
        session.flush()
        details = {"mode": mode, "objective": objective, "tie": tie, "seed": seed, "changes": dict(changes or {})}
        _record("allocation requested", row, actor, details)
        run.later(row.id)
        return row


def _check_order(event: Event, order: Order) -> None:
    if order.objective not in rules.OBJECTIVES or order.tie not in rules.TIES:
        raise Refused(_l("There is no such rule."))
    if order.mode == WHAT_IF:
        return
    if order.mode == "new" and event.allocation_published_at is not None:
        raise Refused(_l("The places are published already. Please choose what may change for people who were told."))
    if order.mode in AFTERWARDS and event.allocation_published_at is None:
        raise Refused(_l("Nothing is published yet, so there is nothing to keep."))
    if order.mode not in ("new", *AFTERWARDS):
        raise Refused(_l("There is no such kind of run."))
    if order.changes:
        raise Refused(_l("Changed places can be tried in a what-if only."))
    if (order.objective, order.tie, order.seed) != (event.objective, event.tie, event.seed):
        raise Refused(_l("Participants were told another rule. You can try this one as a what-if."))


def _record(action: str, row: AllocationRun, actor: str, details: dict[str, Any] | None = None) -> None:
    audit.record(action, subject=f"run {row.public_id}", actor=actor, event_id=row.event_id, details=details)


@background
def run(run_id: int) -> None:
    """Computes a run that waits, with no lock held; twice is once."""
    order = _claim(run_id)
    if order is None:
        return
    try:
        found, computed = _compute(run_id, order)
    except Stopped:
        return
    except rules.BadProblem as problem:
        _finish(run_id, problem=str(problem))
    except Exception:
        log.exception("allocation run %s failed", run_id)
        _finish(run_id, problem="!")  # shown as a sentence in the reader's language
    else:
        _finish(run_id, found=found, computed=computed)


def _claim(run_id: int) -> Order | None:
    with transaction() as session:
        row = session.get(AllocationRun, run_id, with_for_update=True)
        if row is None or not _is_due(row):
            return None
        row.state, row.started_at, row.progress = "running", clock.now(), 0
        return Order(row.mode, row.objective, row.tie, row.seed, row.changes)


def _is_due(row: AllocationRun) -> bool:
    is_stuck = row.state == "running" and row.started_at is not None and row.started_at <= clock.now() - STUCK
    return row.state == "queued" or is_stuck


def _compute(run_id: int, order: Order) -> tuple[Situation, Proposal]:
    row = db.session.get_one(AllocationRun, run_id)
    found = queries_problem.situation(db.session.get_one(Event, row.event_id))
    db.session.rollback()  # nothing is read while computing

    def progress(done: int, levels: int) -> None:
        _note_progress(run_id, 100 * done // max(levels, 1))

    return found, proposal.compute(found.problem, found.told, order, time_limit=TIME_LIMIT, progress=progress)


def _note_progress(run_id: int, percent: int) -> None:
    with transaction() as session:
        row = session.get_one(AllocationRun, run_id)
        if row.state != "running":
            raise Stopped
        row.progress = percent


def _finish(
    run_id: int, *, found: Situation | None = None, computed: Proposal | None = None, problem: str = ""
) -> None:
    with transaction() as session:
        row = session.get_one(AllocationRun, run_id, with_for_update=True)
        if row.state != "running":
            return
        row.finished_at, row.problem = clock.now(), problem
        if found is None or computed is None:
            row.state = "failed"
            return
        row.state, row.progress = "done", 100
        row.fingerprint = queries_problem.input_print(found, row.tie)
        row.given = proposal.changed_input(found.problem, row.changes).to_dict()
        row.result, row.figures, row.certificate = computed.result, computed.figures, computed.certificate


@periodic(minutes=1)
def run_forgotten() -> None:
    """Finds the runs whose bell was lost, and those of a worker that died."""
    stuck = (AllocationRun.state == "running") & (AllocationRun.started_at <= clock.now() - STUCK)
    query = select(AllocationRun.id).where(or_(AllocationRun.state == "queued", stuck)).order_by(AllocationRun.id)
    waiting = list(db.session.scalars(query))
    db.session.rollback()
    for run_id in waiting:
        run(run_id)


def stop_run(run_id: int, *, actor: str) -> None:
    """Stops a run that waits or is being computed; one that has ended stays as it is."""
    with transaction() as session:
        row = session.get_one(AllocationRun, run_id, with_for_update=True)
        if row.state in ("queued", "running"):
            row.state, row.finished_at = "stopped", clock.now()
            _record("allocation stopped", row, actor)


def apply_run(run_id: int, *, actor: str) -> int:
    """Makes a run the places that count, and tells everybody whose place is new; returns the number of mails.

    Refuses when the input has changed since, or when another run was applied after this one was asked for. Twice is
    once. The letters are written before the lock is taken.
    """
    instant, letters = clock.now(), _letters(run_id)
    with transaction() as session:
        row = session.get_one(AllocationRun, run_id)
        event = events.lock_event(row.event_id)
        session.refresh(row)
        if row.applied_at is not None:
            return 0
        _check_applicable(row)
        query = select(ProgrammeItem.id).where(ProgrammeItem.event_id == event.id).with_for_update(read=True)
        session.execute(query)  # nobody changes places of workshops while they are given
        found = queries_problem.situation(event)
        if letters is None or queries_problem.input_print(found, row.tie) != row.fingerprint:
            raise Refused(_l("Registrations, wishes or places have changed since this run. Please start a new one."))
        freed = _write(row, found)
        row.applied_at, row.applied_by = instant, actor
        event.allocation_published_at = event.allocation_published_at or instant
        _record("allocation applied", row, actor, {"number": row.number, "mails": len(letters)})
        _send(event, letters)
        _give_on(event, freed)
        return len(letters)


def _letters(run_id: int) -> list[Letter] | None:
    """The letters of a run; None where they cannot be written, because the input has changed."""
    row = db.session.get_one(AllocationRun, run_id)
    if row.state != "done" or row.mode == WHAT_IF or row.applied_at is not None:
        return []  # refused under the lock, with the reason
    event = db.session.get_one(Event, row.event_id)
    found = queries_problem.situation(event)
    if queries_problem.input_print(found, row.tie) != row.fingerprint:
        return None
    names = messages_run.changed_people(row, found)
    return messages_run.letters(event, row, found, names, clock.now())


def _check_applicable(row: AllocationRun) -> None:
    if row.mode == WHAT_IF:
        raise Refused(_l("A what-if shows what would be; it cannot be applied."))
    if row.state != "done":
        raise Refused(_l("This run has no result that could be applied."))
    current = queries.current_run(row.event_id)
    if current is not None and current.number != row.based_on:
        number = current.number
        raise Refused(_l("Run %(number)s was applied in the meantime. Please look at its result first.", number=number))


def _write(row: AllocationRun, found: Situation) -> list[int]:
    """Writes what the run changes; returns the workshops in which somebody gave up a place."""
    instant, result, freed = clock.now(), row.result, set()
    with transaction() as session:
        of_event = Allocation.registration_id.in_([person.id for person in found.people.values()])
        rows = {(a.registration_id, a.round_id): a for a in session.scalars(select(Allocation).where(of_event))}
        for name, cells in result["plan"].items():
            person = found.people[name]
            for round_, workshop in cells.items():
                round_id = found.rounds[round_].id
                item_id = found.items[workshop].id if workshop else None
                place = rows.get((person.id, round_id))
                if place is None:
                    first = found.first_sequence.get(name, 0)
                    place = Allocation(registration_id=person.id, round_id=round_id, sequence=first - 1)
                    session.add(place)
                elif place.item_id == item_id:
                    continue
                elif place.item_id is not None:
                    freed.add(place.item_id)
                place.item_id, place.run_id, place.updated_at = item_id, row.id, instant
                place.rank = found.wish_rank(name, round_, workshop)
                place.reason = result["reasons"][name].get(round_) or {}
                place.sequence += 1
        session.flush()
        touch(f"event:{row.event_id}")  # the programme tells how many places are left
    return sorted(freed)


def _send(event: Event, letters: list[Letter]) -> None:
    for letter in letters:
        outbox.put(
            letter.mail,
            to_address=letter.to_address,
            to_name=letter.to_name,
            cause=letter.cause,
            language=letter.language,
            event_id=event.id,
            person_id=letter.person_id,
            reply_to=event.contact_email,
        )


def _give_on(event: Event, freed: list[int]) -> None:
    """Places that fell free go to whoever waits for them, as after every release of a place."""
    with transaction() as session:
        query = select(WaitingPlace.item_id).where(WaitingPlace.item_id.in_(freed)).distinct()
        service_places.fill(event, sorted(session.scalars(query)))
