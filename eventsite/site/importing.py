"""Taking a table of people in: read, mapped, checked, then as a whole; in the background, resumed where it stopped."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from eventsite.core import audit, clock, ids, tables
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.people.rules import email_key
from eventsite.registration import queries_lists, rules_lists, service_invitations
from eventsite.registration.models_lists import ImportedTable
from eventsite.registration.rules_lists import Line
from eventsite.site import signup

KINDS = ("invitations", "registrations")
AT_ONCE = 50
KEPT_DAYS = 2


def take_table(event_id: int, kind: str, content: bytes, filename: str, *, actor: str) -> ImportedTable:
    """Keeps an uploaded table until it is taken in; refuses with a sentence what is no table, or has no rows."""
    table = tables.read_table(content, filename)
    if not table.rows:
        raise Refused(_l("The table has a first line with the names of the columns, but no further line."))
    with transaction() as session:
        row = ImportedTable(
            public_id=ids.new_public_id(),
            event_id=event_id,
            kind=kind,
            filename=filename[:200],
            header=table.header,
            rows=[[line, cells] for line, cells in table.rows],
            columns=rules_lists.guess(table.header),
            choices={},
            state="read",
            actor=actor,
            created_at=clock.now(),
        )
        session.add(row)
        session.flush()
        return row


def lines(table: ImportedTable, columns: Mapping[str, int]) -> list[Line]:
    """Every row of a table as these columns read it, each with what is wrong with it; asks the database three times."""
    place = columns.get("email", -1)
    keys = [email_key(cells[place]) for _line, cells in table.rows if 0 <= place < len(cells)]
    known = queries_lists.known(table.event_id, table.kind, keys)
    language = db.session.get_one(Event, table.event_id).languages[0]
    needs_name = table.kind == "registrations"
    return rules_lists.read(table.rows, columns, known, needs_name=needs_name, default_language=language)


def start(
    event_id: int, public_id: str, columns: Mapping[str, int], choices: Mapping[str, Any], *, skips: bool, actor: str
) -> ImportedTable:
    """Begins to take a table in; refuses while a line is wrong, unless the wrong ones are left out on purpose."""
    with transaction() as session:
        events.lock_event(event_id)
        table = queries_lists.get_table(event_id, public_id)
        session.refresh(table)
        if table.state != "read":
            return table
        if "email" not in columns:
            raise Refused(_l("Please say which column holds the e-mail addresses."))
        read = lines(table, columns)
        good = [line for line in read if not line.fault]
        if len(good) < len(read) and not skips:
            raise Refused(_l("Some lines are wrong. Please correct the table, or leave these lines out."))
        if not good:
            raise Refused(_l("No line is right. Nothing can be taken in."))
        table.rows, table.columns = [line.values for line in good], dict(columns)
        table.choices, table.state, table.skipped = dict(choices), "running", len(read) - len(good)
        details = {"kind": table.kind, "rows": len(good), "skipped": table.skipped}
        audit.record("table imported", subject=f"table {public_id}", actor=actor, event_id=event_id, details=details)
        take_in.later(table.id)
        return table


@background
def take_in(table_id: int) -> None:
    """Takes the rows in, some at a time; each piece is stored together with how far it got, so none comes twice."""
    while _take_some(table_id):
        pass


def _take_some(table_id: int) -> bool:
    try:
        with transaction() as session:
            query = select(ImportedTable).where(ImportedTable.id == table_id).with_for_update()
            table = session.scalars(query.execution_options(populate_existing=True)).one()
            if table.state != "running":
                return False
            piece = table.rows[table.position : table.position + AT_ONCE]
            _take_piece(table, piece)
            table.position += len(piece)
            if table.position >= len(table.rows):
                table.rows, table.state = [], "done"
            return table.state == "running"
    except Refused as refusal:
        with transaction() as session:
            stopped = {"state": "stopped", "reason": str(refusal), "rows": []}
            session.execute(update(ImportedTable).where(ImportedTable.id == table_id).values(**stopped))
        return False


def _take_piece(table: ImportedTable, piece: list[dict[str, str]]) -> None:
    if table.kind == "invitations":
        service_invitations.enlist(table.event_id, piece, basis=table.choices["basis"])
        return
    for one in piece:
        details = signup.Details(one["name"], one["email"], one["organisation"], one["language"])
        received = signup.sign_up(
            table.event_id,
            details,
            source="import",
            actor=table.actor,
            confirmed=table.choices["is_confirmed"],
            notify=table.choices["is_told"] or not table.choices["is_confirmed"],
        )
        if received.is_new and one["note"]:
            received.registration.note = one["note"]


def discard(event_id: int, public_id: str) -> None:
    """Forgets a table that is not taken in."""
    with transaction() as session:
        table = queries_lists.get_table(event_id, public_id)
        if table.state == "read":
            session.delete(table)


@periodic(minutes=1)
def go_on() -> None:
    """Goes on with tables whose bell was lost, and forgets those nobody took in for two days."""
    running = list(db.session.scalars(select(ImportedTable.id).where(ImportedTable.state == "running")))
    db.session.rollback()
    for table_id in running:
        take_in(table_id)
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    with transaction() as session:
        for table in session.scalars(
            select(ImportedTable).where(ImportedTable.state == "read", ImportedTable.created_at < limit)
        ):
            session.delete(table)
