"""The demonstration, built once for all workers, served for each; a browser that remembers what a page asked for."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watch import Watch
from tests.serving import Site

PASSWORD = "a password for the tests"
EMAIL = "organiser@example.org"
SIZE = 48  # each workshop of a round needs some people
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a small demonstration; the first worker builds it, the others wait."""
    common = tmp_path_factory.getbasetemp()
    common = common.parent if "PYTEST_XDIST_WORKER" in os.environ else common
    folder = common / "demonstration"
    with (common / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (common / "demonstration.ready").exists():
            build(folder)
            (common / "demonstration.ready").touch()
    return folder


def build(folder: Path) -> None:
    """Builds the demonstration as `./run demo` does, without serving it."""
    command = [sys.executable, "-m", "eventsite", "demo", "--data", str(folder), "--size", str(SIZE), "--build-only"]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("EVENTSITE_")}
    surroundings["EVENTSITE_DEMO_PASSWORD"] = PASSWORD
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def serve(data: Path, folder: Path) -> Site:
    """A site of its own on a copy of the demonstration."""
    shutil.copytree(data, folder)
    secret = json.loads((folder / "demonstration.json").read_text())["secret"]
    site = Site(folder, secret_key=secret, demo="yes", mail_url="outbox:")
    site.start()
    return site


@pytest.fixture(scope="session")
def shown_site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for tests that only look; one per worker."""
    site = serve(demonstration, tmp_path_factory.mktemp("shown") / "data")
    yield site
    site.kill()


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """A site for one test that changes things."""
    site = serve(demonstration, tmp_path / "data")
    yield site
    site.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; one per worker."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path is not None, "the browser tests need chromium (apt-get install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own on a site, watched: at the end no page may have broken a rule."""
    watches = []

    def opened(site: Site, *, is_watched: bool = True, **options: Any) -> Page:
        options = {"locale": "de-DE", "viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(base_url=site.base, **options)
        context.set_default_timeout(20_000)
        watches.append((Watch(context, site.base), is_watched))
        return context.new_page()

    yield opened
    for watch, _is_watched in watches:
        watch.context.close()
    assert [fault for watch, is_watched in watches if is_watched for fault in watch.faults] == []
