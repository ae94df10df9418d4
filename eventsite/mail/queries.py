"""Reads of the words events have for their mails."""

from sqlalchemy import func, select

from eventsite.core.db import db
from eventsite.mail.models import MailText
from eventsite.mail.wording import Texts, Words


def newest(event_id: int) -> list[MailText]:
    """The newest version of each kind and language an event has words for, those taken back included."""
    latest = select(func.max(MailText.id)).where(MailText.event_id == event_id)
    latest = latest.group_by(MailText.kind, MailText.language)
    return list(db.session.scalars(select(MailText).where(MailText.id.in_(latest)).order_by(MailText.id)))


def texts(event_id: int) -> Texts:
    """The words that count, by kind and language; what is missing says the default. One query."""
    return {
        (row.kind, row.language): Words(row.subject, row.opening, row.closing)
        for row in newest(event_id)
        if not row.is_default
    }
