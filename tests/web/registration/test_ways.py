"""The form behind a code or a domain, the organisers' page of the ways in, and their decisions."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.registration import queries, queries_ways, service_ways
from eventsite.registration import service as registrations
from tests.browserless import post_form
from tests.meeting import make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import FORM, fresh, send, sign_up

WAYS, DECISIONS = "/admin/werkstatt/ways", "/admin/werkstatt/decisions"


@pytest.fixture
def event_id(app: Flask) -> int:
    """A public event for invited people: code LERNORTE27, domain kassel.de; Anna organises it, Ben helps."""
    found = make_meeting().event.id
    service_ways.add_code(found, "LERNORTE27", actor="test")
    service_ways.set_way_in(found, "invited", [{"domain": "kassel.de", "subdomains": True}], actor="test")
    make_account("Anna", event_id=found)
    make_account("Ben", event_id=found, role="helper")
    return found


@pytest.fixture
def anna(app: Flask, event_id: int) -> FlaskClient:
    return signed_in(app, "Anna")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"code": "lern-orte 27"}, 303),
        ({"email": "clara@amt.kassel.de"}, 303),
        ({"code": "falsch"}, 422),
        ({}, 422),
        ({"email": "clara@notkassel.de"}, 422),
        ({"code": "x" * 61}, 422),
        ({"code": "\x00' OR 1=1"}, 422),
    ],
)
def test_form_lets_in(client: FlaskClient, event_id: int, fields: dict[str, str], status: int) -> None:
    assert send(client, **fields).status_code == status
    assert queries.count(event_id) == (1 if status == 303 else 0)


def test_wrong_code_stands_at_its_field_and_keeps_what_was_typed(client: FlaskClient, event_id: int) -> None:
    page = send(client, code="falsch", name="Zoë Łęcka").text
    sentence = "Diesen Code kennen wir nicht. Bitte prüfen Sie die Schreibweise."
    assert [page.count(sentence), page.count('id="code-error"')] == [2, 1]
    assert ['value="falsch"' in page, 'value="Zoë Łęcka"' in page] == [True, True]


def test_link_with_a_code_fills_it_in(client: FlaskClient, event_id: int) -> None:
    assert 'value="LERNORTE27"' in client.get(f"{FORM}?code=LERNORTE27").text
    assert 'value="&#34;&gt;&lt;b&gt;"' in client.get(f'{FORM}?code="><b>').text


def test_open_event_asks_for_no_code(client: FlaskClient, event_id: int) -> None:
    service_ways.set_way_in(event_id, "open", [], actor="test")
    assert 'name="code"' not in client.get(FORM).text
    assert send(client, code="anything").status_code == 303


def test_guessing_is_slowed_down_and_right_codes_do_not_count(client: FlaskClient, event_id: int) -> None:
    for number in range(30):
        assert send(client, code="LERNORTE27", email=f"p{number}@example.org").status_code == 303
    answers = [send(client, code=f"guess{number}", email="x@example.org").status_code for number in range(31)]
    assert answers == [422] * 30 + [429]
    assert send(client, code="LERNORTE27", email="x@example.org").status_code == 429


def test_code_and_domain_cost_the_form_no_query(client: FlaskClient, event_id: int) -> None:
    counts = []
    for way in ("open", "invited"):
        service_ways.set_way_in(event_id, way, [{"domain": "kassel.de", "subdomains": True}], actor="test")
        client.get(FORM)
        with count_queries() as sent:
            client.get(FORM)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_closed_early_says_why(client: FlaskClient, event_id: int) -> None:
    service_ways.close_registration(event_id, {"de": "Der Saal ist voll."}, actor="anna")
    page = client.get(FORM).text
    assert ["Die Anmeldung ist geschlossen." in page, "Der Saal ist voll." in page] == [True, True]


def test_organiser_changes_the_way_and_reads_mistakes(anna: FlaskClient, event_id: int) -> None:
    wrong = post_form(anna, WAYS, {"way_in": "mixed", "domains": "kassel.de\nno domain"})
    assert (wrong.status_code, "Das ist keine Domain: no, domain" in wrong.text) == (422, True)
    assert post_form(anna, WAYS, {"way_in": "mixed", "domains": "*.hessen.de"}).status_code == 303
    assert post_form(anna, WAYS, {"way_in": "backdoor", "domains": ""}).status_code == 422
    page = anna.get(WAYS).text
    assert "*.hessen.de</textarea>" in page


def test_codes_are_added_counted_and_ended(anna: FlaskClient, event_id: int) -> None:
    sign_up(event_id, 1, entry=service_ways.Entry(code="LERNORTE27"))
    values = {"code": "", "note": "Newsletter", "most": "20", "ends_at": ""}
    assert post_form(anna, f"{WAYS}/codes", values, page=WAYS).status_code == 303
    invented, known = queries_ways.codes(event_id)
    assert (len(invented.code), invented.note, invented.most) == (9, "Newsletter", 20)
    twice = post_form(anna, f"{WAYS}/codes", {**values, "code": "lernorte 27", "note": "kept"}, page=WAYS)
    assert (twice.status_code, 'value="kept"' in twice.text) == (422, True)
    assert post_form(anna, f"{WAYS}/codes/{known.public_id}/revocation", {}, page=WAYS).status_code == 303
    assert fresh(1).status == "pending"
    with pytest.raises(service_ways.KeyRefused):
        sign_up(event_id, 2, entry=service_ways.Entry(code="LERNORTE27"))


def test_organiser_closes_and_opens_again(anna: FlaskClient, client: FlaskClient, event_id: int) -> None:
    assert post_form(anna, f"{WAYS}/closing", {"reason-de": "Voll."}, page=WAYS).status_code == 303
    assert "Voll." in client.get(FORM).text
    assert post_form(anna, f"{WAYS}/reopening", {}, page=WAYS).status_code == 303
    assert client.get(FORM).status_code == 200
    assert 'name="code"' in client.get(FORM).text


def test_decisions_accept_and_refuse_several(anna: FlaskClient, client: FlaskClient, event_id: int) -> None:
    service_ways.set_way_in(event_id, "moderated", [], actor="test")
    asking = [sign_up(event_id, number) for number in range(1, 5)]
    for one in asking:
        registrations.confirm(one.id)
    first = {"deed": "accept", "registration": [one.public_id for one in asking[:2]]}
    assert post_form(anna, DECISIONS, first).status_code == 303
    assert post_form(anna, DECISIONS, first).status_code == 303  # twice is once
    refused = {"deed": "refuse", "registration": [asking[2].public_id], "reason": "other audience"}
    assert post_form(anna, DECISIONS, refused).status_code == 303
    assert [fresh(one.id).status for one in asking] == ["confirmed", "confirmed", "refused", "pending"]
    nobody = post_form(anna, DECISIONS, {"deed": "accept", "reason": "kept"})
    assert (nobody.status_code, 'value="kept"' in nobody.text) == (422, True)


def test_decisions_cost_the_same_for_many(anna: FlaskClient, event_id: int) -> None:
    service_ways.set_way_in(event_id, "moderated", [], actor="test")
    counts = []
    for start, end in ((1, 2), (2, 40)):
        for number in range(start, end):
            registrations.confirm(sign_up(event_id, number, notify=False).id)
        db.session.remove()
        with count_queries() as sent:
            assert anna.get(DECISIONS).status_code == 200
        counts.append(len(sent))
    assert (counts[0], counts[0] <= 10) == (counts[1], True)


@pytest.mark.parametrize("path", [WAYS, DECISIONS, "/admin/werkstatt/status-button"])
def test_helpers_and_strangers_see_nothing_of_it(app: Flask, event_id: int, path: str) -> None:
    make_account("Stranger")
    assert [signed_in(app, name).get(path).status_code for name in ("Ben", "Stranger")] == [403, 404]
