"""Public pages of a call: what is wanted until when, the form, and the way back to a link that was lost."""

from typing import Any

from flask import Blueprint, render_template, request, session

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.events import rules as event_rules
from eventsite.events.models import Event
from eventsite.people.rules import email_key
from eventsite.programme import rules as programme
from eventsite.proposals import forms as fields
from eventsite.proposals import queries, rules, service
from eventsite.proposals.models import Call
from eventsite.web import cache, forms, pages, security
from eventsite.web.guard import public, public_page

blueprint = Blueprint("proposals", __name__)
MOST_IN_TEN_MINUTES = 60  # forms of one network, mistakes included
MOST_AN_HOUR = 10  # proposals and drafts of one address, each of which brings a mail


class LinkForm(forms.Form):
    """The address a link is to be sent to."""

    email = forms.email(i18n.lazy_gettext("E-mail address"), required=True)


def _shown(event: Event) -> tuple[Call, str]:
    """The call that visitors may see, and where it stands; NotFound for a draft."""
    call = queries.find_call(event.id)
    state = rules.call_state(call, clock.now(), is_off=service.is_off(event))
    if call is None or state == "hidden":
        raise NotFound
    return call, state


@blueprint.get("/<lang:lang>/<event>/call")
@public_page()
def call(event: Event) -> Any:
    """What is wanted, from when until when, and the way to the form."""
    found, state = _shown(event)
    now = clock.now()
    for moment in (rules.next_change(found, now), event_rules.next_change(event, now)):
        cache.valid_until(moment)
    return render_template("proposals/call.html", **told(found, state))


def told(found: Call, state: str) -> dict[str, Any]:
    """What templates/proposals/call.html expects."""
    return {
        "call": found,
        "state": state,
        "kinds": [programme.KINDS[kind] for kind in found.kinds if kind in programme.KINDS],
        "lengths": sorted(found.lengths),
    }


@blueprint.route("/<lang:lang>/<event>/call/propose", methods=["GET", "POST"])
@public
def propose(event: Event) -> Any:
    """The form; sent off or kept as a draft, both by a link in a mail."""
    found, state = _shown(event)
    if state != "open":
        is_lost = request.method == "POST"
        return render_template("proposals/call.html", is_lost=is_lost, **told(found, state)), 409 if is_lost else 200
    sheet = fields.sheet(found)
    if fields.wants_more():
        return _form(sheet, 200)
    if sheet.form.is_submitted():
        security.limit("propose", times=MOST_IN_TEN_MINUTES, minutes=10)
    if not sheet.is_accepted():
        return _form(sheet, 422 if sheet.form.is_submitted() else 200)
    # Nobody's mailbox is filled by somebody who types its address here.
    security.limit(f"propose {email_key(sheet.form['email_0'].data)}", times=MOST_AN_HOUR, minutes=60)
    try:
        service.propose(event.id, sheet.contents(), language=i18n.current_language(), is_draft=sheet.is_draft)
    except Refused as refusal:
        return _form(sheet, 409, str(refusal))
    session["proposed_to"] = sheet.form["email_0"].data
    return pages.see_other("proposals.sent", event=event.slug, kept="yes" if sheet.is_draft else None)


def _form(sheet: fields.Sheet, status: int, refused: str = "") -> Any:
    context = {**sheet.context(), "call": sheet.call, "errors": [("", refused)] if refused else []}
    return render_template("proposals/propose.html", **context), status


@blueprint.get("/<lang:lang>/<event>/call/sent")
@public
def sent(event: Event) -> Any:
    """Look into your mailbox: what was sent off has to be confirmed, what was kept can be gone on with."""
    _shown(event)
    context = {"email": session.pop("proposed_to", ""), "is_kept": request.args.get("kept") == "yes"}
    return render_template("proposals/sent.html", days=rules.CONFIRM_DAYS, drafts=rules.DRAFT_DAYS, **context)


@blueprint.route("/<lang:lang>/<event>/call/link", methods=["GET", "POST"])
@public
def link(event: Event) -> Any:
    """Sends the links of somebody's proposals again; never tells whether an address is known."""
    _shown(event)
    form, is_sent = LinkForm(), False
    if form.validate_on_submit():
        security.limit("resend", times=100, minutes=10)
        service.resend_links(event.id, form.email.data)
        is_sent = True
    status = 422 if form.is_submitted() and not is_sent else 200
    return render_template("proposals/link.html", form=form, is_sent=is_sent), status
