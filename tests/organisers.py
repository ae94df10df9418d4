"""People of the organisers' area for the tests: an owner, a helper, a stranger, and how they sign in."""

from flask import Flask
from flask.testing import FlaskClient

from eventsite.people import service
from eventsite.people.models import Account
from tests.browserless import post_form

PASSWORD = "correct horse battery"


def make_account(name: str, *, is_owner: bool = False, event_id: int | None = None, role: str = "organiser") -> Account:
    """An account `name@example.org`, in the team of an event where one is given."""
    account = service.create_account(
        name=name, email=f"{name.lower()}@example.org", password=PASSWORD, is_owner=is_owner, language="de"
    )
    if event_id is not None:
        service.give_role(account.id, event_id, role, actor="test")
    return account


def signed_in(app: Flask, name: str) -> FlaskClient:
    """A browser in which this person has signed in."""
    client = app.test_client()
    response = post_form(client, "/admin/sign-in", {"email": f"{name.lower()}@example.org", "password": PASSWORD})
    assert response.status_code == 303, response.text
    return client
