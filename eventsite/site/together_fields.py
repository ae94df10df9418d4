"""The group on the registration form: start one, or enter the code of one; guessing is slow and learns nothing."""

from typing import Any

from wtforms import BooleanField

from eventsite.allocation import service_together
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.site import signup
from eventsite.web import forms, security

# Wrong codes of one network within ten minutes; trying all codes would take centuries.
MOST_WRONG_CODES = 30


def fields() -> dict[str, Any]:
    """The two fields by name."""
    return {
        "new_group": BooleanField(
            _l("I would like a code to pass on"), description=_l("The code then stands on your personal page.")
        ),
        "group_code": forms.line(_l("Code for the same workshops"), most=40),
    }


def read(event: Event, form: Any) -> str | None:
    """What the form says, as signup takes it; None when the code does not fit, which then stands at its field."""
    typed = (form.group_code.data or "").strip()
    if not typed:
        return signup.NEW_GROUP if form.new_group.data else ""
    security.refuse_over("group code", times=MOST_WRONG_CODES, minutes=10)
    if service_together.may_join(event.id, typed):
        return typed
    security.count("group code", minutes=10)
    form.group_code.errors = [str(service_together.UNKNOWN)]
    return None
