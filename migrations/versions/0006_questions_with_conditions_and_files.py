"""Questions with sections, conditions, deadlines, limits, drafts and files."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Questions asked so far stand in the section "What you need", without limits, published."""
    op.create_table(
        "answer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_file_question_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_answer_file_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_answer_file_public_id")),
    )
    with op.batch_alter_table("answer_file", schema=None) as table:
        table.create_index("ix_answer_file_forgotten", ["dropped_at", "registration_id", "created_at"], unique=False)
        table.create_index(table.f("ix_answer_file_registration_id"), ["registration_id"], unique=False)
    with op.batch_alter_table("question", schema=None) as table:
        table.add_column(sa.Column("is_draft", sa.Boolean(), server_default=sa.false(), nullable=False))
    json_text = eventsite.core.db.JsonText
    with op.batch_alter_table("question_version", schema=None) as table:
        table.add_column(sa.Column("limits", json_text(), server_default="{}", nullable=False))
        table.add_column(sa.Column("condition", json_text(), server_default="{}", nullable=False))
        table.add_column(sa.Column("answer_until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("section", sa.Text(), server_default="needs", nullable=False))
        table.add_column(sa.Column("section_title", json_text(), server_default="{}", nullable=False))
