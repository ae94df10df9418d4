"""The page where visitors leave an address to be told when registration opens."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules as event_rules
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.registration import rules_interest, service_interest
from eventsite.web import forms, security
from eventsite.web.guard import public

blueprint = Blueprint("interest", __name__)


class InterestForm(forms.Form):
    """One address; `website` is for machines only."""

    email = forms.email(_l("E-mail address"), required=True)
    website = forms.line(_l("Leave this field empty"), most=2000)


@blueprint.route("/<lang:lang>/<event>/interest", methods=["GET", "POST"])
@public
def page(event: Event) -> Any:
    """The form; what it answers is the same for a new and for a known address, and for a machine."""
    if not rules_interest.is_open(event, clock.now()):
        is_open = event_rules.phase(event, clock.now()) is Phase.OPEN
        target = "registration_form.register" if is_open else "site.front"
        return redirect(url_for(target), 303 if request.method == "POST" else 302)
    form = InterestForm()
    if form.is_submitted():
        security.limit("interest", times=100, minutes=10)
    if form.validate_on_submit():
        try:
            if not form.website.data:
                service_interest.leave_address(event.id, form.email.data, i18n.current_language())
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            return render_template("site/interest_left.html", email=form.email.data)
    return render_template("site/interest.html", form=form), 422 if form.is_submitted() else 200
