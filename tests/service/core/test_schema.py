"""Migrations: from nothing and from a filled database, equal to the models, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    Numeric,
    Table,
    create_engine,
    func,
    select,
    text,
)

from eventsite import schema
from eventsite.core import audit
from eventsite.core.db import db, transaction
from tests import postgres
from tests.conftest import NOW, both_databases

STEPS = sorted(path.stem.split("_")[0] for path in (schema.FOLDER / "versions").glob("[0-9]*.py"))


@both_databases
def test_migrated_database_equals_the_models(app: Flask) -> None:
    assert schema.differences(db.engine) == []


@both_databases
def test_filled_database_keeps_its_rows(app: Flask) -> None:
    with transaction():
        audit.record("kept", subject="x")
    schema.upgrade(db.engine)
    assert db.session.scalar(text("SELECT action FROM audit_row")) == "kept"


def test_upgrade_of_an_empty_file_is_current(tmp_path: object) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/new.sqlite")
    assert not schema.is_current(engine)
    schema.upgrade(engine)
    assert schema.is_current(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    if request.param == "postgresql":
        url = postgres.create_database(None).replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    yield engine
    engine.dispose()
    if request.param == "postgresql":
        postgres.drop_database(url.replace("postgresql+psycopg://", "postgresql://"))


def _value(table: Table, column: Any) -> Any:
    """Something that fits: rows with the number 1 in every table point to each other."""
    if column.primary_key or column.foreign_keys:
        return 1 if isinstance(column.type, Integer) else "1"
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | Numeric) or "FLOAT" in str(column.type).upper():
        return 1
    if isinstance(column.type, DateTime):
        return NOW.replace(tzinfo=None) if table.metadata.info["sqlite"] else NOW
    return NOW.date() if isinstance(column.type, Date) else "1"


def _fill(engine: Engine) -> dict[str, int]:
    """One row in every table that has none; how many rows there are then."""
    metadata = MetaData(info={"sqlite": engine.dialect.name == "sqlite"})
    metadata.reflect(engine)
    tables = [table for name, table in sorted(metadata.tables.items()) if name != "alembic_version"]
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET session_replication_role = replica"))  # rows may point in circles
        for table in tables:
            if connection.scalar(select(func.count()).select_from(table)) == 0:
                columns = [c for c in table.columns if c.primary_key or not c.nullable or c.foreign_keys]
                connection.execute(table.insert().values({c.name: _value(table, c) for c in columns}))
        connection.commit()
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_each_step_upgrades_a_filled_database(empty: Engine) -> None:
    for step in STEPS:
        schema.upgrade(empty, step)
        counts = _fill(empty)
        assert set(counts.values()) == {1}, step
    assert schema.differences(empty) == []
