"""Changing workshops behind the personal link: take, wait, offers, swap, give back; looking changes nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.allocation import service_own
from eventsite.allocation.models import SwapRequest, WaitingPlace
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.mail.models import OutboxMessage
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from tests.allocating import join, make_wished_meeting, place_of, places, publish
from tests.meeting import Meeting
from tests.queries import count_queries
from tests.registering import page_of

World = tuple[Meeting, list[Registration], list[Registration]]


@pytest.fixture
def world(app: Flask) -> World:
    """Four people in the first workshop, which is full; two in the second, which has two free places."""
    meeting, people = make_wished_meeting()
    publish(meeting)
    first = meeting.items["first"].id
    inside = {p.id for p in people if (place := place_of(p)) and place.item_id == first}
    return meeting, [p for p in people if p.id in inside], [p for p in people if p.id not in inside]


def address(meeting: Meeting, person: Registration) -> str:
    return page_of(person, f"rounds/{meeting.round.public_id}")


def do(client: FlaskClient, meeting: Meeting, person: Registration, deed: str, **fields: object) -> int:
    return client.post(address(meeting, person), data={"deed": deed, **fields}).status_code


def sits(person: Registration) -> int | None:
    place = place_of(person)
    return place.item_id if place else None


FIRST, SECOND = "netze-knuepfen", "raeume-oeffnen"


def test_free_place_is_taken_and_a_full_one_refused(client: FlaskClient, world: World) -> None:
    meeting, inside, outside = world
    assert do(client, meeting, outside[0], f"take:{FIRST}") == 409
    assert (sits(outside[0]), places(meeting)) == (meeting.items["second"].id, {"first": 4, "second": 2})
    assert do(client, meeting, inside[0], f"take:{SECOND}") == 303
    assert places(meeting) == {"first": 3, "second": 3}


def test_waiting_shows_the_position_and_moves_up(client: FlaskClient, world: World) -> None:
    meeting, inside, outside = world
    for person in outside:
        assert do(client, meeting, person, f"wait:{FIRST}") == 303
    assert "Sie stehen auf Platz 2 der Warteliste" in client.get(page_of(outside[1])).get_data(as_text=True)
    assert do(client, meeting, inside[0], f"give_back:{FIRST}") == 303
    assert [sits(person) == meeting.items["first"].id for person in outside] == [True, False]
    assert "Platz 1" in client.get(page_of(outside[1])).get_data(as_text=True)
    db.session.rollback()
    mail = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)).one()
    text = mail.attachments[0]["text"]
    assert (mail.to_address, f"{meeting.round.public_id}-{outside[0].public_id}@" in text) == (outside[0].email, True)


@pytest.mark.parametrize(("answer", "index"), [("accept", 0), ("decline", 1)])
def test_offer_is_answered(client: FlaskClient, world: World, answer: str, index: int) -> None:
    meeting, inside, outside = world
    do(client, meeting, outside[0], f"wait_asked:{FIRST}")
    do(client, meeting, outside[1], f"wait:{FIRST}")
    do(client, meeting, inside[0], f"give_back:{FIRST}")
    for page in (page_of(outside[0]), address(meeting, outside[0])):
        assert "ist für Sie frei" in client.get(page).get_data(as_text=True)
    assert do(client, meeting, outside[0], f"{answer}:{FIRST}") == 303
    assert [sits(person) == meeting.items["first"].id for person in outside] == [index == 0, index == 1]


def test_two_who_ask_swap(client: FlaskClient, world: World) -> None:
    meeting, inside, outside = world
    programme.change_item(meeting.items["second"].id, capacity=2)
    assert do(client, meeting, inside[0], "swap", instead=SECOND) == 303
    assert sits(inside[0]) == meeting.items["first"].id
    assert do(client, meeting, outside[0], "swap", instead=FIRST) == 303
    assert (sits(inside[0]), sits(outside[0])) == (meeting.items["second"].id, meeting.items["first"].id)
    assert db.session.query(SwapRequest).count() == 0


def test_request_is_withdrawn(client: FlaskClient, world: World) -> None:
    meeting, _inside, outside = world
    do(client, meeting, outside[0], "swap", instead=FIRST)
    before = db.session.query(SwapRequest).count()
    do(client, meeting, outside[0], "swap")
    assert (before, db.session.query(SwapRequest).count()) == (1, 0)


def test_latecomer_chooses_a_free_place(client: FlaskClient, world: World) -> None:
    meeting, _inside, _outside = world
    late = join(meeting, 40, wishes=())
    assert "noch keinen Workshop" in client.get(page_of(late)).get_data(as_text=True)
    assert do(client, meeting, late, f"take:{SECOND}") == 303
    assert sits(late) == meeting.items["second"].id


def test_place_given_back_is_taken_again(client: FlaskClient, world: World) -> None:
    meeting, _inside, outside = world
    do(client, meeting, outside[0], f"give_back:{SECOND}")
    before = sits(outside[0])
    do(client, meeting, outside[0], f"take:{SECOND}")
    assert (before, sits(outside[0])) == (None, meeting.items["second"].id)


@pytest.mark.parametrize("deed", ["", "take", "take:nowhere", "fly:netze-knuepfen"])
def test_unknown_deeds_are_not_found(client: FlaskClient, world: World, deed: str) -> None:
    meeting, inside, _outside = world
    assert do(client, meeting, inside[0], deed) == 404
    assert places(meeting) == {"first": 4, "second": 2}


def test_looking_changes_nothing_and_costs_the_same_for_many(client: FlaskClient, world: World) -> None:
    meeting, inside, outside = world
    service_own.wait(outside[0].id, meeting.items["first"].id, moves_up=True)
    counts = []
    for more in range(2):
        for number in range(30 * more):
            service_own.wait(join(meeting, 50 + number).id, meeting.items["first"].id, moves_up=False)
        with count_queries() as sent:
            answer = client.get(address(meeting, inside[0]))
        counts.append(len(sent))
        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
    assert counts[0] == counts[1] <= 16
    assert db.session.query(WaitingPlace).count() == 31


def test_no_change_before_publication_nor_from_an_hour_before(app: Flask, client: FlaskClient) -> None:
    meeting, people = make_wished_meeting()
    before = client.get(address(meeting, people[0])).status_code
    publish(meeting)
    during = client.get(address(meeting, people[0])).status_code
    with clock.freeze(meeting.round.starts_at):
        after = do(client, meeting, people[0], f"take:{SECOND}")
    assert (before, during, after) == (404, 200, 404)
