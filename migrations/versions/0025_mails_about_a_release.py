"""Mails about a release, to those whom its changes concern."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Mails about a release, to those whom its changes concern."""
    op.create_table(
        "release_mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("opening", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["release_id"], ["programme_release.id"], name=op.f("fk_release_mailing_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_mailing")),
    )
    op.create_index(op.f("ix_release_mailing_release_id"), "release_mailing", ["release_id"])
    op.create_index(op.f("ix_release_mailing_done_at"), "release_mailing", ["done_at"])
    op.create_table(
        "release_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("concerns", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("written_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["mailing_id"], ["release_mailing.id"], name=op.f("fk_release_letter_mailing_id")),
        sa.ForeignKeyConstraint(["release_id"], ["programme_release.id"], name=op.f("fk_release_letter_release_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_release_letter_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_letter")),
        sa.UniqueConstraint("release_id", "person", name=op.f("uq_release_letter_release_id_person")),
    )
    op.create_index(op.f("ix_release_letter_mailing_id"), "release_letter", ["mailing_id"])
    op.create_index(op.f("ix_release_letter_registration_id"), "release_letter", ["registration_id"])
