"""Counts the statements a piece of code sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from eventsite.core.db import db


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """The statements sent inside, in order, by a session that knows nothing yet; `len()` of it is their number."""
    db.session.remove()
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
