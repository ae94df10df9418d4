"""Power cuts in the middle of the work: what was acknowledged is stored, and what was stored is sent."""

import os
import signal
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.mail.models import OutboxMessage
from eventsite.registration.models import Registration
from tests.conftest import both_databases
from tests.races.sink import Sink
from tests.serving import Site, wait_until

FORM = "/de/offen/register"
THREADS = 16


def register(site: Site, number: int) -> bool:
    """Registers over HTTP as a browser does; true when the site acknowledged it."""
    token, cookie = site.form(FORM)
    fields = {"csrf_token": token, "name": f"Person {number}", "email": f"person{number}@example.org"}
    return site.ask(FORM, fields, cookie)[0] == 303


class Rush:
    """People who register from many threads until the site is gone."""

    def __init__(self, site: Site, people: int) -> None:
        self.site, self.people, self.acknowledged = site, people, set[str]()
        self.enough = threading.Event()

    def __call__(self, kill_after: int) -> None:
        with ThreadPoolExecutor(THREADS + 1) as pool:
            cut = pool.submit(self._cut)
            list(pool.map(lambda number: self._one(number, kill_after), range(self.people)))
            self.enough.set()
            cut.result()

    def _cut(self) -> None:
        assert self.enough.wait(60)
        self.site.kill()

    def _one(self, number: int, kill_after: int) -> None:
        try:
            if register(self.site, number):
                self.acknowledged.add(f"person{number}@example.org")
        except (OSError, AssertionError):
            return  # the site is gone
        if len(self.acknowledged) >= kill_after:
            self.enough.set()


def stored(site: Site) -> list[str]:
    """The addresses of all registrations."""
    with site.inside():
        return list(db.session.scalars(db.select(Registration.email)))


def mail_rows(site: Site) -> list[tuple[str, str, str]]:
    """Message-ID, receiver and state of every mail row."""
    with site.inside():
        rows = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id))
        return [(f"<{row.public_id}@127.0.0.1>", row.to_address, row.state) for row in rows]


def let_time_pass(site: Site, minutes: int) -> None:
    """Moves what the clock decides about mails back, as if these minutes had passed."""
    with site.inside(), transaction() as session:
        for row in session.scalars(db.select(OutboxMessage).where(OutboxMessage.state != "sent")):
            row.next_attempt_at = min(row.next_attempt_at, clock.now()) - timedelta(minutes=minutes)


def all_sent(site: Site) -> bool:
    return {state for _id, _to, state in mail_rows(site)} == {"sent"}


@pytest.mark.slow
@both_databases
def test_kill_in_a_rush_loses_nothing_acknowledged(site: Site, sink: Sink) -> None:
    site.start()
    rush = Rush(site, people=150)
    rush(kill_after=50)
    assert 50 <= len(rush.acknowledged) < 150
    let_time_pass(site, 20)
    site.start()
    there = stored(site)
    assert rush.acknowledged - set(there) == set()
    assert len(there) == len(set(there))
    wait_until(lambda: all_sent(site))
    rows = mail_rows(site)
    assert sorted(to for _id, to, _state in rows) == sorted(there)
    assert {message_id for message_id, _to in sink.taken} == {message_id for message_id, _to, _state in rows}
    # A mail that was being handed over in the very moment may come twice, under one Message-ID.
    assert sum(Counter(sink.taken).values()) - len(rows) <= 1


@pytest.mark.slow
@both_databases
def test_killed_worker_loses_no_mail(site: Site, sink: Sink) -> None:
    site.start()
    sink.pause = 0.3
    assert [register(site, number) for number in range(8)] == [True] * 8
    assert sink.has_one.wait(30)
    (worker,) = site.children("eventsite worker")
    os.kill(worker, signal.SIGKILL)
    sink.pause = 0.0
    let_time_pass(site, 20)
    site.kill()
    site.start()
    wait_until(lambda: all_sent(site))
    assert {to for _id, to in sink.taken} == {f"person{number}@example.org" for number in range(8)}
    assert len({message_id for message_id, _to in sink.taken}) == 8
    assert len(sink.taken) <= 9


@both_databases
def test_restart_sends_what_was_stored_while_the_mail_server_was_away(site: Site, sink: Sink) -> None:
    sink.mood = "later"
    site.start()
    assert register(site, 1)
    wait_until(lambda: [state for _id, _to, state in mail_rows(site)] == ["waiting"])
    site.kill()
    sink.mood = "take"
    let_time_pass(site, 20)
    site.start()
    wait_until(lambda: all_sent(site))
    assert [to for _id, to in sink.taken] == ["person1@example.org"]
