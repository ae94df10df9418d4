"""Background work behind one door (huey): the queue is only a bell, the state of the work lies in domain rows.

A function marked @background gets `.later(...)`, which rings the bell once the running transaction is stored. What a
crash forgot is found again by functions marked @periodic. Losing the queue loses nothing.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from eventsite.core.db import after_commit, db

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger("eventsite.jobs")
_tasks: dict[str, Callable[..., None]] = {}
_sweeps: list[tuple[str, int]] = []
_app: "Flask | None" = None
_queue: Any = None
_ring: Any = None
_immediate = False


class Background:
    """A function that can be called at once or rung for later; its arguments are ids and plain values only."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.__doc__ = function.__doc__
        _tasks[self.name] = function

    def __call__(self, *args: Any) -> None:
        self.function(*args)

    def later(self, *args: Any) -> None:
        """Rings for this work once the running transaction is stored; the work must find its state in the database."""
        if not all(isinstance(a, (int, str, bool, type(None))) for a in args):
            raise TypeError("background work takes ids and plain values only")
        after_commit(lambda: _send(self.name, args))


def background(function: Callable[..., None]) -> Background:
    """Marks a service function as background work."""
    return Background(function)


def periodic(*, minutes: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Runs a function without arguments every so many minutes in the worker."""

    def mark(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__qualname__}"
        _tasks[name] = function
        _sweeps.append((name, minutes))
        return function

    return mark


def configure(app: "Flask", queue_url: str) -> None:
    """Names the queue; it is opened when the first bell rings, so that starting a web process stays quick."""
    global _app, _queue, _ring, _immediate
    _app, _queue, _ring = app, None, None
    _immediate = queue_url == "immediate:"
    app.config["QUEUE_URL"] = queue_url


def _open() -> Any:
    global _queue, _ring
    if _queue is None:
        assert _app is not None
        url = _app.config["QUEUE_URL"]
        if url.startswith("sqlite"):
            from huey import SqliteHuey

            _queue = SqliteHuey("eventsite", filename=url.removeprefix("sqlite:///"), results=False, fsync=False)
        elif url.startswith("postgresql"):
            from huey import PostgresHuey

            _queue = PostgresHuey("eventsite", dsn=url.replace("+psycopg", ""), results=False)
        else:
            from huey import RedisHuey

            _queue = RedisHuey("eventsite", url=url, results=False)
        _ring = _queue.task(name="ring")(_run)
    return _queue


def _send(name: str, args: tuple[Any, ...]) -> None:
    if _immediate:
        return  # tests and commands run the work themselves through run_all()
    try:
        _open()
        _ring(name, *args)
    except Exception:  # the bell may be lost: the sweep finds the row
        log.exception("the bell for %s could not be rung; the sweep will find it", name)


def _run(name: str, *args: Any) -> None:
    assert _app is not None
    with _app.app_context():
        try:
            _tasks[name](*args)
        except Exception:
            log.exception("background work %s%r failed", name, args)
        finally:
            db.session.remove()


def run_sweeps() -> None:
    """Does at once what the worker would do over time; for the tests and the demonstration, inside an app context."""
    for name, _minutes in _sweeps:
        _tasks[name]()


def pending() -> int:
    """How many bells wait in the queue; raises when the queue does not answer."""
    return 0 if _immediate else int(_open().pending_count())


def work(threads: int = 1) -> None:
    """Runs the worker in this process until SIGTERM or Ctrl-C."""
    from huey import crontab

    queue = _open()
    for name, minutes in _sweeps:
        every = crontab(minute=f"*/{minutes}" if minutes > 1 else "*")
        queue.periodic_task(every, name=f"sweep {name}")(lambda name=name: _run(name))
    for name, _minutes in _sweeps:
        _run(name)  # what a crash forgot is done at the start, not at the next full minute
    queue.create_consumer(workers=threads, worker_type="thread", initial_delay=0.05, max_delay=1.0).run()
