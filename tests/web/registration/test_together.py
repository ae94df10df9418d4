"""Groups with a code and rounds that are left out: on the form and on the personal page, and in what a run is given."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.allocation import faults, queries_problem, queries_wishes, service_pins, service_together, together
from eventsite.allocation.ballots import Choice
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.allocating import compute, join, make_wished_meeting, places, publish, row
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting
from tests.registering import FORM, fresh, page_of, send, sign_up


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting()


def confirmed(meeting: Meeting, number: int = 1, **options: Any) -> Registration:
    return registrations.confirm(sign_up(meeting.event.id, number, **options).id)


def problem(meeting: Meeting) -> Any:
    db.session.rollback()
    return queries_problem.situation(db.session.get_one(Event, meeting.event.id)).problem


def newest() -> Registration:
    db.session.rollback()
    return db.session.scalars(db.select(Registration).order_by(Registration.id.desc()).limit(1)).one()


def test_group_is_started_and_joined_on_the_form(meeting: Meeting, client: FlaskClient) -> None:
    assert send(client, new_group="y").status_code == 303
    code = queries_wishes.group_code(newest().id)
    assert code is not None
    answer = send(client, email="other@example.org", group_code=together.shown(code).upper())
    assert (answer.status_code, queries_wishes.group_size(meeting.event.id, code)) == (303, 2)


def test_wrong_and_full_codes_are_told_alike(meeting: Meeting, client: FlaskClient) -> None:
    code = service_together.start(confirmed(meeting).id)
    for number in range(2, together.MOST + 1):
        service_together.join(confirmed(meeting, number).id, code)
    answers = [send(client, group_code=typed, name="Behalten") for typed in (code, "zzzzzz")]
    pages = [answer.get_data(as_text=True) for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("Dieser Code passt nicht" in page and "Behalten" in page for page in pages)
    assert db.session.query(Registration).count() == together.MOST


def test_trying_codes_is_limited(meeting: Meeting, client: FlaskClient) -> None:
    person = confirmed(meeting)
    data = {"deed": "join", "group_code": "zzzzzz"}
    statuses = [client.post(page_of(person, "together"), data=data).status_code for _time in range(21)]
    assert statuses == [422] * 20 + [429]


def test_group_is_started_joined_and_left_on_the_page(meeting: Meeting, client: FlaskClient) -> None:
    one, other = confirmed(meeting), confirmed(meeting, 2)
    client.post(page_of(one, "together"), data={"deed": "start"})
    code = queries_wishes.group_code(one.id)
    assert code is not None
    assert together.shown(code) in client.get(page_of(one, "together")).get_data(as_text=True)
    client.post(page_of(other, "together"), data={"deed": "join", "group_code": code})
    page = client.get(page_of(other, "together")).get_data(as_text=True)
    assert ("zu 2" in page, one.name in page) == (True, False)
    assert problem(meeting).rules.together == ((one.public_id, other.public_id),)
    client.post(page_of(other, "together"), data={"deed": "leave"})
    assert (problem(meeting).rules.together, queries_wishes.group_code(other.id)) == ((), None)


def test_code_of_another_event_fits_nowhere_else(app: Flask, meeting: Meeting) -> None:
    code = service_together.start(confirmed(meeting).id)
    assert [service_together.may_join(event_id, code) for event_id in (meeting.event.id, meeting.event.id + 1)] == [
        True,
        False,
    ]


def test_group_sits_together(app: Flask) -> None:
    meeting, people = make_wished_meeting(people=4, places=3)
    code = service_together.start(people[0].id)
    for person in people[1:2]:
        service_together.join(person.id, code)
    publish(meeting)
    found = queries_problem.situation(db.session.get_one(Event, meeting.event.id)).told
    assert found[people[0].public_id] == found[people[1].public_id]


def test_groups_change_until_wishes_close(meeting: Meeting, client: FlaskClient) -> None:
    person = confirmed(meeting)
    events.change_event(meeting.event.id, wishes_close_at=NOW)
    assert client.post(page_of(person, "together"), data={"deed": "start"}).status_code == 422
    assert queries_wishes.group_code(person.id) is None


def test_fixed_places_that_tear_a_group_apart_are_told(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    service_together.join(people[1].id, service_together.start(people[0].id))
    service_pins.pin(people[0].id, meeting.items["first"].id, actor="test")
    service_pins.pin(people[1].id, meeting.items["second"].id, actor="test")
    found = queries_problem.situation(db.session.get_one(Event, meeting.event.id))
    assert "Person 1 und Person 2 möchten zusammenbleiben" in faults.first(found.problem, found.items, found.people)


def test_round_is_left_out_on_the_form_and_taken_in_again(meeting: Meeting, client: FlaskClient) -> None:
    absent, wish = f"absent-{meeting.round.public_id}", f"wish-{meeting.round.public_id}-netze-knuepfen"
    assert send(client, **{absent: "y", wish: "1"}).status_code == 303
    person = registrations.confirm(newest().id)
    first = meeting.items["first"].id
    assert queries_wishes.wishes(person.id) == {meeting.round.id: Choice((first,), frozenset(), attends=False)}
    assert dict(problem(meeting).participants[0].wishes) == {}
    assert client.post(page_of(person, "wishes"), data={wish: "1"}).status_code == 303
    assert list(problem(meeting).participants[0].wishes) == ["1"]


def test_whoever_leaves_a_round_out_gets_no_place_in_it(app: Flask) -> None:
    meeting, people = make_wished_meeting(people=3)
    signup.change_wishes(people[0].id, {meeting.round.id: Choice(attends=False)})
    run_id = compute(meeting)
    assert row(run_id).result["plan"][people[0].public_id] == {}
    publish(meeting)
    assert places(meeting) == {"first": 2}


def test_rule_is_told_in_full(meeting: Meeting, client: FlaskClient) -> None:
    pages = [client.get(FORM), client.get(page_of(fresh(confirmed(meeting).id), "wishes"))]
    for page in (answer.get_data(as_text=True) for answer in pages):
        assert all(words in page for words in ("Weniger Wünsche zu nennen", "„nie“", "Gelost wird mit der Zahl"))


def test_demand_is_hidden_until_the_result(app: Flask, client: FlaskClient) -> None:
    meeting, people = make_wished_meeting(people=1, places=1)
    paths = ["/de/werkstatt/", "/de/werkstatt/programme", "/de/werkstatt/programme/netze-knuepfen"]
    paths += [page_of(people[0]), page_of(people[0], "wishes"), page_of(people[0], "together")]
    before = [client.get(path).get_data() for path in paths]
    for number in range(2, 9):
        join(meeting, number)
    db.session.rollback()
    after = [client.get(path).get_data() for path in paths]
    assert after[1:] == before[1:]
    assert b"8" not in set(after[0].split()) - set(before[0].split())
