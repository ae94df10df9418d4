"""Remember the workshops given up by signing off."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Remember the workshops given up by signing off."""
    op.add_column(
        "participation", sa.Column("left_items", eventsite.core.db.JsonText(), server_default="[]", nullable=False)
    )
