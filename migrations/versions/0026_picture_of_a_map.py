"""Keep the picture of a map with a venue."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Keep the picture of a map with a venue."""
    with op.batch_alter_table("venue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("map_key", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("map_alt", eventsite.core.db.JsonText(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("map_credit", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("map_width", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("map_height", sa.Integer(), nullable=True))
