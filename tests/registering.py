"""Registering in tests: through the services, through the form, and the secrets of the links."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.mail.models import OutboxMessage
from eventsite.people.models import PersonalLink
from eventsite.registration import queries
from eventsite.registration.models import Registration
from eventsite.site import signup

FORM = "/de/werkstatt/register"


def sign_up(event_id: int, number: int = 1, **options: Any) -> Registration:
    """Person number so-and-so, registered."""
    details = signup.Details(f"Person {number}", f"person{number}@example.org", f"Stadt {number}")
    return signup.sign_up(event_id, details, **options).registration


def fresh(registration_id: int) -> Registration:
    """What the database says now."""
    db.session.rollback()
    return queries.get_full(registration_id)


def page_of(registration: Registration, step: str = "") -> str:
    """The address of the personal page."""
    link = db.session.get_one(PersonalLink, registration.link_id)
    return f"/r/{ids.link_token(link.purpose, link.public_id, link.generation)}/{step}"


def mails() -> list[tuple[str, str]]:
    """Address and subject of every mail in the outbox, in order."""
    db.session.rollback()
    rows = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.to_address, row.subject) for row in rows]


def causes() -> list[str]:
    """What every mail is for, in order, without the number of the step."""
    db.session.rollback()
    rows = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id))
    return [row.cause.split(":")[0] for row in rows]


def csrf(client: FlaskClient, address: str = FORM) -> str:
    """The token of a form that was opened."""
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]


def send(client: FlaskClient, address: str = FORM, **fields: Any) -> TestResponse:
    """Opens the form and sends it, filled in well but for what is given."""
    filled = {
        "csrf_token": csrf(client, address),
        "name": "Clara Öztürk",
        "email": "clara@example.org",
        "organisation": "Stadt Kassel",
    }
    return client.post(address, data={**filled, **fields})
