"""Who wants no invitations: asked by address, kept as a hash only."""

from sqlalchemy import select

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.mail.models import Suppression

_AT_ONCE = 500  # values in one query; SQLite takes some thousands


def hash_of(email_key: str) -> str:
    """What is kept of an address: enough to know it again, too little to write to it."""
    return ids.fingerprint("suppression", ids.link_token("suppression", "address", 1), email_key)


def suppressed(email_keys: list[str]) -> frozenset[str]:
    """Which of these addresses want no invitations; one query for every 500."""
    hashes = {hash_of(key): key for key in email_keys}
    wanted, found = list(hashes), set()
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(Suppression.address_hash).where(Suppression.address_hash.in_(wanted[start : start + _AT_ONCE]))
        found |= {hashes[one] for one in db.session.scalars(query)}
    return frozenset(found)
