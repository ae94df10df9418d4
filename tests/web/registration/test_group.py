"""The form for several people, what each of them confirms, and what the contact may see."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.people.models import PersonalLink
from eventsite.registration import queries, queries_ways, service_ways
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from tests.meeting import make_meeting
from tests.registering import csrf, fresh, page_of

FORM = "/de/werkstatt/register/group"
TWO = {"name_1": "Ada Eins", "email_1": "ada@example.org", "name_2": "Bo Zwei", "email_2": "bo@example.org"}


@pytest.fixture
def event_id(app: Flask) -> int:
    return make_meeting().event.id


def send(client: FlaskClient, **fields: Any) -> TestResponse:
    """Opens the form and sends it, filled in well but for what is given."""
    filled = {
        "contact_name": "Zoë Łęcka",
        "contact_email": "zoe@example.org",
        "organisation": "Amt",
        "mode": "together",
    }
    token = {"csrf_token": csrf(client, FORM), "rows": "4"}
    return client.post(FORM, data={**token, **filled, **TWO, **fields})


def group() -> RegistrationGroup:
    db.session.rollback()
    return db.session.query(RegistrationGroup).one()


def contact_page(found: RegistrationGroup) -> str:
    link = db.session.get_one(PersonalLink, found.link_id)
    return f"/g/{ids.link_token(link.purpose, link.public_id, link.generation)}/"


def members() -> list[Registration]:
    return queries_ways.members(group().id)


def test_form_registers_everybody(client: FlaskClient, event_id: int) -> None:
    answer = send(client, takes_part="y", is_seated_together="y")
    assert (answer.status_code, answer.location) == (303, f"{FORM}/received")
    assert "3 Personen haben jetzt eine Nachricht" in client.get(f"{FORM}/received").text
    assert [(one.name, one.email, one.source) for one in members()] == [
        ("Zoë Łęcka", "zoe@example.org", "group"),
        ("Ada Eins", "ada@example.org", "group"),
        ("Bo Zwei", "bo@example.org", "group"),
    ]
    assert (group().mode, group().is_seated_together) == ("together", True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email_2": "ADA@example.org"}, "Diese Adresse steht hier zweimal."),
        ({"email_2": ""}, "Jede Person braucht eine eigene E-Mail-Adresse."),
        ({"name_2": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"email_1": "kein"}, "Das sieht nicht nach einer E-Mail-Adresse aus."),
        ({"name_2": "", "email_2": ""}, "Bitte nennen Sie mindestens zwei Personen."),
        ({"name_1": "x" * 201}, "höchstens 200 Zeichen"),
        ({"mode": "apart"}, "Bitte wählen Sie"),
        ({"website": "spam"}, "Programm"),
        ({"takes_part": "y", "email_1": "zoe@example.org"}, "Diese Adresse steht hier zweimal."),
    ],
)
def test_bad_input_is_told_and_kept(client: FlaskClient, event_id: int, fields: dict[str, str], sentence: str) -> None:
    answer = send(client, **fields)
    assert (answer.status_code, sentence in answer.text, 'value="Zoë Łęcka"' in answer.text) == (422, True, True)
    assert queries.count(event_id) == 0


def test_more_lines_keep_what_was_typed(client: FlaskClient, event_id: int) -> None:
    answer = send(client, more="1", email_1="kein")
    assert (answer.status_code, 'name="email_7"' in answer.text, 'value="kein"' in answer.text) == (200, True, True)
    assert 'class="error-summary"' not in answer.text
    most = send(client, rows="999", more="1").text
    assert ['name="email_10"' in most, 'name="email_11"' in most, 'name="more"' in most] == [True, False, False]


def test_address_that_the_way_in_refuses_is_named(client: FlaskClient, event_id: int) -> None:
    service_ways.set_way_in(event_id, "invited", [{"domain": "example.org", "subdomains": False}], actor="test")
    answer = send(client, email_2="bo@elsewhere.org")
    assert (answer.status_code, answer.text.count('id="email_2-error"')) == (422, 1)
    assert queries.count(event_id) == 0


def test_link_of_the_mail_leads_to_the_own_words_and_cannot_go_past_them(client: FlaskClient, event_id: int) -> None:
    send(client)
    one = members()[0]
    for method in ("GET", "POST"):
        answer = client.open(page_of(one, "confirmation"), method=method)
        assert answer.location == page_of(one, "joining")
    assert fresh(one.id).status == "pending"
    page = client.get(page_of(one, "joining")).text
    assert ["Zoë Łęcka hat Sie angemeldet." in page, "checked" in page, 'value="Ada Eins"' in page] == [
        True,
        False,
        True,
    ]
    wrong = client.post(page_of(one, "joining"), data={"name": "", "language": "de", "organisation": "kept"})
    assert (wrong.status_code, 'value="kept"' in wrong.text) == (422, True)
    good = client.post(page_of(one, "joining"), data={"name": "Ada", "language": "en", "consent_photo": "y"})
    assert good.location == page_of(one, "?done=confirmed")
    assert (fresh(one.id).status, fresh(one.id).language) == ("confirmed", "en")
    assert client.get(page_of(one, "joining")).status_code == 303


def test_contact_sees_only_those_who_agreed(client: FlaskClient, event_id: int) -> None:
    send(client)
    ada, bo = members()
    client.post(page_of(ada, "joining"), data={"name": "Ada Eins", "language": "de", "shows_state": "y"})
    client.post(page_of(bo, "joining"), data={"name": "Bo Zwei", "language": "de"})
    page = client.get(contact_page(group())).text
    assert ["Ada Eins" in page, "Bo Zwei" in page, "ada@example.org" in page] == [True, False, False]
    assert "Von einer Person sehen Sie den Stand nicht" in page
    client.post(page_of(ada, "group"), data={"shows_state": "no"})
    assert "Ada Eins" not in client.get(contact_page(group())).text


def test_link_of_a_group_opens_nothing_else(client: FlaskClient, event_id: int) -> None:
    send(client)
    token = contact_page(group()).split("/")[2]
    assert [client.get(path).status_code for path in (f"/r/{token}/", f"/g/{token[:-1]}/", "/g/nonsense/")] == [404] * 3
    own = page_of(members()[0]).split("/")[2]
    assert client.get(f"/g/{own}/").status_code == 404


def test_closed_registration_takes_no_group(client: FlaskClient, event_id: int) -> None:
    token = csrf(client, FORM)
    service_ways.close_registration(event_id, {}, actor="test")
    assert client.post(FORM, data={"csrf_token": token, **TWO}).status_code == 409
    assert client.get(FORM).status_code == 200
