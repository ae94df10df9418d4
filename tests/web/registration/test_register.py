"""The registration form: it works, who may not, bad input, twice is once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.allocation import queries_wishes
from eventsite.allocation.ballots import Choice
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.registration import library, queries, service_answers
from eventsite.registration.models import Registration
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting
from tests.queries import count_queries
from tests.registering import FORM, csrf, fresh, mails, send, sign_up


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting()
    service_answers.set_up_form(made.event.id)
    return made


def wish(meeting: Meeting, item: str, kind: str = "wish") -> str:
    return f"{kind}-{meeting.round.public_id}-{meeting.items[item].slug}"


def registered() -> list[Registration]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Registration).order_by(Registration.id)))


def test_form_is_accepted(meeting: Meeting, client: FlaskClient) -> None:
    answer = send(
        client,
        **{
            wish(meeting, "second"): "1",
            wish(meeting, "first", "never"): "y",
            "q_diet": ["vegan", "nuts"],
            "q_diet_other": "keine Paprika",
            "consent_photo": "yes",
        },
    )
    assert (answer.status_code, answer.location) == (303, "/de/werkstatt/register/received")
    (one,) = registered()
    assert (one.name, one.email, one.organisation) == ("Clara Öztürk", "clara@example.org", "Stadt Kassel")
    assert (one.status, one.holds_place, one.language) == ("pending", True, "de")
    assert one.held_until == NOW + timedelta(hours=48)
    second, first = meeting.items["second"].id, meeting.items["first"].id
    assert queries_wishes.wishes(one.id) == {meeting.round.id: Choice((second,), frozenset({first}))}
    answers = {asked.key: value for asked, value in queries.answers_of([one.id])[one.id]}
    assert answers == {"diet": {"chosen": ["vegan", "nuts"], "other": "keine Paprika"}}
    assert [consent.kind for consent, _text in queries.consents_of(one.id)] == ["photo"]
    assert len(mails()) == 1


def test_minimal_form_needs_name_and_address_only(meeting: Meeting, client: FlaskClient) -> None:
    assert send(client, organisation="").status_code == 303


def test_nothing_is_ticked_beforehand(meeting: Meeting, client: FlaskClient) -> None:
    page = client.get(FORM).get_data(as_text=True)
    assert page.count('type="checkbox"') > 4
    assert "checked" not in page


def test_known_address_gets_the_same_answer(meeting: Meeting, client: FlaskClient, app: Flask) -> None:
    stranger = app.test_client()
    new, known = send(client), send(stranger, name="Somebody Else", organisation="Elsewhere")
    assert (new.status_code, new.location) == (known.status_code, known.location)
    pages = [c.get(new.location).get_data() for c in (client, stranger)]
    assert pages[0] == pages[1]
    (one,) = registered()
    assert (one.name, one.organisation) == ("Clara Öztürk", "Stadt Kassel")
    assert [to for to, _subject in mails()] == ["clara@example.org", "clara@example.org"]


def test_form_sent_thrice_sends_two_mails_at_most(meeting: Meeting, client: FlaskClient) -> None:
    for _time in range(4):
        send(client)
    assert len(mails()) == 2


def test_address_in_other_case_is_known(meeting: Meeting, client: FlaskClient) -> None:
    send(client)
    send(client, email="CLARA@Example.org")
    assert len(registered()) == 1


def test_mistyped_domain_is_asked_about_and_not_refused(meeting: Meeting, client: FlaskClient) -> None:
    assert "clara@gmail.com" in send(client, email="clara@gmial.com").text
    answer = send(client, email="clara@gmial.com", sure_of="clara@gmial.com")
    assert answer.status_code == 303
    page = client.get(answer.location).get_data(as_text=True)
    assert "clara@gmail.com" in page


def test_hidden_field_filled_stores_nothing_and_people_can_send_again(meeting: Meeting, client: FlaskClient) -> None:
    answer = send(client, website="https://spam.example")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, registered(), mails()) == (422, [], [])
    assert "spam.example" not in page
    assert 'value="clara@example.org"' in page


@pytest.mark.parametrize("missing", ["name", "email"])
def test_missing_field_is_named_and_the_rest_kept(meeting: Meeting, client: FlaskClient, missing: str) -> None:
    answer = send(client, **{missing: "  ", wish(meeting, "first"): "1"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{missing}"' in page
    assert 'value="Stadt Kassel"' in page
    assert registered() == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": "a\x00b"}, 303),
        ({"name": "‮evil gpj.exe"}, 303),
        ({"name": "Ann 🎉 Müller-Łęcka"}, 303),
        ({"name": "x" * 201}, 422),
        ({"name": "\x00\x01"}, 422),
        ({"email": "nobody"}, 422),
        ({"email": "a@b"}, 422),
        ({"email": "a@example.org\nBcc: b@example.org"}, 422),
        ({"email": "a@example.org\x00"}, 303),
        ({"email": "x" * 300 + "@example.org"}, 422),
        ({"organisation": "y" * 201}, 422),
        ({"q_diet": "meat"}, 422),
        ({"q_diet_other": "z" * 301}, 422),
        ({"csrf_token": ""}, 400),
        ({"csrf_token": "ünlü"}, 400),
        ({"csrf_token": "x" * 5000}, 400),
        ({"name": "n" * 10_000_000}, 413),
    ],
)
def test_bad_input_is_answered_clearly(meeting: Meeting, client: FlaskClient, fields: Any, status: int) -> None:
    answer = send(client, **fields)
    assert answer.status_code == status
    assert len(registered()) == (1 if status == 303 else 0)
    assert "<h1" in answer.get_data(as_text=True) or status == 303


def test_control_and_direction_characters_are_taken_out(meeting: Meeting, client: FlaskClient) -> None:
    send(client, name="A\x00nn‮a\r\nBerg")
    assert [one.name for one in registered()] == ["Anna Berg"]


@pytest.mark.parametrize(
    ("first", "second", "never"), [("1", "1", ""), ("9", "", ""), ("x", "", ""), ("-1", "", ""), ("1", "", "y")]
)
def test_wishes_that_contradict_are_refused(
    meeting: Meeting, client: FlaskClient, first: str, second: str, never: str
) -> None:
    fields = {wish(meeting, "first"): first, wish(meeting, "second"): second}
    if never:
        fields[wish(meeting, "first", "never")] = never
    answer = send(client, **fields)
    assert answer.status_code == 422
    assert 'class="field__error"' in answer.get_data(as_text=True)
    assert registered() == []


def test_cancelled_workshop_cannot_be_wished(meeting: Meeting, client: FlaskClient) -> None:
    from eventsite.programme import service as programme

    programme.cancel_item(meeting.items["first"].id, actor="test")
    page = client.get(FORM).get_data(as_text=True)
    assert wish(meeting, "first") not in page


@pytest.mark.parametrize(
    ("now", "event_values"),
    [
        (NOW, {"registration_opens_at": NOW + timedelta(days=1)}),
        (datetime(2027, 2, 26, tzinfo=UTC), {}),
        (datetime(2027, 3, 11, 10, tzinfo=UTC), {}),
        (datetime(2027, 4, 1, tzinfo=UTC), {}),
        (NOW, {"cancelled_at": NOW}),
    ],
)
def test_form_is_not_open(meeting: Meeting, client: FlaskClient, now: datetime, event_values: Any) -> None:
    token = csrf(client)
    if event_values:
        events.change_event(meeting.event.id, **event_values)
    with clock.freeze(now):
        shown = client.get(FORM)
        sent = client.post(FORM, data={"csrf_token": token, "name": "A", "email": "a@example.org"})
    assert (shown.status_code, sent.status_code) == (200, 409)
    assert 'name="email"' not in shown.get_data(as_text=True)
    assert registered() == []


def test_draft_and_unknown_event_are_not_found(app: Flask, client: FlaskClient) -> None:
    make_meeting(is_public=False)
    assert [client.get(FORM).status_code, client.get("/de/nowhere/register").status_code] == [404, 404]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_wrong_method_is_refused(meeting: Meeting, client: FlaskClient, method: str) -> None:
    answer = getattr(client, method)(FORM)
    assert answer.status_code in (400, 405)


def test_unknown_language_is_not_found(meeting: Meeting, client: FlaskClient) -> None:
    assert client.get("/xx/werkstatt/register").status_code == 404


def test_full_event_says_so_before(meeting: Meeting, client: FlaskClient) -> None:
    events.change_event(meeting.event.id, capacity=1)
    sign_up(meeting.event.id, 1)
    sign_up(meeting.event.id, 2)
    before = client.get("/en/werkstatt/register").get_data(as_text=True)
    assert "waiting list" in before
    send(client)
    one = fresh(registered()[-1].id)
    assert (one.status, one.holds_place) == ("pending", False)


def test_three_hundred_from_one_address_are_admitted(meeting: Meeting, client: FlaskClient) -> None:
    token = csrf(client)
    data = {"csrf_token": token, "name": "A", "email": "not an address"}
    statuses = {client.post(FORM, data=data).status_code for _time in range(300)}
    assert statuses == {422}


def test_english_form_writes_english_mails(meeting: Meeting, client: FlaskClient) -> None:
    send(client, "/en/werkstatt/register")
    assert [one.language for one in registered()] == ["en"]
    assert mails() == [("clara@example.org", "Please confirm your registration: Workshop on Places to Learn")]


def test_queries_do_not_grow_with_registrations(meeting: Meeting, client: FlaskClient) -> None:
    with count_queries() as none:
        client.get(FORM)
    for number in range(30):
        sign_up(meeting.event.id, number)
    with count_queries() as many:
        client.get(FORM)
    assert len(many) == len(none)
    assert len(many) <= 6


def test_queries_do_not_grow_with_questions(meeting: Meeting, client: FlaskClient) -> None:
    found = []
    for count in (1, 99):
        with transaction():
            for number in range(count):
                ready = library.READY[number % len(library.READY)]
                service_answers.ask(meeting.event.id, replace(ready, key=f"own-{count}-{number}"))
        with count_queries() as sent:
            assert client.get(FORM).status_code == 200
        found.append(len(sent))
    assert (found[0] == found[1], found[0] <= 6) == (True, True)
