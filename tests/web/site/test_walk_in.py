"""The form of the door as a helper fills it in, and the organisers' form for somebody who comes late."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.registration import queries
from tests.allocating import give_no_places
from tests.browserless import post_form
from tests.crowd import make_crowd
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import sign_up

DOOR = "/admin/werkstatt/presence/walk-in"
NEW = "/admin/werkstatt/registrations/new"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=2)
    for name, role in (("Otto", "organiser"), ("Ben", "helper"), ("Edda", "editor")):
        make_account(name, event_id=made.event.id, role=role)
    return made


def key(client: FlaskClient, path: str) -> str:
    return client.get(path).text.split('name="form_key"')[1].split('value="')[1].split('"')[0]


def test_helper_registers_somebody_with_a_name_alone_and_gets_an_empty_form(app: Flask, meeting: Meeting) -> None:
    give_no_places(meeting)
    ben = signed_in(app, "Ben")
    fields = {"name": "Wanda Walk", "form_key": key(ben, DOOR), f"round_{meeting.round.id}": meeting.items["second"].id}
    for _twice in range(2):
        answer = post_form(ben, DOOR, fields, follow_redirects=True)
        assert "Wanda Walk ist angemeldet und da. Workshop-Runde: 2 Räume öffnen (Raum 1)." in answer.text
        assert 'Wanda Walk"' not in answer.text
    assert [(one.name, one.source, one.status) for one in queries.search(meeting.event.id)] == [
        ("Wanda Walk", "walk-in", "confirmed")
    ]


def test_full_event_asks_for_tick_and_reason_and_keeps_what_was_typed(app: Flask, meeting: Meeting) -> None:
    for number in (1, 2):
        sign_up(meeting.event.id, number, confirmed=True)
    ben, typed = signed_in(app, "Ben"), {"name": "Wanda Walk", "organisation": "Stadt Fulda"}
    for wrong in ({}, {"reason": "Referentin"}, {"is_beyond": "y"}):
        answer = post_form(ben, DOOR, {**typed, **wrong})
        assert (answer.status_code, "Stadt Fulda" in answer.text, "Alle Plätze sind vergeben" in answer.text) == (
            422,
            True,
            True,
        )
    assert post_form(ben, DOOR, {**typed, "is_beyond": "y", "reason": "Referentin"}).status_code == 303
    assert queries.recount(meeting.event.id) == (3, 0)


def test_somebody_of_the_same_name_is_asked_about(app: Flask, meeting: Meeting) -> None:
    sign_up(meeting.event.id, 1, confirmed=True)
    answer = post_form(signed_in(app, "Ben"), DOOR, {"name": "person 1"})
    assert (answer.status_code, "/presence?q=person+1" in answer.text, 'name="is_namesake"' in answer.text) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 201}, {"name": "A", "email": "a@"}, {"name": "\x00"}])
def test_bad_input_stores_nothing(app: Flask, meeting: Meeting, wrong: dict[str, str]) -> None:
    for name, page in (("Ben", DOOR), ("Otto", NEW)):
        assert post_form(signed_in(app, name), page, wrong).status_code == 422
    assert queries.search(meeting.event.id) == []


def test_workshop_of_another_event_is_refused_as_no_choice(app: Flask, meeting: Meeting) -> None:
    give_no_places(meeting)
    for bad in ("999999", "-1", "x", ""):
        answer = post_form(signed_in(app, "Ben"), DOOR, {"name": "W", f"round_{meeting.round.id}": bad})
        assert answer.status_code == 422


def test_only_who_notes_presence_may_use_the_door(app: Flask, meeting: Meeting) -> None:
    assert signed_in(app, "Edda").get(DOOR).status_code == 403
    assert signed_in(app, "Ben").get(NEW).status_code == 403


def test_organiser_registers_somebody_without_address_onto_the_waiting_list(app: Flask, meeting: Meeting) -> None:
    for number in (1, 2):
        sign_up(meeting.event.id, number, confirmed=True)
    otto, typed = signed_in(app, "Otto"), {"name": "Lene Spät", "language": "en", "note": "Rief an"}
    refused = post_form(otto, NEW, {**typed, "wants": "place"})
    assert (refused.status_code, "geben Sie bitte den Grund an" in refused.text, "Rief an" in refused.text) == (
        422,
        True,
        True,
    )
    assert post_form(otto, NEW, {**typed, "wants": "waiting"}).status_code == 303
    (found,) = queries.search(meeting.event.id, text="Lene")
    assert (found.status, found.language, found.note, found.email) == ("waiting", "en", "Rief an", None)


def test_organisers_form_sent_twice_is_one_registration(app: Flask, meeting: Meeting) -> None:
    otto = signed_in(app, "Otto")
    fields = {"name": "Lene Spät", "language": "de", "wants": "place", "form_key": key(otto, NEW)}
    places = {post_form(otto, NEW, fields).location for _twice in range(2)}
    assert (len(places), len(queries.search(meeting.event.id))) == (1, 1)


def test_door_costs_the_same_however_many_people_there_are(app: Flask, meeting: Meeting) -> None:
    give_no_places(meeting)
    ben, found, event_id = signed_in(app, "Ben"), [], meeting.event.id
    for add in (sign_up, make_crowd):
        add(event_id, 100)
        db.session.remove()
        with count_queries() as counted:
            assert ben.get(DOOR).status_code == 200
        found.append(len(counted))
    assert (found[0], found[0] <= 10) == (found[1], True)
