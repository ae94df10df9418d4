"""Many people at once, on both databases: no place twice, nobody lost, every mail once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries
from eventsite.registration import service as registrations
from eventsite.site import signup
from tests import counting
from tests.conftest import both_databases
from tests.meeting import make_meeting
from tests.registering import sign_up

THREADS = 32


def at_once(app: Flask, deed: Callable[[Any], Any], arguments: Iterable[Any]) -> list[Any]:
    """Does one thing for many arguments from 32 threads, each with a session of its own; an error fails the test."""

    def work(argument: Any) -> Any:
        with app.app_context():
            try:
                return deed(argument)
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, arguments))


def mails_by_cause() -> dict[str, int]:
    """How many mails there are per kind of cause."""
    db.session.rollback()
    found: dict[str, int] = {}
    for cause in db.session.scalars(db.select(OutboxMessage.cause)):
        found[cause.split(":")[0]] = found.get(cause.split(":")[0], 0) + 1
    return found


@pytest.mark.slow
@both_databases
def test_500_registrations_for_20_places(app: Flask) -> None:
    event_id = make_meeting(capacity=20).event.id
    ids = at_once(app, lambda number: sign_up(event_id, number).id, range(500))
    assert len(set(ids)) == 500
    assert queries.recount(event_id) == (20, 480)
    assert counting.kept(event_id) == counting.true(event_id)
    assert mails_by_cause() == {"registered": 500}
    everybody = queries.search(event_id, sort="queue", limit=1000)
    assert [one.queue_number for one in everybody] == list(range(1, 501))
    assert [one.holds_place for one in everybody] == [True] * 20 + [False] * 480
    at_once(app, lambda one: registrations.confirm(one).id, ids)
    counts = queries.counts_by_status(event_id)
    assert (counts["confirmed"], counts["waiting"], counts["pending"]) == (20, 480, 0)
    assert mails_by_cause() == {"registered": 500, "status": 500}


@both_databases
def test_same_address_from_many_windows_is_one_registration(app: Flask) -> None:
    event_id = make_meeting(capacity=20).event.id
    received = at_once(
        app, lambda _n: signup.sign_up(event_id, signup.Details("Ann", "ann@example.org")).is_new, range(64)
    )
    assert sorted(received) == [False] * 63 + [True]
    assert queries.recount(event_id) == (1, 0)
    assert mails_by_cause() == {"registered": 1, "link": 1}


@both_databases
def test_cancel_crossing_confirm(app: Flask) -> None:
    event_id = make_meeting(capacity=5).event.id
    ids = [sign_up(event_id, number).id for number in range(30)]

    def deed(step: tuple[str, int]) -> None:
        kind, one = step
        if kind == "confirm":
            registrations.confirm(one)
        else:
            signup.sign_off(one)

    at_once(app, deed, [(kind, one) for one in ids for kind in ("confirm", "cancel") if kind == "confirm" or one % 2])
    assert counting.kept(event_id) == counting.true(event_id)
    assert queries.recount(event_id) == (5, 10)
    for one in queries.search(event_id, limit=100):
        expected = {"cancelled", "declined"} if one.id % 2 else {"confirmed", "waiting"}
        assert one.status in expected
    line = queries.search(event_id, statuses=["confirmed", "waiting"], sort="queue", limit=100)
    assert [one.status for one in line] == ["confirmed"] * 5 + ["waiting"] * 10


@both_databases
def test_places_released_at_once_are_each_given_once(app: Flask) -> None:
    event_id = make_meeting(capacity=10).event.id
    ids = [registrations.confirm(sign_up(event_id, number).id).id for number in range(30)]
    at_once(app, signup.sign_off, ids[:10])
    counts = queries.counts_by_status(event_id)
    assert (counts["cancelled"], counts["confirmed"], counts["waiting"]) == (10, 10, 10)
    line = queries.search(event_id, statuses=["confirmed"], sort="queue", limit=100)
    assert [one.queue_number for one in line] == list(range(11, 21))


@both_databases
def test_same_new_person_at_two_events_at_once(app: Flask) -> None:
    one = make_meeting().event
    host_ids = [host.id for host in events.queries.get_event(one.slug).hosts]
    dates = {name: getattr(one, name) for name in ("starts_at", "ends_at", "registration_opens_at", "title")}
    two = events.create_event(slug="zweite", host_ids=host_ids, **dates)
    events.publish_event(two.id)
    first, second = one.id, two.id

    def deed(step: tuple[int, int]) -> int:
        event_id, number = step
        return sign_up(event_id, number).person_id

    steps = [(event_id, number) for number in range(20) for event_id in (first, second)]
    persons = at_once(app, deed, steps)
    assert len(set(persons)) == 20
    assert queries.recount(first) == queries.recount(second) == (20, 0)
