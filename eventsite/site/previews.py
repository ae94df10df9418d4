"""The front page as visitors see it in another phase: for holders of the preview link, never kept, nothing to send off."""

from typing import Any

from flask import request

from eventsite.core.errors import NotFound
from eventsite.events import rules
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.people import queries as people


def wanted(event: Event) -> Phase | None:
    """The phase that is asked for with the event's own preview link; None for everybody else, and where it never comes."""
    asked, token = request.args.get("as_of", ""), request.args.get("preview", "")
    if asked not in list(Phase) or not token:
        return None
    try:
        is_holder = people.get_link("preview", token).id == event.preview_link_id
    except NotFound:
        return None
    return Phase(asked) if is_holder and rules.moment_in(event, Phase(asked)) else None


def strip(event: Event, phase: Phase | None) -> dict[str, Any] | None:
    """What the strip above a preview tells: the phase, and the way to the others."""
    if phase is None:
        return None
    others = [one.phase for one in rules.stretches(event)]
    return {
        "phase": rules.PHASE_NAMES[phase],
        "others": [(one, rules.PHASE_NAMES[one], one == phase) for one in others],
    }
