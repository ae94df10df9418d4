"""Create series of events."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create series of events."""
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("public_id", name=op.f("uq_series_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
    )
    op.execute("ALTER TABLE event ADD COLUMN series_id INTEGER CONSTRAINT fk_event_series_id REFERENCES series (id)")
    op.create_index("ix_event_series_id", "event", ["series_id"])
