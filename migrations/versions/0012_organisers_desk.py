"""Create the organisers' desk."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create the organisers' desk."""
    op.create_table(
        "bulk_deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_bulk_deed_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_deed")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulk_deed_public_id")),
    )
    with op.batch_alter_table("bulk_deed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_deed_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_deed_finished_at"), ["finished_at"], unique=False)

    op.create_table(
        "access_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_access_task_event_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_access_task_question_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_access_task_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_task")),
        sa.UniqueConstraint(
            "registration_id", "question_id", "need", name=op.f("uq_access_task_registration_id_question_id_need")
        ),
    )
    with op.batch_alter_table("access_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_task_event_id"), ["event_id"], unique=False)

    op.create_table(
        "bulk_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulk_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bulk_id"], ["bulk_deed.id"], name=op.f("fk_bulk_row_bulk_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_bulk_row_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_row")),
        sa.UniqueConstraint("bulk_id", "registration_id", name=op.f("uq_bulk_row_bulk_id_registration_id")),
    )
    with op.batch_alter_table("bulk_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_row_registration_id"), ["registration_id"], unique=False)

    column = sa.Column("access_days", eventsite.core.db.JsonText(), nullable=False, server_default="{}")
    op.add_column("event", column)
