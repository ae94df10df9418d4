"""Security headers on every answer, and limits per address that let an office behind one router through."""

from collections import OrderedDict
from time import monotonic

from flask import Flask, Response, abort, g, request

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


def configure(app: Flask) -> None:
    """Puts the headers on every answer, static files and errors included."""
    always = headers(app.config["SETTINGS"])

    @app.before_request
    def _small_forms() -> None:
        # The limit of Flask for form fields counts for multipart forms only.
        if request.mimetype == "application/x-www-form-urlencoded":
            request.max_content_length = app.config["MAX_FORM_MEMORY_SIZE"]

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in always:
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if g.get("private", True) else "no-cache"
        return response


def limit(name: str, *, times: int, minutes: int) -> None:
    """Answers 429 when this address has asked more often than this; counts per process, switched off by setting."""
    from flask import current_app

    if current_app.config["SETTINGS"].rate_limits == "off":
        return
    key, now = (name, request.remote_addr or ""), monotonic()
    start, count = _windows.pop(key, (now, 0))
    if now - start > minutes * 60:
        start, count = now, 0
    _windows[key] = (start, count + 1)
    if len(_windows) > _MOST_WINDOWS:
        _windows.popitem(last=False)
    if count >= times:
        abort(429)


def forget_limits() -> None:
    """Starts all counters anew; for tests."""
    _windows.clear()
