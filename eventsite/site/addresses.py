"""Addresses that are no longer, or not quite, right: without a language, or with a former name of an event."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, redirect, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound
from eventsite.events import queries as events
from eventsite.web import guard, pages

_MOST_STEPS = 3


def with_language(path: str) -> Response:
    """Redirects to the same page in the reader's language; NotFound unless that page exists for this reader."""
    if path.split("/", 1)[0] in i18n.languages():  # it has one already; asking again would never end
        raise NotFound
    target = f"/{pages.preferred_language()}/{path}"
    for _step in range(_MOST_STEPS):
        answer = _answer_of(target)
        if answer.status_code == 200:
            query = request.query_string.decode("ascii", "replace")
            response: Any = redirect(f"{target}?{query}" if query else target, 302)
            response.headers["Vary"] = "Accept-Language"
            response.headers["Cache-Control"] = "private, no-cache"
            return response
        location = urlsplit(answer.headers.get("Location", ""))
        if answer.status_code not in {301, 308} or not location.path.startswith("/"):
            break
        target = location.path
    raise NotFound


def _answer_of(path: str) -> Response:
    """What this application answers to this reader at another address."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    surroundings = {"REMOTE_ADDR": request.remote_addr or ""}
    query = request.query_string.decode("ascii", "replace")
    asked: dict[str, Any] = {"query_string": query, "base_url": request.host_url, "environ_base": surroundings}
    with app.app_context(), app.test_request_context(path, **asked):
        return app.full_dispatch_request()


def moved() -> Response | None:
    """Where a page went whose event has a new name; None where nothing moved, or the reader may not know of it."""
    values = dict(request.view_args or {})
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "GET" or "event" not in values or getattr(view, "guard", "") != "public":
        return None
    slug = events.find_renamed(str(values["event"]))
    if slug is None:
        return None
    try:
        guard.load_event(slug)
    except NotFound:
        return None
    arguments = pages.own_arguments()
    return redirect(url_for(request.endpoint or "", **{**arguments, **values, "event": slug}), 301)  # type: ignore[return-value]
