"""Taking over the place of a colleague: the one ends and the other begins in one transaction, nobody gets in between."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from eventsite.allocation import service_places as workshops
from eventsite.allocation.models import Allocation
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.people import service as people
from eventsite.registration import queries_handover, rules
from eventsite.registration import service as registrations
from eventsite.registration import service_places as places
from eventsite.registration.models import Handover, Registration
from eventsite.registration.rules import Seat, Status
from eventsite.registration.service import Details, Wanted
from eventsite.registration.service_ways import Entry


def is_open(handover: Handover, giver: Registration, event: Event) -> bool:
    """Whether a place can still be taken: not taken or taken back, in time, and the giver still has it."""
    may = rules.may_hand_over(giver.status, event, clock.now())
    return handover.state == "open" and clock.now() < handover.until and may


def take(
    handover_id: int, details: Details, *, answers: Mapping[str, Any], consents: Mapping[str, str]
) -> Registration:
    """Gives the colleague place and workshops of the giver, who is signed off; refuses an offer that is over."""
    with transaction() as session:
        offered = session.get_one(Handover, handover_id)
        event, giver = places.lock(offered.registration_id)
        session.refresh(offered)
        if not is_open(offered, giver, event):
            raise Refused(_l("This place can no longer be taken over."))
        change = places.settle(
            giver, Status.CANCELLED, Seat.NONE, before=Status.CONFIRMED, actor="participant", cause="handed over"
        )
        received = registrations.register(
            event.id,
            details,
            answers=answers,
            consents=consents,
            source="handover",
            confirmed=True,
            entry=Entry(seat=Seat.PLACE),
            wanted=Wanted(giver.mode, giver.contingent_id),
        )
        taker = received.registration
        if not received.is_new:
            raise Refused(_l("You are registered for this event already."))
        session.execute(
            update(Allocation).where(Allocation.registration_id == giver.id).values(registration_id=taker.id)
        )
        workshops.release(giver.id)
        offered.state = "taken"
        people.revoke_link(queries_handover.link_of(offered))
        places.write("handed_over", giver, f"status:{giver.public_id}:{change.id}", colleague=details.name)
        return taker
