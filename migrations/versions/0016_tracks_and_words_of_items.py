"""Know tracks, and what an item is for, asks and brings."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Know tracks, and what an item is for, asks and brings."""
    op.create_table(
        "track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_track_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sa.UniqueConstraint("public_id", name=op.f("uq_track_public_id")),
    )
    op.create_index(op.f("ix_track_event_id"), "track", ["event_id"])
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        for name, empty in (("target_group", "{}"), ("prerequisites", "{}"), ("bring", "{}"), ("tags", "[]")):
            column = sa.Column(name, eventsite.core.db.JsonText(), server_default=empty, nullable=False)
            batch_op.add_column(column)
        batch_op.add_column(sa.Column("track_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("online_url", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("online_from", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("offering", sa.Text(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_programme_item_track_id"), "track", ["track_id"], ["id"])
