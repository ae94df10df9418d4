"""Forms of the organisers' page of personal data."""

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.web import forms


class HoldForm(forms.Form):
    """Why names are kept longer than usual, and until when."""

    hold_reason = forms.line(
        _l("Reason"), most=300, description=_l("For example: proof of use for the funder. Left empty, the hold ends.")
    )
    hold_until = forms.LocalDateTime(
        _l("Until"), description=_l("Left empty, the data is kept until you end the hold.")
    )


class AnswerForm(forms.Form):
    """Why somebody's data is kept although they asked to be forgotten."""

    reason = forms.line(_l("Reason, as it is told to the person"), most=500)


class ButtonForm(forms.Form):
    """Just the protection of a button."""
