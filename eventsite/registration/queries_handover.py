"""Places offered to colleagues."""

from datetime import datetime

from sqlalchemy import select

from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.people.models import PersonalLink
from eventsite.registration.models import Handover

# Of an address that is registered already the giver must not learn: for them that offer is as open as any other.
_SEEN_AS_OPEN = ("open", "known")


def find_open(registration_id: int, now: datetime) -> Handover | None:
    """The offer of a registration that is waiting for its answer, as the giver sees it."""
    query = select(Handover).where(Handover.registration_id == registration_id, Handover.until > now)
    query = query.where(Handover.state.in_(_SEEN_AS_OPEN)).order_by(Handover.id.desc()).limit(1)
    return db.session.scalar(query.execution_options(populate_existing=True))


def offers_of(registration_id: int) -> list[Handover]:
    """Every offer of a registration, in order."""
    return list(
        db.session.scalars(select(Handover).where(Handover.registration_id == registration_id).order_by(Handover.id))
    )


def of_link(link_id: int) -> Handover:
    """The offer behind a link; raises NotFound."""
    query = select(Handover).where(Handover.link_id == link_id).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def link_of(handover: Handover) -> PersonalLink:
    """The link of an offer."""
    return db.session.get_one(PersonalLink, handover.link_id)
