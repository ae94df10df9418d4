"""Deeds for many: each registration once, in order, without overtaking, to the end also after a crash."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries
from eventsite.registration.models import Registration
from eventsite.registration.models_desk import BulkDeed, BulkRow
from eventsite.site import queries_bulk, service_bulk
from tests.conftest import both_databases
from tests.meeting import make_meeting
from tests.registering import causes, sign_up


@pytest.fixture
def event(app: Flask) -> Event:
    return make_meeting(capacity=3).event


def people(event_id: int, number: int) -> list[int]:
    """Confirmed while there are places, then waiting; no mails."""
    return [sign_up(event_id, n, confirmed=True, notify=False).id for n in range(1, number + 1)]


def do(event_id: int, deed: str, ids: list[int], **options: Any) -> list[tuple[str, str, int]]:
    values = {"key": "k" * 12, "actor": "test", "notify": True, **options}
    bulk_id = service_bulk.start(event_id, deed, ids, **values).id
    service_bulk.run(bulk_id)
    return queries_bulk.outcome(bulk_id)


def statuses(event_id: int) -> list[str]:
    db.session.rollback()
    query = db.select(Registration.status).where(Registration.event_id == event_id).order_by(Registration.id)
    return list(db.session.scalars(query))


@both_databases
def test_many_are_cancelled_once_and_the_waiting_list_moves_up(event: Event) -> None:
    event_id, ids = event.id, people(event.id, 6)
    assert do(event_id, "cancel", ids[:2]) == [("done", "", 2)]
    assert do(event_id, "cancel", ids[:2]) == [("done", "", 2)]  # the same key: the same deed
    assert statuses(event_id) == ["cancelled"] * 2 + ["confirmed"] * 3 + ["waiting"]
    assert causes() == ["status"] * 4  # two are told that it is cancelled, two that they moved up
    assert do(event_id, "cancel", ids[:3], key="another-key0") == [("done", "", 1), ("left", "ended", 2)]
    assert queries.recount(event_id) == (3, 0)


def test_whoever_waits_is_cancelled_before_a_place_could_fall_to_them(event: Event) -> None:
    people(event.id, 5)
    uids = list(db.session.scalars(db.select(Registration.public_id)))
    rows = queries_bulk.chosen(event.id, uids)
    assert [row.status for row in rows] == ["waiting", "waiting", "confirmed", "confirmed", "confirmed"]
    event_id = event.id
    do(event_id, "cancel", [row.id for row in rows])
    assert (statuses(event_id), causes()) == (["cancelled"] * 5, ["status"] * 5)  # nobody was moved up for a moment


def test_quiet_cancellation_writes_to_nobody(event: Event) -> None:
    event_id = event.id
    do(event_id, "cancel", people(event_id, 2), notify=False)
    assert (statuses(event_id), causes()) == (["cancelled"] * 2, [])


def test_moving_up_stops_where_no_place_is_free(event: Event) -> None:
    event_id, ids = event.id, people(event.id, 6)
    events.change_event(event_id, capacity=5, actor="test")
    found = do(event_id, "move_up", ids[3:], reason="Zusage der Leitung")
    assert found[0] == ("done", "", 2)
    assert (found[1][0], found[1][2]) == ("left", 1)
    assert statuses(event_id).count("confirmed") == 5
    with pytest.raises(Refused):
        service_bulk.start(event_id, "move_up", ids, key="x" * 12, actor="test", notify=True)


def test_taking_back_fills_places_then_the_waiting_list(event: Event) -> None:
    event_id, ids = event.id, people(event.id, 4)
    do(event_id, "cancel", ids, notify=False)
    assert do(event_id, "reinstate", ids, key="second-key00", notify=False) == [("done", "", 4)]
    assert sorted(statuses(event_id)) == ["confirmed"] * 3 + ["waiting"]
    assert queries.recount(event_id) == (3, 1)


@both_databases
def test_deed_goes_on_after_a_crash(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    event_id, ids = event.id, people(event.id, 3)
    monkeypatch.setattr(service_bulk, "AT_ONCE", 1)
    bulk_id = service_bulk.start(event_id, "cancel", ids, key="k" * 12, actor="test", notify=True).id
    assert service_bulk._some(bulk_id)  # then the process dies
    assert statuses(event_id).count("cancelled") == 1
    service_bulk.finish()
    assert (statuses(event_id), causes()) == (["cancelled"] * 3, ["status"] * 3)
    db.session.rollback()
    assert db.session.get_one(BulkDeed, bulk_id).finished_at is not None
    service_bulk.finish()
    assert causes() == ["status"] * 3


def test_unknown_deed_and_nobody_are_refused(event: Event) -> None:
    for deed, ids in (("explode", [1]), ("cancel", [])):
        with pytest.raises(Refused):
            service_bulk.start(event.id, deed, ids, key="k" * 12, actor="test", notify=True)
    assert db.session.scalars(db.select(BulkRow)).all() == []
