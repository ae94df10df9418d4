"""Organisers see the mails of their own event, find them, send them again, and correct addresses that do not work."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core import jobs
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.mail.models import OutboxMessage
from eventsite.registration import service_addresses
from tests.browserless import post_form
from tests.meeting import at, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import fresh, mails, send, sign_up
from tests.reports import report

MAILS = "/admin/werkstatt/mails"


def ids() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(OutboxMessage.public_id).order_by(OutboxMessage.id)))


@pytest.fixture
def desk(app: Flask) -> Any:
    """Anna of the team, and two people whose mails were sent."""
    event = make_meeting().event
    make_account("Anna", event_id=event.id)
    people = [sign_up(event.id, number) for number in (1, 2)]
    jobs.run_sweeps()
    return people, signed_in(app, "Anna")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", (True, True)),
        ("?q=person2", (False, True)),
        ("?q=Person+1", (True, False)),
        ("?state=failed", (False, False)),
        ("?state=sent&q=%25", (False, False)),
        ("?state=nonsense", (True, True)),
    ],
)
def test_mails_are_found(desk: Any, query: str, shown: tuple[bool, bool]) -> None:
    page = desk[1].get(f"{MAILS}{query}").text
    assert ("person1@example.org" in page, "person2@example.org" in page) == shown


def test_undeliverable_mail_is_seen_and_sent_again_by_the_team(desk: Any) -> None:
    people, client = desk
    service_addresses.take_in_report(report(message_id=ids()[0]))
    page = client.get(f"{MAILS}/{ids()[0]}").text
    assert ("5.1.1 550 no such mailbox" in page, "[personal link]" in page, "/r/" in page) == (True, True, False)
    assert "Person 1" in client.get(f"{MAILS}/undeliverable").text
    assert post_form(client, f"{MAILS}/{ids()[0]}/delivery", {}, page=f"{MAILS}/{ids()[0]}").status_code == 303
    jobs.run_sweeps()
    state = db.session.execute(db.select(OutboxMessage.state, OutboxMessage.bounced_at).limit(1)).one()
    assert tuple(state) == ("sent", None)
    assert fresh(people[0].id).undeliverable != ""


def test_address_is_corrected_or_kept(desk: Any) -> None:
    people, client = desk
    for index in (0, 1):
        service_addresses.take_in_report(report(message_id=ids()[index]))
    first, second = (f"/admin/werkstatt/registrations/{one.public_id}/address" for one in people)
    assert post_form(client, first, {"email": "person2@example.org"}).status_code == 422
    assert post_form(client, first, {"email": "right@example.org"}).status_code == 303
    assert mails()[-1][0] == "right@example.org"
    assert post_form(client, second, {"email": "person2@example.org", "keep": "1"}).status_code == 303
    assert [fresh(one.id).undeliverable for one in people] == ["", ""]


def test_mail_of_another_event_is_not_found(app: Flask, desk: Any) -> None:
    times = {"starts_at": at(8), "ends_at": at(9)}
    events.create_event(slug="andere", title={"de": "Andere"}, host_ids=[], **times)
    make_account("Ben", is_owner=True)
    client = signed_in(app, "Ben")
    for path in (f"/{ids()[0]}", f"/{ids()[0]}/html"):
        assert client.get(f"/admin/andere/mails{path}").status_code == 404
    assert client.get(f"{MAILS}/{ids()[0]}").status_code == 200


def test_lists_cost_the_same_with_many(desk: Any) -> None:
    people, client = desk
    event_id, counts = people[0].event_id, []
    for size in (1, 60):
        for number in range(size):
            sign_up(event_id, size * 100 + number)
        with db.engine.begin() as connection:
            connection.execute(db.text("UPDATE registration SET undeliverable = 'x'"))
        for path in ("", "/undeliverable"):
            db.session.remove()
            with count_queries() as sent:
                assert client.get(f"{MAILS}{path}").status_code == 200
            counts.append(len(sent))
    assert (max(counts) <= 10, counts[:2]) == (True, counts[2:])


def test_probable_typo_is_asked_about_once(app: Flask, desk: Any) -> None:
    before = len(mails())
    client = app.test_client()
    page = send(client, email="clara@gmial.com")
    assert (page.status_code, "Meinten Sie clara@gmail.com?" in page.text, len(mails())) == (422, True, before)
    assert 'name="sure_of" value="clara@gmial.com"' in page.text
    assert send(client, email="clara@gmial.com", sure_of="clara@gmial.com").status_code == 303
    assert mails()[-1][0] == "clara@gmial.com"
    assert send(client, email="ben@gmail.com", sure_of="clara@gmial.com").status_code == 303
