"""A full disk: the site says that nothing was stored, loses nothing, and works again once there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eventsite import schema
from eventsite.core.db import db
from tests.races.conftest import open_event
from tests.races.disk import Limit, SmallDisk, small_disk
from tests.races.test_crash import FORM, register, stored
from tests.serving import Site


@pytest.fixture(params=["as it comes", "limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk | Limit]:
    """The disk under the data folder: a small one where that is possible, and always a limit on the processes."""
    folder = tmp_path / "data"
    folder.mkdir()
    if request.param == "limit":
        yield Limit()
    else:
        with small_disk(folder) as found:
            yield found


def send(site: Site, number: int) -> tuple[int, str]:
    token, cookie = site.form(FORM)
    fields = {"csrf_token": token, "name": f"Person {number}", "email": f"person{number}@example.org"}
    return site.ask(FORM, fields, cookie)[:2]


@pytest.mark.slow
def test_full_disk_stores_nothing_and_says_so(disk: SmallDisk | Limit, tmp_path: Path) -> None:
    site = Site(tmp_path / "data", rate_limits="off", mail_url="outbox:")
    with site.inside():
        schema.upgrade(db.engine)
    open_event(site)
    site.start()
    try:
        assert [register(site, number) for number in range(3)] == [True] * 3
        disk.fill(site)
        refused = [send(site, number) for number in range(3, 6)]
        assert [status for status, _text in refused] == [503] * 3
        assert all("Es wurde nichts gespeichert" in text for _status, text in refused)
        assert site.ask("/de/offen/")[0] == 200
        disk.free(site)
        assert register(site, 6)
        assert stored(site) == [f"person{number}@example.org" for number in (0, 1, 2, 6)]
    finally:
        site.kill()
