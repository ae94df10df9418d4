"""Who changed what when: a row written inside the transaction of the change itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsite.core import clock
from eventsite.core.db import JsonText, Model, db


class AuditRow(Model):
    """One change: actor (account id, or a word such as "participant"), action, what it was done to, details."""

    __tablename__ = "audit_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    event_id: Mapped[int | None] = mapped_column(Integer, index=True)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, index=True)
    details: Mapped[Any] = mapped_column(JsonText)


def record(
    action: str,
    *,
    subject: str,
    actor: str = "system",
    event_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Notes a change in the running transaction; `subject` is a kind and a public id, never a name."""
    row = AuditRow(
        at=clock.now(), event_id=event_id, actor=actor, action=action, subject=subject, details=details or {}
    )
    db.session().add(row)
