"""What a participant takes home: the files of the event, those for participants only behind the own personal link."""

from typing import Any

from flask import url_for

from eventsite.core import i18n
from eventsite.events.models import Event
from eventsite.media import filetypes, queries
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


def materials(event: Event, registration: Registration, token: str) -> list[dict[str, Any]]:
    """The files as parts/downloads.html shows them; only with a confirmed place those for participants."""
    levels = ("public", "participants") if registration.status == Status.CONFIRMED else ("public",)
    return [_entry(one, token) for one in queries.downloads(event.id, levels)]


def _entry(one: Any, token: str) -> dict[str, Any]:
    is_private = one.access != "public"
    values = {"download": one.public_id, "filename": one.filename, **({"link": token} if is_private else {})}
    return {
        "title": one.title,
        "url": url_for("media.download", **values),
        "kind": str(filetypes.label(one.content_type, one.filename)),
        "size": one.size,
        "access": i18n._("for participants only") if is_private else None,
    }
