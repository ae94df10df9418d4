"""Rounds left out, groups, offers of workshop places and requests to swap."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add them; nobody has any so far."""
    op.create_table(
        "participation",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("absent", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("together_code", sa.Text(), nullable=True),
        sa.Column("first_sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_participation_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_participation")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index("ix_participation_together_code", ["together_code"], unique=False)
    op.create_table(
        "swap_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_swap_request_item_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_swap_request_registration_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_swap_request_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_request")),
        sa.UniqueConstraint("registration_id", "item_id", name=op.f("uq_swap_request_registration_id_item_id")),
    )
    with op.batch_alter_table("swap_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_request_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_swap_request_round_id"), ["round_id"], unique=False)
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered_until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
