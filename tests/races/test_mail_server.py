"""A mail server that refuses, asks to come again, stalls or drops: state and reason are right, and the mail arrives later."""

from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.mail import outbox, transport
from eventsite.mail.models import OutboxMessage
from tests.conftest import NOW, make_settings
from tests.races.sink import Sink
from tests.serving import free_port


@pytest.fixture
def _server(app: Flask, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mails go to the sink; a stalling server is given up after a moment."""
    settings = make_settings(app.config["SETTINGS"].data_dir)
    changed = {"mail_url": sink.url, "bounce_address": "bounces@example.org"}
    transport.configure(type(settings)(**{**vars(settings), **changed}))
    monkeypatch.setattr(transport, "TIMEOUT", 0.3)
    mail = outbox.Mail("Betreff", "Text", "<p>Text</p>")
    outbox.put(mail, to_address="ada@example.org", to_name="Ada", cause="test", language="de")


def state() -> tuple[str, int]:
    db.session.rollback()
    row = db.session.scalars(db.select(OutboxMessage)).one()
    return row.state, row.attempts


def reason() -> str:
    return db.session.scalars(db.select(OutboxMessage.reason)).one()


@pytest.mark.usefixtures("_server")
@pytest.mark.parametrize(("mood", "words"), [("later", "come again later"), ("stall", "timed out"), ("drop", "")])
def test_mail_arrives_once_the_server_is_well(sink: Sink, mood: str, words: str) -> None:
    sink.mood, sink.pause = mood, 1.0
    outbox.deliver()
    assert (state(), words in reason(), reason() != "") == (("waiting", 1), True, True)
    sink.mood, sink.pause = "take", 0.0
    outbox.deliver()  # not before the pause is over
    assert (state(), sink.taken) == (("waiting", 1), [])
    with clock.freeze(NOW + timedelta(minutes=5)):
        outbox.deliver()
    assert (state(), reason()) == (("sent", 1), "")
    assert [to for _id, to in sink.taken] == ["ada@example.org"]


@pytest.mark.usefixtures("_server")
def test_refused_address_is_not_tried_again(sink: Sink) -> None:
    sink.mood = "refuse"
    outbox.deliver()
    assert (state(), "no such mailbox" in reason()) == (("failed", 1), True)
    sink.mood = "take"
    with clock.freeze(NOW + timedelta(days=30)):
        outbox.deliver()
    assert (state(), sink.taken) == (("failed", 1), [])


@pytest.mark.usefixtures("_server")
def test_server_that_is_away_is_waited_for(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_url", f"smtp://127.0.0.1:{free_port()}")
    outbox.deliver()
    assert (state(), reason() != "") == (("waiting", 1), True)
    monkeypatch.setattr(transport, "_url", sink.url)
    with clock.freeze(NOW + timedelta(minutes=5)):
        outbox.deliver()
    assert (state(), len(sink.taken)) == (("sent", 1), 1)


def cause() -> str:
    return db.session.scalars(db.select(OutboxMessage.public_id)).one()


@pytest.mark.usefixtures("_server")
def test_second_try_carries_the_same_message_id_so_that_it_is_the_same_mail(sink: Sink) -> None:
    sink.mood = "drop after"  # the server has the mail, but we never learn of it
    outbox.deliver()
    assert (state(), len(sink.taken)) == (("waiting", 1), 1)
    sink.mood = "take"
    again = outbox.Mail("Betreff", "Text", "<p>Text</p>")
    outbox.put(again, to_address="ada@example.org", to_name="Ada", cause="test", language="de")
    with clock.freeze(NOW + timedelta(minutes=5)):
        outbox.deliver()
    assert (state(), len({message_id for message_id, _to in sink.taken})) == (("sent", 1), 1)
    assert set(sink.senders) == {f"bounces+{cause()}@example.org"}


@pytest.mark.usefixtures("_server")
def test_many_workers_send_each_cause_once(sink: Sink, app: Flask) -> None:
    for number in range(12):
        mail = outbox.Mail("Betreff", "Text", "<p>Text</p>")
        for _time in range(2):
            outbox.put(mail, to_address="ada@example.org", to_name="Ada", cause=f"m{number}", language="de")

    def work() -> None:
        with app.app_context(), clock.freeze(NOW):
            outbox.deliver()
            db.session.remove()

    threads = [Thread(target=work) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [message_id for message_id, _to in sink.taken]
    assert (len(ids), len(set(ids))) == (13, 13)
