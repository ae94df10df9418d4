"""The public pages that show several features: list of events, front page, free pages, imprint; the accent's stylesheet."""

from typing import Any

from flask import Blueprint, Response

from eventsite.web.guard import public

blueprint = Blueprint("site", __name__)


@blueprint.get("/<lang:lang>/")
@public
def events() -> Any:
    """The list of events."""
    return "…"


@blueprint.get("/<lang:lang>/<event>/")
@public
def front(event: Any) -> Any:
    """The front page of an event."""
    return event.title


@blueprint.get("/theme/<event>.css")
@public
def theme(event: Any) -> Response:
    """The accent of an event as custom properties."""
    return Response("", content_type="text/css")
