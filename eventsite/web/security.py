"""Security headers on every answer, and limits per address that let an office behind one router through."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from time import monotonic

from flask import Flask, Response, abort, g, request
from werkzeug.datastructures import Headers

from eventsite.config import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_windows: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
_MOST_WINDOWS = 20_000


def headers(settings: Settings) -> list[tuple[str, str]]:
    """The headers of every answer that has none of its own."""
    found = [("Content-Security-Policy", CSP), *HEADERS.items()]
    if settings.is_secure:
        found.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    return found


def missing(present: Mapping[str, str] | Headers, always: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers an answer has not got yet; one whose own policy lets others frame it is not denied by the old header."""
    named = {name.lower(): value for name, value in present.items()}
    policy = named.get("content-security-policy", CSP)
    is_framed = "frame-ancestors" in policy and "frame-ancestors 'none'" not in policy
    return [
        (name, value)
        for name, value in always
        if name.lower() not in named and not (is_framed and name == "X-Frame-Options")
    ]


def configure(app: Flask) -> None:
    """Puts the headers on every answer, static files and errors included."""
    always = headers(app.config["SETTINGS"])

    @app.before_request
    def _no_zero() -> None:
        # No address holds one, and PostgreSQL takes none: it would be a failure of ours.
        if "\x00" in request.path:
            abort(404)

    @app.before_request
    def _small_forms() -> None:
        # The limit of Flask for form fields counts for multipart forms only.
        if request.mimetype == "application/x-www-form-urlencoded":
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in missing(response.headers, always):
            response.headers[name] = value
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if g.get("private", True) else "no-cache"
        return response


def limit(name: str, *, times: int, minutes: int) -> None:
    """Answers 429 when this address has asked more often than this; counts per process, switched off by setting."""
    refuse_over(name, times=times, minutes=minutes)
    count(name, minutes=minutes)


def refuse_over(name: str, *, times: int, minutes: int) -> None:
    """Answers 429 when this was counted so often for this address already; counts nothing itself."""
    from flask import current_app

    if current_app.config["SETTINGS"].rate_limits == "off":
        return
    start, counted = _windows.get((name, request.remote_addr or ""), (0.0, 0))
    if counted >= times and monotonic() - start <= minutes * 60:
        abort(429)


def count(name: str, *, minutes: int) -> None:
    """Counts one more of these for this address, such as a wrong guess."""
    key, now = (name, request.remote_addr or ""), monotonic()
    start, counted = _windows.pop(key, (now, 0))
    if now - start > minutes * 60:
        start, counted = now, 0
    _windows[key] = (start, counted + 1)
    if len(_windows) > _MOST_WINDOWS:
        _windows.popitem(last=False)


def forget_limits() -> None:
    """Starts all counters anew; for tests."""
    _windows.clear()
