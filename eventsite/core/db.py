"""Session, column types and the one way to write: `with transaction():`."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, DateTime, Engine, MetaData, Text, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database, the same on SQLite and PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuses naive values, since their meaning would depend on the machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Gives every stored instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """Plain data (dicts, lists, texts per language) as JSON; replaced as a whole, never changed in place."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Text on both databases, so that what was written is read byte for byte."""
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """Writes compact JSON with real letters."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """Reads what was written."""
        return None if value is None else json.loads(value)


class Model(DeclarativeBase):
    """Base of all tables; `public_scopes` names whose public pages a changed row makes stale."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), dict: JsonText(), list: JsonText()}

    def public_scopes(self) -> tuple[str, ...]:
        """The scopes whose revision rises when this row changes; none when the public never sees it."""
        return ()


class Revision(Model):
    """How often what the public sees of one event ("event:7") or of the site ("site") has changed."""

    __tablename__ = "revision"
    scope: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, default=1)


db = SQLAlchemy()  # session and engine only; tables stand on Model, so that this library stays easy to replace


def assign(row: Model, values: dict[str, Any]) -> None:
    """Sets what differs, and only that, so that an unchanged row raises no revision."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def configure(app: Flask, url: str) -> None:
    """Connects the session to the database; PostgreSQL through psycopg, SQLite with WAL."""
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    options: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": 20}
    if "postgresql" in url:
        options["pool_pre_ping"] = True
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # we send BEGIN ourselves, see _begin
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # acknowledged means kept, also when the power fails
            "foreign_keys=ON",
            f"busy_timeout={PATIENCE * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        # A read snapshot cannot be upgraded to a write once another has written: writers take the lock first.
        writes = connection.get_execution_options().get("eventsite_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """Everything inside is stored together or not at all; nested use joins the outer one.

    Leaves the stale read snapshot first, so what is read inside is the present (loaded rows are read again), and on
    SQLite takes the write lock before the first statement. Never do slow work inside.
    """
    session = db.session()
    if session.info.get("writing"):
        yield session
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("unsaved changes outside of transaction()")
    session.rollback()
    with _turn(session):
        session.connection(execution_options={"eventsite_writes": True})
        session.info.update(writing=True, stale=set(), bells=[])
        try:
            yield session
            session.flush()
            _raise_revisions(session)
            session.commit()
        except BaseException:
            session.rollback()
            session.info["bells"] = []
            raise
        finally:
            bells: list[Callable[[], None]] = session.info.pop("bells")
            session.info.pop("writing")
            session.info.pop("stale")
    for bell in bells:
        bell()


PATIENCE = 60  # seconds a writer waits for the others
_turns = threading.Lock()


@contextmanager
def _turn(session: Session) -> Iterator[None]:
    """On SQLite the threads of a process write one after the other; between processes its own lock decides.

    SQLite lets waiting writers try again by chance, so in a long rush some would wait in vain.
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    if not _turns.acquire(timeout=PATIENCE):
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))
    try:
        yield
    finally:
        _turns.release()


def after_commit(ring: Callable[[], None]) -> None:
    """Calls `ring` once the running transaction is stored (at once when there is none); dropped on rollback."""
    session = db.session()
    if session.info.get("writing"):
        session.info["bells"].append(ring)
    else:
        ring()


def touch(scope: str) -> None:
    """Makes the public pages of a scope stale when the running transaction commits."""
    db.session().info["stale"].add(scope)


@event.listens_for(Session, "before_flush")
def _collect_stale(session: Session, _context: Any, _instances: Any) -> None:
    stale = session.info.get("stale")
    if stale is None:
        return
    for row in (*session.new, *session.deleted, *(r for r in session.dirty if session.is_modified(r))):
        stale.update(row.public_scopes())


def _raise_revisions(session: Session) -> None:
    for scope in sorted(session.info["stale"]):
        session.execute(
            text(
                "INSERT INTO revision (scope, number) VALUES (:scope, 1)"
                " ON CONFLICT (scope) DO UPDATE SET number = revision.number + 1"
            ),
            {"scope": scope},
        )


def revisions(scopes: list[str]) -> dict[str, int]:
    """The present revision of each scope (0 where nothing was ever changed), in one query."""
    rows = db.session.execute(db.select(Revision.scope, Revision.number).where(Revision.scope.in_(scopes)))
    found = {row.scope: row.number for row in rows}
    return {scope: found.get(scope, 0) for scope in scopes}
