"""The form for several people: who fills it in, and up to ten more, each with a name and an address of their own."""

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import RadioField, ValidationError

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.people.rules import email_key
from eventsite.registration.service import Details
from eventsite.registration.service_groups import MOST_PEOPLE, Team
from eventsite.site import doors
from eventsite.web import forms

MOST_ROWS = MOST_PEOPLE - 1
FIRST_ROWS = 4


class GroupForm(forms.Form):
    """The contact and the choices of the group; rows of people are added per request."""

    contact_name = forms.line(_l("Your first name and family name"), required=True)
    contact_email = forms.email(_l("Your e-mail address"), required=True)
    organisation = forms.line(_l("Organisation"), description=_l("It counts for everybody; each can change it."))
    takes_part = forms.tick(_l("I take part myself"))
    mode = RadioField(
        _l("If there are not enough places for all"),
        choices=forms.options(
            [
                ("together", _l("We wait together until there is a place for each of us")),
                ("split", _l("Each of us takes a place as soon as there is one")),
            ]
        ),
        default="together",
    )
    website = forms.line(_l("Leave this field empty"), most=2000)

    def validate_website(self, field: Any) -> None:
        """Programs fill what people do not see."""
        if field.data:
            field.data = ""
            raise ValidationError(_l("The form looked as if a program had filled it in. Please send it once more."))


class Row:
    """One line of the form."""

    def __init__(self, form: Any, number: int) -> None:
        self.number = number
        self.name, self.email = form[f"name_{number}"], form[f"email_{number}"]

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        return bool(self.name.data or self.email.data)


def rows_wanted() -> int:
    """How many lines are shown: those there were, and more where somebody asked for more."""
    typed = request.form.get("rows", "")
    shown = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else FIRST_ROWS
    return min(MOST_ROWS, max(FIRST_ROWS, shown) + (3 if request.form.get("more") else 0))


def group_form(event: Event, *, has_rounds: bool) -> Any:
    """The form with its rows, filled with what was sent."""
    added: dict[str, Any] = {**doors.fields(event)}
    for number in range(1, rows_wanted() + 1):
        added[f"name_{number}"] = forms.line(_l("Name of person %(number)s", number=number))
        added[f"email_{number}"] = forms.email(_l("E-mail address of person %(number)s", number=number))
    if has_rounds:
        added["is_seated_together"] = forms.tick(
            _l("We would like to be in the same workshops"),
            description=_l("Up to four people share such a wish; more are divided in the order of the lines."),
        )
    return type("EventGroupForm", (GroupForm,), added)()


def rows(form: Any) -> list[Row]:
    """The lines of a form."""
    return [Row(form, number) for number in range(1, MOST_ROWS + 1) if f"name_{number}" in form]


def _needs_more(filled: Sequence[Row], form: Any) -> str:
    if len(filled) + bool(form.takes_part.data) >= 2:
        return ""
    if form.takes_part.data:
        return i18n._("Please name at least one more person. For yourself alone there is the ordinary form.")
    return i18n._("Please name at least two people.")


def check(form: Any) -> bool:
    """Whether the people are complete and each address stands once; what is wrong stands at its field."""
    filled = [row for row in rows(form) if row.is_filled]
    seen = {email_key(form.contact_email.data)} if form.takes_part.data and form.contact_email.data else set()
    is_good = True
    for row in filled:
        key = email_key(row.email.data or "")
        problem = ""
        if not row.name.data:
            row.name.errors, is_good = [i18n._("Please fill in this field.")], False
        if not key:
            problem = i18n._("Each person needs an e-mail address of their own.")
        elif key in seen:
            problem = i18n._("This address stands here twice. Each person needs an address of their own.")
        if problem and not row.email.errors:
            row.email.errors = [problem]
        is_good = is_good and not problem
        seen.add(key)
    missing = _needs_more(filled, form)
    if missing:
        rows(form)[0].name.errors = [missing]
    return is_good and not missing


def team(form: Any) -> Team:
    """What a checked form says."""
    language, organisation = i18n.current_language(), form.organisation.data or ""
    people = [Details(row.name.data, row.email.data, organisation, language) for row in rows(form) if row.is_filled]
    if form.takes_part.data:
        people.insert(0, Details(form.contact_name.data, form.contact_email.data, organisation, language))
    return Team(
        contact_name=form.contact_name.data,
        contact_email=form.contact_email.data,
        organisation=organisation,
        language=language,
        mode=form.mode.data,
        is_seated_together="is_seated_together" in form and bool(form.is_seated_together.data),
        people=people,
    )


def refused_field(form: Any, number: int) -> Any:
    """The address of the person whom the way in does not let in."""
    if form.takes_part.data and number == 0:
        return form.contact_email
    filled = [row for row in rows(form) if row.is_filled]
    return filled[number - bool(form.takes_part.data)].email
