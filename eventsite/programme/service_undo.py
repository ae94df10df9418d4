"""Taking a step of the draft back, as far as nobody has changed the same since; that is a step itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventsite.core import clock, i18n
from eventsite.core.db import UtcDateTime, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme import queries_drafts, rules_drafts, service, service_drafts
from eventsite.programme.models import Appearance, ProgrammeItem
from eventsite.programme.models_drafts import DraftStep
from eventsite.programme.rules_drafts import Touched, Values

GONE: dict[str, Any] = {
    "room": _l("The room that stood there does not exist any more."),
    "round": _l("The round that stood there does not exist any more."),
    "speaker": _l("The profile of somebody who stood there does not exist any more."),
}


def undo(event_id: int, uid: str, *, actor: str) -> DraftStep:
    """Takes a step back; an undoing that is undone brings the change back.

    Refuses, and changes nothing, where the same was changed since, where wishes, places or files hang on what would go,
    and where what it points to is gone.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        one = queries_drafts.get_step(event_id, uid)
        if one.undone_at is not None:
            raise Refused(_l("This step has been undone already."))
        with service_drafts.step(event_id, actor, deed="redo" if one.deed == "undo" else "undo"):
            rows = rules_drafts.turned(rules_drafts.read(one.rows))
            _check(session, event, rows)
            _apply(session, event_id, rows)
        one.undone_at = clock.now()
        return one


def _check(session: Session, event: Event, rows: list[Touched]) -> None:
    blocked = rules_drafts.in_the_way(rows, queries_drafts.draft(session, event.id))
    if blocked:
        title = i18n.local(blocked[0].title)
        raise Refused(
            _l("“%(title)s” has been changed since. Undo the later steps first, or change it by hand.", title=title)
        )
    frozen = service.are_places_frozen(event)
    if frozen and any(row.columns & {"capacity", "minimum"} for row in rows):
        raise Refused(
            _l("Wishes have been seen, so places are frozen. They can be changed with a reason under Allocate, Rules.")
        )


def _apply(session: Session, event_id: int, rows: list[Touched]) -> None:
    order = list(queries_drafts.TABLES)
    made = sorted((row for row in rows if row.before is None), key=lambda row: order.index(row.table))
    gone = sorted((row for row in rows if row.after is None), key=lambda row: -order.index(row.table))
    known: dict[tuple[str, str], int] = {}
    try:
        for row in made:
            _make(session, event_id, row, known)
        for row in rows:
            if row.before is not None and row.after is not None:
                _change(session, row, known)
        session.flush()
        for row in gone:
            _take_away(session, row)
    except IntegrityError as error:
        raise Refused(
            _l("Wishes, places or files hang on what this would take away, or its address is taken by another item.")
        ) from error
    session.expire_all()


def _model(row: Touched) -> Any:
    return queries_drafts.TABLES[row.table]


def _values(session: Session, table: Any, values: Values, known: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Stored values as columns take them; what a table has not (any more) is left out."""
    columns = {column.name: column for column in table.c}
    return {
        name: _value(session, columns[name], value, known)
        for name, value in values.items()
        if name in columns and name != "id"
    }


def _value(session: Session, column: "Column[Any]", value: Any, known: dict[tuple[str, str], int]) -> Any:
    target = queries_drafts.target_of(column)
    if value is None:
        return None
    if target is not None:
        key = (target.name, value)
        if key not in known:
            found = session.scalar(select(target.c.id).where(target.c.public_id == value))
            if found is None:
                raise Refused(GONE.get(target.name) or _l("Something that stood there does not exist any more."))
            known[key] = found
        return known[key]
    return datetime.fromisoformat(value) if isinstance(column.type, UtcDateTime) else value


def _make(session: Session, event_id: int, row: Touched, known: dict[tuple[str, str], int]) -> None:
    model, after = _model(row), row.after or {}
    values = _values(session, model.__table__, after, known) | {"event_id": event_id}
    if model is ProgrammeItem:
        values["updated_at"] = clock.now()
    if session.get(model, after["id"]) is None:
        values["id"] = after["id"]
    one = model(**values)
    session.add(one)
    session.flush()
    known[model.__tablename__, row.uid] = one.id
    _seat(session, one.id, after, known)


def _change(session: Session, row: Touched, known: dict[tuple[str, str], int]) -> None:
    model, after = _model(row), row.after or {}
    one = session.scalars(select(model).where(model.public_id == row.uid)).one()
    for name, value in _values(session, model.__table__, after, known).items():
        setattr(one, name, value)
    if model is ProgrammeItem:
        one.updated_at = clock.now()
    _seat(session, one.id, after, known)


def _seat(session: Session, item_id: int, after: Values, known: dict[tuple[str, str], int]) -> None:
    """The people of an item, where the step was about them."""
    people: Iterable[Values] | None = after.get("people")
    if people is None:
        return
    session.execute(delete(Appearance).where(Appearance.item_id == item_id))
    for person in people:
        session.add(Appearance(item_id=item_id, **_values(session, Appearance.__table__, person, known)))
    session.flush()


def _take_away(session: Session, row: Touched) -> None:
    model = _model(row)
    key = session.scalars(select(model.id).where(model.public_id == row.uid)).one()
    if model is ProgrammeItem:
        session.execute(delete(Appearance).where(Appearance.item_id == key))
    session.execute(delete(model).where(model.id == key))
