"""Create the list of those who want to know when registration opens."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the list of those who want to know when registration opens."""
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_interest_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("event_id", "email_key", name=op.f("uq_interest_event_id_email_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interest_public_id")),
    )
    op.add_column("event", sa.Column("interest_list", sa.Boolean(), server_default=sa.false(), nullable=False))
