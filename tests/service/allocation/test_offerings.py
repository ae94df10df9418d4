"""A workshop offered in several rounds is one for the allocation, until wishes have been seen and it stays so."""

import pytest
from flask import Flask

from eventsite.allocation import queries_problem
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.events.models import Event
from eventsite.programme import service, service_offerings
from eventsite.programme.models import ProgrammeItem
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, words


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting(released=False)


def again(meeting: Meeting) -> ProgrammeItem:
    second = service.create_round(meeting.event.id, title=words("Runde 2"), starts_at=at(14), ends_at=at(15))
    return service_offerings.offer_again(meeting.items["first"].id, second.id, actor="test")


@both_databases
def test_nobody_gets_the_same_workshop_in_two_rounds(meeting: Meeting) -> None:
    twin = again(meeting)
    pair = {meeting.items["first"].public_id, twin.public_id}
    assert [set(group) for group in queries_problem.problem_of(meeting.event).rules.same_topic] == [pair]
    service_offerings.part(twin.id)
    assert queries_problem.problem_of(meeting.event).rules.same_topic == ()
    assert [db.session.get_one(ProgrammeItem, i).offering for i in (meeting.items["first"].id, twin.id)] == [None, None]


def test_round_of_the_same_workshop_and_of_another_event_are_refused(meeting: Meeting) -> None:
    again(meeting)
    with pytest.raises(Refused):
        service_offerings.offer_again(meeting.items["first"].id, meeting.round.id)
    with pytest.raises(Refused):
        service_offerings.offer_again(meeting.items["keynote"].id, meeting.round.id)
    with pytest.raises(NotFound):
        service_offerings.offer_again(meeting.items["first"].id, 4711)


def test_what_counts_as_the_same_stays_once_wishes_have_been_seen(meeting: Meeting) -> None:
    twin = again(meeting)
    with transaction() as session:
        session.get_one(Event, meeting.event.id).wishes_seen_at = clock.now()
    with pytest.raises(Refused):
        service_offerings.part(twin.id)
    assert db.session.get_one(ProgrammeItem, twin.id).offering is not None
