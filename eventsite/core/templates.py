"""Jinja for pages, mails and prints: one set of filters, StrictUndefined, no Flask needed."""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from eventsite.core import i18n, names, text

FOLDER = Path(__file__).parents[2] / "templates"


def local_markup(value: Any) -> Markup:
    """The words in the reader's language; a fall-back is marked with the language it is in."""
    found = i18n.local_text(value)
    if found.language == i18n.current_language() or not found:
        return escape(found.text)
    return Markup('<span lang="{}">{}</span>').format(found.language, found.text)


def _local_markdown(value: Any, top: int = 3) -> Markup:
    found = i18n.local_text(value)
    html = text.markdown(found.text, top=top)
    if found.language == i18n.current_language() or not found:
        return html
    return Markup('<div lang="{}">{}</div>').format(found.language, html)


def _iso(value: date | datetime) -> str:
    return (
        i18n._in_zone(value, None).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    )


def install(environment: Environment) -> None:
    """Gives an environment the filters and gettext of eventsite."""
    environment.undefined = StrictUndefined
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        i18n._, lambda one, many, count: i18n.ngettext(one, many, count), newstyle=True
    )
    environment.globals.update(current_language=i18n.current_language, local_text=i18n.local_text)
    environment.filters.update(
        local=local_markup,
        local_plain=i18n.local,
        local_markdown=_local_markdown,
        markdown=text.markdown,
        plain=text.plain,
        initials=names.initials,
        iso=_iso,
        date=i18n.format_date,
        day_month=i18n.format_day_month,
        weekday=i18n.format_weekday,
        time=i18n.format_time,
        clock=i18n.format_clock,
        datetime=i18n.format_datetime,
        datespan=i18n.format_datespan,
        timespan=i18n.format_timespan,
        hours=i18n.format_hours,
        number=i18n.format_number,
        filesize=i18n.format_size,
    )


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install(environment)
    return environment


def render(name: str, /, **context: Any) -> str:
    """Renders a mail or print template in the current language and zone; pages are rendered by Flask."""
    return _environment().get_template(name).render(**context)
