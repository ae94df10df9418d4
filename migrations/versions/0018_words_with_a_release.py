"""Words with a release, and the reason of a cancelled item."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Words with a release, and the reason of a cancelled item."""
    words = eventsite.core.db.JsonText()
    op.add_column("programme_item", sa.Column("cancel_reason", words, server_default="{}", nullable=False))
    op.add_column("programme_release", sa.Column("note", words, server_default="{}", nullable=False))
