"""The only clock: tests and the demonstration set it, everybody else asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant, aware and in UTC."""
    return _frozen or datetime.now(UTC)


@contextmanager
def freeze(instant: datetime) -> Iterator[None]:
    """Stops the clock of this process at an aware instant; for tests and for building the demonstration."""
    global _frozen
    before, _frozen = _frozen, instant.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before
