"""Index released appearances; keep lists of people, focus points of portraits, and merged profiles."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEARANCE = sa.table(
    "released_appearance",
    *(sa.column(name) for name in ("event_id", "speaker_id", "item_uid", "item_slug", "kind", "role", "is_cancelled")),
    *(sa.column(name, eventsite.core.db.JsonText()) for name in ("title", "role_label", "organisations")),
    *(sa.column(name, eventsite.core.db.UtcDateTime()) for name in ("starts_at", "ends_at")),
)


def upgrade() -> None:
    """Create the tables, and index what was released before."""
    op.create_table(
        "event_speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("featured", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_speaker_event_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_event_speaker_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_speaker")),
        sa.UniqueConstraint("event_id", "speaker_id", name=op.f("uq_event_speaker_event_id_speaker_id")),
    )
    with op.batch_alter_table("event_speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_speaker_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "released_appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("item_uid", sa.Text(), nullable=False),
        sa.Column("item_slug", sa.Text(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_label", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("organisations", eventsite.core.db.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_released_appearance_event_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_released_appearance_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_released_appearance")),
    )
    with op.batch_alter_table("released_appearance", schema=None) as batch_op:
        batch_op.create_index("ix_released_appearance_event_speaker", ["event_id", "speaker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_released_appearance_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "speaker_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("moved", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("dropped", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("fields", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("split_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["speaker.id"], name=op.f("fk_speaker_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["speaker.id"], name=op.f("fk_speaker_merge_merged_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_merge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speaker_merge_public_id")),
    )
    with op.batch_alter_table("speaker_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_merge_kept_id"), ["kept_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_merge_merged_id"), ["merged_id"], unique=False)

    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.add_column(sa.Column("portrait_original_key", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("portrait_files", eventsite.core.db.JsonText(), server_default="[]", nullable=False)
        )
        batch_op.add_column(sa.Column("focus_x", sa.Double(), server_default="0.5", nullable=False))
        batch_op.add_column(sa.Column("focus_y", sa.Double(), server_default="0.5", nullable=False))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_speaker_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_speaker_merged_into_id"), "speaker", ["merged_into_id"], ["id"])

    _index_releases(op.get_bind())


def _index_releases(connection: sa.Connection) -> None:
    """One row for everybody in each item of the last release of every event."""
    last = sa.text(
        "SELECT event_id, snapshot FROM programme_release AS one WHERE number ="
        " (SELECT max(number) FROM programme_release AS other WHERE other.event_id = one.event_id)"
    )
    speakers = {uid: number for number, uid in connection.execute(sa.text("SELECT id, public_id FROM speaker"))}
    for event_id, stored in connection.execute(last).all():
        snapshot = json.loads(stored)
        items = snapshot.get("items", []) if isinstance(snapshot, dict) else []
        rows = [
            _row(event_id, speakers[person["uid"]], item, person)
            for item in items
            if not item.get("removed")
            for person in item.get("people", [])
            if person["uid"] in speakers
        ]
        if rows:
            connection.execute(sa.insert(APPEARANCE), rows)


def _row(event_id: int, speaker_id: int, item: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "speaker_id": speaker_id,
        "item_uid": item["uid"],
        "item_slug": item["slug"],
        "title": item["title"],
        "kind": item["kind"],
        "starts_at": datetime.fromisoformat(item["starts_at"]),
        "ends_at": datetime.fromisoformat(item["ends_at"]),
        "is_cancelled": item["status"] == "cancelled",
        "role": person["role"],
        "role_label": person["role_label"],
        "organisations": person["organisations"],
    }
