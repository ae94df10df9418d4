"""The verb of wishes: what somebody wishes in each round, stored as a whole."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from eventsite.allocation import ballots, queries_wishes, service_seats
from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import Participation, Wish
from eventsite.core import audit
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.registration.models import Registration


def set_wishes(registration_id: int, choices: Mapping[int, Choice], *, actor: str = "participant") -> None:
    """Replaces the wishes in the rounds named; other rounds stay as they are; refuses what cannot be wished."""
    with transaction() as session:
        registration = session.get_one(Registration, registration_id)
        event = events.lock_event(registration.event_id)
        offered = {one.id: [item.id for item in one.items] for one in queries_wishes.rounds(event.id)}
        for round_id, one in choices.items():
            if round_id not in offered:
                raise Refused(_l("A round is not offered any more. Please look at your wishes again."))
            faults = ballots.faults(one, offered[round_id], max_choices=event.max_choices)
            if faults:
                raise Refused(" ".join(faults))
        before = queries_wishes.wishes(registration_id)
        changed = {r: one for r, one in choices.items() if one != before.get(r, Choice())}
        if not changed:
            return
        left_out = {round_id for round_id, one in changed.items() if not one.attends}
        if left_out != {round_id for round_id in changed if not before.get(round_id, Choice()).attends}:
            said = service_seats.participation(registration_id)
            said.absent = sorted((set(said.absent) - set(changed)) | left_out)
        session.execute(delete(Wish).where(Wish.registration_id == registration_id, Wish.round_id.in_(list(changed))))
        for round_id, one in changed.items():
            for rank, item_id in [*enumerate(one.ranked, start=1), *((None, item) for item in sorted(one.never))]:
                session.add(Wish(registration_id=registration_id, round_id=round_id, item_id=item_id, rank=rank))
        session.flush()
        audit.record("wishes changed", subject=f"registration {registration.public_id}", actor=actor, event_id=event.id)


def forget_wishes(registration_id: int) -> None:
    """Takes all wishes away, when somebody registers anew; and the group, since its code may be known no more."""
    with transaction() as session:
        session.execute(delete(Wish).where(Wish.registration_id == registration_id))
        said = session.get(Participation, registration_id)
        if said is not None:
            said.absent, said.together_code = [], None


def has_wishes(event_id: int) -> bool:
    """Whether anybody has wished for a workshop of this event yet."""
    query = select(Wish.id).join(Registration, Registration.id == Wish.registration_id)
    return db.session.scalar(query.where(Registration.event_id == event_id).limit(1)) is not None
