"""Addresses that do not work are marked and corrected; a new address counts once its own link was followed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from eventsite import cli
from eventsite.core import clock, ids, jobs
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.mail.models import OutboxMessage
from eventsite.people.models import PersonalLink
from eventsite.registration import service as registrations
from eventsite.registration import service_addresses
from eventsite.site import signup
from tests.conftest import NOW
from tests.meeting import make_meeting, visit
from tests.registering import fresh, mails, page_of, sign_up
from tests.reports import report


def message() -> OutboxMessage:
    db.session.rollback()
    return db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).first()  # type: ignore[return-value]


@pytest.fixture
def one(app: Flask) -> Any:
    """Somebody whose first mail has been sent."""
    found = sign_up(make_meeting().event.id, 1)
    jobs.run_sweeps()
    return found


@pytest.mark.parametrize(
    ("status", "outcome", "state", "mark"),
    [
        ("5.1.1", "undeliverable", "failed", "5.1.1 550 no such mailbox"),
        ("5.2.2", "noted", "sent", ""),
    ],
)
def test_report_marks_mail_and_registration(one: Any, status: str, outcome: str, state: str, mark: str) -> None:
    raw = report(message_id=message().public_id, status=status)
    for _time in range(2):
        assert service_addresses.take_in_report(raw) == outcome
    assert (message().state, message().reason) == (state, f"{status} 550 no such mailbox")
    assert fresh(one.id).undeliverable == mark


def test_foreign_report_changes_nothing(one: Any) -> None:
    assert service_addresses.take_in_report(report()) == "unknown"
    assert service_addresses.take_in_report(b"Subject: away\n\nhello") == "ignored"
    assert (message().state, fresh(one.id).undeliverable) == ("sent", "")


def test_correction_sends_the_link_to_the_right_address_and_holds_anew(one: Any) -> None:
    service_addresses.take_in_report(report(message_id=message().public_id))
    with clock.freeze(NOW + timedelta(hours=40)):
        service_addresses.correct(one.id, "right@example.org", actor="anna")
    found = fresh(one.id)
    assert (found.email, found.undeliverable, found.person.email) == ("right@example.org", "", "right@example.org")
    assert found.held_until == NOW + timedelta(hours=88)
    assert mails()[-1] == ("right@example.org", "Bitte bestätigen Sie Ihre Anmeldung: Werkstatt Lernorte")
    service_addresses.mark_undeliverable()
    assert fresh(one.id).undeliverable == ""


def test_correction_to_an_address_that_is_registered_is_refused(one: Any) -> None:
    sign_up(one.event_id, 2)
    with pytest.raises(Refused):
        service_addresses.correct(one.id, "Person2@example.org", actor="anna")


def test_kept_address_is_not_marked_again(one: Any) -> None:
    service_addresses.take_in_report(report(message_id=message().public_id))
    service_addresses.keep(one.id, actor="anna")
    service_addresses.mark_undeliverable()
    assert fresh(one.id).undeliverable == ""


def test_command_takes_reports_from_a_pipe_and_never_fails_on_other_mail(
    one: Any, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "application", lambda _settings: app)
    raw = report(message_id=message().public_id)
    found = CliRunner().invoke(cli.cli, ["bounces", "-"], input=raw)
    assert (found.exit_code, found.output, found.exception) == (0, "-: undeliverable\n", None)
    (tmp_path / "away.eml").write_bytes(b"Subject: away\n\nhello")
    found = CliRunner().invoke(cli.cli, ["bounces", str(tmp_path / "away.eml")])
    assert (found.exit_code, found.output.endswith("away.eml: ignored\n")) == (0, True)


def new_link(registration_id: int) -> str:
    link = db.session.get_one(PersonalLink, fresh(registration_id).new_email_link_id)
    return f"/address/{ids.link_token(link.purpose, link.public_id, link.generation)}/"


def test_new_address_counts_once_its_link_was_followed(one: Any, app: Flask) -> None:
    registrations.confirm(one.id)
    assert visit(app, page_of(one, "address"), "POST", data={"email": "new@example.org"}).status_code == 303
    assert fresh(one.id).email == "person1@example.org"
    assert mails()[-1][0] == "new@example.org"
    address = new_link(one.id)
    assert (visit(app, address).status_code, fresh(one.id).email) == (200, "person1@example.org")
    assert visit(app, address, "POST").status_code == 303
    assert fresh(one.id).email == "new@example.org"
    assert mails()[-1] == ("person1@example.org", "Andere Adresse: Werkstatt Lernorte")
    assert visit(app, address, "POST").status_code == 404


def test_registered_address_is_not_told_and_gets_nothing(one: Any, app: Flask) -> None:
    signup.sign_up(one.event_id, signup.Details("Two", "two@example.org"), notify=False)
    before = len(mails())
    answer = visit(app, page_of(one, "address"), "POST", data={"email": "two@example.org"})
    assert (answer.status_code, len(mails())) == (303, before)


@pytest.mark.parametrize("email", ["", "nonsense", "person1@example.org"])
def test_bad_new_address_is_refused_and_kept(one: Any, app: Flask, email: str) -> None:
    answer = visit(app, page_of(one, "address"), "POST", data={"email": email})
    assert (answer.status_code, f'value="{email}"' in answer.text) == (422, True)


def test_link_to_a_new_address_ends(one: Any) -> None:
    service_addresses.ask_for_change(one.id, "new@example.org")
    with db.session.no_autoflush:
        link = db.session.get_one(PersonalLink, fresh(one.id).new_email_link_id)
    assert link.expires_at == NOW + timedelta(hours=48)
    service_addresses.ask_for_change(one.id, "newer@example.org")
    db.session.rollback()
    assert db.session.get_one(PersonalLink, link.id).revoked_at == NOW
    service_addresses.confirm_change(one.id)
    with pytest.raises(NotFound):
        service_addresses.confirm_change(one.id)
