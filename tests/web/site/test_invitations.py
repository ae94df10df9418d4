"""From a list to a registration: upload, preview, sending, the invited person's page, and one click that ends it."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.registration import queries, queries_lists, service_invitations, service_ways
from tests.browserless import csrf_token, post_form
from tests.meeting import make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import send

LIST = "/admin/werkstatt/invitations"
IMPORT = "/admin/werkstatt/imports/invitations"
CSV = "E-Mail;Name;Ort\nada@example.org;Ada;Kassel\nfalsch;Bo;Fulda\n"


@pytest.fixture
def event_id(app: Flask) -> int:
    found = make_meeting().event.id
    make_account("Anna", event_id=found)
    make_account("Ben", event_id=found, role="helper")
    return found


@pytest.fixture
def anna(app: Flask, event_id: int) -> FlaskClient:
    return signed_in(app, "Anna")


def upload(client: FlaskClient, text: str | bytes, name: str = "list.csv", kind: str = "invitations") -> Any:
    page = f"/admin/werkstatt/imports/{kind}"
    content = text.encode() if isinstance(text, str) else text
    data = {"csrf_token": csrf_token(client, page), "table": (io.BytesIO(content), name)}
    return client.post(page, data=data, content_type="multipart/form-data")


def invite(event_id: int, *addresses: str) -> list[str]:
    """The pages of people who have their invitation."""
    people = [
        {"email": one, "name": "Ada", "organisation": "Amt", "language": "de", "note": "", "basis_note": ""}
        for one in addresses
    ]
    service_invitations.enlist(event_id, people, basis="office")
    service_invitations.send_all(event_id, actor="test")
    service_invitations.send(event_id)
    found = queries_lists.invitations(event_id)
    return [f"/i/{ids.link_token('invitation', one.public_id, 1)}/" for one in found]


def states(event_id: int) -> list[str]:
    queries_lists.db.session.rollback()
    return [one.state for one in queries_lists.invitations(event_id)]


def test_list_is_read_shown_and_taken_in(anna: FlaskClient, event_id: int) -> None:
    page = upload(anna, CSV).location
    shown = anna.get(page).text
    assert ["Das sieht nicht nach einer E-Mail-Adresse aus." in shown, ">3</th>" in shown] == [True, True]
    columns = {"deed": "start", "column_email": "0", "column_name": "1"}
    refused = post_form(anna, page, {**columns, "basis": "office"})
    assert (refused.status_code, "Einige Zeilen sind fehlerhaft." in refused.text) == (422, True)
    without_basis = post_form(anna, page, {**columns, "skips": "y"})
    assert (without_basis.status_code, "Ohne Grundlage" in without_basis.text) == (422, True)
    assert queries_lists.count(event_id) == 0
    assert post_form(anna, page, {**columns, "basis": "office", "skips": "y"}).status_code == 303
    assert [(one.email, one.name, one.basis) for one in queries_lists.invitations(event_id)] == [
        ("ada@example.org", "Ada", "office")
    ]
    assert "Eine Person ist aufgenommen." in anna.get(page).text


def test_columns_can_be_named_when_nobody_could_guess(anna: FlaskClient, event_id: int) -> None:
    page = upload(anna, "wer;wohin\nAda;ada@example.org\n").location
    assert "welche Spalte die E-Mail-Adressen enthält" in anna.get(page).text
    again = post_form(anna, page, {"deed": "check", "column_email": "1", "column_name": "0"})
    assert (again.status_code, "1 Zeile ist in Ordnung" in again.text) == (200, True)
    assert post_form(anna, page, {"deed": "start", "column_email": "99", "basis": "office"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "l.csv"), (b"%PDF", "l.pdf"), (b"PK\x03\x04", "l.xlsx"), (b"E-Mail\n", "l.csv")]
)
def test_what_is_no_table_is_told_at_the_field(anna: FlaskClient, event_id: int, content: bytes, name: str) -> None:
    answer = upload(anna, content, name)
    assert (answer.status_code, answer.text.count('id="table-error"')) == (422, 1)


def test_registrations_of_another_system_are_taken_in(anna: FlaskClient, event_id: int) -> None:
    page = upload(anna, "E-Mail;Name\nada@example.org;Ada\n", kind="registrations").location
    values = {"deed": "start", "column_email": "0", "column_name": "1", "is_confirmed": "yes"}
    assert post_form(anna, page, values).status_code == 303
    assert [(one.name, one.status, one.source) for one in queries.search(event_id)] == [("Ada", "confirmed", "import")]


def test_other_events_tables_are_not_found(anna: FlaskClient, event_id: int) -> None:
    page = upload(anna, CSV).location
    assert anna.get(page[:-1]).status_code == 404
    assert anna.get(page.replace("werkstatt", "elsewhere")).status_code == 404


def test_sending_shows_how_many_and_the_first(anna: FlaskClient, event_id: int) -> None:
    people = {"name": "Ada", "organisation": "", "language": "de", "note": "", "basis_note": ""}
    service_invitations.enlist(event_id, [{**people, "email": f"p{n}@example.org"} for n in range(5)], basis="office")
    page = anna.get(LIST).text
    assert ["5 Einladungen senden" in page, "p0@example.org, p1@example.org, p2@example.org" in page] == [True, True]
    assert post_form(anna, LIST, {}).status_code == 303
    assert states(event_id) == ["sending"] * 5


def test_list_costs_the_same_for_many(anna: FlaskClient, event_id: int) -> None:
    counts = []
    for some in (["a@example.org"], [f"p{n}@example.org" for n in range(99)]):
        invite(event_id, *some)
        db.session.remove()
        with count_queries() as sent:
            assert anna.get(LIST).status_code == 200
        counts.append(len(sent))
    assert (counts[0], counts[0] <= 10) == (counts[1], True)


def test_invited_person_registers_with_a_filled_form_where_others_may_not(client: FlaskClient, event_id: int) -> None:
    service_ways.set_way_in(event_id, "invited", [], actor="test")
    (page,) = invite(event_id, "ada@example.org")
    form = client.get(page).text.split('class="button button--primary" href="')[1].split('"')[0]
    shown = client.get(form).text
    assert ['value="ada@example.org"' in shown, 'value="Amt"' in shown, 'name="code"' in shown] == [True, True, False]
    token = page.split("/")[2]
    assert send(client, email="stranger@example.org").status_code == 422
    assert send(client, email="other@example.org", invitation=token).status_code == 303
    assert states(event_id) == ["registered"]
    assert send(client, email="third@example.org", invitation=token).status_code == 422
    assert queries.count(event_id) == 1


def test_looking_changes_nothing_and_saying_no_can_be_changed(client: FlaskClient, event_id: int) -> None:
    (page,) = invite(event_id, "ada@example.org")
    for path in (page, f"{page}unsubscribe"):
        assert client.get(path).status_code == 200
    assert states(event_id) == ["invited"]
    assert client.post(f"{page}refusal").status_code == 303
    assert (states(event_id), "Sie haben uns gesagt, dass Sie nicht kommen." in client.get(page).text) == (
        ["declined"],
        True,
    )
    assert send(client, email="ada@example.org", invitation=page.split("/")[2]).status_code == 303
    assert states(event_id) == ["registered"]


def test_one_click_of_a_mail_program_ends_all_invitations(client: FlaskClient, event_id: int) -> None:
    (page,) = invite(event_id, "ada@example.org")
    for _twice in range(2):
        answer = client.post(f"{page}unsubscribe", data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, "Set-Cookie" in answer.headers) == (200, False)
    assert states(event_id) == ["unsubscribed"]
    assert queries_lists.known(event_id, "invitations", ["ada@example.org"]).unsubscribed == {"ada@example.org"}


@pytest.mark.parametrize("path", ["/i/nonsense/", "/i/abc-def/", "/i/x/unsubscribe"])
def test_wrong_links_are_not_found(client: FlaskClient, event_id: int, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [LIST, IMPORT])
def test_helpers_see_no_lists(app: Flask, event_id: int, path: str) -> None:
    assert signed_in(app, "Ben").get(path).status_code == 403
