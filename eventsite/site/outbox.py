"""The outbox as organisers see it: every mail with state and reason; in the demonstration the mail itself."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotFound
from eventsite.mail import links, outbox
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser, owner_only

blueprint = Blueprint("outbox", __name__)
_PAGE = 100
STATES: dict[str, Any] = {
    "waiting": i18n.lazy_gettext("waiting"),
    "sending": i18n.lazy_gettext("being sent"),
    "sent": i18n.lazy_gettext("sent"),
    "failed": i18n.lazy_gettext("failed"),
    "letter": i18n.lazy_gettext("letter to write"),
    "written": i18n.lazy_gettext("letter written"),
}


class AgainForm(forms.Form):
    """Just the protection of the button."""


@blueprint.get("/admin/outbox")
@owner_only
def everything() -> Any:
    """All mails of the site, newest first."""
    return _list(None)


@blueprint.get("/admin/<event>/mails")
@organiser("mail.view")
def messages(event: Any) -> Any:
    """The mails of one event, newest first."""
    return _list(event.id)


def _list(event_id: int | None) -> Any:
    text, state = request.args.get("q", "")[:100], request.args.get("state", "")
    state = state if state in STATES else ""
    page = pages.pager(outbox.count(event_id, state=state, text=text), _PAGE)
    rows = outbox.messages(event_id=event_id, state=state, text=text, limit=_PAGE, offset=page.offset)
    context = {"page": page, "text": text, "state": state, "states": STATES, "of_event": event_id is not None}
    return render_template("site/outbox.html", messages=rows, **context)


def _get(public_id: str, event_id: int | None = None) -> Any:
    message = outbox.find(public_id)
    if message is None or (event_id is not None and message.event_id != event_id):
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
    return _show(
        _get(message),
        url_for("outbox.message_html", message=message),
        url_for("outbox.send_again", message=message),
    )


@blueprint.get("/admin/<event>/mails/<message>")
@organiser("mail.view")
def event_message(event: Any, message: str) -> Any:
    """One mail of the own event."""
    values = {"event": event.slug, "message": message}
    return _show(
        _get(message, event.id),
        url_for("outbox.event_message_html", **values),
        url_for("outbox.event_send_again", **values),
    )


def _show(found: Any, html_url: str, again_url: str) -> Any:
    context = {"text": _body(found.text), "html_url": html_url, "again_url": again_url, "states": STATES}
    page = render_template("site/outbox_message.html", message=found, form=AgainForm(), **context)
    return page, {"Content-Security-Policy": f"{security.CSP}; frame-src 'self'"}


@blueprint.get("/admin/outbox/<message>/html")
@owner_only
def message_html(message: str) -> Response:
    """The HTML part alone, so that it is shown as it arrives, inside a policy of its own."""
    return _html(_get(message))


@blueprint.get("/admin/<event>/mails/<message>/html")
@organiser("mail.view")
def event_message_html(event: Any, message: str) -> Response:
    """The HTML part of a mail of the own event."""
    return _html(_get(message, event.id))


def _html(found: Any) -> Response:
    response = Response(_body(found.html), content_type="text/html; charset=utf-8")
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


@blueprint.post("/admin/<event>/mails/<message>/delivery")
@organiser("mail.view")
def event_send_again(event: Any, message: str) -> Any:
    """Tries a failed mail of the own event once more."""
    found = _get(message, event.id)
    if AgainForm().validate_on_submit():
        outbox.try_again(found.public_id)
        flash(i18n._("The mail will be sent again in a moment."))
    return pages.see_other("outbox.event_message", event=event.slug, message=message)
