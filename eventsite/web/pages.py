"""Languages in addresses, redirects that stay on the site, pager, and what every template may use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from werkzeug.routing import BaseConverter, IntegerConverter, Rule

from eventsite.core import i18n, templates


class LanguageConverter(BaseConverter):
    """The first segment of every public address: one of the shipped languages."""

    def __init__(self, url_map: Any, *args: Any) -> None:
        super().__init__(url_map, *args)
        self.regex = "|".join(i18n.languages())


class NumberConverter(IntegerConverter):
    """A number in an address, no larger than a database takes; any other leads nowhere."""

    regex = "[0-9]{1,9}"


class LazyRule(Rule):
    """A route whose addresses are first made when one is asked for.

    Werkzeug writes and compiles two functions for each route at the start; for hundreds of routes that was two thirds
    of the time the application needs to come up, and most of them are never asked for.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made: Callable[..., tuple[str, str]] | None = None

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            nonlocal made
            made = made or Rule._compile_builder(rule, append_unknown)
            return made(rule, **values)

        return build


def configure(app: Flask) -> None:
    """Takes the language from the address and puts it (and the event) into the addresses of links."""
    app.url_map.converters.update(lang=LanguageConverter, int=NumberConverter)
    app.url_rule_class = LazyRule
    templates.install(app.jinja_env)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(here=here, other_languages=other_languages, external=external, preview_token=_preview)

    app.after_request(stay_relative)

    @app.url_value_preprocessor
    def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        lang = values.pop("lang", None) if values else None
        g.lang = lang
        i18n.set_language(lang or preferred_language())
        i18n.set_zone("Europe/Berlin")

    @app.url_defaults
    def _put_language(endpoint: str, values: dict[str, Any]) -> None:
        rules = app.url_map
        if "lang" not in values and rules.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = i18n.current_language()
        if "event" not in values and "event" in g and rules.is_endpoint_expecting(endpoint, "event"):
            values["event"] = g.event.slug
        elif not isinstance(values.get("event", ""), str):
            values["event"] = values["event"].slug
        if _preview() and "preview" not in values and rules.is_endpoint_expecting(endpoint, "event"):
            values["preview"] = _preview()


def stay_relative(response: Response) -> Response:
    """Takes this host out of the address of a redirect, since the host is whatever the request claimed."""
    if response.location and response.location.startswith(request.host_url):
        response.location = "/" + response.location.removeprefix(request.host_url)
    return response


def _preview() -> str:
    return request.args.get("preview", "")[:80] if "lang" in g and g.lang else ""


def preferred_language() -> str:
    """The shipped language the browser likes best, German where it does not say."""
    return request.accept_languages.best_match(i18n.languages()) or i18n.DEFAULT


def own_arguments() -> dict[str, str]:
    """The query arguments of this request, without those that url_for would take for its own or for the path's."""
    taken = {"endpoint", *(request.url_rule.arguments if request.url_rule else ())}
    return {k: v for k, v in request.args.to_dict().items() if k not in taken and not k.startswith("_")}


def here(**values: Any) -> str:
    """The address of this page with some arguments changed; for filters, sorting and pages."""
    arguments = {**own_arguments(), **values}
    known = {**(request.view_args or {}), **{k: v for k, v in arguments.items() if v not in (None, "")}}
    return url_for(request.endpoint or "site.events", **known)


def other_languages() -> list[tuple[str, str]]:
    """The same page in the other languages: code and address."""
    if "link_token" in g:  # pages behind a personal link have no language in their address
        return [(c, f"{request.path}?lang={c}") for c in i18n.languages() if c != i18n.current_language()]
    if not request.endpoint or g.get("lang") is None:
        return []
    values = {**(request.view_args or {}), **({"preview": _preview()} if _preview() else {})}
    values |= g.get("kept_arguments", {})  # a filtered list stays filtered in the other language
    return [(c, url_for(request.endpoint, **{**values, "lang": c})) for c in i18n.languages() if c != g.lang]


def external(path: str) -> str:
    """The full address of a path on this site."""
    return str(current_app.config["SETTINGS"].base_url).rstrip("/") + path


def safe_target(target: str | None, default: str) -> str:
    """A redirect target on this site: a printable ASCII path; anything else becomes the default."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    if not target.isascii() or not target.isprintable() or "\\" in target or len(target) > 1000:
        return default
    parts = urlsplit(target)
    return default if parts.netloc or parts.scheme else target


def see_other(endpoint: str, **values: Any) -> Response:
    """To another page after a form was accepted (303), so that reloading does not send it again."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]


@dataclass(frozen=True)
class Pager:
    """One page of a long list."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """Number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size


def pager(total: int, size: int = 50) -> Pager:
    """The page that the address asks for, kept within what there is."""
    wanted = request.args.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 1
    return Pager(min(max(1, number), max(1, -(-total // size))), size, total)
