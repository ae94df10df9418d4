"""Web server and worker as one tree of processes that starts with one command and ends with one signal."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

from eventsite.config import Settings

log = logging.getLogger("eventsite.server")
_PR_SET_PDEATHSIG = 1
_PARENT = "EVENTSITE_PARENT_PID"  # of the process that started this worker; not a setting


def end_with_parent() -> None:
    """Ends this process when its parent ends, even by SIGKILL (Linux; elsewhere the parent's signal must do)."""
    parent = os.environ.get(_PARENT)
    if parent is None:
        return  # started by itself
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it ended before we asked to be told
        raise SystemExit(0)


def is_free(host: str, port: int) -> bool:
    """Whether this process could listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Worker:
    """The background worker as a child process, started again when it ends by itself."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, daemon=True)
        self._thread.start()

    def _keep_running(self) -> None:
        pause = 1.0
        while not self._ending.is_set():
            started = time.monotonic()
            with self._lock:
                if self._ending.is_set():
                    return
                self._process = self._start()
            code = self._process.wait()
            if self._ending.is_set():
                return
            pause = 1.0 if time.monotonic() - started > 60 else min(pause * 2, 30)
            log.error("the background worker ended with %s; it is started again in %.0f s", code, pause)
            self._ending.wait(pause)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, _PARENT: str(os.getpid())}
        return subprocess.Popen([sys.executable, "-m", "eventsite", "worker"], env=environment)

    def end(self) -> None:
        """Ends the worker; work in progress is found again by the sweep of the next start."""
        with self._lock:
            self._ending.set()
            process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(8)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def run(settings: Settings, *, host: str, port: int) -> int:
    """Serves until SIGTERM or Ctrl-C; returns the exit code."""
    if not is_free(host, port):
        sys.stderr.write(f"eventsite: port {port} is taken; choose another one with --port.\n")
        return 2
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    worker: Any = Worker() if settings.with_worker else None
    server = Granian(
        "eventsite.app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.web_workers,
        blocking_threads=settings.web_threads,
        backpressure=max(64, settings.web_threads * 16),
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    try:
        server.serve()
    finally:
        if worker is not None:
            worker.end()
    return 0
