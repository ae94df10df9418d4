"""Forms of the ways in: who may register, codes, early closing."""

from typing import Any

from wtforms import RadioField, ValidationError

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import whole_number
from eventsite.registration import rules_ways
from eventsite.web import forms


class WayForm(forms.Form):
    """Who may register, and the domains whose addresses need no code."""

    way_in = RadioField(
        _l("Who may register"),
        choices=forms.options(rules_ways.LABELS.items()),
        validators=[forms.Required(_l("Please choose."))],
    )
    domains = forms.paragraphs(
        _l("Domains that need no code"),
        most=4000,
        description=_l("One a line: kassel.de. With an asterisk those below it count too: *.hessen.de"),
        render_kw={"rows": 3},
    )

    def validate_domains(self, field: Any) -> None:
        """Each line is a domain; what is none is named."""
        self.read_domains, wrong = rules_ways.read_domains(field.data or "")
        if wrong:
            raise ValidationError(i18n._("This is no domain: %(names)s", names=", ".join(wrong[:5])))
        if len(self.read_domains) > rules_ways.MOST_DOMAINS:
            raise ValidationError(i18n._("Please name at most %(most)s domains.", most=rules_ways.MOST_DOMAINS))


class CodeForm(forms.Form):
    """A new code."""

    code = forms.line(
        _l("Code"), most=60, description=_l("Left empty, we invent one. Everybody who knows it can register.")
    )
    note = forms.line(_l("For whom"), most=200, description=_l("Only the team sees it"))
    most = whole_number(_l("At most so many registrations"), least=1, most=10_000)
    ends_at = forms.LocalDateTime(_l("Valid until"))


class ClosingForm(forms.Form):
    """Closing before the date, with a sentence for those who come too late."""

    reason = forms.words(_l("What people read who come too late"), most=300)
