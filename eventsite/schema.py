"""All tables together, and the migrations that bring any database to their present shape."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

import eventsite.allocation.models
import eventsite.checkin.models
import eventsite.contributions.models
import eventsite.contributions.models_groups
import eventsite.core.audit
import eventsite.documentation.models
import eventsite.events.models
import eventsite.mail.models
import eventsite.media.models
import eventsite.people.models
import eventsite.privacy.models
import eventsite.programme.models
import eventsite.programme.models_drafts
import eventsite.programme.models_speakers
import eventsite.proposals.models
import eventsite.registration.models
import eventsite.registration.models_desk
import eventsite.registration.models_interest
import eventsite.registration.models_lists
import eventsite.registration.models_releases
import eventsite.registration.models_surveys
import eventsite.registration.models_ways  # noqa: F401
from eventsite.core.db import Model

FOLDER = Path(__file__).parent.parent / "migrations"
_LOCK = 7_346_211  # any number of our own: one migration at a time on PostgreSQL


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest shape; cheap, since every command asks."""
    newest = sorted(p.stem.split("_")[0] for p in (FOLDER / "versions").glob("[0-9]*.py"))[-1]
    with engine.connect() as connection:
        try:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest
        except Exception:  # no such table: a new database
            return False


def upgrade(engine: Engine, target: str = "head") -> None:
    """Creates or upgrades the database; two processes starting at once wait for each other."""
    if target == "head" and is_current(engine):
        return
    from alembic import command

    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
            connection.commit()
            command.upgrade(_config(connection), target)
            connection.commit()
            connection.execute(text(f"SELECT pg_advisory_unlock({_LOCK})"))
            connection.commit()
        else:
            _upgrade_sqlite(connection, target)


def _upgrade_sqlite(connection: Connection, target: str) -> None:
    """SQLite changes a column by copying its table, which rows that point to it would forbid: they are checked at the end."""
    from alembic import command

    connection.connection.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
    try:
        with connection.execution_options(eventsite_writes=True).begin():
            command.upgrade(_config(connection), target)
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if orphans:
                raise RuntimeError(f"the upgrade would leave rows that point nowhere: {orphans[:5]}")
    finally:
        connection.connection.execute("PRAGMA foreign_keys=ON")


def differences(engine: Engine) -> list[Any]:
    """What the models have and the database has not, or the other way round; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Model.metadata))


def write_migration(engine: Engine, message: str, number: str) -> None:
    """Writes the migration from the present database to the models; for developers."""
    from alembic import command

    with engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)
