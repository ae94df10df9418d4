"""What a call and a proposal may do: when one can propose, the states of a proposal, what ratings come to; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import pstdev
from typing import Any, Protocol

from eventsite.core.i18n import lazy_gettext as _l

MARKS = (1, 2, 3, 4, 5)
MOST_PEOPLE = 10
CONFIRM_DAYS = 7  # how long the first mail confirms
DRAFT_DAYS = 90  # how long what was never sent off is kept
LENGTHS = (15, 20, 30, 45, 60, 75, 90, 120, 180)  # minutes
KINDS = ("workshop", "talk", "panel", "market", "keynote")
# The usual role of people on stage, by kind of item.
ROLE_OF_KIND = {"workshop": "lead", "talk": "speaker", "panel": "panellist", "market": "stand", "keynote": "keynote"}
ROLES = ("lead", "speaker", "moderator", "panellist", "stand", "keynote")


class State(StrEnum):
    """Where a proposal stands."""

    UNCONFIRMED = "unconfirmed"  # sent by the form, the address not confirmed
    DRAFT = "draft"  # kept by whoever writes it, not sent off
    SUBMITTED = "submitted"
    REVIEW = "review"  # somebody of the team has rated it
    ACCEPTED = "accepted"
    WAITING = "waiting"  # the reserve
    REJECTED = "rejected"
    CONFIRMED = "confirmed"  # accepted, and the proposer says yes
    DECLINED = "declined"  # accepted, and the proposer says no
    WITHDRAWN = "withdrawn"


STATE_LABELS: dict[str, Any] = {
    State.SUBMITTED: _l("new"),
    State.REVIEW: _l("in review"),
    State.ACCEPTED: _l("accepted"),
    State.CONFIRMED: _l("confirmed"),
    State.WAITING: _l("reserve"),
    State.REJECTED: _l("rejected"),
    State.DECLINED: _l("declined by the proposer"),
    State.WITHDRAWN: _l("withdrawn"),
    State.DRAFT: _l("draft"),
    State.UNCONFIRMED: _l("not confirmed"),
}
OPEN_STATES = frozenset({State.SUBMITTED, State.REVIEW})
READ_STATES = frozenset(State) - {State.UNCONFIRMED, State.DRAFT}  # what the team gets to see
MAY_LAND = frozenset({State.ACCEPTED, State.CONFIRMED})
# What can be done: from which states, and what it leads to. Nothing else changes a state.
DEEDS: dict[str, tuple[frozenset[State], State]] = {
    "submit": (frozenset({State.UNCONFIRMED, State.DRAFT}), State.SUBMITTED),
    "review": (frozenset({State.SUBMITTED}), State.REVIEW),
    "accept": (OPEN_STATES | {State.WAITING, State.REJECTED}, State.ACCEPTED),
    "reserve": (OPEN_STATES, State.WAITING),
    "reject": (OPEN_STATES | {State.WAITING}, State.REJECTED),
    "confirm": (frozenset({State.ACCEPTED}), State.CONFIRMED),
    "decline": (frozenset({State.ACCEPTED}), State.DECLINED),
    "withdraw": (OPEN_STATES | {State.WAITING, State.ACCEPTED, State.CONFIRMED}, State.WITHDRAWN),
}
DECISIONS: dict[str, Any] = {"accept": _l("accept"), "reserve": _l("keep in reserve"), "reject": _l("reject")}


def after(state: str, deed: str) -> State | None:
    """The state a deed leads to; None where it is not possible. KeyError for an unknown deed."""
    allowed, target = DEEDS[deed]
    return target if state in allowed else None


class Timed(Protocol):
    """What of a call says when one can propose."""

    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Times:
    """When a call opens and closes."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


def call_state(call: Timed | None, now: datetime, *, is_off: bool = False) -> str:
    """hidden, planned, open or closed; `is_off` says that the event is cancelled, under way or over."""
    if call is None or call.opens_at is None:
        return "hidden"
    if is_off or (call.closes_at is not None and now >= call.closes_at):
        return "closed"
    return "open" if now >= call.opens_at else "planned"


def next_change(call: Timed | None, now: datetime) -> datetime | None:
    """The next instant at which the state of a call changes by itself."""
    moments = (call.opens_at, call.closes_at) if call is not None and call.opens_at is not None else ()
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def may_change(state: str, call: str) -> bool:
    """Whether the proposer may still change it: nothing is decided and the call is open."""
    return call == "open" and state in OPEN_STATES | {State.DRAFT, State.UNCONFIRMED}


def shown_state(state: str) -> str:
    """What the proposer gets to see: that the team reads it is nobody's business."""
    return State.SUBMITTED if state in OPEN_STATES else state


def number_of_words(text: str) -> int:
    """As people count them."""
    return len(text.split())


@dataclass(frozen=True)
class Rated:
    """What the ratings of one proposal come to; `spread` is their standard deviation."""

    number: int
    average: float
    spread: float
    mine: int | None = None


def rated(values: Iterable[int], mine: int | None = None) -> Rated | None:
    """Average and spread; None where nobody has rated."""
    marks = list(values)
    return Rated(len(marks), sum(marks) / len(marks), pstdev(marks), mine) if marks else None


def told(found: Rated | None) -> Rated | None:
    """What may be shown to somebody: nothing before an own rating, so that nobody follows the others."""
    return found if found is not None and found.mine is not None else None


def is_forgotten(state: str, state_at: datetime, keep_months: int, now: datetime) -> bool:
    """Whether the time of what was not accepted is over; months count thirty days and a half."""
    kept = state in {State.REJECTED, State.DECLINED, State.WITHDRAWN}
    return kept and now >= state_at + timedelta(days=keep_months * 61 // 2)


def lapses_at(state: str, created_at: datetime, updated_at: datetime, until: datetime | None) -> datetime | None:
    """When something that was never sent off is taken away; None for what was."""
    if state == State.UNCONFIRMED:
        return until or created_at + timedelta(days=CONFIRM_DAYS)
    return updated_at + timedelta(days=DRAFT_DAYS) if state == State.DRAFT else None
