"""Loading is authorising: every route carries exactly one guard, and a view gets what the asker may see, or 404.

The loaders are handed in by app.py, because this package knows no feature.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Response, g, make_response, redirect, request, url_for

from eventsite.core import i18n
from eventsite.core.db import revisions
from eventsite.core.errors import NotAllowed
from eventsite.web import cache

View = Callable[..., Any]


class Loaders(Protocol):
    """What app.py hands in; each raises NotFound or NotAllowed."""

    def public_event(self, slug: str, preview: str) -> Any: ...
    def event_revisions(self, slug: str) -> dict[str, int]: ...
    def account(self) -> Any: ...
    def organised_event(self, account: Any, slug: str, permission: str) -> Any: ...
    def link(self, purpose: str, token: str) -> Any: ...


_loaders: Loaders


def configure(loaders: Loaders) -> None:
    """Hands in the loaders."""
    global _loaders
    _loaders = loaders


def _marked(view: View, guard: str) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may; the page is not cached here."""

    @wraps(view)
    def wrapper(**values: Any) -> Any:
        if "event" in values:
            values["event"] = load_event(values["event"])
        return view(**values)

    return _marked(wrapper, "public")


def load_event(slug: str) -> Any:
    """The published event of this slug (or a draft for the holder of its preview link); sets zone and g.event."""
    event = _loaders.public_event(slug, request.args.get("preview", ""))
    g.event = event
    i18n.set_zone(event.timezone)
    return event


def public_page(*, vary: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Anybody may, and the page is kept under the revisions it depends on; `vary` names query arguments that count."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(**values: Any) -> Any:
            g.private = False
            if request.args.get("preview"):
                return _uncached(view, values)
            key = cache.key_of(vary)
            entry = cache.pages.find(key)
            if entry and entry.is_fresh():
                return entry.response()
            return _made(view, values, key)

        return _marked(wrapper, "public")

    return decorate


def _uncached(view: View, values: dict[str, Any]) -> Any:
    g.private = True
    if "event" in values:
        values["event"] = load_event(values["event"])
    response = make_response(view(**values))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _made(view: View, values: dict[str, Any], key: str) -> Response:
    # The revisions are read first: what changes between this and the last query makes the entry stale, not wrong.
    if "event" in values:
        seen = _loaders.event_revisions(values["event"])
        values["event"] = load_event(values["event"])
    else:
        seen = revisions(["site"])
    return cache.store(key, make_response(view(**values)), seen)


def account_only(view: View) -> View:
    """Anybody who is signed in; the view finds the account in g.account."""

    @wraps(view)
    def wrapper(**values: Any) -> Any:
        if _signed_in() is None:
            return _to_sign_in()
        return view(**values)

    return _marked(wrapper, "account")


def owner_only(view: View) -> View:
    """Owners of the site only."""

    @wraps(view)
    def wrapper(**values: Any) -> Any:
        account = _signed_in()
        if account is None:
            return _to_sign_in()
        if not account.is_owner:
            raise NotAllowed(i18n._("Only the owners of this site may do this."))
        return view(**values)

    return _marked(wrapper, "owner")


def organiser(permission: str) -> Callable[[View], View]:
    """Members of the event's team whose role has this permission; the view receives the loaded `event`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(event: str, **values: Any) -> Any:
            account = _signed_in()
            if account is None:
                return _to_sign_in()
            g.event = _loaders.organised_event(account, event, permission)
            i18n.set_zone(g.event.timezone)
            return view(event=g.event, **values)

        return _marked(wrapper, permission)

    return decorate


def personal_link(purpose: str) -> Callable[[View], View]:
    """The holder of a personal link; the view receives what the link is for, under the name of the purpose."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(token: str, **values: Any) -> Any:
            subject = _loaders.link(purpose, token)
            g.link_token = token
            return view(**{purpose: subject}, **values)

        return _marked(wrapper, f"link:{purpose}")

    return decorate


def holder(purpose: str, token: str) -> Any:
    """What a personal link given beside an address is for; NotFound for a wrong, expired or revoked one alike."""
    return _loaders.link(purpose, token)


def _signed_in() -> Any:
    g.account = _loaders.account()
    if g.account is not None:
        i18n.set_language(g.account.language)
    return g.account


def _to_sign_in() -> Any:
    target = request.full_path if request.method == "GET" else ""
    return redirect(url_for("people.sign_in", next=target or None), 303)
