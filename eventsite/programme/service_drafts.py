"""Every edit of a draft leaves a step that can be undone: the one recording, around whatever verb writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from eventsite.core import clock, ids
from eventsite.core.db import transaction
from eventsite.core.jobs import periodic
from eventsite.events import service as events
from eventsite.programme import queries_drafts, rules_drafts
from eventsite.programme.models import ProgrammeItem, Round, Speaker
from eventsite.programme.models_drafts import DraftStep

SYSTEM = "system"  # what is built by the machine itself (start, demonstration, command line) is no edit to be undone
KEPT = timedelta(days=30)  # how long a step can be undone; GDPR Art. 5(1)(e)

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def step(event_id: int, actor: str, *, deed: str = "edit") -> Iterator[Session]:
    """A transaction whose changes of the draft become one step; inside another step it joins that one.

    Holds the event's lock, so that a step never holds what somebody else did at the same time. Changes nothing, leaves
    nothing; what the system itself does leaves no step.
    """
    with transaction() as session:
        if actor == SYSTEM or session.info.get("step"):
            yield session
            return
        events.lock_event(event_id)
        session.info["step"] = True
        try:
            before = queries_drafts.draft(session, event_id)
            yield session
            session.flush()
            rows = rules_drafts.difference(before, queries_drafts.draft(session, event_id))
            if rows:
                session.add(_new_step(event_id, actor, deed, rows))
                session.flush()
        finally:
            session.info.pop("step")


def _new_step(event_id: int, actor: str, deed: str, rows: list[rules_drafts.Touched]) -> DraftStep:
    values: dict[str, Any] = {"actor": actor, "deed": deed, "rows": rules_drafts.stored(rows)}
    return DraftStep(public_id=ids.new_public_id(), event_id=event_id, at=clock.now(), **values)


def recorded(verb: Callable[P, R]) -> Callable[P, R]:
    """Makes a verb leave a step; its first argument is event_id, item_id or round_id, and `actor` says who does it."""

    @wraps(verb)
    def with_step(*args: P.args, **kwargs: P.kwargs) -> R:
        name = verb.__code__.co_varnames[0]
        first: Any = args[0] if args else kwargs[name]
        actor = str(kwargs.get("actor", SYSTEM))
        if actor == SYSTEM:
            return verb(*args, **kwargs)
        with transaction() as session, step(_event_id(session, name, first), actor):
            return verb(*args, **kwargs)

    return with_step


def _event_id(session: Session, name: str, first: int) -> int:
    if name == "item_id":
        return session.get_one(ProgrammeItem, first).event_id
    return session.get_one(Round, first).event_id if name == "round_id" else first


@periodic(minutes=60)
def drop_old_steps() -> None:
    """Drops steps that are older than is kept, and those in which a person stands whose profile is gone."""
    with transaction() as session:
        session.execute(delete(DraftStep).where(DraftStep.at < clock.now() - KEPT))
        known = set(session.scalars(select(Speaker.public_id)))
        rows = session.execute(select(DraftStep.id, DraftStep.rows))
        orphans = [key for key, stored in rows if rules_drafts.people_in(rules_drafts.read(stored)) - known]
        session.execute(delete(DraftStep).where(DraftStep.id.in_(orphans)))
