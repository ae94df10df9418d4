"""The public form for several people; each of them gets a link and confirms the own registration."""

from typing import Any

from flask import Blueprint, render_template, request, session

from eventsite.allocation import queries_wishes
from eventsite.core import clock
from eventsite.events import rules as event_rules
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.registration import queries
from eventsite.registration.service_groups import MemberRefused
from eventsite.site import doors, group_form, places_words, signup
from eventsite.site.views_register import closed
from eventsite.web import pages, security
from eventsite.web.guard import public

blueprint = Blueprint("group", __name__)
MOST_IN_TEN_MINUTES = 60  # forms of one network, each for up to eleven people


@blueprint.route("/<lang:lang>/<event>/register/group", methods=["GET", "POST"])
@public
def register(event: Event) -> Any:
    """One form for a team; accepted, it leads to the same page whoever was known already."""
    if event_rules.phase(event, clock.now()) is not Phase.OPEN:
        return closed(event)
    form = group_form.group_form(event, has_rounds=bool(queries_wishes.offered(event.id)))
    if request.form.get("more"):
        return _page(event, form, 200)
    if form.is_submitted():
        security.limit("group", times=MOST_IN_TEN_MINUTES, minutes=10)
    is_valid = form.validate_on_submit()
    if form.is_submitted() and group_form.check(form) and is_valid and _sign_up(event, form):
        session["group_sent_to"] = len(group_form.team(form).people)
        return pages.see_other("group.received", event=event.slug)
    return _page(event, form, 422 if form.is_submitted() else 200)


def _sign_up(event: Event, form: Any) -> bool:
    with doors.at_its_field(event, form) as door:
        try:
            signup.sign_up_group(event.id, group_form.team(form), entry=door.entry)
        except MemberRefused as refusal:
            if refusal.field == "code":
                raise
            group_form.refused_field(form, refusal.number).errors = [str(refusal)]
            return False
    return door.is_open


def _page(event: Event, form: Any, status: int) -> Any:
    context = {
        "rows": group_form.rows(form),
        "may_have_more": len(group_form.rows(form)) < group_form.MOST_ROWS,
        "way": doors.way_in_words(event),
        "state": places_words.before_the_form(queries.all_places(event)),
    }
    return render_template("site/register_group.html", form=form, **context), status


@blueprint.get("/<lang:lang>/<event>/register/group/received")
@public
def received(event: Event) -> Any:
    """What happens now: each person confirms."""
    return render_template("site/register_group_received.html", count=session.pop("group_sent_to", 0))
