"""Signing in: it works, guessing is slowed down, the target stays on the site."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.events import service as events
from eventsite.people import service
from tests.browserless import post_form

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _owner(app: Flask) -> None:
    service.create_account(name="Anna", email="anna@example.org", password=PASSWORD, is_owner=True)
    events.set_up_site(name={"de": "Tagungen", "en": "Conferences"})


def _sign_in(client: FlaskClient, password: str = PASSWORD, target: str = "/admin/sign-in") -> object:
    return post_form(client, target, {"email": "Anna@Example.org", "password": password})


def test_sign_in_leads_to_the_events(client: FlaskClient) -> None:
    response = _sign_in(client)
    assert (response.status_code, response.location) == (303, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_wrong_password_keeps_the_address_and_says_so(client: FlaskClient) -> None:
    response = _sign_in(client, "wrong wrong wrong")
    assert response.status_code == 422
    assert 'value="Anna@example.org"' in response.text
    assert client.get("/admin/").status_code == 303


def test_many_failures_block_for_a_while(client: FlaskClient) -> None:
    for _ in range(8):
        _sign_in(client, "wrong wrong wrong")
    assert _sign_in(client).status_code == 422


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/admin/new", "/admin/new"),
        ("//evil.example", "/admin/"),
        ("/\\evil.example", "/admin/"),
        ("https://evil.example", "/admin/"),
        ("/a%0d%0ab", "/admin/"),
        ("/ä", "/admin/"),
    ],
)
def test_target_after_sign_in_stays_on_the_site(client: FlaskClient, target: str, expected: str) -> None:
    response = _sign_in(client, target=f"/admin/sign-in?next={target}")
    assert response.location == expected


def test_sign_out_ends_the_sign_in(client: FlaskClient) -> None:
    _sign_in(client)
    assert post_form(client, "/admin/sign-out", {}, page="/admin/").status_code == 303
    assert client.get("/admin/").status_code == 303


def test_cookie_is_hidden_from_scripts_and_other_sites(client: FlaskClient) -> None:
    cookies = _sign_in(client).headers.getlist("Set-Cookie")
    organiser = next(c for c in cookies if c.startswith("organiser="))
    assert ("HttpOnly" in organiser, "SameSite=Lax" in organiser) == (True, True)


@pytest.mark.parametrize("token", ["ä" * 20, "", "x" * 5000, "\x00"])
def test_strange_csrf_token_is_a_clear_page(client: FlaskClient, token: str) -> None:
    client.get("/admin/sign-in")
    response = client.post("/admin/sign-in", data={"email": "a@b.de", "password": "x", "csrf_token": token})
    assert response.status_code == 400
