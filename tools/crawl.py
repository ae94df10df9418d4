"""Walks through a running site by its links, as a visitor and as an organiser, and knows which address each page has."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from flask import Flask
from werkzeug.exceptions import HTTPException

# Where a walk begins: pages, and what no page leads to.
STARTS = (
    *("/de/", "/en/", "/de/kassel/", "/de/kassel-next/", "/admin/sign-in"),
    *("/", "/robots.txt", "/sitemap.xml", "/healthz", "/de/calendar.ics", "/en/calendar.ics", "/kassel/"),
    *("/de/kassel-next/resend", "/en/kassel-next/resend", "/de/kassel-next/register/received"),
    *("/de/kassel/documentation.json", "/en/kassel/documentation.json", "/nowhere"),
)
MOST_PER_ROUTE = 2  # addresses of one route, language and event; enough for a second shape, few enough for a test
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Links(HTMLParser):
    """The addresses that a page leads to or shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects links, pictures, style sheets and scripts."""
        wanted = {"a": "href", "img": "src", "link": "href", "script": "src", "source": "srcset", "iframe": "src"}
        value = dict(attrs).get(wanted.get(tag, ""))
        if value:
            self.found += [part.split()[0] for part in value.split(",")] if tag == "source" else [value]


@dataclass
class Answer:
    """What came back for one address."""

    path: str
    endpoint: str
    status: int
    kind: str
    cookies: list[str]
    area: str
    origin: str
    text: str = field(repr=False, default="")
    headers: dict[str, str] = field(repr=False, default_factory=dict)


class Walk:
    """A walk through one site; `answers` holds each address that was asked, in the order of the walk."""

    def __init__(self, app: Flask, base: str, most: int = MOST_PER_ROUTE) -> None:
        self.base, self.most = base.rstrip("/"), most
        self.answers: dict[str, Answer] = {}
        self.cookies = ""
        self._adapter = app.url_map.bind("localhost")
        self._counts: dict[tuple[str, ...], int] = {}
        self._jar = http.cookiejar.CookieJar()
        self._organiser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar), _Stay())
        self._visitor = urllib.request.build_opener(_Stay())

    def sign_in(self, email: str, password: str) -> str:
        """Signs the organiser in and returns the cookies, for a browser that goes the same way."""
        page = self._organiser.open(self.base + "/admin/sign-in").read().decode()
        token = _TOKEN.search(page)
        assert token is not None
        fields = {"csrf_token": unescape(token[1]), "email": email, "password": password}
        self._open(self._organiser, "/admin/sign-in", urllib.parse.urlencode(fields).encode())
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def visit(self, paths: Iterable[str]) -> None:
        """Walks from these addresses through their area (public, personal or admin), which is left for public pages only."""
        waiting = deque((path, "") for path in paths)
        while waiting:
            path, origin = waiting.popleft()
            if path in self.answers or not self._is_wanted(path):
                continue
            answer = self._ask(path, origin)
            self.answers[path] = answer
            if answer.kind.startswith("text/html"):
                links = Links()
                links.feed(answer.text)
                waiting += [(link, path) for link in (self._local(path, one) for one in links.found) if link]

    def _local(self, path: str, link: str) -> str:
        """The link as a path of this site; empty when it leads away or into another area."""
        target = urllib.parse.urldefrag(urllib.parse.urljoin(self.base + path, link)).url
        if not target.startswith(self.base + "/"):
            return ""
        found = target.removeprefix(self.base)
        return found if area_of(found) in (area_of(path), "public") else ""

    def _is_wanted(self, path: str) -> bool:
        endpoint, values = self.match(path)
        names = (endpoint, str(values.get("lang", "")), str(values.get("event", "")))
        is_variant = "?" in path
        key = (*names, "?") if is_variant else names
        if endpoint == "static_file":
            return True
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key] <= self.most

    def match(self, path: str) -> tuple[str, dict[str, object]]:
        """The route that answers at an address, with its arguments; empty where there is none."""
        try:
            endpoint, values = self._adapter.match(urllib.parse.unquote(path.split("?")[0]), "GET")
        except HTTPException:
            return "", {}
        return endpoint, dict(values)

    def _ask(self, path: str, origin: str) -> Answer:
        opener = self._organiser if area_of(path) == "admin" else self._visitor
        status, headers, body = self._open(opener, path)
        cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        known = {name.lower(): value for name, value in headers}
        kind = known.get("content-type", "")
        text = body.decode(errors="replace") if kind.startswith(("text/", "application/xml")) else ""
        return Answer(path, self.match(path)[0], status, kind, cookies, area_of(path), origin, text, known)

    def _open(
        self, opener: urllib.request.OpenerDirector, path: str, data: bytes | None = None
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        address = self.base + urllib.parse.quote(path, safe="/?&=%+:;,@~!$'()*-._")
        try:
            with opener.open(urllib.request.Request(address, data), timeout=120) as answer:
                return answer.status, answer.getheaders(), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, list(error.headers.items()), error.read()

    def pages(self) -> list[Answer]:
        """The HTML pages among the answers."""
        return [one for one in self.answers.values() if one.kind.startswith("text/html")]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Reports redirects instead of following them."""

    def redirect_request(self, *_: object) -> None:
        """Never."""


def area_of(path: str) -> str:
    """Which area an address belongs to: public, personal or admin."""
    first = path.split("?")[0].split("/")[1]
    if path.startswith("/admin/sign-in"):
        return "public"
    return "admin" if first == "admin" else "personal" if first == "r" else "public"


def whole_site(
    app: Flask,
    base: str,
    *,
    personal: Iterable[str],
    organisers: Iterable[str] = (),
    email: str,
    password: str,
    most: int = MOST_PER_ROUTE,
) -> Walk:
    """A walk through all three areas of a running demonstration."""
    walk = Walk(app, base, most)
    walk.visit([*STARTS, *personal])
    walk.cookies = walk.sign_in(email, password)
    walk.visit(["/admin/", "/admin/kassel/documentation/blocks/new?kind=quote", *organisers])
    return walk
