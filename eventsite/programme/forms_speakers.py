"""Forms of the speakers' desk: a new person, who stands first, and two profiles that are one human."""

from typing import Any

from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules
from eventsite.web import forms


class NewSpeakerForm(forms.Form):
    """Somebody for an event: known from another one, or new by name alone."""

    known = SelectField(_l("Somebody who is known already"))
    name = forms.line(_l("Or a new person: name"), description=_l("With academic title, as it is to be printed"))
    organisation = forms.line(_l("Organisation"))
    email = forms.email(_l("E-mail"), description=_l("Is never shown; the personal link goes there."))
    item = SelectField(_l("Item"), description=_l("Can also be chosen later, in the programme."))
    role = SelectField(_l("Role"), choices=forms.options(rules.ROLES.items()), default="speaker")
    is_another = forms.tick(_l("This is another person of the same name"))

    def offer(self, people: list[tuple[str, str]], items: list[Any]) -> None:
        """Fills what can be chosen: people as id and label, items of the draft."""
        self.known.choices = forms.options([("", i18n._("Choose a person")), *people])
        named = [(item.public_id, i18n.local(item.title)) for item in items]
        self.item.choices = forms.options([("", i18n._("none yet")), *named])


class FeaturedForm(forms.Form):
    """Somebody who is to stand first."""

    speaker = SelectField(_l("Person"))


def _percent(label: Any) -> IntegerField:
    message = _l("Please give a whole number from %(min)s to %(max)s.", min=0, max=100)
    kw = {"min": 0, "max": 100, "inputmode": "numeric"}
    return IntegerField(label, validators=[forms.Required(), NumberRange(0, 100, message)], render_kw=kw)


class FocusForm(forms.Form):
    """The point of a picture that every crop keeps, in percent from the upper left."""

    x = _percent(_l("From the left, in percent"))
    y = _percent(_l("From the top, in percent"))
