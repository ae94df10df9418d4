"""The outbox: once per cause, links only at sending, tried again, blanked in time."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.core import clock, ids
from eventsite.core.db import transaction
from eventsite.mail import links, outbox, transport
from eventsite.mail.outbox import Mail
from tests.conftest import NOW, both_databases


def _put(cause: str = "one", text: str = "Guten Tag") -> None:
    mail = Mail(subject="Betreff\nmit Zeile", text=text, html=f"<p>{text}</p>")
    outbox.put(mail, to_address="clara@example.org", to_name="Clara Ömer", cause=cause, language="de")


@both_databases
def test_mail_is_sent_once_per_cause(app: Flask) -> None:
    _put()
    _put()
    outbox.deliver()
    outbox.deliver()
    assert [m["Subject"] for m in transport.sent] == ["Betreff mit Zeile"]


def test_mail_of_a_failed_transaction_is_never_sent(app: Flask) -> None:
    with pytest.raises(ValueError), transaction():
        _put()
        raise ValueError
    outbox.deliver()
    assert transport.sent == []


def test_link_is_stored_as_a_marker_and_sent_as_an_address(app: Flask) -> None:
    _put(text=f"Hier: {links.link('registration', 'abc', 1, '/r/{token}/')}")
    stored = outbox.messages()[0]
    token = ids.link_token("registration", "abc", 1)
    assert token not in stored.text
    outbox.deliver()
    body = transport.sent[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == f"Hier: http://localhost/r/{token}/"


def test_failed_mail_waits_longer_each_time_and_is_given_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    transport.use_server("")
    monkeypatch.setattr(transport, "_url", "smtp://127.0.0.1:9")  # nobody listens on the discard port
    _put()
    instant, waits = NOW, []
    for _ in range(len(outbox.PAUSES) + 1):
        with clock.freeze(instant):
            outbox.deliver()
            message = outbox.messages()[0]
            waits.append(message.next_attempt_at - instant)
            instant = message.next_attempt_at
    assert waits[:3] == [timedelta(minutes=m) for m in outbox.PAUSES[:3]]
    assert (message.state, message.attempts) == ("failed", len(outbox.PAUSES) + 1)
    assert message.reason


def test_mail_of_a_dead_worker_is_taken_over(app: Flask) -> None:
    _put()
    assert outbox._claim() is not None
    outbox.deliver()
    assert transport.sent == []
    with clock.freeze(NOW + timedelta(minutes=outbox.CLAIM_MINUTES)):
        outbox.deliver()
    assert len(transport.sent) == 1


def test_old_bodies_are_blanked_and_young_ones_kept(app: Flask) -> None:
    _put("old")
    outbox.deliver()
    with clock.freeze(NOW + timedelta(days=outbox.BLANK_DAYS, minutes=1)):
        _put("young")
        outbox.deliver()
        outbox.blank_old_bodies()
        young, old = outbox.messages()
    assert (old.text, old.html, young.text) == ("", "", "Guten Tag")


def test_message_carries_both_parts_and_a_stable_id(app: Flask) -> None:
    _put()
    message = outbox.messages()[0]
    first, second = transport.compose(message), transport.compose(message)
    assert first["Message-ID"] == second["Message-ID"] == f"<{message.public_id}@localhost>"
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]
    assert first["To"] == "Clara Ömer <clara@example.org>"
