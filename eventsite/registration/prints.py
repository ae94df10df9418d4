"""The caterer's sheet as a tagged PDF and as a table: figures only."""

from datetime import datetime
from typing import Any

from eventsite.core import i18n, tables
from eventsite.core.i18n import _
from eventsite.core.pdf_sheet import sheet_pdf
from eventsite.events.models import Event
from eventsite.registration.queries_catering import Sheet


def catering_pdf(event: Event, sheet: Sheet, *, created: datetime) -> bytes:
    """The PDF/UA-1 of the sheet in the current language."""
    title = f"{_('Food')}: {i18n.local(event.title)}"
    context: dict[str, Any] = {"sheet": sheet, "meal_name": meal_name}
    return sheet_pdf("registration/print/catering.html", title=title, event=event, created=created, **context)


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
