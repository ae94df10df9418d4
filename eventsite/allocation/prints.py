"""The lists for the doors as a tagged PDF: one workshop a page, in the type of the printed programme."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.pdf_sheet import sheet_pdf


def lists_pdf(event: Any, lists: Sequence[Any], *, created: datetime, is_published: bool) -> bytes:
    """The PDF/UA-1 of all lists in the current language."""
    title = f"{i18n._('Lists of the workshops')}: {i18n.local(event.title)}"
    context: dict[str, Any] = {"lists": lists, "is_published": is_published}
    return sheet_pdf("allocation/print/lists.html", title=title, event=event, created=created, **context)
