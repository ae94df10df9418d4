"""What people who come need of an item; packages above know it and say it here, since the programme knows no participants."""

from collections.abc import Callable

from eventsite.events.models import Event

Source = Callable[[Event], frozenset[str]]
_sources: list[Source] = []


def tells_step_free(source: Source) -> Source:
    """Marks a function that names the items (public ids) in which somebody needs a way without steps."""
    _sources.append(source)
    return source


def step_free(event: Event) -> frozenset[str]:
    """The items of an event (public ids) in which somebody needs a way without steps; never who."""
    return frozenset().union(*(source(event) for source in _sources))
