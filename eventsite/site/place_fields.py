"""What a form asks about the place itself: on site or online, and the code of a contingent."""

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.registration import queries_contingents, rules
from eventsite.registration.rules import Places
from eventsite.registration.service import Wanted
from eventsite.site import places_words
from eventsite.web import forms, security

MOST_WRONG_CODES = 30  # of one network within ten minutes, as for codes that open the form


def fields(event: Event, places: Sequence[Places]) -> dict[str, Any]:
    """The fields this event needs; a link ending in ?contingent=… fills the code in."""
    found: dict[str, Any] = {}
    if rules.modes_to_choose(event.attendance):
        options = [SelectChoice(one.modes[0], places_words.choice(one)) for one in places]
        label = _l("How will you take part?")
        found["mode"] = RadioField(label, choices=options, validators=[forms.Required()], validate_choice=False)
    given = forms.clean_line(request.args.get("contingent", ""))[:60]
    if given or any(one.reserved for one in places):
        about = _l("For those whose organisation has places kept for it. Leave it empty if you have none.")
        found["kept_code"] = forms.line(_l("Code of your group"), most=60, default=given, description=about)
    return found


def read(event: Event, form: Any) -> Wanted | None:
    """What was chosen; None where it cannot be, with a sentence at the field."""
    mode = form["mode"].data if "mode" in form else None
    if mode is not None and mode not in rules.MODES:
        form["mode"].errors = [i18n._("Please choose one of the answers.")]
        return None
    if "kept_code" in form and form.kept_code.data:
        return _with_code(event, form, mode)
    typed = form.code.data if "code" in form else ""
    kept = queries_contingents.find_open(event.id, typed) if typed else None
    return Wanted(mode, kept.id if kept else None)


def _with_code(event: Event, form: Any, mode: str | None) -> Wanted | None:
    security.refuse_over("contingent", times=MOST_WRONG_CODES, minutes=10)
    kept = queries_contingents.find_open(event.id, form.kept_code.data)
    if kept is not None:
        return Wanted(mode, kept.id)
    security.count("contingent", minutes=10)
    known = queries_contingents.find_by_code(event.id, form.kept_code.data)
    gone = i18n._("The places kept with this code are for everybody now. Leave the field empty and register as usual.")
    unknown = i18n._("We do not know this code. Please look at it again, or leave the field empty.")
    form.kept_code.errors = [gone if known is not None else unknown]
    return None
