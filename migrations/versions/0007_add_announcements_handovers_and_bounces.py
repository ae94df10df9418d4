"""Add announcements handovers and bounces."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add announcements handovers and bounces."""
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("statuses", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_announcement_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_done_at"), ["done_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_announcement_event_id"), ["event_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["personal_link.id"], name=op.f("fk_handover_link_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_handover_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_registration_id"), ["registration_id"], unique=False)

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice", eventsite.core.db.JsonText(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("moved_from", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answers_until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reminder_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("may_hand_over", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bounced_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_outbox_message_bounced_at"), ["bounced_at"], unique=False)

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("coming", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("coming_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("undeliverable", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("new_email", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("new_email_link_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_new_email_link_id"), "personal_link", ["new_email_link_id"], ["id"]
        )
