"""Forms of runs, of what-ifs, and of the board."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import ValidationError

from eventsite.allocation import conditions
from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import TickList, whole_number
from eventsite.programme.models import Round
from eventsite.registration.models import Registration
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
# What each kind of run after publication means for people, in more words.
EFFECTS: dict[str, Any] = {
    "lock": _l("For late registrations and cancellations: newcomers get what is free. Nobody else hears from you."),
    "improve": _l(
        "Also fills what fell free: somebody may get a better wish than told, nobody a worse one, and as few as "
        "possible move."
    ),
    "rerun": _l(
        "For a closed workshop or a much smaller room: the best plan for all, with as few moves as possible. Some "
        "people may get less than they were told."
    ),
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


LEAST, MOST = 2, 4  # runs that are set side by side


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
    person = forms.line(_l("Fix one person"), description=_l("Name or address of somebody confirmed"))
    into = SelectField(_l("In the workshop"), default="")
    places: dict[str, str] = {}  # noqa: RUF012 - replaced as a whole in each class made below

    def validate_into(self, field: Any) -> None:
        """A person is fixed somewhere."""
        if self.person.data and not field.data:
            raise ValidationError(_l("Please choose a workshop."))

    def changes(self, rounds: list[Round], person: str = "") -> dict[str, Any]:
        """What differs from how it is: {"capacity": {workshop: n}, "closed": [workshop], "pins": [[person, workshop]]}."""
        capacity = {}
        for item in (item for one in rounds for item in one.items):
            wanted = self[self.places[item.public_id]].data
            if wanted is not None and wanted != item.capacity:
                capacity[item.public_id] = wanted
        pins = [[person, self.into.data]] if person else []
        return {"capacity": capacity, "closed": list(self.closed.data or []), "pins": pins}


def what_if_form(rounds: list[Round]) -> WhatIfForm:
    """The form with one field of places per workshop."""
    items = [item for one in rounds for item in one.items]
    fields: dict[str, Any] = {"places": {item.public_id: f"places_{item.public_id}" for item in items}}
    for item in items:
        label = f"{item.number}. {i18n.local(item.title)}" if item.number else i18n.local(item.title)
        fields[f"places_{item.public_id}"] = whole_number(label, most=10_000, default=item.capacity)
    form = type("WhatIfFormOfEvent", (WhatIfForm,), fields)()
    form.closed.choices = [(item.public_id, i18n.local(item.title)) for item in items]
    form.into.choices = [("", "–"), *form.closed.choices]
    return form


def find_person(field: Any, people: Mapping[str, Registration]) -> str | None:
    """The public id of the one person of this name or address; None, with a sentence at the field, for nobody or several."""
    wanted = conditions.plain(field.data or "")
    found = [u for u, p in people.items() if wanted in (conditions.plain(p.name), conditions.plain(p.email or ""))]
    if len(found) == 1:
        return found[0]
    field.errors = [i18n._("Nobody, or more than one person, is called: %(names)s.", names=field.data)]
    return None


class SeatForm(forms.Form):
    """Somebody into a workshop of the round: moved now, or fixed for the next run."""

    registration = HiddenField()
    item = SelectField(_l("Workshop"))
    deed = HiddenField(default="move")
    reason = forms.line(_l("Reason"), most=200)
    tell = forms.tick(_l("Tell this person by mail"))
