"""Builds the people of a demonstration event: registrations as they would have come in, wishes, pins, presence."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from eventsite.allocation import service_pins, service_together
from eventsite.allocation.ballots import Choice
from eventsite.checkin import service as checkins
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.demo.build_event import Built
from eventsite.demo.people_names import Participant
from eventsite.events import service as events
from eventsite.registration import queries_interest, service_contingents, service_interest
from eventsite.site import signup

BATCH = 40  # registrations in one transaction: quicker, and nobody waits for the demonstration
PENDING_HOURS = 20  # who registered so recently has not confirmed yet


def register(people: Sequence[Participant], built: Built, opens: datetime, until: datetime) -> dict[int, int]:
    """Everybody registers between two instants, most of them early; registration ids by number of the participant."""
    made: dict[int, int] = {}
    for batch in _batches(list(zip(people, _instants(len(people), opens, until), strict=True))):
        with transaction():
            for person, instant in batch:
                with clock.freeze(instant):
                    made[person.number] = _register(person, built)
    return made


def _batches(
    rows: list[tuple[Participant, datetime]],
) -> Iterator[list[tuple[Participant, datetime]]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _instants(count: int, opens: datetime, until: datetime) -> list[datetime]:
    """Half of them in the first quarter of the time, as it is in life."""
    span = until - opens
    return [opens + span * ((number + 1) / (count + 1)) ** 1.7 for number in range(count)]


def _register(person: Participant, built: Built) -> int:
    choices = {
        built.rounds[key]: Choice(
            tuple(built.items[item] for item in wishes.ranked), frozenset(built.items[item] for item in wishes.never)
        )
        for key, wishes in person.wishes.items()
    }
    details = signup.Details(person.name, person.email, person.organisation, person.language)
    consents = person.consents
    if "public_list" in built.consents and person.number % 3 == 0:
        consents = (*consents, "public_list")
    received = signup.sign_up(
        built.event_id, details, answers=person.answers, consents=consents, choices=choices, source="demo"
    )
    return received.registration.id


def confirm(ids: dict[int, int], registered_until: datetime, *, all_of_them: bool = False) -> None:
    """Confirms whoever registered long enough ago; the latest few stay unconfirmed, as they would."""
    from eventsite.registration.models import Registration

    numbers = sorted(ids)
    for start in range(0, len(numbers), BATCH):
        with transaction() as session:
            for number in numbers[start : start + BATCH]:
                row = session.get_one(Registration, ids[number])
                if all_of_them or row.created_at < registered_until - timedelta(hours=PENDING_HOURS):
                    with clock.freeze(row.created_at + timedelta(minutes=7 + number % 50)):
                        signup.confirm(row.id)


def keep_places(built: Built) -> None:
    """Ten places for the town that hosts the meeting, until three weeks before; a few more are given away than there are."""
    signup.change_places(built.event_id, actor="demonstration", overbooking=4)
    until = built.at("10:00", -21)
    service_contingents.store(
        built.event_id, None, name="Stadt Kassel", places=10, code="KASSEL-10", until=until, actor="demonstration"
    )


def pin(people: Sequence[Participant], ids: dict[int, int], built: Built) -> None:
    """Places that the organisers promised beforehand."""
    for person in people:
        for _round, item in person.pins.items():
            service_pins.pin(
                ids[person.number], built.items[item], reason="Zusage der Tagungsleitung", actor="demonstration"
            )


def share_a_code(people: Sequence[Participant], ids: dict[int, int]) -> None:
    """Two who come together, of different places of work, and free in their choice."""
    free = [one for one in people if not one.pins and not any(wishes.never for wishes in one.wishes.values())]
    other = next((one for one in free[1:] if one.organisation != free[0].organisation), None)
    if other is not None:
        service_together.join(ids[other.number], service_together.start(ids[free[0].number]))


def be_there(people: Sequence[Participant], ids: dict[int, int], doors: datetime) -> None:
    """Presence at the door; some stay away."""
    with transaction():
        for person in people:
            if person.arrival is not None:
                at = doors + timedelta(minutes=person.arrival)
                checkins.check_in(ids[person.number], actor="demonstration", at=at)


ARRANGED = {
    "hearing-loop": "Die Anlage im Saal ist bestellt, Probe am Vortag.",
    "quiet-room": "Besprechungsraum neben dem Foyer, Schlüssel am Empfang.",
    "speech-to-text": "Zwei Schriftdolmetschende gebucht, Angebot liegt vor.",
}


def interested(built: Built) -> None:
    """Some want to know when registration opens; one has not confirmed yet."""
    with transaction():
        events.change_event(built.event_id, interest_list=True)
        for number in range(1, 6):
            service_interest.leave_address(built.event_id, f"vormerken{number}@example.net", "de")
        for row in queries_interest.listed(built.event_id)[1:]:
            service_interest.confirm(row.id)


def arrange(built: Built) -> None:
    """Some access needs are arranged already, the others are still open."""
    from eventsite.events.queries import get_event
    from eventsite.registration import queries_access, service_access

    event = get_event(built.slug)
    for task in queries_access.tasks(event):
        if task.counts and task.need in ARRANGED:
            note = ARRANGED[task.need]
            service_access.settle(
                event, task.registration, task.need, state="arranged", note=note, actor="demonstration"
            )
            event = get_event(built.slug)


def sign_off_some(ids: dict[int, int], until: datetime) -> None:
    """A few people sign off again, as in life."""
    for number in sorted(ids)[19::29]:
        with clock.freeze(until - timedelta(days=number % 9, hours=number % 7)):
            signup.sign_off(ids[number])
