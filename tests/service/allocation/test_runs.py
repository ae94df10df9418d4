"""A run is asked for, found again, stopped, and computed from what is confirmed."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.allocation import service
from eventsite.core import clock, jobs
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.events.models import Event
from eventsite.programme import service as programme
from tests.allocating import ask, compute, make_wished_meeting, publish, row
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting
from tests.registering import sign_up


@both_databases
def test_run_computes_once(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    run_id = compute(meeting)
    done = row(run_id)
    assert (done.state, done.number, done.progress, done.figures["plan"]["by_wish"]) == ("done", 1, 100, [4, 2, 0])
    finished = done.finished_at
    with clock.freeze(NOW + timedelta(hours=1)):
        service.run(run_id)
    assert row(run_id).finished_at == finished


@both_databases
def test_sweep_finds_lost_and_stuck_runs(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    lost, stuck, busy = ask(meeting), ask(meeting), ask(meeting)
    with transaction():
        for run_id, minutes in ((stuck, 11), (busy, 9)):
            one = row_now(run_id)
            one.state, one.started_at = "running", clock.now() - timedelta(minutes=minutes)
    jobs.run_sweeps()
    assert [row(run_id).state for run_id in (lost, stuck, busy)] == ["done", "done", "running"]


def row_now(run_id: int) -> service.AllocationRun:
    return db.session.get_one(service.AllocationRun, run_id)


def test_stopped_run_is_not_computed(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    run_id = ask(meeting)
    service.stop_run(run_id, actor="test")
    service.run(run_id)
    assert row(run_id).state == "stopped"


def test_run_holds_confirmed_people_only(app: Flask) -> None:
    meeting, people = make_wished_meeting(3)
    sign_up(meeting.event.id, 50)
    sign_up(meeting.event.id, 51, confirmed=True)
    run_id = compute(meeting)
    assert row(run_id).figures["people"] == len(people) + 1


def test_run_without_people_is_refused(app: Flask) -> None:
    meeting = make_meeting()
    with pytest.raises(Refused):
        ask(meeting)


def test_another_rule_than_the_published_one_is_a_what_if_only(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    with pytest.raises(Refused):
        ask(meeting, objective="first")
    tried = compute(meeting, "what-if", objective="serial", tie="order")
    assert row(tried).figures["plan"]["by_wish"] == [4, 2, 0]


def test_what_if_shows_more_places(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    tried = compute(meeting, "what-if", changes={"capacity": {meeting.items["first"].public_id: 6}})
    assert row(tried).figures["plan"]["by_wish"] == [6, 0, 0]
    assert db.session.get_one(Event, meeting.event.id).allocation_published_at is None


def test_new_run_after_publication_is_refused(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    publish(meeting)
    with pytest.raises(Refused):
        ask(meeting)


def test_impossible_minimum_is_said_before_computing(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    programme.change_item(meeting.items["first"].id, minimum=5)
    with pytest.raises(Refused, match="Netze knüpfen"):
        ask(meeting)
