"""What an invited person sees behind the link of the mail: register, say no, or want no more invitations."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.core import clock, ids
from eventsite.events import rules as event_rules
from eventsite.events.rules import Phase
from eventsite.registration import queries_lists, service_invitations
from eventsite.registration.models_lists import Invitation
from eventsite.site import personal_rooms
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_invitation", __name__))


@blueprint.get("/i/<token>/")
@personal_link("invitation")
def page(invitation: Invitation) -> Any:
    """The event in short and the three answers; looking changes nothing."""
    return render_template("site/invitation.html", invitation=invitation, **_context(invitation))


def _context(invitation: Invitation) -> dict[str, Any]:
    token = ids.link_token(queries_lists.PURPOSE, invitation.public_id, 1)
    language = invitation.language
    return {
        "is_open": event_rules.phase(g.event, clock.now()) is Phase.OPEN and invitation.state != "registered",
        "register_url": url_for("registration_form.register", event=g.event.slug, lang=language, invitation=token),
    }


@blueprint.post("/i/<token>/refusal")
@personal_link("invitation")
def decline(invitation: Invitation) -> Any:
    """Says that the person does not come."""
    service_invitations.decline(invitation.id)
    return pages.see_other("personal_invitation.page")


@blueprint.route("/i/<token>/unsubscribe", methods=["GET", "POST"])
@personal_link("invitation")
def unsubscribe(invitation: Invitation) -> Any:
    """Shows a button; the button, or the mail program's own (RFC 8058), ends all invitations at once."""
    is_done = request.method == "POST"
    if is_done:
        service_invitations.unsubscribe(invitation.id)
    return render_template("site/unsubscribe.html", invitation=invitation, is_done=is_done)
