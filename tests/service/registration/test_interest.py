"""The list for the opening: confirmed addresses are told exactly once, and none stays longer than it is needed."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.core import clock, ids, jobs
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.privacy import service as privacy
from eventsite.registration import service_interest
from eventsite.registration.models_interest import Interest
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting
from tests.registering import sign_up

OPENS = NOW + timedelta(days=20)
AFTER = OPENS + timedelta(minutes=1)


def announced(**values: object) -> Event:
    """An event whose registration opens in twenty days."""
    return make_meeting(registration_opens_at=OPENS, interest_list=True, **values).event


def on_list(event_id: int, *emails: str) -> None:
    """Addresses that are left and confirmed."""
    for email in emails:
        service_interest.leave_address(event_id, email, "de")
        service_interest.confirm(row(email).id)


def row(email: str) -> Interest:
    db.session.rollback()
    return db.session.scalars(select(Interest).where(Interest.email == email)).one()


def listed() -> list[tuple[str, bool]]:
    db.session.rollback()
    return [
        (one.email, one.confirmed_at is not None) for one in db.session.scalars(select(Interest).order_by(Interest.id))
    ]


def mails(kind: str = "%") -> list[str]:
    db.session.rollback()
    query = select(OutboxMessage.to_address).where(OutboxMessage.cause.like(f"interest:%:{kind}"))
    return sorted(db.session.scalars(query))


@both_databases
def test_confirmed_addresses_are_told_once_at_the_opening(app: Flask) -> None:
    event = announced()
    on_list(event.id, "ada@example.org", "bo@example.org")
    service_interest.leave_address(event.id, "cy@example.org", "en")
    jobs.run_sweeps()
    assert mails("open") == []
    with clock.freeze(AFTER):
        jobs.run_sweeps()
        service_interest.tell(event.id)
        jobs.run_sweeps()
    assert mails("open") == ["ada@example.org", "bo@example.org"]
    assert [(message.subject, message.language) for message in _open()] == [
        ("Die Anmeldung ist offen: Werkstatt Lernorte", "de")
    ] * 2
    assert "/de/werkstatt/register" in _open()[0].text


def _open() -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.cause.like("interest:%:open"))))


@both_databases
def test_two_workers_at_once_tell_nobody_twice(app: Flask) -> None:
    event_id = announced().id
    on_list(event_id, *(f"p{number}@example.org" for number in range(5)))
    db.session.rollback()

    def work() -> None:
        with app.app_context():
            service_interest.tell(event_id)
            db.session.remove()

    with clock.freeze(AFTER):
        threads = [Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (mails("open"), listed()) == ([f"p{number}@example.org" for number in range(5)], [])


def test_known_address_changes_nothing_and_a_lost_mail_comes_again_later(app: Flask) -> None:
    event = announced()
    for email in ("ada@example.org", "ADA@example.org"):
        service_interest.leave_address(event.id, email, "de")
    assert (len(listed()), len(mails())) == (1, 1)
    with clock.freeze(NOW + timedelta(minutes=11)):
        service_interest.leave_address(event.id, "ada@example.org", "de")
        assert (len(listed()), len(mails())) == (1, 2)
        service_interest.confirm(row("ada@example.org").id)
    with clock.freeze(NOW + timedelta(hours=1)):
        service_interest.leave_address(event.id, "ada@example.org", "de")
    assert (listed(), len(mails())) == ([("ada@example.org", True)], 2)


def test_list_is_there_only_before_the_opening_and_where_wanted(app: Flask) -> None:
    event = announced()
    for change in ({"interest_list": False}, {"interest_list": True, "cancelled_at": NOW}, {"published_at": None}):
        events.change_event(event.id, **change)
        with pytest.raises(Refused):
            service_interest.leave_address(event.id, "ada@example.org", "de")
    events.change_event(
        event.id, published_at=NOW, cancelled_at=None, registration_opens_at=None, registration_closes_at=None
    )
    service_interest.leave_address(event.id, "ada@example.org", "de")  # a date to save, without one for registration
    with clock.freeze(datetime(2027, 3, 11, 9, tzinfo=UTC)), pytest.raises(Refused):
        service_interest.leave_address(event.id, "bo@example.org", "de")


def test_whoever_is_registered_by_then_is_not_told(app: Flask) -> None:
    event = announced()
    person = sign_up(event.id, 1, source="organiser")
    on_list(event.id, str(person.email), "bo@example.org")
    with clock.freeze(AFTER):
        jobs.run_sweeps()
    assert (mails("open"), listed()) == (["bo@example.org"], [])


def test_confirming_late_tells_at_once(app: Flask) -> None:
    event = announced()
    service_interest.leave_address(event.id, "ada@example.org", "de")
    with clock.freeze(AFTER - timedelta(days=15)):
        service_interest.confirm(row("ada@example.org").id)
    with clock.freeze(AFTER):
        jobs.run_sweeps()
    assert mails("open") == ["ada@example.org"]


def test_addresses_go_in_time(app: Flask) -> None:
    event = announced()
    service_interest.leave_address(event.id, "never@example.org", "de")
    on_list(event.id, "ada@example.org")
    jobs.run_sweeps()
    with clock.freeze(NOW + timedelta(days=6)):
        jobs.run_sweeps()
        assert len(listed()) == 2
    with clock.freeze(NOW + timedelta(days=8)):
        jobs.run_sweeps()
        assert listed() == [("ada@example.org", True)]
    with clock.freeze(NOW + timedelta(days=15)):
        jobs.run_sweeps()
        assert mails() == ["", ""]
    events.change_event(event.id, registration_opens_at=None, registration_closes_at=None)
    with clock.freeze(event.ends_at):
        jobs.run_sweeps()
    assert listed() == []


def test_leaving_and_being_forgotten_leave_no_trace(app: Flask) -> None:
    event = announced()
    on_list(event.id, "ada@example.org", "person1@example.org", "bo@example.org")
    service_interest.leave(row("ada@example.org").id)
    person = sign_up(event.id, 1, source="organiser")
    assert person.email == "person1@example.org"
    privacy.erase_registration(person)
    assert ([email for email, _is in listed()], mails()) == (["bo@example.org"], ["", "", "bo@example.org"])


def test_link_is_wrong_for_other_purposes(app: Flask) -> None:
    event = announced()
    service_interest.leave_address(event.id, "ada@example.org", "de")
    token = ids.link_token("interest", row("ada@example.org").public_id, 1)
    client = app.test_client()
    assert client.get(f"/n/{token}/").status_code == 200
    assert [client.get(f"/n/{wrong}/").status_code for wrong in (token + "x", "x", "%00")] == [404] * 3
    assert client.get(f"/r/{token}/").status_code == 404
