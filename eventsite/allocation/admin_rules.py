"""Organisers' rules of the allocation: what is published, what is hard, how many places; and how frozen ones change."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, url_for

from eventsite.allocation import (
    ballots,
    conditions,
    faults,
    forms_rules,
    queries_problem,
    queries_rules,
    queries_wishes,
    service_rules,
)
from eventsite.allocation.conditions import Condition
from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import ngettext
from eventsite.people import queries as people
from eventsite.programme import service as programme
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("allocation_admin_rules", __name__)


@blueprint.get("/admin/<event>/allocation/rules")
@organiser("allocation.run")
def rules(event: Any) -> Any:
    """Everything a run keeps to, in words, and where each of it is changed."""
    return _page(event)


def _page(event: Any, refusal: str = "") -> Any:
    found = queries_problem.situation(event)
    setting = queries_rules.setting(found.rounds, found.people, event.languages)
    changes = queries_rules.changes(event.id)
    listed: list[dict[str, Any]] = [
        {
            "row": row,
            "sentence": queries_rules.in_words(row, found.items, found.people),
            "has_effect": conditions.has_effect(Condition(row.kind, row.details), setting),
        }
        for row in found.conditions
    ]
    context = {
        "rule": ballots.rule_in_words(event.objective, event.tie),
        "conditions": listed,
        "kinds": forms_rules.TITLES,
        "used": {one["row"].kind for one in listed} & set(conditions.SWITCHES),
        "rounds": list(found.rounds.values()),
        "overlaps": [[i18n.local(found.rounds[n].title) for n in pair] for pair in found.problem.rules.overlaps],
        "offered": [i18n.local(found.items[group[0]].title) for group in conditions.offered(setting)],
        "complaint": faults.first(found.problem, found.items, found.people),
        "people": len(found.people),
        "changes": changes,
        "names": people.account_names({change.created_by for change in changes}),
        "is_frozen": service_rules.is_rule_frozen(event),
        "wishes_until": event.wishes_close_at or event.registration_closes_at,
        "button": forms_rules.ReasonForm(formdata=None),
        "refusal": refusal,
    }
    return render_template("allocation/admin/rules.html", **context), 409 if refusal else 200


def _form_page(event: Any, form: Any, title: str, *, is_frozen: bool, **more: Any) -> Any:
    if not is_frozen:
        del form.reason
    back = (i18n._("Back to the rules"), url_for("allocation_admin_rules.rules", event=event.slug))
    context = {"title": title, "submit": i18n._("Store"), "back": back, "form": form, **more}
    return render_template("layouts/desk_form.html", **context), 422 if form.is_submitted() else 200


def _reason(form: Any) -> str:
    return form.reason.data or ""


@blueprint.route("/admin/<event>/allocation/rules/published", methods=["GET", "POST"])
@organiser("allocation.run")
def published(event: Any) -> Any:
    """The rule participants read beside their wishes."""
    form = forms_rules.PublishedRuleForm(obj=event)
    if form.validate_on_submit():
        names = ("objective", "tie", "seed", "max_choices")
        values = {name: form[name].data for name in names if form[name].data is not None}
        try:
            service_rules.change_rule(event.id, actor=g.account.public_id, reason=_reason(form), **values)
        except Refused as refusal:
            form.reason.errors = [str(refusal)]
        else:
            return _stored(event)
    intro = i18n._(
        "No rule that seeks the best for all can stop everybody from gaining by tactics; only “in turn” can, and it "
        "leaves more people without a place. Workshops not named count as the next wish, so a short list gains nothing."
    )
    is_frozen = service_rules.is_rule_frozen(event)
    return _form_page(event, form, i18n._("The published rule"), is_frozen=is_frozen, intro=intro)


def _stored(event: Any) -> Any:
    flash(i18n._("Stored."))
    return pages.see_other("allocation_admin_rules.rules", event=event.slug)


@blueprint.route("/admin/<event>/allocation/rules/places", methods=["GET", "POST"])
@organiser("allocation.run")
def places(event: Any) -> Any:
    """How many people each workshop takes, and how many it needs."""
    rounds = queries_wishes.rounds(event.id)
    form = forms_rules.places_form(rounds)
    if form.validate_on_submit():
        wanted = forms_rules.places_of(form, rounds)
        try:
            number = service_rules.change_places(event.id, wanted, actor=g.account.public_id, reason=_reason(form))
        except Refused as refusal:
            form.reason.errors = [str(refusal)]
        else:
            flash(ngettext("%(num)s workshop changed.", "%(num)s workshops changed.", number))
            return pages.see_other("allocation_admin_rules.rules", event=event.slug)
    is_frozen = programme.are_places_frozen(event) or bool(form.reason.errors)
    if not is_frozen:
        del form.reason
    context = {"form": form, "rounds": queries_wishes.rounds(event.id)}
    return render_template("allocation/admin/rules_places.html", **context), 422 if form.is_submitted() else 200


@blueprint.route("/admin/<event>/allocation/rules/new/<kind>", methods=["GET", "POST"])
@organiser("allocation.run")
def new_condition(event: Any, kind: str) -> Any:
    """One more hard rule."""
    if kind not in conditions.KINDS:
        abort(404)
    form = forms_rules.condition_form(kind, queries_wishes.rounds(event.id))
    is_read = form.validate_on_submit()
    if is_read and kind == conditions.CONTINGENT:
        is_read = form.read(queries_problem.situation(event).people)
    if is_read:
        try:
            given = {"actor": g.account.public_id, "reason": _reason(form)}
            service_rules.add_condition(event.id, kind, form.details(), **given)
        except Refused as refusal:
            form.reason.errors = [str(refusal)]
        else:
            return _stored(event)
    is_frozen = event.wishes_seen_at is not None or bool(form.reason.errors)
    return _form_page(event, form, str(forms_rules.TITLES[kind]), is_frozen=is_frozen)


@blueprint.post("/admin/<event>/allocation/rules/<rule>/removal")
@organiser("allocation.run")
def remove_condition(event: Any, rule: str) -> Any:
    """Takes a hard rule away."""
    form = forms_rules.ReasonForm()
    if not form.validate_on_submit():
        return _page(event, "; ".join(sentence for _field, sentence in form.error_summary()))
    try:
        service_rules.remove_condition(event.id, rule, actor=g.account.public_id, reason=_reason(form))
    except Refused as refusal:
        return _page(event, str(refusal))
    return _stored(event)
