"""Organisers' board of who lacks what, the links of speakers, and what is wanted until when."""

from typing import Any

from flask import Blueprint, abort, flash, g, render_template, request, url_for

from eventsite.contributions import queries, queries_board, queries_groups, rules, service_links, service_plan
from eventsite.contributions.forms import AddressForm, ButtonForm, EndForm, PlanForm
from eventsite.contributions.queries_board import Row
from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.people import rules as roles
from eventsite.programme.rules import role_name
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("contributions_admin_deliveries", __name__)
PERMISSION = "programme.edit"


@blueprint.get("/admin/<event>/speakers/deliveries")
@organiser(PERMISSION)
def board(event: Any) -> Any:
    """Everybody with what is there and what lacks; the filter stands in the address."""
    plan = queries.plan(event.id)
    rows = queries_board.board(event.id, plan)
    lacks = request.args.get("lacks", "")
    counts = {key: sum(key in row.missing for row in rows) for key in rules.WANTED}
    return render_template(
        "contributions/admin/deliveries.html",
        rows=[row for row in rows if lacks not in rules.WANTED or lacks in row.missing],
        total=len(rows),
        plan=plan,
        lacks=lacks,
        counts=[(key, rules.WANTED[key], number) for key, number in counts.items() if number or key == lacks],
        shown=[key for key in rules.WANTED if any(row.cells[key] != "none" for row in rows)],
        wanted=rules.WANTED,
        cells=rules.CELLS,
        link_state=_link_state,
        unsent=sum(_is_unsent(row) for row in rows),
        to_approve=sum(_is_open(one) for row in rows for one in (*row.changes, *row.materials)),
        mailed=queries_groups.sent(event.id),
        button=ButtonForm(formdata=None),
    )


def _is_open(one: Any) -> bool:
    return bool(one.state == "open")


def _is_unsent(row: Row) -> bool:
    return bool(row.speaker.person.email) and not (row.contribution and row.contribution.sent_at)


def _link_state(row: Row) -> tuple[str, str]:
    """Where the link of somebody stands, in words, and its colour."""
    link, sent = row.speaker.link, row.contribution.sent_at if row.contribution is not None else None
    if link is not None and link.revoked_at is not None:
        return i18n._("revoked"), "bad"
    if link is not None and link.expires_at is not None and link.expires_at <= clock.now():
        return i18n._("ended"), "bad"
    if sent is None:
        return (i18n._("not sent yet"), "soft") if row.speaker.person.email else (i18n._("no address"), "bad")
    return i18n._("sent %(date)s", date=i18n.format_day_month(sent)), "good"


@blueprint.post("/admin/<event>/speakers/deliveries/links")
@organiser(PERMISSION)
def send_all(event: Any) -> Any:
    """Mails the link to everybody who has not got it."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    slug = event.slug
    try:
        number = service_links.send_all(event.id, actor=g.account.public_id)
        flash(i18n.ngettext("%(num)s link is on its way.", "%(num)s links are on their way.", number))
    except Refused as refusal:
        flash(str(refusal), "error")
    return pages.see_other("contributions_admin_deliveries.board", event=slug)


@blueprint.route("/admin/<event>/speakers/deliveries/settings", methods=["GET", "POST"])
@organiser(PERMISSION)
def settings(event: Any) -> Any:
    """What is wanted until when, and who is reminded."""
    plan = queries.plan(event.id)
    days = ", ".join(map(str, plan.reminder_days))
    values = {"wanted": list(plan.wanted), "due_at": plan.due_at, "reminder_days": days}
    form = PlanForm(data={**values, "may_mail_groups": plan.may_mail_groups})
    if form.validate_on_submit():
        slug = event.slug
        try:
            service_plan.store(
                event.id,
                wanted=form.wanted.data or [],
                due_at=form.due_at.data,
                reminder_days=rules.reminder_days(form.reminder_days.data or ""),
                may_mail_groups=form.may_mail_groups.data,
                actor=g.account.public_id,
            )
        except Refused as refusal:
            form.reminder_days.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("contributions_admin_deliveries.board", event=slug)
    back = (i18n._("Back"), url_for("contributions_admin_deliveries.board"))
    context = {"title": i18n._("What speakers are asked for"), "submit": i18n._("Store"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.get("/admin/<event>/speakers/deliveries/<speaker>")
@organiser(PERMISSION)
def person(event: Any, speaker: str) -> Any:
    """What one speaker told the team, and the link."""
    return _person(event, speaker)


def _person(event: Any, speaker: str, problem: str = "", **forms: Any) -> Any:
    row = queries_board.get_row(event.id, speaker, queries.plan(event.id))
    link = row.speaker.link
    email = row.speaker.person.email or ""
    context = {
        "row": row,
        "state": _link_state(row),
        "link": link,
        "need": queries_board.need_of(row) if _may_see_needs(event) else None,
        "may_see_needs": _may_see_needs(event),
        "address": forms.get("address") or AddressForm(formdata=None, data={"email": email}),
        "end": forms.get("end") or EndForm(formdata=None, data={"expires_at": link.expires_at if link else None}),
        "cells": rules.CELLS,
        "wanted": rules.WANTED,
        "answers": rules.ANSWERS,
        "role_name": role_name,
        "problem": problem,
    }
    page = render_template("contributions/admin/person.html", button=ButtonForm(formdata=None), **context)
    return page, 409 if problem else 200


def _may_see_needs(event: Any) -> bool:
    role = next((one.role for one in g.account.memberships if one.event_id == event.id), None)
    return roles.may(role, "registrations.sensitive", is_owner=g.account.is_owner)


@blueprint.post("/admin/<event>/speakers/deliveries/<speaker>/link")
@organiser(PERMISSION)
def link(event: Any, speaker: str) -> Any:
    """Sends, renews, revokes the link, or gives it another end."""
    row = queries_board.get_row(event.id, speaker, queries.plan(event.id))
    if not ButtonForm().validate_on_submit():
        abort(400)
    slug, deed = event.slug, request.form.get("deed", "")
    forms = {"address": AddressForm() if deed == "send" else None, "end": EndForm() if deed == "end" else None}
    asked = next((form for form in forms.values() if form is not None), None)
    try:
        if asked is not None and not asked.validate():
            raise Refused(next(sentence for _id, sentence in asked.error_summary()))
        _do(event.id, row.speaker.id, deed, asked)
    except Refused as refusal:
        return _person(event, speaker, str(refusal), **forms)
    return pages.see_other("contributions_admin_deliveries.person", event=slug, speaker=speaker)


def _do(event_id: int, speaker_id: int, deed: str, form: Any) -> None:
    actor = g.account.public_id
    if deed == "send":
        service_links.send(event_id, speaker_id, actor=actor, email=form.email.data)
        flash(i18n._("The link is on its way."))
    elif deed == "renew":
        service_links.renew(event_id, speaker_id, actor=actor)
        flash(i18n._("A new link is on its way; the former ones do not work any more."))
    elif deed == "revoke":
        service_links.revoke(event_id, speaker_id, actor=actor)
        flash(i18n._("The link does not work any more, nor does that of an assistant."))
    elif deed == "end":
        service_links.expire(event_id, speaker_id, form.expires_at.data, actor=actor)
        flash(i18n._("Stored."))
    else:
        abort(400)
