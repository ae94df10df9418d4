"""Letters to write: what people without an e-mail address would have got as mails, to print, post and tick off."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request

from eventsite.core import clock, i18n
from eventsite.events import queries as events
from eventsite.registration import prints_letters, queries_letters, service_letters
from eventsite.registration.queries_letters import Row
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("letters", __name__)
_PAGE = 100
AT_ONCE = 100  # letters in one file


class ButtonForm(forms.Form):
    """Just the protection of the buttons."""


@blueprint.get("/admin/<event>/letters")
@organiser("registrations.manage")
def overview(event: Any) -> Any:
    """Every letter, those to write first."""
    page = pages.pager(queries_letters.count(event.id), _PAGE)
    rows = queries_letters.letters(event.id, limit=_PAGE, offset=page.offset)
    context = {"page": page, "is_open": queries_letters.count(event.id, ["letter"]), "at_once": AT_ONCE}
    return render_template("site/letters.html", rows=rows, form=ButtonForm(), **context)


@blueprint.post("/admin/<event>/letters/print")
@organiser("registrations.manage")
def print_open(event: Any) -> Any:
    """All letters to write in one PDF, the oldest hundred at once."""
    return _pdf(event, queries_letters.letters(event.id, ["letter"], limit=AT_ONCE), f"{event.slug}-letters.pdf")


@blueprint.post("/admin/<event>/letters/done")
@organiser("registrations.manage")
def mark_all(event: Any) -> Any:
    """All letters that were shown are written; those that came since are not."""
    if ButtonForm().validate_on_submit():
        shown = request.form.getlist("letter")[:AT_ONCE]
        number = service_letters.mark(event.id, shown, is_written=True, actor=g.account.public_id)
        flash(i18n.ngettext("%(num)s letter is written.", "%(num)s letters are written.", number))
    return pages.see_other("letters.overview", event=event.slug)


@blueprint.post("/admin/<event>/letters/<letter>/print")
@organiser("registrations.manage")
def print_one(event: Any, letter: str) -> Any:
    """One letter as PDF."""
    return _pdf(event, [queries_letters.get_letter(event.id, letter)], f"{event.slug}-letter-{letter}.pdf")


@blueprint.post("/admin/<event>/letters/<letter>/done")
@organiser("registrations.manage")
def mark(event: Any, letter: str) -> Any:
    """One letter is written, or has to be written again."""
    queries_letters.get_letter(event.id, letter)
    if ButtonForm().validate_on_submit():
        is_written = request.form.get("deed") != "undo"
        service_letters.mark(event.id, [letter], is_written=is_written, actor=g.account.public_id)
    return pages.see_other("letters.overview", event=event.slug)


def _pdf(event: Any, rows: Sequence[Row], filename: str) -> Any:
    if not ButtonForm().validate_on_submit() or not rows:
        return pages.see_other("letters.overview", event=event.slug)
    whole = events.get_event(event.slug)
    service_letters.note_print(event.id, [row.message.public_id for row in rows], actor=g.account.public_id)
    with i18n.use_zone(whole.timezone):
        found = [prints_letters.letter(row.message, row.postal_address) for row in rows]
        content = prints_letters.letters_pdf(whole, found, created=clock.now())
    response = Response(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
