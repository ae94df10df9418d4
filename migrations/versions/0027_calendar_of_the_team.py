"""Give accounts a calendar of their own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Give accounts a calendar of their own."""
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("feed_link_id", sa.Integer()))
        batch.create_foreign_key("fk_account_feed_link_id_personal_link", "personal_link", ["feed_link_id"], ["id"])
