"""Index the organisers' list by name and time, and the history by subject."""

from collections.abc import Sequence

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Index the organisers' list by name and time, and the history by subject."""
    op.create_index("ix_registration_event_name", "registration", ["event_id", "sort_name", "id"])
    op.create_index("ix_registration_event_created", "registration", ["event_id", "created_at", "id"])
    op.create_index("ix_audit_row_subject", "audit_row", ["subject"])
