"""Signing up and off with workshops: what one leaves, the next in line gets, in the same transaction."""

import pytest
from flask import Flask

from eventsite.allocation import queries_wishes, service_wishes
from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import Allocation, WaitingPlace
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.programme import service as programme
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting
from tests.registering import causes, sign_up


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting()


def confirmed(meeting: Meeting, number: int) -> Registration:
    return registrations.confirm(sign_up(meeting.event.id, number).id)


def seat(meeting: Meeting, registration: Registration, item: str) -> None:
    with transaction() as session:
        session.add(
            Allocation(
                registration_id=registration.id,
                round_id=meeting.round.id,
                item_id=meeting.items[item].id,
                rank=1,
                reason={},
                updated_at=clock.now(),
            )
        )


def wait(meeting: Meeting, registration: Registration, item: str) -> None:
    with transaction() as session:
        item_id = meeting.items[item].id
        session.add(WaitingPlace(registration_id=registration.id, item_id=item_id, created_at=clock.now()))


def workshops(meeting: Meeting) -> dict[int, str]:
    db.session.rollback()
    names = {item.id: name for name, item in meeting.items.items()}
    rows = db.session.scalars(db.select(Allocation).order_by(Allocation.registration_id))
    return {row.registration_id: names[row.item_id] for row in rows if row.item_id}


@both_databases
def test_left_place_goes_down_the_line(meeting: Meeting) -> None:
    events.change_event(meeting.event.id, allocation_published_at=clock.now())
    for item in ("first", "second"):
        programme.change_item(meeting.items[item].id, capacity=1, actor="test")
    one, two, three = (confirmed(meeting, number) for number in range(3))
    seat(meeting, one, "first")
    seat(meeting, two, "second")
    wait(meeting, two, "first")
    wait(meeting, three, "second")
    signup.sign_off(one.id)
    assert workshops(meeting) == {two.id: "first", three.id: "second"}
    assert db.session.scalars(db.select(WaitingPlace)).all() == []
    sequences = db.session.scalars(db.select(Allocation.sequence).order_by(Allocation.registration_id)).all()
    assert sequences == [1, 0]
    assert causes()[-2:] == ["workshop", "workshop"]


def test_full_workshop_moves_nobody_up(meeting: Meeting) -> None:
    programme.change_item(meeting.items["first"].id, capacity=1, actor="test")
    one, two, three = (confirmed(meeting, number) for number in range(3))
    seat(meeting, one, "first")
    seat(meeting, two, "first")  # an organiser's exception beyond capacity
    wait(meeting, three, "first")
    signup.sign_off(two.id)
    assert workshops(meeting) == {one.id: "first"}


def test_refused_person_leaves_the_workshop_too(meeting: Meeting) -> None:
    one = confirmed(meeting, 1)
    seat(meeting, one, "first")
    signup.turn_away(one.id, actor="account")
    assert workshops(meeting) == {}


def test_wishes_are_replaced_per_round_and_checked(meeting: Meeting) -> None:
    one = confirmed(meeting, 1)
    first, second, keynote = (meeting.items[name].id for name in ("first", "second", "keynote"))
    signup.change_wishes(one.id, {meeting.round.id: Choice((first, second))})
    signup.change_wishes(one.id, {meeting.round.id: Choice((second,), frozenset({first}))})
    assert queries_wishes.wishes(one.id) == {meeting.round.id: Choice((second,), frozenset({first}))}
    for bad in (Choice((keynote,)), Choice((first, first)), Choice((first,), frozenset({first}))):
        with pytest.raises(Refused):
            signup.change_wishes(one.id, {meeting.round.id: bad})
    signup.change_wishes(one.id, {})
    assert queries_wishes.wishes(one.id) == {meeting.round.id: Choice((second,), frozenset({first}))}
    assert service_wishes.has_wishes(meeting.event.id)


def test_registering_anew_starts_without_the_old_wishes(meeting: Meeting) -> None:
    one = sign_up(meeting.event.id, choices={meeting.round.id: Choice((meeting.items["first"].id,))})
    signup.sign_off(one.id)
    sign_up(meeting.event.id)
    assert queries_wishes.wishes(one.id) == {}


def test_offered_rounds_are_those_of_the_release(meeting: Meeting) -> None:
    programme.change_item(meeting.items["first"].id, title={"de": "Geheim"}, actor="test")
    (one,) = queries_wishes.offered(meeting.event.id)
    assert [item["title"]["de"] for item in one["items"]] == ["Netze knüpfen", "Räume öffnen"]


@both_databases
def test_taken_back_cancellation_brings_the_workshops_that_are_still_free(meeting: Meeting) -> None:
    event_id = meeting.event.id
    events.change_event(event_id, allocation_published_at=clock.now())
    programme.change_item(meeting.items["first"].id, capacity=1, actor="test")
    one, two = confirmed(meeting, 1), confirmed(meeting, 2)
    seat(meeting, one, "first")
    signup.sign_off(one.id)
    assert (workshops(meeting), signup.take_back(one.id).status, workshops(meeting)) == (
        {},
        "confirmed",
        {one.id: "first"},
    )
    signup.sign_off(one.id)
    seat(meeting, two, "first")
    signup.take_back(one.id)
    assert workshops(meeting) == {two.id: "first"}
