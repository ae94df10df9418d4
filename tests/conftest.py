"""A fresh database for each test, copied from a prepared one; the application, a client, the clock and the outbox."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from eventsite import schema
from eventsite.app import create_app
from eventsite.config import Settings
from eventsite.core import clock, i18n
from eventsite.core.db import db
from eventsite.mail import transport
from eventsite.web import cache, security
from tests import postgres

NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


def make_settings(data_dir: Path, database_url: str = "") -> Settings:
    """Settings of a test application: memory mail, a queue that only notes, limits on."""
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        secret_key="a secret key for the tests only, long enough",
        base_url="http://localhost",
        mail_url="memory:",
        queue_url="immediate:",
        demo=False,
    )


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    i18n.compile_catalogues()


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the present shape, to be copied."""
    path = tmp_path_factory.mktemp("prepared") / "eventsite.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def prepared_postgres() -> str:
    """Name of an empty PostgreSQL database of the present shape, to be copied."""
    url = postgres.create_database(None)
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    schema.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database; `both_databases` runs a test on SQLite and on PostgreSQL."""
    if request.param == "postgresql":
        url = postgres.create_database(request.getfixturevalue("prepared_postgres"))
        yield url
        postgres.drop_database(url)
    else:
        target = tmp_path / "eventsite.sqlite"
        shutil.copy(request.getfixturevalue("prepared_sqlite"), target)
        yield f"sqlite:///{target}"


both_databases = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)


# The first engine of each kind of database in this worker.
_first: dict[str, Any] = {}


def share_statements(engine: Any) -> None:
    """Lets all engines of a worker keep their written-out statements together; to write them was a third of each test."""
    if engine.dialect.name not in _first:
        engine.connect().close()  # a dialect learns of its database with the first connection
        _first[engine.dialect.name] = engine
    first = _first[engine.dialect.name]
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache


@pytest.fixture
def app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """The application inside its context, at a fixed instant (11 January 2027, 10:00 in Berlin)."""
    application = create_app(make_settings(tmp_path, database))
    application.test_client_class = Browser
    cache.pages.clear()
    security.forget_limits()
    with application.app_context(), clock.freeze(NOW), i18n.use_language("de"):
        share_statements(db.engine)
        yield application
        db.session.remove()
        db.engine.dispose()
    transport.sent.clear()


class Browser(FlaskClient):
    """A client whose requests share nothing but cookies, though a test keeps one application context open."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        vars(g._get_current_object()).clear()
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()
