"""Know whether a participant wants calendar mails, and what the calendar was told."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Know whether a participant wants calendar mails, and what the calendar was told."""
    op.add_column(
        "registration", sa.Column("wants_calendar_mails", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column("registration", sa.Column("is_invited", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("registration", sa.Column("invited_sequence", sa.Integer()))
    op.add_column("registration", sa.Column("alarm_minutes", sa.Integer()))
