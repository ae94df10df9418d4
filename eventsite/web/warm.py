"""Answers warm public pages before Flask is asked: one look at the kept page, one query for its revisions.

Only plain GET and HEAD without a query string take this way; everything else, and every page that is not kept or no
longer fresh, goes to the application, which keeps it anew. The answer is the same either way; a test holds them against
each other.
"""

from collections.abc import Callable, Iterable
from contextlib import closing
from threading import Lock
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.web import cache, security
from eventsite.web.cache import Entry

Environ = dict[str, Any]
# By the driver itself: a statement of the library would cost as much again as everything else here.
_REVISIONS = {
    "qmark": "SELECT scope, number FROM revision WHERE scope IN (?, ?)",
    "pyformat": "SELECT scope, number FROM revision WHERE scope IN (%s, %s)",
}


class WarmPages:
    """The WSGI door in front of the application."""

    def __init__(self, app: Flask) -> None:
        self._app, self._inner = app, app.wsgi_app
        self._engine: Engine | None = None
        self._lock = Lock()
        self._security = security.headers(app.config["SETTINGS"])

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The kept page, or whatever the application says."""
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"} and not environ.get("QUERY_STRING"):
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            entry = cache.pages.find(f"{path}?")
            if entry is not None and self._is_fresh(entry):
                return self._answer(entry, environ, start_response)
        return self._inner(environ, start_response)

    def _is_fresh(self, entry: Entry) -> bool:
        if entry.until is not None and clock.now() >= entry.until:
            return False
        scopes = [*entry.revisions, *entry.revisions][:2]
        engine = self._database()
        try:
            with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
                cursor.execute(_REVISIONS[engine.dialect.paramstyle], scopes)
                found = dict(cursor.fetchall())
        except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error):
            return False  # the application answers, with a page that says so
        return found == {scope: number for scope, number in entry.revisions.items() if number}

    def _database(self) -> Engine:
        with self._lock:
            if self._engine is None:
                with self._app.app_context():
                    self._engine = db.engine
            return self._engine

    def _answer(self, entry: Entry, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        body, headers, etag = entry.finished(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers += security.missing(dict(headers), self._security)
        if cache.has(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
            kept = [
                (n, v) for n, v in headers if n.lower() not in {"content-length", "content-encoding", "content-type"}
            ]
            start_response("304 NOT MODIFIED", kept)
            return []
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def configure(app: Flask) -> None:
    """Puts the door in front of the application."""
    app.wsgi_app = WarmPages(app)  # type: ignore[method-assign]
