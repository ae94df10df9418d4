"""Create follow-up forms."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create follow-up forms."""
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("introduction", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("purpose", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("opens_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closes_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("audience", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("sent_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_survey_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("public_id", name=op.f("uq_survey_public_id")),
    )
    op.create_index("ix_survey_event_id", "survey", ["event_id"])
    op.create_index("ix_survey_sent_at", "survey", ["sent_at"])
    op.create_table(
        "survey_recipient",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("has_answered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_survey_recipient_registration_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_recipient_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "registration_id", name=op.f("pk_survey_recipient")),
    )
    op.create_index("ix_survey_recipient_registration_id", "survey_recipient", ["registration_id"])
    op.create_table(
        "survey_sheet",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answers", eventsite.core.db.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_sheet_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_sheet")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_sheet_survey_id", "survey_sheet", ["survey_id"])
    op.execute(
        "ALTER TABLE question ADD COLUMN survey_id INTEGER CONSTRAINT fk_question_survey_id REFERENCES survey (id)"
    )
    op.create_index("ix_question_survey_id", "question", ["survey_id"])
