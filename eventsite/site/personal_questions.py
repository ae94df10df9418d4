"""What somebody with a place in a workshop asks its group beforehand, with or without the own name."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.allocation import queries_wishes
from eventsite.contributions import queries_groups, service_groups
from eventsite.core import clock
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.programme import queries as programmes
from eventsite.registration.models import Registration
from eventsite.site import personal_rooms
from eventsite.web import forms, pages, security
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_questions", __name__))


class QuestionForm(personal_rooms.ButtonForm):
    """A question, and whether it carries the name."""

    text = forms.paragraphs(_l("Your question"), most=1000, description=_l("Left empty: you ask nothing."))
    is_named = forms.tick(_l("My name may stand with it"))


def ask_url(event: Event, item: Any) -> str | None:
    """Where a question for the group of a workshop can be left; None where it is too late."""
    is_open = item is not None and item["status"] != "cancelled" and clock.now() < event.starts_at
    return url_for("personal_questions.ask", item=item["uid"]) if is_open and queries_groups.are_there(event) else None


@blueprint.route("/r/<token>/question/<item>", methods=["GET", "POST"])
@personal_link("registration")
def ask(registration: Registration, item: str) -> Any:
    """A question beforehand; empty takes it back. Only for a workshop in which one has a place."""
    found = programmes.get_item(registration.event_id, item)
    mine = {place.item_id for place in queries_wishes.allocations(registration.id).values()}
    if found.id not in mine or not queries_groups.are_there(g.event):
        raise NotFound
    row = queries_groups.question(registration.id, found.id)
    form = QuestionForm(data={"text": row.text, "is_named": row.is_named} if row is not None else None)
    if form.validate_on_submit():
        security.limit(f"question {registration.id}", times=30, minutes=10)
        try:
            service_groups.ask(registration.id, found.id, form.text.data or "", is_named=form.is_named.data)
        except Refused as refusal:
            form.text.errors = [str(refusal)]
        else:
            return pages.see_other("personal.page", done="question")
    context = {"item": found, "back_url": url_for("personal.page")}
    return render_template(
        "site/personal_question.html", form=form, **context
    ), 422 if request.method == "POST" else 200
