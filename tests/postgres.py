"""A PostgreSQL server for the tests alone: in a temporary folder, without a port, gone when its last user is."""

import atexit
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg import sql

OLDEST = 15
USER = "eventsite"
SETTINGS = {  # nothing here has to survive a power cut
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "jit": "off",
    "log_min_messages": "error",
}


def server() -> str:
    """The address of the administration database of this test run's server, which the first caller starts.

    Skips the test where no PostgreSQL is installed; with CI=true tests/no_skips.py turns that into a failure.
    """
    binaries = find_binaries()
    if binaries is None:
        pytest.skip(f"no PostgreSQL {OLDEST} or newer is installed (./run test installs it)")
    return _url(_join(binaries), "postgres")


def create_database(template: str | None = None) -> str:
    """A new empty database, or a copy of the template's address or name; nobody may be connected to that."""
    name = f"test_{uuid.uuid4().hex}"
    copied = sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name(template))) if template else sql.SQL("")
    _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copied)
    return _rename(server(), name)


def drop_database(url: str) -> None:
    """Removes a database made here, and ends the connections that are still open to it."""
    _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(url))))


def prepared(name: str, build: Callable[[str], None]) -> str:
    """The address of a template, built once for all test processes of the run by `build(url)`, which disconnects."""
    admin = server()
    url = _rename(admin, name)
    with (_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(admin, autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if known is None:
            draft = create_database()
            build(draft)
            _administer(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(_name(draft)), sql.Identifier(name))
            )
    return url


def find_binaries() -> Path | None:
    """The folder of the newest installed PostgreSQL's programs, if it is new enough."""
    candidates = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    if found := shutil.which("initdb"):
        candidates.append(Path(found).resolve().parent)
    versions = {_version(folder): folder for folder in candidates if (folder / "initdb").exists()}
    newest = max(versions, default=0)
    return versions[newest] if newest >= OLDEST else None


def _version(folder: Path) -> int:
    text = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    number = re.search(r"\d+", text)
    return int(number.group()) if number else 0


def _folder() -> Path:
    """One folder per test run: the processes of pytest-xdist share it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")
    return Path(tempfile.gettempdir()) / f"eventsite-pg-{os.getuid()}-{run[:12]}"


@cache
def _join(binaries: Path) -> Path:
    """Starts the server unless another process of this run has; keeps it alive as long as this process lives."""
    folder = _folder()
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise RuntimeError(f"{folder} belongs to somebody else")
    users = (folder / "users").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)  # the kernel lets go of it however this process ends
    atexit.register(users.close)
    with (folder / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "started").exists():
            _start(binaries, folder)
            (folder / "started").touch()
    return folder


def _start(binaries: Path, folder: Path) -> None:
    data = folder / "data"
    data.mkdir(mode=0o700)
    user = _unprivileged(data)
    locale = [] if sys.platform == "darwin" else ["--locale=C.UTF-8"]
    options = " ".join(f"-c {name}={value}" for name, value in {**SETTINGS, "unix_socket_directories": data}.items())
    initdb = [*user, binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *locale]
    start = [*user, binaries / "pg_ctl", "-D", data, "-l", data / "log", "-w", "-o", options, "start"]
    for command in (initdb, start):
        with (folder / "output").open("w") as output:  # a file: the server would keep a pipe open
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        if done.returncode:
            log = (data / "log").read_text() if (data / "log").exists() else ""
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'output').read_text()}{log}")
    # Watches from outside: even a killed test run leaves neither server nor folder behind.
    watch = [sys.executable, __file__, str(folder), str(binaries / "pg_ctl"), *user]
    in_background = ["sh", "-c", '"$@" >/dev/null 2>&1 &', "sh", *watch]
    subprocess.run(in_background, start_new_session=True, cwd="/", stdin=subprocess.DEVNULL, check=True)


def _unprivileged(data: Path) -> list[str]:
    """PostgreSQL refuses to run as root: the words before a command that make it run as nobody."""
    if os.getuid() != 0:
        return []
    shutil.chown(data, "nobody")
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise RuntimeError("as root, setpriv (package util-linux) is needed to start PostgreSQL as nobody")
    return [setpriv, "--reuid=nobody", "--clear-groups", "--no-new-privs"]


def _stop_when_unused(folder: Path, pg_ctl: str, user: list[str]) -> None:
    with (folder / "users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_EX)  # granted when the last test process has ended
        subprocess.run([*user, pg_ctl, "-D", folder / "data", "-m", "immediate", "stop"], cwd="/", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _url(folder: Path, database: str) -> str:
    return f"postgresql://{USER}@/{database}?" + urlencode({"host": folder / "data"}, safe="/")


def _name(url_or_name: str) -> str:
    return url_or_name.split("?", 1)[0].rsplit("/", 1)[-1]


def _rename(url: str, database: str) -> str:
    before, _, options = url.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{database}?{options}"


def _administer(statement: sql.Composable) -> None:
    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(statement)


if __name__ == "__main__":
    _stop_when_unused(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
