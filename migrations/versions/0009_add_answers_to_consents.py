"""Add answers to consents, consents asked for no longer, and requests to be forgotten."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add answers to consents, consents asked for no longer, and requests to be forgotten."""
    with op.batch_alter_table("consent") as table:
        table.add_column(sa.Column("answer", sa.Text(), server_default="yes", nullable=False))
    with op.batch_alter_table("consent_text") as table:
        table.add_column(sa.Column("retired_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
    op.create_table(
        "erasure_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_erasure_request_event_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_erasure_request_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_request")),
    )
    op.create_index(op.f("ix_erasure_request_registration_id"), "erasure_request", ["registration_id"])
    op.create_index("ix_erasure_request_open", "erasure_request", ["event_id", "decision"])
