"""The caterer's sheet as a tagged PDF and as a table: figures only."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from eventsite.core import i18n, pdf, tables, templates
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.events.models import Event
from eventsite.registration.queries_catering import Sheet

ASSETS = Path(__file__).parents[2] / "static"
STYLES = "asset:css/print/lists.css"
TIMEOUT = 60
MEMORY_MB = 800


def catering_pdf(event: Event, sheet: Sheet, *, created: datetime) -> bytes:
    """The PDF/UA-1 of the sheet in the current language, made in a process of its own."""
    language = i18n.current_language()
    with i18n.use_zone(event.timezone):
        html = templates.render(
            "registration/print/catering.html",
            event=event,
            sheet=sheet,
            meal_name=meal_name,
            created=created,
            language=language,
        )
    return pdf.render_isolated(
        html,
        stylesheets=[f":root {{ --accent: {event.accent} }}", STYLES],
        resolve=resolve,
        title=f"{_('Food')}: {i18n.local(event.title)}",
        language=language,
        created=created,
        identifier=hashlib.sha256(html.encode()).digest()[:16],
        timeout=TIMEOUT,
        memory_mb=MEMORY_MB,
    )


def meal_name(meal: Any) -> str:
    """A meal with its day and hour."""
    day = i18n.format_date(meal.starts_at, style="medium")
    return f"{i18n.local(dict(meal.title))}, {day}, {i18n.format_clock(meal.starts_at)}"


def catering_xlsx(sheet: Sheet) -> bytes:
    """The sheet as a workbook: one line per figure."""
    head = ["", *([meal_name(meal) for meal in sheet.meals] or [_("All meals")])]
    rows: list[list[Any]] = [[_("People"), *(one.people for one in sheet.columns)]]
    rows.append([_("Eats what everybody eats"), *(one.usual for one in sheet.columns)])
    rows += [[row.words, *row.numbers] for row in sheet.kinds]
    for title, found in ((_("How often each wish occurs"), sheet.diets), (_("Remarks"), sheet.others)):
        if found:
            rows += [[], [title], *([row.words, *row.numbers] for row in found)]
    return tables.to_xlsx(head, rows, _("Food"))


def resolve(name: str) -> Path:
    """A file of our own below static/; NotFound for anything else."""
    scheme, _colon, path = name.partition(":")
    found = (ASSETS / path).resolve()
    if scheme != "asset" or not found.is_relative_to(ASSETS) or not found.is_file():
        raise NotFound(path)
    return found
