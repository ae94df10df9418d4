"""Presence: noted once, taken back, only for people with a place."""

import pytest
from flask import Flask

from eventsite.checkin import queries, service
from eventsite.core.errors import Refused
from eventsite.registration.service import Details
from eventsite.site import signup
from tests.conftest import both_databases
from tests.meeting import make_meeting, make_site


def _registered(event_id: int, email: str, *, confirmed: bool = True) -> int:
    received = signup.sign_up(event_id, Details("Clara", email), source="organiser", confirmed=confirmed)
    return received.registration.id


@both_databases
def test_presence_noted_twice_is_one(app: Flask) -> None:
    make_site()
    event = make_meeting().event
    clara = _registered(event.id, "clara@example.org")
    first = service.check_in(clara, actor="test").id
    assert (service.check_in(clara, actor="test").id, queries.present(event.id)) == (first, 1)


def test_presence_taken_back_is_gone(app: Flask) -> None:
    make_site()
    event = make_meeting().event
    clara = _registered(event.id, "clara@example.org")
    service.check_in(clara, actor="test")
    service.undo(clara, actor="test")
    assert queries.present(event.id) == 0


def test_presence_without_a_confirmed_place_is_refused(app: Flask) -> None:
    make_site()
    event = make_meeting().event
    pending = _registered(event.id, "pia@example.org", confirmed=False)
    with pytest.raises(Refused):
        service.check_in(pending, actor="test")
