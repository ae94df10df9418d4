"""Reads of the draft as plain values, and of the steps in which it came about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Table, func, select
from sqlalchemy.orm import Session

from eventsite.core import i18n
from eventsite.core.db import Model, db
from eventsite.core.errors import NotFound
from eventsite.events.models import Room
from eventsite.people.models import Account
from eventsite.programme import rules_drafts, rules_steps
from eventsite.programme.models import Appearance, ProgrammeItem, Round, Track
from eventsite.programme.models_drafts import DraftStep
from eventsite.programme.rules_drafts import Draft, Touched

# What a draft consists of; a table comes after those it points to.
TABLES: dict[str, type[Model]] = {"track": Track, "round": Round, "programme_item": ProgrammeItem}
# Stamps of the database, which no edit is about.
STAMPS = frozenset({"event_id", "updated_at"})
SHOWN = 100  # steps on the page of the last changes


def target_of(column: "Column[Any]") -> Table | None:
    """The table a column points to, where its rows have public ids: those are what a step keeps."""
    for key in column.foreign_keys:
        return key.column.table if "public_id" in key.column.table.c else None
    return None


def _named(table: Table, left_out: frozenset[str]) -> tuple[list[Any], Any]:
    """The columns of a table with public ids in place of numbers, and the joins that need it."""
    columns: list[Any] = []
    joined: Any = table
    for column in table.c:
        if column.name in left_out:
            continue
        target = target_of(column)
        if target is None:
            columns.append(column)
            continue
        other = target.alias()
        joined = joined.outerjoin(other, column == other.c.id)
        columns.append(other.c.public_id.label(column.name))
    return columns, joined


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def draft(session: Session, event_id: int) -> Draft:
    """The draft of an event as it is now, also what is not stored yet; one query for each of its tables."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    by_id: dict[int, dict[str, Any]] = {}
    for name, model in TABLES.items():
        table: Any = model.__table__
        columns, joined = _named(table, STAMPS)
        for row in session.execute(select(*columns).select_from(joined).where(table.c.event_id == event_id)).mappings():
            values = {column: _plain(value) for column, value in row.items()}
            found[name, values["public_id"]] = values
            if model is ProgrammeItem:
                by_id[values["id"]] = values | {"people": []}
                found[name, values["public_id"]] = by_id[values["id"]]
    _add_people(session, event_id, by_id)
    return found


def _add_people(session: Session, event_id: int, by_id: Mapping[int, dict[str, Any]]) -> None:
    table: Any = Appearance.__table__
    columns, joined = _named(table, frozenset({"id", "item_id"}))
    item: Any = ProgrammeItem.__table__
    query = select(table.c.item_id, *columns).select_from(joined.join(item, table.c.item_id == item.c.id))
    query = query.where(item.c.event_id == event_id).order_by(table.c.position, table.c.id)
    for row in session.execute(query).mappings():
        person = {column: _plain(value) for column, value in row.items()}
        by_id[person.pop("item_id")]["people"].append(person)


@dataclass(frozen=True)
class Step:
    """A step as pages show it."""

    uid: str
    at: datetime
    who: str  # the name of the account; empty for what is none
    deed: str
    told: str  # in one sentence
    is_undone: bool


def steps(event_id: int, *, most: int = SHOWN) -> list[Step]:
    """The steps of a draft, the last one first; one query, and one for the rooms in them."""
    return _read(_steps(event_id).limit(most))


def _steps(event_id: int) -> Any:
    query = select(DraftStep, Account.name, Account.email).where(DraftStep.event_id == event_id)
    return query.outerjoin(Account, Account.public_id == DraftStep.actor).order_by(DraftStep.id.desc())


def _read(query: Any) -> list[Step]:
    found = [(row, name or email or "", rules_drafts.read(row.rows)) for row, name, email in db.session.execute(query)]
    rooms = _rooms(touched for _row, _who, rows in found for touched in rows)
    return [
        Step(
            row.public_id, row.at, who, row.deed, rules_steps.sentence(rows, row.deed, rooms), row.undone_at is not None
        )
        for row, who, rows in found
    ]


def _rooms(rows: Iterable[Touched]) -> dict[str, str]:
    """The names of the rooms into which items were moved."""
    sides = [side for row in rows if "room_id" in row.columns for side in (row.before, row.after) if side]
    wanted = {side["room_id"] for side in sides} - {None}
    if not wanted:
        return {}
    query = select(Room.public_id, Room.name).where(Room.public_id.in_(sorted(wanted)))
    return {uid: i18n.local(name) for uid, name in db.session.execute(query)}


def get_step(event_id: int, uid: str) -> DraftStep:
    """A step of this event's draft; NotFound where there is none."""
    row = db.session.scalar(select(DraftStep).where(DraftStep.event_id == event_id, DraftStep.public_id == uid))
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True)
class Offer:
    """What the two buttons at the top of a page would take back and bring back."""

    undo: Step | None
    redo: Step | None


def offer(event_id: int) -> Offer:
    """The last step that stands, and the last undoing behind which nothing was edited; one query, and one for rooms."""
    last = select(func.max(DraftStep.id)).where(DraftStep.event_id == event_id)
    standing = last.where(DraftStep.undone_at.is_(None))
    edit = last.where(DraftStep.deed == "edit").scalar_subquery()
    undo = standing.where(DraftStep.deed != "undo").scalar_subquery()
    redo = standing.where(DraftStep.deed == "undo", DraftStep.id > func.coalesce(edit, 0)).scalar_subquery()
    found = _read(_steps(event_id).where((DraftStep.id == undo) | (DraftStep.id == redo)))
    by_deed = {step.deed == "undo": step for step in found}
    return Offer(by_deed.get(False), by_deed.get(True))
