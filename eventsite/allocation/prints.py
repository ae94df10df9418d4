"""The lists for the doors as a tagged PDF: one workshop a page, in the type of the printed programme."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from eventsite.core import i18n, pdf, templates
from eventsite.core.errors import NotFound

ASSETS = Path(__file__).parents[2] / "static"
STYLES = "asset:css/print/lists.css"
TIMEOUT = 60
MEMORY_MB = 800


def lists_pdf(event: Any, lists: Sequence[Any], *, created: datetime, is_published: bool) -> bytes:
    """The PDF/UA-1 of all lists in the current language, made in a process of its own."""
    language = i18n.current_language()
    with i18n.use_zone(event.timezone):
        html = templates.render(
            "allocation/print/lists.html",
            event=event,
            lists=lists,
            created=created,
            is_published=is_published,
            language=language,
        )
    return pdf.render_isolated(
        html,
        stylesheets=[f":root {{ --accent: {event.accent} }}", STYLES],
        resolve=resolve,
        title=f"{i18n._('Lists of the workshops')}: {i18n.local(event.title)}",
        language=language,
        created=created,
        identifier=hashlib.sha256(html.encode()).digest()[:16],
        timeout=TIMEOUT,
        memory_mb=MEMORY_MB,
    )


def resolve(name: str) -> Path:
    """A file of our own below static/; NotFound for anything else."""
    scheme, _colon, path = name.partition(":")
    found = (ASSETS / path).resolve()
    if scheme != "asset" or not found.is_relative_to(ASSETS) or not found.is_file():
        raise NotFound(path)
    return found
