"""Know the form somebody was registered with by the team."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Know the form somebody was registered with by the team."""
    op.add_column("registration", sa.Column("form_key", sa.Text(), nullable=True))
    op.create_index("uq_registration_event_form", "registration", ["event_id", "form_key"], unique=True)
