"""Reads of places while they change hands: who may enter where, waiting lines, offers, requests to swap."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsite.allocation import queries_problem
from eventsite.allocation.gate import Gate
from eventsite.allocation.models import SwapRequest, WaitingPlace
from eventsite.allocation.waitlist import InLine
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme import queries as programmes
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def gate(event: Event) -> Gate:
    """The places as they stand, with those that offers hold."""
    found = queries_problem.situation(event)
    names = {person.id: name for name, person in found.people.items()}
    offered = (
        select(WaitingPlace.registration_id, ProgrammeItem.public_id)
        .join(ProgrammeItem, ProgrammeItem.id == WaitingPlace.item_id)
        .where(ProgrammeItem.event_id == event.id, WaitingPlace.offered_until.is_not(None))
    )
    offers = [(names[one], item) for one, item in db.session.execute(offered) if one in names]
    return Gate(found.problem, found.told, offers)


def are_given(event: Event) -> bool:
    """Whether places of this event can change hands at all: published, neither hidden nor cancelled."""
    is_public = event.published_at is not None and event.published_at <= clock.now()
    return is_public and event.allocation_published_at is not None and event.cancelled_at is None


def released_items(event_id: int) -> set[int]:
    """The workshops that the public knows, cancelled ones left out."""
    programme = programmes.released(event_id)
    return {item["id"] for item in programme.items if item["status"] != "cancelled"} if programme else set()


def lines(item_ids: Iterable[int]) -> dict[int, list[InLine]]:
    """Who waits for each of these workshops, confirmed people only; in one query."""
    listed = list(item_ids)
    query = (
        select(WaitingPlace)
        .join(Registration, Registration.id == WaitingPlace.registration_id)
        .where(WaitingPlace.item_id.in_(listed), Registration.status == Status.CONFIRMED)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[InLine]] = {item_id: [] for item_id in listed}
    for row in db.session.scalars(query):
        is_asked = row.offered_until is not None
        found[row.item_id].append(InLine(row.id, row.registration_id, row.created_at, row.moves_up, is_asked))
    return found


def requests(event_id: int) -> list[SwapRequest]:
    """The requests to swap of confirmed people, in the order in which the workshops were named."""
    query = (
        select(SwapRequest)
        .join(Registration, Registration.id == SwapRequest.registration_id)
        .where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED)
        .order_by(SwapRequest.id)
    )
    return list(db.session.scalars(query))


def own_requests(registration_id: int) -> list[SwapRequest]:
    """What somebody would take instead, in the order named."""
    query = select(SwapRequest).where(SwapRequest.registration_id == registration_id).order_by(SwapRequest.id)
    return list(db.session.scalars(query))


def own_waiting(registration_id: int) -> list[WaitingPlace]:
    """Where somebody waits."""
    query = select(WaitingPlace).where(WaitingPlace.registration_id == registration_id).order_by(WaitingPlace.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def waited_titles(registration_id: int) -> list[Any]:
    """The titles of the workshops somebody waits for."""
    query = select(ProgrammeItem.title).join(WaitingPlace, WaitingPlace.item_id == ProgrammeItem.id)
    return list(db.session.scalars(query.where(WaitingPlace.registration_id == registration_id)))


def asked_titles(registration_id: int) -> list[Any]:
    """The titles of the workshops somebody would take instead."""
    query = select(ProgrammeItem.title).join(SwapRequest, SwapRequest.item_id == ProgrammeItem.id)
    return list(db.session.scalars(query.where(SwapRequest.registration_id == registration_id)))


def open_offer(registration_id: int) -> tuple[str, Any, datetime] | None:
    """The offer that ends first: public id of the round, title of the workshop, and until when it holds."""
    query = (
        select(Round.public_id, ProgrammeItem.title, WaitingPlace.offered_until)
        .join_from(WaitingPlace, ProgrammeItem, ProgrammeItem.id == WaitingPlace.item_id)
        .join(Round, Round.id == ProgrammeItem.round_id)
        .where(WaitingPlace.registration_id == registration_id, WaitingPlace.offered_until > clock.now())
        .order_by(WaitingPlace.offered_until)
    )
    row = db.session.execute(query.limit(1)).first()
    return (row[0], row[1], row[2]) if row else None


def with_round(item_id: int) -> ProgrammeItem:
    """A workshop with its round."""
    query = select(ProgrammeItem).where(ProgrammeItem.id == item_id).options(joinedload(ProgrammeItem.round))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
