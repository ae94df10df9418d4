"""Organisers decide about registrations that ask to come: several at once, refusals with a reason for the history."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import queries, queries_ways, rules
from eventsite.site import signup
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("decisions", __name__)
_AT_ONCE = 100


class DecisionForm(forms.Form):
    """What is decided about the ticked ones."""

    reason = forms.line(
        _l("Reason of a refusal"), most=300, description=_l("For your history; the mail does not hold it.")
    )


@blueprint.get("/admin/<event>/decisions")
@organiser("registrations.manage")
def page(event: Any) -> Any:
    """Who asks, the longest waiting first, with what they answered."""
    return _page(event, DecisionForm(formdata=None), None)


def _page(event: Any, form: DecisionForm, problem: str | None) -> Any:
    rows = queries_ways.awaiting(event.id, limit=_AT_ONCE)
    context = {
        "registrations": rows,
        "total": queries_ways.count_awaiting(event.id),
        "places": rules.together(queries.all_places(event)),
        "problem": problem,
        "ticked": request.form.getlist("registration"),
    }
    return render_template("site/decisions.html", form=form, **context), 422 if problem else 200


@blueprint.post("/admin/<event>/decisions")
@organiser("registrations.manage")
def decide(event: Any) -> Any:
    """Accepts or refuses the ticked ones; each gets one mail."""
    form = DecisionForm()
    chosen, deed = request.form.getlist("registration")[:_AT_ONCE], request.form.get("deed", "")
    if not form.validate_on_submit() or not chosen or deed not in ("accept", "refuse"):
        return _page(event, form, i18n._("Please tick at least one registration."))
    found = [queries.get_registration(event.id, public_id) for public_id in chosen]
    ids, reason = [one.id for one in found], form.reason.data or ""
    count = sum(_decide(one, deed, reason) for one in ids)
    told = {
        "accept": i18n.ngettext("One registration is accepted.", "%(num)s registrations are accepted.", count),
        "refuse": i18n.ngettext("One registration is refused.", "%(num)s registrations are refused.", count),
    }
    flash(told[deed])
    return pages.see_other("decisions.page", event=event.slug)


def _decide(registration_id: int, deed: str, reason: str) -> bool:
    actor = g.account.public_id
    if deed == "accept":
        return signup.accept(registration_id, actor=actor)
    return signup.turn_away(registration_id, actor=actor, reason=reason)
