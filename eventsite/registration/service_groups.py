"""Several people registered with one form: places for all or for each, a link of their own for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eventsite.core import audit, clock, ids
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.mail import outbox
from eventsite.people import service as people
from eventsite.registration import messages_groups, queries, rules, service_answers, service_places
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.registration.rules import Seat, Status
from eventsite.registration.service import Details
from eventsite.registration.service_ways import Entry, KeyRefused

MOST_PEOPLE = 11  # the contact and ten more
MODES = ("together", "split")


@dataclass(frozen=True)
class Team:
    """What the form for several people says; `people` hold everybody who is to come."""

    contact_name: str
    contact_email: str
    organisation: str
    language: str
    mode: str
    is_seated_together: bool
    people: Sequence[Details]


class MemberRefused(KeyRefused):
    """One of the people may not come in this way; `number` counts from 0."""

    def __init__(self, refusal: KeyRefused, number: int) -> None:
        super().__init__(refusal.message, refusal.field)
        self.number = number


def register_group(event_id: int, team: Team, entry: Entry) -> RegistrationGroup:
    """Takes places or waiting positions for everybody at once; each confirms by a link of one's own.

    Together: places for all, or waiting positions for all. Nobody else's answers or consents are taken. Known addresses
    are left as they are, and the group does not tell which these were. All of it is stored, or nothing.
    """
    if team.mode not in MODES or not 1 < len(team.people) <= MOST_PEOPLE:
        raise Refused(_l("A group has 2 to 11 people."))
    with transaction() as session:
        event = events.lock_event(event_id)
        row = RegistrationGroup(
            public_id=ids.new_public_id(),
            event_id=event.id,
            contact_name=team.contact_name,
            contact_email=team.contact_email,
            organisation=team.organisation,
            language=team.language,
            mode=team.mode,
            is_seated_together=team.is_seated_together,
            size=len(team.people),
            link_id=people.create_link("group").id,
            created_at=clock.now(),
        )
        session.add(row)
        session.flush()
        entry = replace(entry, group_id=row.id, seat=_seat_of_all(event_id, team))
        for number, details in enumerate(team.people):
            try:
                _register_one(event_id, details, entry, row)
            except KeyRefused as refusal:
                raise MemberRefused(refusal, number) from None
        registrations.promote(event_id, "place free")  # may be too little for a group in front, and enough for this one
        details_of_audit = {"size": row.size, "mode": row.mode}
        audit.record("group registered", subject=f"group {row.public_id}", event_id=event_id, details=details_of_audit)
        _tell_contact(row)
        return row


def _seat_of_all(event_id: int, team: Team) -> Seat | None:
    """For a group that stays together: a place for each while there are enough for all new ones, else all wait."""
    if team.mode != "together":
        return None
    with transaction():
        event = events.lock_event(event_id)
        known = [queries.find_by_email(event_id, one.email or "") for one in team.people]
        needed = sum(one is None or one.status in rules.MAY_REGISTER_AGAIN for one in known)
        return service_places.places_for(event, rules.usual_mode(event.attendance)).seat_for(needed)


def _register_one(event_id: int, details: Details, entry: Entry, group: RegistrationGroup) -> None:
    received = registrations.register(event_id, details, source="group", notify=False, entry=entry)
    registration = received.registration
    if not received.is_new:
        registrations.send_link(registration)
        return
    cause = f"registered:{registration.public_id}:{registration.queue_number}"
    kind = "confirm" if registration.email == group.contact_email else "group_member"
    service_places.write(kind, registration, cause, registered_by=group.contact_name)


def _tell_contact(group: RegistrationGroup) -> None:
    event = messages_groups.event_of(group)
    outbox.put(
        messages_groups.contact(event, group),
        to_address=group.contact_email,
        to_name=group.contact_name,
        cause=f"group:{group.public_id}",
        language=group.language,
        event_id=group.event_id,
        reply_to=event.contact_email,
    )


def show_state(registration_id: int, *, is_shown: bool, actor: str = "participant") -> None:
    """Lets the group's contact see whether this registration is confirmed, or no longer."""
    with transaction():
        _event, registration = service_places.lock(registration_id)
        if registration.group_id is not None and registration.shows_state != is_shown:
            registration.shows_state = is_shown
            service_answers.note(registration, "state shown to the group" if is_shown else "state hidden", actor)


def is_confirmed(registration: Registration) -> bool:
    """What the contact sees of somebody who agreed."""
    return registration.status == Status.CONFIRMED
