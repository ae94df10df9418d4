"""Taking an address off every further invitation."""

from sqlalchemy import select

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.mail.models import Suppression
from eventsite.mail.queries_suppression import hash_of


def suppress(email_key: str, *, event_id: int | None = None) -> None:
    """No invitation goes to this address any more, of whatever event; twice is once."""
    with transaction() as session:
        digest = hash_of(email_key)
        if session.scalar(select(Suppression.id).where(Suppression.address_hash == digest)) is None:
            session.add(Suppression(address_hash=digest, created_at=clock.now()))
            audit.record("invitations unsubscribed", subject=f"address {digest[:12]}", event_id=event_id)
