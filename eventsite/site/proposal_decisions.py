"""Organisers: the prepared decisions with the mails they will bring, sent off in one batch."""

from typing import Any

from flask import Blueprint, flash, g, render_template
from wtforms import HiddenField

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.mail import links
from eventsite.mail import queries as mails
from eventsite.proposals import messages, queries, rules, service_review
from eventsite.proposals.models import Proposal
from eventsite.site.mail_preview import Preview, policy
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser

blueprint = Blueprint("proposal_decisions", __name__)
EXAMPLES = 2  # mails shown of each decision


class SendForm(forms.Form):
    """The last look before mails go out: how many decisions the preview counted."""

    number = HiddenField()


@blueprint.route("/admin/<event>/proposals/decisions", methods=["GET", "POST"])
@organiser("programme.edit")
def overview(event: Any) -> Any:
    """What is prepared, by decision, and how the mails read; the button sends all of them."""
    form, slug, refused = SendForm(), event.slug, ""
    if form.validate_on_submit():
        try:
            number = service_review.send(event.id, forms.counted(form.number.data), actor=g.account.public_id)
        except Refused as refusal:
            refused = str(refusal)
        else:
            flash(_told(number))
            return pages.see_other("proposal_desk.proposals", event=slug)
    found = queries.prepared(event.id)
    groups = _groups(event, found)
    shown = [one for group in groups for one in group["previews"]]
    context = {
        "groups": groups,
        "number": len(found),
        "form": SendForm(formdata=None, number=str(len(found))),
        "errors": [("", refused)] if refused else [],
        "open": sum(number for state, number in queries.numbers(event.id).items() if state in rules.OPEN_STATES),
    }
    page = render_template("site/proposal_decisions.html", **context)
    return page, 409 if refused else 200, {"Content-Security-Policy": policy(security.CSP, shown)}


def _told(number: int) -> str:
    return i18n.ngettext(
        "%(num)s decision is sent off; the mail follows.", "%(num)s decisions are sent off; the mails follow.", number
    )


def _groups(event: Any, found: list[Proposal]) -> list[dict[str, Any]]:
    if not found:
        return []
    full, texts = messages.event_for(event.id), mails.texts(event.id)
    groups = []
    for decision, label in rules.DECISIONS.items():
        mine, kind = [one for one in found if one.decision == decision], messages.DECISION_KINDS[decision]
        previews = [_preview(messages.letter(kind, full, one, texts), one) for one in mine[:EXAMPLES]]
        groups.append({"key": decision, "label": label, "proposals": mine, "kind": kind, "previews": previews})
    return [group for group in groups if group["proposals"]]


def _preview(mail: Any, one: Proposal) -> Preview:
    hidden = links.hidden(mail.text), links.hidden(mail.html)
    return Preview(one.people[0].name, one.title, one.language, mail.subject, *hidden)
