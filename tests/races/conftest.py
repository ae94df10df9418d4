"""A served site with an event open for registration, and a mail server beside it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from eventsite.core import clock
from eventsite.events import service as events
from tests.meeting import make_site, words
from tests.races.sink import Sink
from tests.serving import Site


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server that takes everything until it is told otherwise."""
    found = Sink().start()
    yield found
    found.stop()


def open_event(site: Site, *, capacity: int | None = 20) -> None:
    """The event "offen" on this site: it takes registrations now, whenever the test runs."""
    now = clock.now()
    with site.inside():
        event = events.create_event(
            host_ids=[make_site()],
            slug="offen",
            title=words("Offene Tagung", "Open meeting"),
            starts_at=now + timedelta(days=60),
            ends_at=now + timedelta(days=60, hours=8),
            registration_opens_at=now - timedelta(days=1),
            registration_closes_at=now + timedelta(days=40),
            capacity=capacity,
            contact_email="tagung@example.org",
        )
        events.publish_event(event.id)


@pytest.fixture
def site(database: str, tmp_path: Path, sink: Sink) -> Iterator[Site]:
    """A site on a fresh database, not started yet; nothing of it is left running."""
    folder = tmp_path / "data"
    folder.mkdir()
    made = Site(folder, database_url=database, mail_url=sink.url, rate_limits="off")
    open_event(made)
    yield made
    if made.process is not None:
        made.kill()
