"""People with places and people who wait, for the tests of moving up."""

from typing import Any

from eventsite.core import clock, ids
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.people import service as people
from eventsite.registration import queries
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from tests.registering import sign_up


def confirmed(event_id: int, numbers: range, **options: Any) -> list[Registration]:
    """So many people who registered one after the other and confirmed at once."""
    return [registrations.confirm(sign_up(event_id, number, **options).id) for number in numbers]


def standing(event_id: int) -> dict[str, str]:
    """Status by name, in the order of registration; who holds a place though pending has a star."""
    db.session.rollback()
    rows = queries.search(event_id, sort="queue", limit=500)
    return {
        one.name.removeprefix("Person "): one.status + "*" * (one.holds_place and one.status == "pending")
        for one in rows
    }


def statuses(event_id: int) -> list[str]:
    """The statuses alone, in the order of registration."""
    return list(standing(event_id).values())


def make_group(members: list[Registration], mode: str = "together") -> None:
    """Makes these people a group, as if they had registered with one form."""
    with transaction() as session:
        first = session.get_one(Registration, members[0].id)
        events.lock_event(first.event_id)
        group = RegistrationGroup(
            public_id=ids.new_public_id(),
            event_id=first.event_id,
            contact_name=first.name,
            contact_email=first.email or "",
            language="de",
            mode=mode,
            size=len(members),
            link_id=people.create_link("group", person_id=first.person_id).id,
            created_at=clock.now(),
        )
        session.add(group)
        session.flush()
        for one in members:
            session.get_one(Registration, one.id).group_id = group.id
