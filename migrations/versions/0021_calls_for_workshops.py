"""Calls for workshops, and the proposals that come in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Calls for workshops, and the proposals that come in."""
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("text", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("opens_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closes_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("kinds", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("lengths", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("asks_people", sa.Boolean(), nullable=False),
        sa.Column("most_words", sa.Integer(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("keep_months", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_call_event_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_call_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("event_id", name=op.f("uq_call_event_id")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), nullable=False),
        sa.Column("leading_questions", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=False),
        sa.Column("wishes", sa.Text(), nullable=False),
        sa.Column("technology", sa.Text(), nullable=False),
        sa.Column("answers", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("tags", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("released_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("item_uid", sa.Text(), nullable=False),
        sa.Column("erased_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_proposal_event_id")),
        sa.ForeignKeyConstraint(["link_id"], ["personal_link.id"], name=op.f("fk_proposal_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proposal_public_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_event_state", ["event_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_item_uid"), ["item_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_link_id"), ["link_id"], unique=False)
        batch_op.create_index("ix_proposal_released", ["released_at", "told_at"], unique=False)

    op.create_table(
        "proposal_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_proposal_comment_account_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_comment_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_comment")),
    )
    with op.batch_alter_table("proposal_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_comment_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_comment_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "proposal_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_person_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_person")),
    )
    with op.batch_alter_table("proposal_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_person_email_key"), ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_person_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "proposal_rating",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("rated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_proposal_rating_account_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_rating_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "account_id", name=op.f("pk_proposal_rating")),
    )
    with op.batch_alter_table("proposal_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_rating_account_id"), ["account_id"], unique=False)

    op.add_column("survey", sa.Column("use", sa.Text(), server_default="people", nullable=False))
