"""Ways in: codes, domains, decisions, groups, early closing."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Ways in: codes, domains, decisions, groups, early closing."""
    op.create_table(
        "entry_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("ends_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_entry_code_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_code")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_entry_code_event_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_entry_code_public_id")),
    )
    op.create_table(
        "registration_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("is_seated_together", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_registration_group_event_id")),
        sa.ForeignKeyConstraint(["link_id"], ["personal_link.id"], name=op.f("fk_registration_group_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_group")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_group_public_id")),
    )
    with op.batch_alter_table("registration_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_group_event_id"), ["event_id"], unique=False)

    # Columns are added one by one: SQLite takes them as they are, with their references, and copies no filled table.
    for column in (
        sa.Column("way_in", sa.Text(), nullable=False, server_default="open"),
        sa.Column("entry_domains", eventsite.core.db.JsonText(), nullable=False, server_default="[]"),
        sa.Column("registration_closed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("registration_closed_reason", eventsite.core.db.JsonText(), nullable=False, server_default="{}"),
        sa.Column("frame_hosts", eventsite.core.db.JsonText(), nullable=False, server_default="[]"),
    ):
        op.add_column("event", column)
    for column in (
        sa.Column("needs_decision", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("shows_state", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("postal_address", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("registration", column)
    for name, table in (("code_id", "entry_code"), ("group_id", "registration_group")):
        op.execute(
            f"ALTER TABLE registration ADD COLUMN {name} INTEGER"
            f" CONSTRAINT fk_registration_{name} REFERENCES {table} (id)"
        )
        op.create_index(f"ix_registration_{name}", "registration", [name])
