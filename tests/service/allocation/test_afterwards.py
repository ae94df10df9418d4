"""Life after publication: late registrations, better places, moves by hand, places given on; told people are safe."""

import pytest
from flask import Flask

from eventsite.allocation import queries, service, service_board, service_pins, service_places, service_wishes
from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import WaitingPlace
from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.allocating import compute, join, letters, make_wished_meeting, place_of, places, publish, row
from tests.conftest import both_databases
from tests.meeting import Meeting
from tests.registering import causes, fresh

pytestmark = both_databases


def in_first(meeting: Meeting, people: list[Registration], *, is_in: bool) -> Registration:
    """Somebody who sits in the first workshop, or somebody who does not."""
    first = meeting.items["first"].id
    return next(p for p in people if (place := place_of(p)) and (place.item_id == first) == is_in)


def wait_for(registration: Registration, item_id: int) -> None:
    with transaction() as session:
        session.add(WaitingPlace(registration_id=registration.id, item_id=item_id, created_at=clock.now()))


def test_keeping_seats_late_people_and_tells_only_them(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    publish(meeting)
    before = places(meeting)
    late = join(meeting, 40)
    run_id = compute(meeting, "lock")
    assert service.apply_run(run_id, actor="test") == 1
    assert [mail.to_address for mail in letters(run_id)] == [late.email]
    place = place_of(late)
    assert place is not None
    assert (before, places(meeting)) == ({"first": 4, "second": 2}, {"first": 4, "second": 3})
    assert (place.item_id, place.rank, place.reason["kind"]) == (meeting.items["second"].id, 2, "kept")
    found = queries.own_workshops(fresh(late.id))
    assert [(one.id, item and item.id, rank) for one, item, rank, _why in found] == [
        (meeting.round.id, meeting.items["second"].id, 2)
    ]
    assert "Netze knüpfen" in found[0][3]


def test_improving_moves_told_people_only_for_the_better(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    programme.change_item(meeting.items["second"].id, capacity=2)
    publish(meeting)
    programme.change_item(meeting.items["first"].id, capacity=5)
    late = join(meeting, 40, wishes=())
    never_first = Choice((meeting.items["second"].id,), frozenset({meeting.items["first"].id}))
    service_wishes.set_wishes(late.id, {meeting.round.id: never_first}, actor="test")
    run_id = compute(meeting, "improve")
    assert (service.apply_run(run_id, actor="test"), places(meeting)) == (2, {"first": 5, "second": 2})
    told = {mail.to_address: mail.subject for mail in letters(run_id)}
    moved = next(p for p in people if p.email in told)
    place = place_of(moved)
    assert place is not None
    assert (place.rank, place.sequence, told[str(moved.email)] == told[str(late.email)]) == (1, 1, False)


def test_run_is_refused_after_a_move_by_hand(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    run_id = compute(meeting, "rerun")
    mover = in_first(meeting, people, is_in=True)
    service_board.move(mover.id, meeting.round.id, meeting.items["second"].id, actor="test")
    with pytest.raises(Refused):
        service.apply_run(run_id, actor="test")
    assert row(run_id).applied_at is None


def test_move_respects_places_unless_overridden(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    outside, first = in_first(meeting, people, is_in=False), meeting.items["first"].id
    with pytest.raises(Refused):
        service_board.move(outside.id, meeting.round.id, first, actor="test")
    assert service_board.move(outside.id, meeting.round.id, first, actor="test", override="Moderation")
    assert places(meeting) == {"first": 5, "second": 1}
    place = place_of(outside)
    assert place is not None
    assert (place.rank, place.sequence, place.reason) == (1, 1, {"kind": "moved"})
    assert not service_board.move(outside.id, meeting.round.id, first, actor="test")


def test_move_is_told_only_when_wished_and_taken_back_by_moving_back(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    mover, items = in_first(meeting, people, is_in=True), meeting.items
    service_board.move(mover.id, meeting.round.id, items["second"].id, actor="test", tell=True)
    service_board.move(mover.id, meeting.round.id, items["first"].id, actor="test")
    assert (places(meeting), causes().count("moved")) == ({"first": 4, "second": 2}, 1)


def test_move_gives_the_place_left_to_whoever_waits(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    mover, waiting = in_first(meeting, people, is_in=True), in_first(meeting, people, is_in=False)
    wait_for(waiting, meeting.items["first"].id)
    service_board.move(mover.id, meeting.round.id, meeting.items["second"].id, actor="test")
    place = place_of(waiting)
    assert place is not None
    assert (place.item_id, causes().count("workshop")) == (meeting.items["first"].id, 1)


def test_signing_off_gives_the_place_to_whoever_waits(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    leaving, waiting = in_first(meeting, people, is_in=True), in_first(meeting, people, is_in=False)
    wait_for(waiting, meeting.items["first"].id)
    signup.sign_off(leaving.id)
    assert (places(meeting), place_of(leaving)) == ({"first": 4, "second": 1}, None)


def test_more_places_move_up_whoever_waits(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    waiting = in_first(meeting, people, is_in=False)
    wait_for(waiting, meeting.items["first"].id)
    service_places.fill_free_workshop_places()
    before = places(meeting)
    programme.change_item(meeting.items["first"].id, capacity=5)
    service_places.fill_free_workshop_places()
    service_places.fill_free_workshop_places()
    assert (before, places(meeting), causes().count("workshop")) == (
        {"first": 4, "second": 2},
        {"first": 5, "second": 1},
        1,
    )


def test_workshop_held_after_all_moves_up_whoever_waits(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    publish(meeting)
    waiting, first = in_first(meeting, people, is_in=False), meeting.items["first"].id
    wait_for(waiting, first)
    programme.cancel_item(first)
    programme.change_item(first, capacity=5)
    service_places.fill_free_workshop_places()
    before = places(meeting)
    programme.restore_item(first)
    service_places.fill_free_workshop_places()
    assert (before, places(meeting)) == ({"first": 4, "second": 2}, {"first": 5, "second": 1})


def test_move_before_publication_is_refused(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    with pytest.raises(Refused):
        service_board.move(people[0].id, meeting.round.id, meeting.items["first"].id, actor="test")


def test_fixed_place_is_kept_by_the_run(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    fixed = join(meeting, 60, wishes=("first",))
    service_pins.pin(fixed.id, meeting.items["second"].id, reason="Moderation", actor="test")
    publish(meeting)
    place = place_of(fixed)
    assert place is not None
    assert (place.item_id, place.rank, place.reason["kind"]) == (meeting.items["second"].id, None, "pinned")
    assert len(people) == 6
