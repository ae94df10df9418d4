"""Places as people meet them: an offer, on site or online, the code of a contingent, the waiting list; and as organisers do."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries_contingents, service_answers, service_contingents, service_modes
from eventsite.registration.models import Registration
from eventsite.registration.questions import Asked
from eventsite.site import signup
from tests import counting
from tests.conftest import NOW
from tests.meeting import make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import csrf, fresh, page_of, send
from tests.waiting import confirmed, make_group, standing

SETTINGS = "/admin/werkstatt/registration"
PLACES = "/admin/werkstatt/places"


@pytest.fixture
def event(app: Flask) -> Event:
    """A meeting with two places that has an organiser."""
    made = make_meeting(capacity=2).event
    make_account("Otto", event_id=made.id)
    return made


@pytest.fixture
def otto(app: Flask, event: Event) -> FlaskClient:
    return signed_in(app, "Otto")


def offered(event: Event) -> Registration:
    """Somebody whom a place is offered to."""
    signup.change_places(event.id, actor="account", promotion="offer")
    people = confirmed(event.id, range(4))
    signup.sign_off(people[0].id)
    return people[2]


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_offer_is_shown_on_get_and_accepted_on_post(event: Event, client: FlaskClient) -> None:
    one = offered(event)
    page = text(client, page_of(one))
    assert "Annehmen oder ablehnen" in page
    assert "13. Januar 2027, 10:00" in page
    for _time in range(2):
        assert "Ja, ich nehme den Platz" in text(client, page_of(one, "offer"))
    assert fresh(one.id).status == "offered"
    answer = client.post(page_of(one, "offer"), data={"answer": "yes"})
    assert answer.status_code == 303
    assert "Der Platz gehört Ihnen." in text(client, answer.location)
    assert fresh(one.id).status == "confirmed"
    client.post(page_of(one, "offer"), data={"answer": "no"})
    assert fresh(one.id).status == "confirmed"


def test_offer_is_declined_and_runs_on(event: Event, client: FlaskClient) -> None:
    one = offered(event)
    client.post(page_of(one, "offer"), data={"answer": "no"})
    assert list(standing(event.id).values())[2:] == ["declined", "offered"]
    assert client.get(page_of(one, "offer")).status_code == 303


def test_offer_answered_too_late_is_over(event: Event, client: FlaskClient) -> None:
    one = offered(event)
    with clock.freeze(NOW + timedelta(hours=48)):
        assert client.get(page_of(one, "offer")).status_code == 303
        client.post(page_of(one, "offer"), data={"answer": "yes"})
        assert list(standing(event.id).values())[2:] == ["expired", "offered"]
        assert "Ihre Anmeldung ist verfallen." in text(client, page_of(one))


def test_waiting_person_sees_position_and_chance_and_leaves(event: Event, client: FlaskClient) -> None:
    people = confirmed(event.id, range(5))
    page = text(client, page_of(people[4]))
    assert "Sie stehen auf Platz 3 der Warteliste." in page
    assert "Ob Sie einen Platz bekommen, ist offen." in page
    signup.sign_off(people[0].id)
    assert "Bisher ist eine Person nachgerückt." in text(client, page_of(people[3]))
    assert "Ihre Chancen stehen gut." in text(client, page_of(people[3]))
    assert "Warteliste verlassen" in text(client, page_of(people[3]))
    client.post(page_of(people[3], "cancellation"))
    assert standing(event.id)["3"] == "declined"


def test_after_the_last_hour_nobody_is_given_hope(event: Event, client: FlaskClient) -> None:
    people = confirmed(event.id, range(3))
    with clock.freeze(event.starts_at - timedelta(hours=12)):
        assert "dass niemand mehr nachrückt" in text(client, page_of(people[2]))


def test_group_gives_up_waiting_together(event: Event, client: FlaskClient) -> None:
    people = confirmed(event.id, range(4))
    make_group(people[2:])
    signup.sign_off(people[0].id)
    assert "Ihre Gruppe bleibt zusammen" in text(client, page_of(people[2]))
    assert "Einzeln nachrücken" in text(client, page_of(people[2], "alone"))
    assert standing(event.id)["2"] == "waiting"
    client.post(page_of(people[3], "alone"))
    assert (standing(event.id)["2"], standing(event.id)["3"]) == ("confirmed", "waiting")
    assert client.get(page_of(people[3], "alone")).status_code == 303


@pytest.fixture
def hybrid(event: Event) -> Event:
    signup.change_places(event.id, actor="account", attendance="hybrid", online_capacity=1)
    return event


def test_form_of_a_hybrid_event_asks_and_tells_how_full_it_is(hybrid: Event, client: FlaskClient) -> None:
    confirmed(hybrid.id, range(2))
    page = text(client, "/de/werkstatt/register")
    assert "Vor Ort: alle Plätze vergeben, Sie kommen auf die Warteliste" in page
    assert "Online: ein Platz ist frei" in page
    assert send(client).status_code == 422
    assert send(client, mode="elsewhere").status_code == 422
    assert send(client, mode="online").status_code == 303
    assert [(one.name, one.mode, one.holds_place) for one in counting.live(hybrid.id)][2:] == [
        ("Clara Öztürk", "online", True)
    ]
    front = text(client, "/de/werkstatt/")
    assert "Alle Plätze sind vergeben." in front


def test_change_between_on_site_and_online(hybrid: Event, client: FlaskClient) -> None:
    one, two = confirmed(hybrid.id, range(2))
    assert "Stattdessen online teilnehmen" in text(client, page_of(one))
    assert "Er gehört sofort Ihnen" in text(client, page_of(one, "attendance"))
    client.post(page_of(one, "attendance"), data={"mode": "online"})
    assert fresh(one.id).mode == "online"
    assert "Ende der Warteliste" in text(client, page_of(two, "attendance"))
    answer = client.post(page_of(two, "attendance"), data={"mode": "online"})
    assert "Ihr Wunsch ist notiert." in text(client, answer.location)
    assert "Außerdem warten Sie auf einen Platz online." in text(client, page_of(two))
    client.post(page_of(two, "attendance"), data={"mode": "onsite"})
    assert (fresh(two.id).mode, fresh(two.id).wanted_mode) == ("onsite", None)
    assert client.post(page_of(two, "attendance"), data={"mode": "moon"}).status_code == 409


def test_waiting_person_keeps_the_position_when_asked(hybrid: Event, client: FlaskClient) -> None:
    people = confirmed(hybrid.id, range(3))
    assert "Meine Position auf der Warteliste behalten" in text(client, page_of(people[2], "attendance"))
    client.post(page_of(people[2], "attendance"), data={"mode": "online", "keeps_waiting": "y"})
    row = fresh(people[2].id)
    assert (row.status, row.mode, row.wanted_mode) == ("confirmed", "online", "onsite")


def test_code_of_a_contingent_opens_a_kept_place(event: Event, client: FlaskClient) -> None:
    kept = service_contingents.store(event.id, None, name="Stadt", places=1, code="Stadt-27", actor="account")
    confirmed(event.id, range(1))
    page = text(client, "/de/werkstatt/register?contingent=stadt%2027")
    assert 'value="stadt 27"' in page
    assert "Alle Plätze sind vergeben." in page
    wrong = send(client, kept_code="Land 27")
    assert (wrong.status_code, "Diesen Code kennen wir nicht." in wrong.get_data(as_text=True)) == (422, True)
    assert send(client, kept_code="STADT 27").status_code == 303
    assert [(one.in_contingent, one.contingent_id) for one in counting.live(event.id)] == [
        (False, None),
        (True, kept.id),
    ]
    service_contingents.release(event.id, kept.public_id)
    late = client.post(
        "/de/werkstatt/register?contingent=stadt27",
        data={"csrf_token": csrf(client), "name": "N", "email": "n@example.org", "kept_code": "stadt27"},
    )
    assert "sind inzwischen für alle da" in late.get_data(as_text=True)


def test_code_of_a_contingent_is_the_way_in_for_invited_events(event: Event, client: FlaskClient) -> None:
    events.change_event(event.id, way_in="invited")
    kept = service_contingents.store(event.id, None, name="Stadt", places=1, code="Stadt-27", actor="account")
    assert send(client, code="Land-27").status_code == 422
    assert send(client, code="stadt 27").status_code == 303
    assert [one.contingent_id for one in counting.live(event.id)] == [kept.id]


def test_answer_whose_last_place_is_gone_is_refused_at_its_field(event: Event, client: FlaskClient) -> None:
    options = ({"key": "walk", "label": {"de": "Spaziergang"}, "places": 1}, {"key": "tea", "label": {"de": "Tee"}})
    asked = Asked(key="outing", kind="single", label={"de": "Ausflug"}, options=options, purpose={"de": "Planung"})
    service_answers.ask(event.id, asked)
    signup.sign_up(event.id, signup.Details("A", "a@example.org"), answers={"outing": "walk"})
    answer = send(client, q_outing="walk")
    assert answer.status_code == 422
    assert 'name="q_outing"' in answer.get_data(as_text=True)
    assert len(counting.live(event.id)) == 1


def test_organisers_set_waiting_list_and_overbooking(event: Event, otto: FlaskClient) -> None:
    confirmed(event.id, range(4))
    fields: dict[str, Any] = {"capacity": "2", "overbooking": "50", "promotion": "offer", "offer_hours": "24"}
    fields |= {"promotion_stops_hours": "", "confirmation_hours": "", "csrf_token": csrf(otto, SETTINGS)}
    assert otto.post(SETTINGS, data=fields).status_code == 303
    db.session.rollback()
    row = db.session.get_one(Event, event.id)
    assert (row.overbooking, row.promotion, row.offer_hours, row.promotion_stops_hours) == (50, "offer", 24, 12)
    assert list(standing(event.id).values()) == ["confirmed", "confirmed", "offered", "waiting"]
    page = text(otto, PLACES)
    assert "(+ 50 %)" in page
    assert otto.post(SETTINGS, data={**fields, "overbooking": "101"}).status_code == 422


def test_organisers_keep_change_and_release_contingents(event: Event, otto: FlaskClient) -> None:
    new = "/admin/werkstatt/contingents/new"
    token = {"csrf_token": csrf(otto, new)}
    too_many = otto.post(new, data={**token, "name": "Stadt", "places": "3"})
    assert "höchstens 2 können freigehalten werden" in too_many.get_data(as_text=True).lower().replace(
        "höchstens", "höchstens"
    )
    assert otto.post(new, data={**token, "name": "Stadt", "places": "2"}).status_code == 303
    (shown,) = queries_contingents.of_event(event.id)
    people = confirmed(event.id, range(2))
    page = text(otto, PLACES)
    assert (shown.contingent.code in page, "contingent=" in page) == (True, True)
    path = f"/admin/werkstatt/registrations/{people[0].public_id}/place"
    otto.post(path, data={**token, "contingent": shown.contingent.public_id})
    assert (fresh(people[0].id).status, fresh(people[0].id).in_contingent) == ("confirmed", True)
    otto.post(f"/admin/werkstatt/contingents/{shown.contingent.public_id}/release", data=token)
    assert standing(event.id)["1"] == "confirmed"
    assert (
        otto.post(f"/admin/werkstatt/contingents/{shown.contingent.public_id}", data={**token, "name": "X"}).status_code
        == 422
    )


def test_organisers_change_how_somebody_takes_part_and_accept_for_them(hybrid: Event, otto: FlaskClient) -> None:
    (one,) = confirmed(hybrid.id, range(1))
    path = f"/admin/werkstatt/registrations/{one.public_id}/place"
    otto.post(path, data={"csrf_token": csrf(otto, path), "contingent": "", "mode": "online"})
    assert fresh(one.id).mode == "online"


@pytest.mark.parametrize("number", [1, 60])
def test_pages_cost_the_same_however_many_there_are(event: Event, app: Flask, number: int) -> None:
    otto, client = signed_in(app, "Otto"), app.test_client()
    signup.change_places(event.id, actor="account", capacity=200, attendance="hybrid")
    for one in range(number):
        service_contingents.store(event.id, None, name=f"Stadt {one}", places=1, code=f"code{one}", actor="a")
    (waiting,) = confirmed(event.id, range(1))
    service_modes.switch(waiting.id, "online")
    db.session.rollback()
    with count_queries() as desk:
        assert otto.get(PLACES).status_code == 200
    with count_queries() as personal:
        assert client.get(page_of(waiting, "attendance")).status_code == 200
    assert (len(desk), len(personal)) == (6, 6)


def test_form_never_looks_at_the_registrations(event: Event, client: FlaskClient) -> None:
    options = ({"key": "walk", "label": {"de": "Spaziergang"}, "places": 1}, {"key": "tea", "label": {"de": "Tee"}})
    asked = Asked(key="outing", kind="single", label={"de": "Ausflug"}, options=options, purpose={"de": "Planung"})
    service_answers.ask(event.id, asked)
    signup.change_places(event.id, actor="account", attendance="hybrid", overbooking=50)
    service_contingents.store(event.id, None, name="Stadt", places=1, code="stadt", actor="account")
    db.session.rollback()
    client.get("/de/werkstatt/register")
    with count_queries() as sent:
        page = client.get("/de/werkstatt/register?contingent=stadt")
    assert page.status_code == 200
    assert [one for one in sent if " registration" in one or " answer" in one] == []  # 5000 cost as much as none
    assert len(sent) == 7
