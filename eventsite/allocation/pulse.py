"""Tells whoever listens how far a run is, and lets them stop it: what they raise ends the run."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[int, int], None]
EVERY = 0.5


class Pulse:
    """Progress of one run; between two steps it is told again every half second, so that a stop is soon heard."""

    def __init__(self, progress: Progress | None = None) -> None:
        """Without a listener nothing happens."""
        self.progress = progress
        self.done, self.total, self.told = 0, 1, time.monotonic()

    def reach(self, done: int, total: int) -> None:
        """A step is done."""
        self.done, self.total = done, total
        self._tell()

    def beat(self) -> None:
        """Still at work."""
        if time.monotonic() - self.told >= EVERY:
            self._tell()

    def _tell(self) -> None:
        self.told = time.monotonic()
        if self.progress:
            self.progress(self.done, self.total)
