"""The public registration form, what follows it, and the page that sends a lost link again."""

from typing import Any

from flask import Blueprint, render_template, request, session, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules as event_rules
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.registration import addresses
from eventsite.registration import service as registrations
from eventsite.registration.service_options import SoldOut
from eventsite.site import doors, places_words, signup
from eventsite.site.registration_form import Filled, registration_form
from eventsite.web import forms, pages, security
from eventsite.web.guard import public

blueprint = Blueprint("registration_form", __name__)
# An office of 300 people behind one router may register within ten minutes, mistakes included.
MOST_IN_TEN_MINUTES = 600


class LinkForm(forms.Form):
    """The address a link is to be sent to."""

    email = forms.email(_l("E-mail address"), required=True)


@blueprint.route("/<lang:lang>/<event>/register", methods=["GET", "POST"])
@public
def register(event: Event) -> Any:
    """The form; an accepted one leads to the same page for a new and for a known address."""
    if event_rules.phase(event, clock.now()) is not Phase.OPEN:
        return closed(event)
    filled, refused = registration_form(event), ""
    if filled.form.is_submitted():
        security.limit("register", times=MOST_IN_TEN_MINUTES, minutes=10)
    is_accepted = filled.is_accepted()
    meant = _probably_meant(filled.form)
    if is_accepted and not meant:
        try:
            if _sign_up_at_its_field(filled):
                session["sent_to"] = filled.form.email.data
                return pages.see_other("registration_form.received", event=event.slug)
        except Refused as refusal:
            refused = str(refusal)
    context = {
        **filled.context(),
        "state": places_words.before_the_form(filled.places) if filled.places else "",
        "closes_at": event.registration_closes_at,
        "errors": [("", refused)] if refused else [],
        "sure_of": filled.form.email.data if meant else "",
    }
    status = 409 if refused else 422 if filled.form.is_submitted() else 200
    return render_template("site/register.html", **context), status


def _probably_meant(form: Any) -> str:
    """Asks once about an address that is one slip away from a common one; sent again as it is, it counts."""
    meant = addresses.probably_meant(form.email.data or "") if form.is_submitted() else None
    if meant is None or form.email.errors or request.form.get("sure_of", "") == form.email.data:
        return ""
    told = i18n._("Did you mean %(meant)s? If your address is right, please send the form once more.", meant=meant)
    form.email.errors = [told]
    return meant


def _sign_up_at_its_field(filled: Filled) -> bool:
    """The last place of an answer may go in the very moment: that is told at the answer."""
    try:
        return _sign_up(filled)
    except SoldOut as gone:
        filled.field_of(gone.question_id).errors = [str(gone)]
        return False


def _sign_up(filled: Filled) -> bool:
    """Whether the way in was open; why it was not stands at its field then."""
    form = filled.form
    details = signup.Details(form["name"].data, form.email.data, form.organisation.data or "", i18n.current_language())
    given: dict[str, Any] = {"answers": filled.answers, "consents": filled.consents, "choices": filled.choices}
    given["together"] = filled.together or ""
    with doors.at_its_field(filled.event, form) as door:
        signup.sign_up(filled.event.id, details, **given, entry=door.entry, wanted=filled.wanted or signup.Wanted())
    return door.is_open


def closed(event: Event) -> Any:
    """Why nobody can register now, and what was typed is not lost."""
    phase = event_rules.phase(event, clock.now())
    opens = event.registration_opens_at
    sentences = {
        Phase.ANNOUNCED: i18n._("Registration has not opened yet."),
        Phase.CLOSED: i18n._("Registration is closed."),
        Phase.RUNNING: i18n._("Registration is closed."),
        Phase.OVER: i18n._("The event is over."),
        Phase.CANCELLED: i18n._("The event is cancelled."),
        Phase.DRAFT: i18n._("This is a preview. Registration is possible once the event is public."),
    }
    text = i18n.local(event.registration_closed_reason) if phase is Phase.CLOSED else ""
    if phase is Phase.ANNOUNCED and opens is not None:
        text = i18n._("It opens on %(date)s.", date=i18n.format_datetime(opens))
    elif phase in (Phase.CLOSED, Phase.RUNNING) and event.contact_email:
        text += " " + i18n._("If you have questions, please write to %(address)s.", address=event.contact_email)
    is_sent = request.method == "POST"
    if is_sent:
        lost = i18n._("What you typed was not saved. Your browser still has it: go back to copy it.")
        text = f"{lost} {text}".strip()
    box = {"state": sentences[phase], "text": text.strip(), "action": None}
    link = url_for("registration_form.resend")
    return render_template("site/register_closed.html", box=box, resend_url=link), 409 if is_sent else 200


@blueprint.get("/<lang:lang>/<event>/register/received")
@public
def received(event: Event) -> Any:
    """Look into your mailbox: the same words whether the address was known or not."""
    email = session.pop("sent_to", "")
    context = {"email": email, "hours": event.confirmation_hours, "meant": addresses.probably_meant(email)}
    return render_template("registration/received.html", **context)


@blueprint.route("/<lang:lang>/<event>/resend", methods=["GET", "POST"])
@public
def resend(event: Event) -> Any:
    """Sends the personal link again; never tells whether an address is known."""
    form = LinkForm()
    if form.validate_on_submit():
        security.limit("resend", times=100, minutes=10)
        try:
            registrations.resend_link(event.id, form.email.data)
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            return render_template("registration/resent.html", email=form.email.data)
    return render_template("registration/resend.html", form=form), 422 if form.is_submitted() else 200
