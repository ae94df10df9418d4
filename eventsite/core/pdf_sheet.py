"""A printed sheet of the organisers (a list for the door, the kitchen's figures): a template in, PDF/UA-1 out."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from eventsite.core import i18n, pdf, templates
from eventsite.core.errors import NotFound

ASSETS = Path(__file__).parents[2] / "static"
STYLES = ("asset:css/print/lists.css",)
TIMEOUT = 60  # seconds
MEMORY_MB = 800


def sheet_pdf(
    template: str,
    *,
    title: str,
    event: Any,
    created: datetime,
    stylesheets: Sequence[str] = STYLES,
    **context: Any,
) -> bytes:
    """The sheet in the current language and the event's zone and accent, made in a process of its own.

    The same content gives the same bytes. Raises what core.pdf.render_isolated raises where the engine is missing.
    """
    language = i18n.current_language()
    with i18n.use_zone(event.timezone):
        html = templates.render(template, event=event, created=created, language=language, **context)
    return pdf.render_isolated(
        html,
        stylesheets=[f":root {{ --accent: {event.accent} }}", *stylesheets],
        resolve=resolve_asset,
        title=title,
        language=language,
        created=created,
        identifier=hashlib.sha256(html.encode()).digest()[:16],
        timeout=TIMEOUT,
        memory_mb=MEMORY_MB,
    )


def resolve_asset(name: str) -> Path:
    """A file of our own below static/; NotFound for anything else."""
    scheme, _colon, path = name.partition(":")
    found = (ASSETS / path).resolve()
    if scheme != "asset" or not found.is_relative_to(ASSETS) or not found.is_file():
        raise NotFound(path)
    return found
