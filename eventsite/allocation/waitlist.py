"""Who moves up when a workshop place falls free: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class InLine:
    """One position in the waiting list of a workshop."""

    waiting_id: int
    registration_id: int
    since: datetime
    moves_up: bool = True  # moved at once when a place is free, else asked


def next_up(line: Sequence[InLine], free: int | None) -> list[InLine]:
    """Who gets the free places: whoever waits longest; those who want to be asked first are passed over."""
    ready = sorted((one for one in line if one.moves_up), key=lambda one: (one.since, one.waiting_id))
    return ready if free is None else ready[: max(0, free)]
