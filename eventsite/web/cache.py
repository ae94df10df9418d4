"""Public pages kept per process under their revision: a warm page costs one query, a stale one is a bug.

An entry remembers the scopes it was made from ("event:7", "site"), their revisions read *before* anything else, and
until when it is valid, since the phase of an event changes with time alone.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from urllib.parse import urlencode

from flask import Response, g, request

from eventsite.core import clock
from eventsite.core.db import revisions
from eventsite.web.assets import compress

_MOST_BYTES = 48_000_000
_SMALLEST_COMPRESSED = 600


@dataclass
class Entry:
    """One finished page with what it depends on."""

    body: bytes
    content_type: str
    headers: dict[str, str]
    revisions: dict[str, int]
    until: datetime | None
    etag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    def is_fresh(self) -> bool:
        """Whether nothing it was made from has changed; one query."""
        if self.until is not None and clock.now() >= self.until:
            return False
        return revisions(list(self.revisions)) == self.revisions

    def finished(self, accepted: str) -> tuple[bytes, list[tuple[str, str]], str]:
        """Body, headers and entity tag in the best encoding that is accepted."""
        name = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
        if len(self.body) < _SMALLEST_COMPRESSED or not self.content_type.startswith(("text/", "application/")):
            name = ""
        if name and name not in self.encoded:
            self.encoded[name] = compress(self.body, name)
        etag = f'"{self.etag}-{name}"' if name else f'"{self.etag}"'
        headers = {"Cache-Control": "public, no-cache", **self.headers, "Vary": "Accept-Encoding", "ETag": etag}
        headers["Content-Type"] = self.content_type
        if name:
            headers["Content-Encoding"] = name
        return self.encoded.get(name, self.body), list(headers.items()), etag

    def response(self) -> Response:
        """The answer, or 304 when the browser has it already."""
        body, headers, _etag = self.finished(request.headers.get("Accept-Encoding", ""))
        response = Response(body, headers=headers)
        response.make_conditional(request)
        return response


def has(if_none_match: str, etag: str) -> bool:
    """Whether the browser says that it has this very page (RFC 9110 § 13.1.2, weak comparison)."""
    if not if_none_match:
        return False
    tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return if_none_match.strip() == "*" or etag in tags


class PageCache:
    """Entries of one process, least recently used out first when they grow too large together."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def find(self, key: str) -> Entry | None:
        """The entry of an address, fresh or not."""
        with self._lock:
            entry = self._entries.get(key)
            if entry:
                self._entries.move_to_end(key)
            return entry

    def keep(self, key: str, entry: Entry) -> None:
        """Stores an entry and drops the least used ones beyond the limit."""
        with self._lock:
            old = self._entries.pop(key, None)
            self._bytes += len(entry.body) - (len(old.body) if old else 0)
            self._entries[key] = entry
            while self._bytes > _MOST_BYTES and len(self._entries) > 1:
                _, dropped = self._entries.popitem(last=False)
                self._bytes -= len(dropped.body)

    def clear(self) -> None:
        """Forgets everything; for tests and measurements."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0


pages = PageCache()


def valid_until(instant: datetime | None) -> None:
    """Says that the page being made changes by itself at this instant (None: never)."""
    if instant is not None:
        known = g.get("page_until")
        g.page_until = min(known, instant) if known else instant


def do_not_keep() -> None:
    """Says that the page being made is not worth keeping: its address asks for something that is not there."""
    g.page_is_odd = True


def key_of(vary: tuple[str, ...]) -> str:
    """The address of a page with those of its query arguments that count."""
    # Encoded, so that no value can pass for a further argument or for the end of a path.
    arguments = urlencode([(name, request.args[name]) for name in vary if request.args.get(name)])
    return f"{request.path}?{arguments}"


def store(key: str, response: Response, seen: dict[str, int]) -> Response:
    """Keeps a finished page and answers with it; what sets a cookie or failed is not kept."""
    is_whole = response.status_code == 200 and not response.direct_passthrough
    if not is_whole or "Set-Cookie" in response.headers or g.get("page_is_odd"):
        return response
    body = response.get_data()
    skip = {"content-type", "content-length"}
    headers = {name: value for name, value in response.headers.items() if name.lower() not in skip}
    etag = hashlib.sha256(body).hexdigest()[:24]
    entry = Entry(body, response.headers["Content-Type"], headers, seen, g.get("page_until"), etag)
    pages.keep(key, entry)
    return entry.response()
