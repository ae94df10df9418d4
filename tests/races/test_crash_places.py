"""A power cut while places are given on: leaving and the offer to the next person happen together, or not at all."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries
from eventsite.site import signup
from tests import counting
from tests.conftest import both_databases
from tests.races.sink import Sink
from tests.registering import page_of
from tests.serving import Site
from tests.waiting import confirmed

THREADS = 16


@pytest.mark.slow
@both_databases
def test_kill_while_places_are_given_on_loses_no_place(site: Site, sink: Sink) -> None:
    with site.inside():
        event_id = db.session.scalars(db.select(Event.id)).one()
        signup.change_places(event_id, actor="test", promotion="offer")
        people = confirmed(event_id, range(45))
        pages = [page_of(one, "cancellation") for one in people[:20]]
        ids = {page: one.id for page, one in zip(pages, people, strict=False)}
    site.start()
    gone, enough = set[int](), threading.Event()

    def leave(page: str) -> None:
        try:
            if site.ask(page, {"go": "1"})[0] == 303:
                gone.add(ids[page])
        except OSError:
            return  # the site is gone
        if len(gone) >= 6:
            enough.set()

    with ThreadPoolExecutor(THREADS + 1) as pool:
        cut = pool.submit(lambda: (enough.wait(60), site.kill()))
        list(pool.map(leave, pages))
        enough.set()
        cut.result()
    with site.inside():
        assert counting.kept(event_id) == counting.true(event_id)
        found = {one.id: one.status for one in queries.search(event_id, limit=100)}
        assert {found[one] for one in gone} == {"cancelled"}
        ended = sum(status == "cancelled" for status in found.values())
        # Whoever left has left together with the offer to the next: in one step, or not at all.
        assert Counter(found.values()) == {
            "cancelled": ended,
            "confirmed": 20 - ended,
            "offered": ended,
            "waiting": 25 - ended,
        }
        causes = list(db.session.scalars(db.select(OutboxMessage.cause)))
        assert len(causes) == len(set(causes)) == 90 + 2 * ended
