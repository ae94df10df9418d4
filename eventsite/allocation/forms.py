"""Forms of runs, of what-ifs, and of the board."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import TickList, whole_number
from eventsite.programme.models import Round
from eventsite.web import forms

OBJECTIVES: dict[str, Any] = {
    "fair": _l("Fair: as few as possible without a place, then nobody far down the list"),
    "first": _l("First choices: as many first wishes as possible"),
    "serial": _l("In turn: by lottery or order of registration"),
}
TIES: dict[str, Any] = {
    "lottery": _l("The lottery decides"),
    "order": _l("The order of registration decides"),
}
MODES: dict[str, Any] = {
    "new": _l("First allocation"),
    "lock": _l("Keep: nobody who was told a workshop changes"),
    "improve": _l(
        "Improve: whoever was told a workshop changes only for a better one, and only where that gives somebody a place"
    ),
    "rerun": _l("Anew: everything may change, but for as few people as possible"),
    "what-if": _l("What if"),
}
STATES: dict[str, Any] = {
    "queued": _l("waiting"),
    "running": _l("being computed"),
    "done": _l("finished"),
    "failed": _l("not possible"),
    "stopped": _l("stopped"),
}
AFTERWARDS = ("lock", "improve", "rerun")


class RunForm(forms.Form):
    """Asks for the first run; the rule is the published one."""

    mode = HiddenField(default="new")


class LaterRunForm(forms.Form):
    """Asks for a run after publication."""

    mode = RadioField(
        _l("What may change for people who were told a workshop"),
        choices=forms.options((key, MODES[key]) for key in AFTERWARDS),
        default="lock",
        validators=[forms.Required()],
    )


class ButtonForm(forms.Form):
    """Just the protection of a button."""


class WhatIfForm(forms.Form):
    """Another rule, other places, closed workshops; the fields of the workshops are added by `what_if_form`."""

    objective = SelectField(_l("Rule"), choices=forms.options(OBJECTIVES.items()))
    tie = SelectField(_l("Among equals"), choices=forms.options(TIES.items()))
    closed = TickList(_l("Workshops that do not take place"))
    places: dict[str, str] = {}  # noqa: RUF012 - replaced as a whole in each class made below

    def changes(self, rounds: list[Round]) -> dict[str, Any]:
        """What differs from how it is: {"capacity": {workshop: n}, "closed": [workshop]}."""
        capacity = {}
        for item in (item for one in rounds for item in one.items):
            wanted = self[self.places[item.public_id]].data
            if wanted is not None and wanted != item.capacity:
                capacity[item.public_id] = wanted
        return {"capacity": capacity, "closed": list(self.closed.data or [])}


def what_if_form(rounds: list[Round]) -> WhatIfForm:
    """The form with one field of places per workshop."""
    items = [item for one in rounds for item in one.items]
    fields: dict[str, Any] = {"places": {item.public_id: f"places_{item.public_id}" for item in items}}
    for item in items:
        label = f"{item.number}. {i18n.local(item.title)}" if item.number else i18n.local(item.title)
        fields[f"places_{item.public_id}"] = whole_number(label, most=10_000, default=item.capacity)
    form = type("WhatIfFormOfEvent", (WhatIfForm,), fields)()
    form.closed.choices = [(item.public_id, i18n.local(item.title)) for item in items]
    return form


class SeatForm(forms.Form):
    """Somebody into a workshop of the round: moved now, or fixed for the next run."""

    registration = HiddenField()
    item = SelectField(_l("Workshop"))
    deed = HiddenField(default="move")
    reason = forms.line(_l("Reason"), most=200)
    tell = forms.tick(_l("Tell this person by mail"))
