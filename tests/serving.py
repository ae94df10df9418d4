"""A real site for tests: `eventsite serve` with its worker as processes of their own, asked over HTTP, killed, started again."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from eventsite import config
from eventsite.app import create_app
from eventsite.core.db import db

SECRET = "a secret key for the tests only, long enough"
READY_WITHIN = 60
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """One site: a data folder, settings, and the processes that serve it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "EVENTSITE_DATA_DIR": str(folder),
            "EVENTSITE_SECRET_KEY": SECRET,
            "EVENTSITE_BASE_URL": self.base,
            **{f"EVENTSITE_{name.upper()}": value for name, value in settings.items()},
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts web server and worker and waits until database, storage and queue answer."""
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("EVENTSITE_")}
        command = [sys.executable, "-m", "eventsite", "serve", "--port", str(self.port)]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env={**surroundings, **self.settings}, stdout=log, stderr=log, start_new_session=True
            )
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                if self.ask("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise RuntimeError((self.folder.parent / f"{self.folder.name}.log").read_text())

    def stop(self) -> None:
        """Ends it in good order, as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Ends every process of the site at once, as a power cut does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
        self.process = None

    def children(self, word: str) -> list[int]:
        """The processes of the site that have this word in their command line."""
        assert self.process is not None
        return [pid for pid, group, command in _processes() if group == self.process.pid and word in command]

    def ask(self, path: str, data: Mapping[str, str] | None = None, cookie: str = "") -> tuple[int, str, str]:
        """Status, text and cookie of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": cookie} if cookie else {}
        try:
            if data is None:
                connection.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connection.request("POST", path, urlencode(data), headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            return answer.status, text, (answer.getheader("Set-Cookie") or "").split(";")[0]
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def form(self, path: str) -> tuple[str, str]:
        """Token and cookie of a form."""
        status, text, cookie = self.ask(path)
        found = _TOKEN.search(text)
        assert found, f"no form at {path}: {status}"
        return found[1], cookie

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The database and files of the site, read by this process through the library."""
        app = create_app(
            config.load({**self.settings, "EVENTSITE_MAIL_URL": self.settings.get("EVENTSITE_MAIL_URL", "")})
        )
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()


def _processes() -> Iterator[tuple[int, int, str]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                group = int((entry / "stat").read_text().rpartition(")")[2].split()[2])
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            yield int(entry.name), group, command


def wait_until(is_so: object, seconds: float = 60, pause: float = 0.2) -> None:
    """Waits until a condition holds; fails with its name when it never does."""
    assert callable(is_so)
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"never came true: {getattr(is_so, '__name__', is_so)}"
        time.sleep(pause)
