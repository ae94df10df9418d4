"""Runs the migrations on the connection that eventsite hands in; batch mode, since SQLite cannot alter columns."""

from alembic import context

from eventsite.core.db import Model

connection = context.config.attributes["connection"]
OTHERS = ("kv", "task", "schedule", "huey")  # tables of the queue where it shares the database


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leaves the queue's own tables alone."""
    return kind != "table" or not (name or "").startswith(OTHERS)


context.configure(
    connection=connection, target_metadata=Model.metadata, render_as_batch=True, include_name=include_name
)
with context.begin_transaction():
    context.run_migrations()
