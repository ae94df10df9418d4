"""Every failure becomes a page in the visitor's language that says in a sentence what happened and leads on."""

import logging
import sqlite3
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.core.errors import NotAllowed, NotFound, Problem, Refused, Unavailable
from eventsite.core.i18n import lazy_gettext as _l

log = logging.getLogger("eventsite.web")
STATUS: dict[type[Problem], int] = {NotFound: 404, NotAllowed: 403, Refused: 409, Unavailable: 503}
SENTENCES: dict[int, Any] = {
    400: _l("The request could not be understood."),
    401: _l("Please sign in first."),
    403: _l("You may not do this."),
    404: _l("This page does not exist."),
    405: _l("This address does not take that kind of request."),
    409: _l("This is not possible at the moment."),
    410: _l("This page is gone."),
    413: _l("What you sent is too large."),
    415: _l("This kind of file is not taken here."),
    422: _l("Something in the form is not right yet."),
    429: _l("Too many requests came from your network in a short time. Please wait a few minutes and try again."),
    500: _l("Something went wrong on our side. It has been noted."),
    503: _l("The site cannot do this at the moment. Nothing was stored. Please try again in a few minutes."),
}


def error_page(status: int, message: object = "") -> Response:
    """The error page of a status, with the sentence of the problem where there is one."""
    try:
        page = render_template(
            "errors/error.html", status=status, message=str(message or SENTENCES.get(status, SENTENCES[400]))
        )
    except Exception:  # an error page must come out even when the database or a template is broken
        log.exception("the error page itself failed")
        page = (
            f"<!doctype html><meta charset=utf-8><title>{status}</title><p>{SENTENCES.get(status, SENTENCES[500])}</p>"
        )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "120"
    return response


def _forget_session() -> None:
    try:
        db.session.rollback()
    except Exception:
        log.exception("rollback failed")


def _is_nowhere(app: Flask) -> bool:
    """Whether an address is known only to the route that takes every path."""
    rule, _values = app.create_url_adapter(request).match(method="GET", return_rule=True)  # type: ignore[union-attr]
    return str(rule) == "/<path:path>"


def is_full_or_locked(error: BaseException) -> bool:
    """Whether storing failed because of the surroundings (full, read-only, locked, gone), not the content."""
    words = ("disk is full", "database or disk is full", "readonly database", "database is locked", "disk i/o error")
    text = str(error).lower()
    return any(w in text for w in words) or "no space left" in text or "connection" in text


def configure(app: Flask) -> None:
    """Registers the error pages."""

    @app.errorhandler(Problem)
    def _problem(error: Problem) -> Response:
        _forget_session()
        status = next((s for kind, s in STATUS.items() if isinstance(error, kind)), 400)
        return error_page(status, error.message)

    @app.errorhandler(CSRFError)
    def _csrf(error: CSRFError) -> Response:
        return error_page(
            400,
            i18n._(
                "The form was open for too long or was sent twice. Please go back, reload the page and send it again."
            ),
        )

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        if error.code is None or error.code < 400 or error.response is not None:
            return error.get_response()
        _forget_session()
        if isinstance(error, MethodNotAllowed) and _is_nowhere(app):
            return error_page(404)
        page = error_page(error.code)
        for name, value in error.get_headers():
            if name in {"Allow", "WWW-Authenticate", "Retry-After"}:
                page.headers[name] = value
        return page

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        _forget_session()
        if isinstance(error, DBAPIError | sqlite3.Error | OSError) and is_full_or_locked(error):
            log.error("could not store: %s", error)
            return error_page(503)
        log.exception("unexpected error at %s %s", request.method, request.path)
        g.unexpected = True
        return error_page(500)
