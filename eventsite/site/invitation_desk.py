"""Organisers' list of the invited: how many have answered, who has not, and the one button that sends."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.events.forms import Confirmation
from eventsite.registration import queries_lists, rules_lists, service_invitations
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("invitation_desk", __name__)
_PAGE = 50


@blueprint.get("/admin/<event>/invitations")
@organiser("registrations.manage")
def page(event: Any) -> Any:
    """The list, fifty a page, with its figures."""
    return _page(event, "")


def _page(event: Any, problem: str) -> Any:
    state = request.args.get("state", "")
    wanted = {
        "text": request.args.get("q", "").replace("\x00", "")[:100],
        "state": state if state in rules_lists.STATES else "",
    }
    total = queries_lists.count(event.id, **wanted)
    pager = pages.pager(total, _PAGE)
    context = {
        "counts": queries_lists.counts(event.id),
        "states": rules_lists.STATES,
        "bases": rules_lists.BASES,
        "next": queries_lists.invitations(event.id, state="listed", limit=3),
        "button": Confirmation(formdata=None),
        "problem": problem,
        "total": total,
        "page": pager,
    }
    rows = queries_lists.invitations(event.id, **wanted, limit=_PAGE, offset=pager.offset)
    return render_template("site/invitations.html", invitations=rows, **wanted, **context), 409 if problem else 200


@blueprint.post("/admin/<event>/invitations")
@organiser("registrations.manage")
def send(event: Any) -> Any:
    """Sends the invitation to all who have none yet."""
    if Confirmation().validate_on_submit():
        try:
            count = service_invitations.send_all(event.id, actor=g.account.public_id)
        except Refused as refusal:
            return _page(event, str(refusal))
        told = i18n.ngettext("One invitation is on its way.", "%(num)s invitations are on their way.", count)
        flash(told if count else i18n._("Everybody on the list has an invitation already."))
    return pages.see_other("invitation_desk.page", event=event.slug)


@blueprint.post("/admin/<event>/invitations/<invitation>/removal")
@organiser("registrations.manage")
def remove(event: Any, invitation: str) -> Any:
    """Takes somebody off the list who has no invitation yet."""
    if Confirmation().validate_on_submit():
        service_invitations.remove(event.id, invitation, actor=g.account.public_id)
    return pages.see_other("invitation_desk.page", event=event.slug)
