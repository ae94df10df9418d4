"""Reads of the list of people who want to know when registration opens."""

from sqlalchemy import select

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.models_interest import Interest

PURPOSE = "interest"


def get_interest(token: str) -> Interest:
    """The address of a personal link; NotFound for a wrong link and for an address that is off the list."""
    public_id, proof = ids.split_token(token) or ("", "")
    if not ids.is_valid_proof(proof, PURPOSE, public_id, 1):
        raise NotFound
    found = db.session.scalar(select(Interest).where(Interest.public_id == public_id))
    if found is None:
        raise NotFound(_l("This address is not on the list any more. Nothing of it is kept."))
    return found


def listed(event_id: int) -> list[Interest]:
    """The addresses of an event in the order in which they were left."""
    return list(db.session.scalars(select(Interest).where(Interest.event_id == event_id).order_by(Interest.id)))
