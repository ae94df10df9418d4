"""Pools of places: modes, contingents, limited answers, groups; waiting list by offer; overbooking."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from eventsite.core.db import UtcDateTime

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _tables() -> None:
    op.create_table(
        "contingent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("code_key", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("released_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_contingent_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contingent")),
        sa.UniqueConstraint("event_id", "code_key", name=op.f("uq_contingent_event_id_code_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contingent_public_id")),
    )
    op.create_table(
        "option_count",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("option_key", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_option_count_event_id")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_option_count_question_id")),
        sa.PrimaryKeyConstraint("question_id", "option_key", name=op.f("pk_option_count")),
    )
    op.create_index(op.f("ix_option_count_event_id"), "option_count", ["event_id"])
    op.create_table(
        "option_hold",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("option_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_option_hold_question_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_option_hold_registration_id")),
        sa.PrimaryKeyConstraint("registration_id", "question_id", "option_key", name=op.f("pk_option_hold")),
    )


def upgrade() -> None:
    """Pools of places; people of online events are online."""
    _tables()
    zero = {"nullable": False, "server_default": "0"}
    columns = {
        "event": [
            sa.Column("online_capacity", sa.Integer(), nullable=True),
            sa.Column("overbooking", sa.Integer(), **zero),
            sa.Column("promotion", sa.Text(), nullable=False, server_default="order"),
            sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="48"),
            sa.Column("promotion_stops_hours", sa.Integer(), nullable=False, server_default="12"),
        ],
        "place_count": [
            sa.Column(name, sa.Integer(), **zero)
            for name in ("online_taken", "online_waiting", "to_onsite", "to_online", "reserved", "promoted")
        ],
        "registration": [
            sa.Column("mode", sa.Text(), nullable=False, server_default="onsite"),
            sa.Column("wanted_mode", sa.Text(), nullable=True),
            sa.Column("switch_number", sa.Integer(), nullable=True),
            sa.Column("in_contingent", sa.Boolean(), nullable=False, server_default=sa.false()),
        ],
        "registration_group": [sa.Column("passed", sa.Integer(), **zero)],
    }
    for table, added in columns.items():
        for column in added:
            op.add_column(table, column)
    op.execute(
        "ALTER TABLE registration ADD COLUMN contingent_id INTEGER"
        " CONSTRAINT fk_registration_contingent_id REFERENCES contingent (id)"
    )
    op.create_index("ix_registration_contingent_id", "registration", ["contingent_id"])
    op.execute(
        "UPDATE registration SET mode = 'online' WHERE event_id IN (SELECT id FROM event WHERE attendance = 'online')"
    )
    op.execute(
        "UPDATE place_count SET online_taken = taken, online_waiting = waiting, taken = 0, waiting = 0"
        " WHERE event_id IN (SELECT id FROM event WHERE attendance = 'online')"
    )
