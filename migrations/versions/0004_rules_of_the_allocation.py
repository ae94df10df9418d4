"""Keep the rules of the allocation, their changes and the steps on the board."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Keep the rules of the allocation, their changes and the steps on the board."""
    op.create_table(
        "allocation_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("details", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_allocation_rule_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_rule")),
        sa.UniqueConstraint("public_id", name=op.f("uq_allocation_rule_public_id")),
    )
    with op.batch_alter_table("allocation_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_rule_event_id"), ["event_id"], unique=False)

    op.create_table(
        "rule_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rule_change_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_change")),
    )
    with op.batch_alter_table("rule_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_change_event_id"), ["event_id"], unique=False)

    op.create_table(
        "seat_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("before", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("after", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("undone_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_change_event_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_seat_change_registration_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_seat_change_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_change")),
    )
    with op.batch_alter_table("seat_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_change_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_change_registration_id"), ["registration_id"], unique=False)

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wishes_seen_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
