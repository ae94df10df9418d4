"""Forms of merging two profiles and of taking that back."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules_merging
from eventsite.web import forms


class OtherForm(forms.Form):
    """Who is the same person."""

    class Meta(forms.Form.Meta):
        """Only asks, in the address: changes nothing."""

        csrf = False

    other = SelectField(_l("The other profile of the same person"))


def merge_form(usual: dict[str, str]) -> Any:
    """One choice for each field: of this profile, of the other one, or links of both."""
    pairs = [(rules_merging.OWN, _l("this profile")), (rules_merging.OTHER, _l("the other profile"))]
    both = [*pairs, (rules_merging.BOTH, _l("both"))]
    fields = {
        name: RadioField(
            rules_merging.LABELS[name], choices=forms.options(both if name == "links" else pairs), default=usual[name]
        )
        for name in rules_merging.FIELDS
    }
    return type("MergeForm", (forms.Form,), fields)()


NEW = "new"


class SplitForm(forms.Form):
    """What goes to another profile: the one that was merged, or a new one."""

    target = RadioField(_l("To which profile"), validators=[forms.Required()])
    name = forms.line(_l("Name of the new profile"))
    appearances = SelectMultipleField(
        _l("Appearances that go there"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, merged: list[tuple[str, str]], appearances: list[tuple[int, str]]) -> None:
        """Fills what can be chosen: former profiles as id and label, appearances as number and label."""
        told = [(uid, i18n._("the former profile %(name)s", name=label)) for uid, label in merged]
        self.target.choices = forms.options([*told, (NEW, i18n._("a new profile"))])
        self.appearances.choices = forms.options(appearances)
