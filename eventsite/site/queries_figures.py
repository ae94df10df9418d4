"""Figures of an event's registrations: counted by the database, in a fixed number of queries however many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Text, cast, distinct, func, literal, select

from eventsite.allocation import queries_wishes
from eventsite.allocation.models import Wish
from eventsite.checkin.models import Presence
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.registration import rules
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status
from eventsite.site import rules_curve

ORGANISATIONS = 10
_LIVE = [str(status) for status in rules.LIVE]


@dataclass(frozen=True)
class Demand:
    """How a workshop is wished for."""

    title: Mapping[str, str]
    number: str
    capacity: int | None
    first: int  # first wishes
    all: int


@dataclass
class Figures:
    """What the page of figures shows."""

    by_status: dict[str, int] = field(default_factory=dict)
    by_source: dict[str, int] = field(default_factory=dict)
    by_language: dict[str, int] = field(default_factory=dict)
    organisations: list[tuple[str, int]] = field(default_factory=list)
    further: int = 0  # people of further organisations
    came: dict[date, int] = field(default_factory=dict)
    went: dict[date, int] = field(default_factory=dict)
    demand: list[tuple[Mapping[str, str], list[Demand]]] = field(default_factory=list)
    present: int = 0

    @property
    def live(self) -> int:
        """Everybody who is registered now, on the waiting list too."""
        return sum(self.by_status.get(status, 0) for status in _LIVE)


def figures(event: Event) -> Figures:
    """Six queries."""
    found = Figures(by_status={str(status): 0 for status in Status})
    groups = (Registration.status, Registration.source, Registration.language)
    query = select(*groups, func.count()).where(Registration.event_id == event.id).group_by(*groups)
    for status, source, language, number in db.session.execute(query):
        found.by_status[status] = found.by_status.get(status, 0) + number
        if status in _LIVE:
            found.by_source[source] = found.by_source.get(source, 0) + number
            found.by_language[language] = found.by_language.get(language, 0) + number
    _organisations(event, found)
    _days(event, found)
    found.demand = _demand(event)
    present = select(func.count(distinct(Presence.registration_id))).join(
        Registration, Registration.id == Presence.registration_id
    )
    is_there = (Registration.event_id == event.id, Registration.status == Status.CONFIRMED, Presence.item_id.is_(None))
    found.present = db.session.scalar(present.where(*is_there)) or 0
    return found


def _organisations(event: Event, found: Figures) -> None:
    name, number = func.trim(Registration.organisation), func.count()
    query = select(name, number).where(Registration.event_id == event.id, Registration.status.in_(_LIVE))
    rows = db.session.execute(query.group_by(name).order_by(number.desc(), name).limit(ORGANISATIONS))
    found.organisations = [(row[0], row[1]) for row in rows]
    found.further = found.live - sum(number for _name, number in found.organisations)


def _hour(column: Any) -> Any:
    """The hour of an instant in UTC as text, on both databases."""
    if db.engine.dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24")
    return func.substr(cast(column, Text), 1, 13)


def _days(event: Event, found: Figures) -> None:
    came, went = _hour(Registration.created_at), _hour(Registration.status_at)
    mine = Registration.event_id == event.id
    ended = Registration.status.not_in(_LIVE)
    parts = select(literal("came"), came, func.count()).where(mine).group_by(came)
    gone = select(literal("went"), went, func.count()).where(mine, ended).group_by(went)
    hours: dict[str, dict[datetime, int]] = {"came": {}, "went": {}}
    for kind, hour, number in db.session.execute(parts.union_all(gone)):
        hours[kind][datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)] = number
    found.came = rules_curve.by_day(hours["came"], event.timezone)
    found.went = rules_curve.by_day(hours["went"], event.timezone)


def _demand(event: Event) -> list[tuple[Mapping[str, str], list[Demand]]]:
    query = (
        select(Wish.item_id, Wish.rank, func.count())
        .join(Registration, Registration.id == Wish.registration_id)
        .where(Registration.event_id == event.id, Registration.status.in_(_LIVE), Wish.rank.is_not(None))
        .group_by(Wish.item_id, Wish.rank)
    )
    first: dict[int, int] = {}
    every: dict[int, int] = {}
    for item_id, rank, number in db.session.execute(query):
        every[item_id] = every.get(item_id, 0) + number
        if rank == 1:
            first[item_id] = number
    found = []
    for one in queries_wishes.rounds(event.id):
        items = [
            Demand(item.title, item.number, item.capacity, first.get(item.id, 0), every.get(item.id, 0))
            for item in one.items
        ]
        found.append((one.title, items))
    return found if every else []
