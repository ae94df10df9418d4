"""Organisers copy an event: choose day and parts, look at every date that moves, then make the draft."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, render_template, request
from wtforms import DateField, RadioField
from wtforms.validators import Optional

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import TickList
from eventsite.site import copying
from eventsite.site import rules_copying as rules
from eventsite.site.rules_copying import Shift
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("event_copy", __name__)


class CopyForm(forms.Form):
    """What the copy is called, when it takes place, and what comes along; the dates can be changed one by one."""

    title = forms.words(_l("Title"), required=True)
    slug = forms.line(_l("Address"), required=True, most=60, description=_l("Small letters, digits and hyphens"))
    day = RadioField(_l("First day of the copy"), validators=[forms.Required()])
    other_day = DateField(_l("Another day"), validators=[Optional()])
    parts = TickList(_l("Choose"))
    starts_at = forms.LocalDateTime(rules.DATES["starts_at"])
    ends_at = forms.LocalDateTime(rules.DATES["ends_at"])
    registration_opens_at = forms.LocalDateTime(rules.DATES["registration_opens_at"])
    registration_closes_at = forms.LocalDateTime(rules.DATES["registration_closes_at"])
    wishes_close_at = forms.LocalDateTime(rules.DATES["wishes_close_at"])
    reminder_at = forms.LocalDateTime(rules.DATES["reminder_at"])

    def validate(self, extra_validators: Any = None) -> bool:
        """The other day is needed where it was chosen."""
        is_valid = super().validate(extra_validators)
        day = self.other_day
        if self.day.data == "other" and day.data is None and not day.errors:
            day.errors = [i18n._("Please give a date like 12.03.2027.")]
        elif day.data is not None and not 1900 <= day.data.year <= 2200:
            day.errors = [i18n._("Please check the year.")]
        return is_valid and not day.errors

    def require_start_and_end(self) -> bool:
        """Whether both are given, once the dates are on the page; what lacks says so."""
        for field in (self.starts_at, self.ends_at):
            if field.data is None and not field.errors:
                field.errors = [i18n._("Please fill in this field.")]
        return not self.errors and self.starts_at.data is not None and self.ends_at.data is not None


def _days(event: Any) -> dict[str, date]:
    """The days that are proposed, by the value of the choice."""
    there = ZoneInfo(event.timezone)
    first, today = event.starts_at.astimezone(there).date(), clock.now().astimezone(there).date()
    return {key: rules.next_day(first, today, same_weekday=key == "weekday") for key in ("weekday", "date")}


def _form(event: Any, days: dict[str, date], counts: dict[str, int]) -> CopyForm:
    before, after = event.starts_at.year, days["weekday"].year
    title = {code: rules.with_year(text, before, after) for code, text in dict(event.title).items()}
    slug = rules.slug_for(event.slug, before, after, copying.taken_slugs())
    shown = [part for part in rules.PARTS if counts.get(part, 1)]
    form = CopyForm(data={"title": title, "slug": slug, "day": "weekday", "parts": shown})
    written = {key: f"{i18n.format_weekday(day)}, {i18n.format_date(day)}" for key, day in days.items()}
    form.day.choices = forms.options(
        [
            ("weekday", i18n._("The same weekday: %(day)s", day=written["weekday"])),
            ("date", i18n._("The same date: %(day)s", day=written["date"])),
            ("other", i18n._("Another day")),
        ]
    )
    form.parts.choices = forms.options((part, _counted(part, counts)) for part in shown)
    return form


def _counted(part: str, counts: dict[str, int]) -> str:
    return f"{rules.PARTS[part]} ({counts[part]})" if part in counts else str(rules.PARTS[part])


def _start(event: Any, form: CopyForm, days: dict[str, date]) -> datetime:
    """The start that follows from the choice of the day."""
    day = form.other_day.data if form.day.data == "other" else days[form.day.data]
    return rules.start_on(event.starts_at, day, event.timezone)


def _proposed(event: Any, start: datetime) -> dict[str, datetime | None]:
    """Every date of the event for a start; those it never had stay empty."""
    shift = Shift(event.starts_at, start, event.timezone)
    found = {name: getattr(event, name) for name in rules.DATES}
    moved = {name: shift.deadline(instant) if instant else None for name, instant in found.items()}
    return {**moved, "starts_at": start, "ends_at": shift.span(event.starts_at, event.ends_at)[1]}


def _put(form: CopyForm, dates: dict[str, datetime | None]) -> None:
    for name, instant in dates.items():
        form[name].data, form[name].raw_data, form[name].errors = instant, None, []


def _follow(event: Any, form: CopyForm, start: datetime) -> bool:
    """Fills in the dates, or moves along those nobody changed when the start has changed; whether anything moved."""
    shown = request.form.get("shown", "")
    if request.form.get("shown_day") != start.isoformat():
        _put(form, _proposed(event, start))
        return True
    if form.starts_at.data is None or form.starts_at.data == (known := _instant(shown)) or known is None:
        return False
    was, becomes = _proposed(event, known), _proposed(event, form.starts_at.data)
    _put(form, {name: becomes[name] for name in rules.DATES if form[name].data == was[name] or name == "starts_at"})
    return True


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


@blueprint.route("/admin/<event>/copy", methods=["GET", "POST"])
@organiser("event.edit")
def copy(event: Any) -> Any:
    """Choose, look at the dates, make the draft; nothing is stored before the last button."""
    days, counts = _days(event), copying.counts(event.id)
    form = _form(event, days, counts)
    if not form.is_submitted():
        return _page(event, form, counts, None)
    is_chosen = form.validate() or not {"title", "slug", "day", "other_day", "parts"} & form.errors.keys()
    if not is_chosen:
        return _page(event, form, counts, None)
    chosen = _start(event, form, days)
    has_moved = _follow(event, form, chosen)
    if not form.require_start_and_end() or has_moved or "sure" not in request.form:
        return _page(event, form, counts, chosen)
    dates = {name: form[name].data for name in rules.DATES}
    wanted = copying.Wanted(form.title.data, form.slug.data, dates, rules.wanted_parts(form.parts.data))
    member = None if g.account.is_owner else g.account.id
    try:
        made = copying.copy_event(event.id, wanted, actor=g.account.public_id, member_id=member)
    except Refused as refusal:
        (form.ends_at if copying.is_free(form.slug.data) else form.slug).errors = [str(refusal)]
        return _page(event, form, counts, chosen)
    flash(i18n._("The copy is there, as a draft. Below stands what is still missing."))
    return pages.see_other("dashboard.event", event=made.slug)


def _page(event: Any, form: CopyForm, counts: dict[str, int], chosen: datetime | None) -> Any:
    """The choice; with a day chosen also every date as it will be."""
    moved: dict[str, list[copying.Moved]] = {}
    start, skipped = form.starts_at.data, []
    if chosen is not None and start is not None:
        shift, parts = Shift(event.starts_at, start, event.timezone), rules.wanted_parts(form.parts.data or [])
        moved = copying.moved(event.id, shift, parts)
        skipped = _skipped(event, shift)
    context = {
        "chosen": chosen,
        "shown": start or _instant(request.form.get("shown", "")),
        "dates": list(rules.DATES) if chosen is not None else [],
        "moved": [(rules.PARTS[part], rows) for part, rows in moved.items()],
        "skipped": skipped,
    }
    status = 422 if form.errors else 200
    return render_template("site/event_copy.html", form=form, **context), status


def _skipped(event: Any, shift: Shift) -> list[str]:
    """A sentence for each date of the event whose time of day does not exist on its new day."""
    proposed = _proposed(event, shift.after)
    return [
        i18n._(
            "%(what)s: %(time)s does not exist on that day, since the clocks are put forward; it becomes %(after)s.",
            what=str(label),
            time=i18n.format_clock(getattr(event, name)),
            after=i18n.format_datetime(moved),
        )
        for name, label in rules.DATES.items()
        if (moved := proposed[name]) is not None
        and shift.is_skipped(getattr(event, name), moved, is_deadline=name not in ("starts_at", "ends_at"))
    ]
