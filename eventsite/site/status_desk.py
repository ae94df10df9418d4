"""Organisers' page with what another website copies: link, button, frame, facts; each shown as it looks now."""

from typing import Any

from flask import Blueprint, flash, g, make_response, render_template, url_for
from wtforms import ValidationError

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.registration import rules_ways
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser

blueprint = Blueprint("status_desk", __name__)
MOST_HOSTS = 50


class FrameForm(forms.Form):
    """Which websites may show the frame."""

    hosts = forms.paragraphs(
        _l("Websites that may show the frame"),
        most=4000,
        description=_l("One a line: www.kassel.de. Left empty: every website. The frame holds no form."),
        render_kw={"rows": 3},
    )

    def validate_hosts(self, field: Any) -> None:
        """Names of hosts only, no addresses of pages."""
        typed = [one for one in (field.data or "").replace("https://", "").replace(",", " ").split() if one]
        read = {one: rules_ways.domain_of(one.rstrip("/")) for one in typed}
        wrong = [one for one, host in read.items() if host is None or one.startswith("*")]
        if wrong:
            raise ValidationError(i18n._("This is no name of a website: %(names)s", names=", ".join(wrong[:5])))
        if len(read) > MOST_HOSTS:
            raise ValidationError(i18n._("Please name at most %(most)s websites.", most=MOST_HOSTS))
        self.read_hosts = list(dict.fromkeys(host for host in read.values() if host))


@blueprint.route("/admin/<event>/status-button", methods=["GET", "POST"])
@organiser("event.edit")
def page(event: Any) -> Any:
    """The snippets in both languages, and who may show the frame."""
    form = FrameForm(data={"hosts": "\n".join(event.frame_hosts)})
    if form.validate_on_submit():
        events.change_event(event.id, actor=g.account.public_id, frame_hosts=form.read_hosts)
        flash(i18n._("Stored."))
        return pages.see_other("status_desk.page", event=event.slug)
    snippets = [_snippets(event, code) for code in event.languages]
    status = 422 if form.is_submitted() else 200
    response = make_response(render_template("site/status_desk.html", form=form, snippets=snippets), status)
    # The one page of the desk that shows a frame: our own.
    response.headers["Content-Security-Policy"] = f"{security.CSP}; frame-src 'self'"
    return response


def _snippets(event: Any, code: str) -> dict[str, Any]:
    names = {
        "front": "site.front",
        "register": "registration_form.register",
        "svg": "status.button",
        "json": "status.facts",
        "frame": "status.frame",
    }
    found = {name: url_for(endpoint, event=event.slug, lang=code) for name, endpoint in names.items()}
    with i18n.use_language(code):
        alt = i18n._("Registration for “%(event)s”", event=i18n.local(event.title))
    return {"language": code, "alt": alt, "paths": found, **{k: pages.external(v) for k, v in found.items()}}
