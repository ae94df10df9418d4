"""Starts the demonstration: builds its data once, serves it on this machine only, and says where to look."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

import click

from eventsite.core import clock

MARK = "demonstration.json"
EMAIL = "organiser@example.org"
READY_WITHIN = 60


class CannotStart(Exception):
    """A sentence for the terminal."""


def run(*, port: int, data: Path | None, reset: bool, size: int | None, stage: str, seed: int, build_only: bool) -> int:
    """Builds where needed and serves until Ctrl-C or SIGTERM; returns the exit code."""
    folder = (data or Path(os.environ.get("EVENTSITE_DATA_DIR") or "var/demo")).resolve()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _check(folder, port, build_only)
        facts = _prepare(folder, reset=reset, size=size, stage=stage, seed=seed)
    except CannotStart as problem:
        click.echo(f"eventsite: {problem}", err=True)
        return 2
    except KeyboardInterrupt:
        click.echo("Stopped.")
        return 130
    if build_only:
        return 0
    _set_environment(folder, facts, port)
    threading.Thread(target=_announce, args=(folder, facts, port), daemon=True).start()
    from eventsite import server
    from eventsite.config import load

    return server.run(load(), host="127.0.0.1", port=port)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _check(folder: Path, port: int, build_only: bool) -> None:
    from eventsite import server

    if not build_only and not server.is_free("127.0.0.1", port):
        raise CannotStart(f"port {port} is taken; choose another one with --port.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        raise CannotStart(
            f"the folder {folder} cannot be written ({error.strerror}); choose one with --data."
        ) from None


def _prepare(folder: Path, *, reset: bool, size: int | None, stage: str, seed: int) -> dict[str, Any]:
    """The facts of a finished demonstration in this folder, built now where it is not there or was asked for anew."""
    mark = folder / MARK
    facts: dict[str, Any] = json.loads(mark.read_text()) if mark.exists() else {}
    wanted = {"size": size, "stage": stage, "seed": seed}
    if facts.get("is_ready") and not reset and (size is None or facts["wanted"] == wanted):
        _move_on(folder, facts)
        return facts
    if not mark.exists() and any(folder.iterdir()):
        raise CannotStart(f"the folder {folder} holds something else; choose an empty one with --data.")
    _empty(folder)
    facts = {"is_ready": False, "wanted": wanted, "secret": secrets.token_urlsafe(48)}
    facts["password"] = os.environ.get("EVENTSITE_DEMO_PASSWORD") or _password()
    _write(mark, facts)
    _build(folder, facts, [f"--stage={stage}", f"--seed={seed}", *([f"--size={size}"] if size is not None else [])])
    facts = {**json.loads(mark.read_text()), "is_ready": True}
    _write(mark, facts)
    return facts


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _password() -> str:
    return "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(4))


def _write(mark: Path, facts: dict[str, Any]) -> None:
    mark.touch(mode=0o600)
    mark.write_text(json.dumps(facts, indent=1))


def _environment(folder: Path, facts: dict[str, Any]) -> dict[str, str]:
    return {
        **os.environ,
        "EVENTSITE_DATA_DIR": str(folder),
        "EVENTSITE_DEMO": "yes",
        "EVENTSITE_SECRET_KEY": facts["secret"],
        "EVENTSITE_DEMO_PASSWORD": facts["password"],
        "EVENTSITE_MAIL_URL": os.environ.get("EVENTSITE_MAIL_URL", "outbox:"),
    }


def _set_environment(folder: Path, facts: dict[str, Any], port: int) -> None:
    os.environ.update(_environment(folder, facts))
    os.environ["EVENTSITE_BASE_URL"] = f"http://127.0.0.1:{port}"


def _build(folder: Path, facts: dict[str, Any], arguments: list[str]) -> None:
    """Builds in a process of its own, so that the server starts small."""
    started = time.monotonic()
    code = _child(folder, facts, arguments)
    if code != 0:
        raise CannotStart("the demonstration could not be built; what went wrong stands above.")
    click.echo(f"Built in {time.monotonic() - started:.0f} s.")


def _move_on(folder: Path, facts: dict[str, Any]) -> None:
    """Moves the coming events on where their dates have passed since the last start; quick when nothing has."""
    if clock.now().timestamp() < facts.get("good_until", 0):
        return
    if _child(folder, facts, ["--move-on"]) != 0:
        raise CannotStart("the dates could not be moved on; start once with --reset.")
    facts.update(json.loads((folder / MARK).read_text()))


def _child(folder: Path, facts: dict[str, Any], arguments: list[str]) -> int:
    command = [sys.executable, "-m", "eventsite.demo.build", *arguments]
    process = subprocess.Popen(command, env=_environment(folder, facts))
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def _announce(folder: Path, facts: dict[str, Any], port: int) -> None:
    """Prints the addresses once web server, database, storage and queue answer."""
    base = f"http://127.0.0.1:{port}"
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    break
        except (URLError, OSError):
            time.sleep(0.1)
    links = json.loads((folder / MARK).read_text()).get("links", {})
    click.echo(
        f"\nThe demonstration is ready.\n\n"
        f"  Public site          {base}/\n"
        f"  Documentation        {base}/de/kassel/documentation\n"
        f"  Registration         {base}/de/kassel-next/register\n"
        f"  A personal page      {base}{links.get('personal', '/')}\n"
        f"  A speaker’s page     {base}{links.get('speaker', '/')}\n"
        f"  Organisers’ area     {base}/admin/\n"
        f"      sign in as       {EMAIL}\n"
        f"      password         {facts['password']}\n"
        f"  Every mail written   {base}/admin/outbox\n\n"
        f"Ctrl-C ends it."
    )
