"""The outbox as organisers see it: every mail with state and reason; in the demonstration the mail itself."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, render_template

from eventsite.core import i18n
from eventsite.core.errors import NotFound
from eventsite.mail import links, outbox
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser, owner_only

blueprint = Blueprint("outbox", __name__)
_PAGE = 100


class AgainForm(forms.Form):
    """Just the protection of the button."""


@blueprint.get("/admin/outbox")
@owner_only
def everything() -> Any:
    """All mails of the site, newest first."""
    page = pages.pager(outbox.count(), _PAGE)
    rows = outbox.messages(limit=_PAGE, offset=page.offset)
    return render_template("site/outbox.html", messages=rows, page=page, form=AgainForm())


@blueprint.get("/admin/<event>/mails")
@organiser("mail.view")
def messages(event: Any) -> Any:
    """The mails of one event, newest first."""
    page = pages.pager(outbox.count(event.id), _PAGE)
    rows = outbox.messages(event_id=event.id, limit=_PAGE, offset=page.offset)
    return render_template("site/outbox.html", messages=rows, page=page, form=AgainForm())


def _get(public_id: str) -> Any:
    message = outbox.find(public_id)
    if message is None:
        raise NotFound
    return message


def _body(text: str) -> str:
    settings = current_app.config["SETTINGS"]
    # Outside the demonstration an organiser must not be able to use the links of participants.
    return links.resolved(text, settings.base_url) if settings.demo else links.hidden(text)


@blueprint.get("/admin/outbox/<message>")
@owner_only
def message(message: str) -> Any:
    """One mail: to whom, why, in which state, and what it says."""
    found = _get(message)
    page = render_template("site/outbox_message.html", message=found, text=_body(found.text), form=AgainForm())
    return page, {"Content-Security-Policy": f"{security.CSP}; frame-src 'self'"}


@blueprint.get("/admin/outbox/<message>/html")
@owner_only
def message_html(message: str) -> Response:
    """The HTML part alone, so that it is shown as it arrives, inside a policy of its own."""
    response = Response(_body(_get(message).html), content_type="text/html; charset=utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation allow-popups"
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@blueprint.post("/admin/outbox/<message>/delivery")
@owner_only
def send_again(message: str) -> Any:
    """Tries a failed mail once more."""
    if AgainForm().validate_on_submit():
        outbox.try_again(_get(message).public_id)
        flash(i18n._("The mail will be sent again in a moment."))
    return pages.see_other("outbox.message", message=message)
