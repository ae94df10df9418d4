"""A web process starts quickly and stays small: importing wsgi loads nothing that only some work needs."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT
from tests.architecture.test_arrows import SLOW

SLOW_MODULES = sorted(SLOW | {"huey.storage", "fontTools", "lxml", "babel.messages", "playwright"})
ASK = "import sys, {module}; print(*[name for name in {slow!r} if name in sys.modules])"


def loaded_by(module: str, folder: Path, slow: list[str] = SLOW_MODULES) -> list[str]:
    """Which of the slow modules a fresh process has loaded after importing this one."""
    settings = {"EVENTSITE_DATA_DIR": str(folder), "EVENTSITE_SECRET_KEY": "x" * 40, "EVENTSITE_MAIL_URL": "memory:"}
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("EVENTSITE_")}, **settings}
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(module=module, slow=slow)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_wsgi_loads_nothing_slow(tmp_path: Path) -> None:
    assert loaded_by("wsgi", tmp_path) == []


def test_loaded_module_is_seen(tmp_path: Path) -> None:
    assert loaded_by("json", tmp_path, slow=["json.decoder", "wave"]) == ["json.decoder"]
