"""Migrations: from nothing and from a filled database, equal to the models, on both databases."""

from flask import Flask
from sqlalchemy import create_engine, text

from eventsite import schema
from eventsite.core import audit
from eventsite.core.db import db, transaction
from tests.conftest import both_databases


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
