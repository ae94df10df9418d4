"""Whom the team lets in: at the door and after the deadline; exceptions have a reason, the same form twice is one."""

from typing import Any

import pytest
from flask import Flask

from eventsite.checkin import queries as presence
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.programme import service as programme
from eventsite.registration import queries
from eventsite.registration.models import Registration
from eventsite.site import letting_in
from eventsite.site.letting_in import Terms, Unclear
from eventsite.site.signup import Details
from tests.allocating import give_no_places, place_of
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting
from tests.registering import causes, fresh, sign_up

pytestmark = both_databases


def door(meeting: Meeting, name: str = "Wanda Walk", email: str | None = None, **terms: Any) -> Registration:
    workshops = terms.pop("workshops", {})
    said = Terms(**{"form_key": name, **terms})
    return letting_in.walk_in(meeting.event.id, Details(name, email), said, workshops, actor="helper")


def last_cause(registration: Registration) -> tuple[str, str, str]:
    change = fresh(registration.id).changes[-1]
    return change.after, change.actor, change.cause


def test_walk_in_is_registered_there_and_seated_in_one(app: Flask) -> None:
    meeting = make_meeting(registration_closes_at=clock.now())
    give_no_places(meeting)
    found = door(meeting, workshops={meeting.round.id: meeting.items["first"].id})
    place = place_of(found)
    assert place is not None
    assert (place.item_id, fresh(found.id).source, presence.present(meeting.event.id)) == (
        meeting.items["first"].id,
        "walk-in",
        1,
    )
    assert last_cause(found) == ("confirmed", "helper", "registered")


def test_same_form_twice_is_one_registration(app: Flask) -> None:
    meeting = make_meeting()
    first = door(meeting, form_key="once").id
    assert (door(meeting, form_key="once").id, len(queries.search(meeting.event.id))) == (first, 1)


def test_full_event_needs_a_reason_that_the_history_keeps(app: Flask) -> None:
    meeting = make_meeting(capacity=1)
    sign_up(meeting.event.id, confirmed=True)
    with pytest.raises(Unclear) as refused:
        door(meeting)
    found = door(meeting, reason="Vertritt die Referentin")
    assert refused.value.field == "reason"
    assert last_cause(found) == ("confirmed", "helper", "Vertritt die Referentin")
    assert queries.recount(meeting.event.id) == (2, 0)


def test_full_workshop_stores_nothing(app: Flask) -> None:
    meeting = make_meeting()
    give_no_places(meeting)
    programme.change_item(meeting.items["first"].id, capacity=0)
    with pytest.raises(Unclear) as refused:
        door(meeting, workshops={meeting.round.id: meeting.items["first"].id})
    assert (refused.value.field, queries.search(meeting.event.id)) == (f"round_{meeting.round.id}", [])


def test_namesake_is_asked_about_before_it_becomes_a_second_person(app: Flask) -> None:
    meeting = make_meeting()
    door(meeting, form_key="one")
    with pytest.raises(Unclear) as refused:
        door(meeting, form_key="two")
    door(meeting, form_key="two", is_namesake=True)
    assert (refused.value.field, presence.present(meeting.event.id)) == ("is_namesake", 2)


def test_known_address_at_the_door_is_brought_in_not_registered_again(app: Flask) -> None:
    meeting = make_meeting(capacity=2)
    pending, confirmed = sign_up(meeting.event.id, 1), sign_up(meeting.event.id, 2, confirmed=True)
    waiting = sign_up(meeting.event.id, 3, confirmed=True)
    for number in (1, 2):
        door(meeting, f"Person {number}", f"person{number}@example.org", form_key=str(number))
    with pytest.raises(Refused):  # no place, and a reason makes none
        door(meeting, "Person 3", "person3@example.org", reason="Steht hier")
    assert [fresh(one.id).status for one in (pending, confirmed, waiting)] == ["confirmed", "confirmed", "waiting"]
    assert presence.present(meeting.event.id) == 2


def test_late_registration_passes_nobody_without_a_reason(app: Flask) -> None:
    meeting = make_meeting(capacity=1)
    sign_up(meeting.event.id, 1, confirmed=True)
    sign_up(meeting.event.id, 2, confirmed=True)

    def let_in(**terms: Any) -> Registration:
        said = Terms("form", note="Rief an", postal_address="Weg 1\n34117 Kassel", **terms)
        return letting_in.let_in(
            meeting.event.id, Details("Late", None), said, source="organiser", actor="o"
        ).registration

    with pytest.raises(Unclear):
        let_in()
    found = fresh(let_in(wants="waiting").id)
    assert (found.status, found.note, found.postal_address) == ("waiting", "Rief an", "Weg 1\n34117 Kassel")
    assert queries.waiting_position(found) == 2


def test_nobody_is_let_into_a_cancelled_event(app: Flask) -> None:
    meeting = make_meeting()
    with transaction():
        events.lock_event(meeting.event.id).cancelled_at = clock.now()
    with pytest.raises(Refused):
        door(meeting)


def test_walk_in_with_an_address_gets_the_link_and_without_none(app: Flask) -> None:
    meeting = make_meeting()
    door(meeting, "Ada", "ada@example.org")
    door(meeting, "Ben")
    assert causes() == ["registered"]
