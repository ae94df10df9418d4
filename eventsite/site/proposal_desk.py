"""Organisers: the list of proposals with its filters in the address, deeds for many, and files."""

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request

from eventsite.core import clock, i18n, tables
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules as programme
from eventsite.proposals import exports, queries, rules, rules_list, service, service_landing, service_review
from eventsite.proposals.models import Call
from eventsite.proposals.rules_list import Row
from eventsite.site import desk
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("proposal_desk", __name__)
PAGE = 50
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MARKS = {"accepted": "good", "confirmed": "good", "submitted": "warn", "review": "warn", "waiting": "warn"}
DEEDS: dict[str, Any] = {
    "accept": _l("Prepare: accept"),
    "reserve": _l("Prepare: keep in reserve"),
    "reject": _l("Prepare: reject"),
    "open": _l("Take the prepared decision back"),
    "land": _l("Put into the programme"),
}


class ChooseForm(forms.Form):
    """Just the protection of the buttons."""


def may_decide() -> bool:
    """Whether this account decides, or only reads and rates."""
    return desk.may("programme.edit")


def shows_names(call: Call | None) -> bool:
    """Whether names stand beside proposals in review: always, or in a blind review for those who ask and may."""
    is_blind = call is not None and call.is_blind
    return not is_blind or (may_decide() and request.args.get("names") == "yes")


def _rows(event: Any, call: Call | None) -> list[Row]:
    rows = queries.rows(event.id, g.account.id)
    if shows_names(call):
        return rows
    is_open = [one.state in rules.OPEN_STATES for one in rows]
    hidden = rules_list.without_names(rows)
    return [there if closed else one for one, there, closed in zip(rows, hidden, is_open, strict=True)]


@blueprint.get("/admin/<event>/proposals")
@organiser("proposals.review")
def proposals(event: Any) -> Any:
    """The list, fifty a page; a fixed number of queries however many there are."""
    call = queries.find_call(event.id)
    rows, wanted = _rows(event, call), rules_list.read(request.args)
    found = rules_list.fitting(rows, wanted)
    page = pages.pager(len(found), PAGE)
    context = {
        "call": call,
        "state": rules.call_state(call, clock.now(), is_off=service.is_off(event)),
        "rows": found[page.offset : page.offset + PAGE],
        "page": page,
        "wanted": wanted,
        "counts": rules_list.counts(rows),
        "total": len(rows),
        "prepared": sum(bool(one.decision) and not one.is_on_its_way for one in rows),
        "missing": sum(rules_list.is_missing(one) for one in rows),
        "tags": rules_list.tags(rows),
        "kinds": programme.KINDS,
        "states": rules.STATE_LABELS,
        "marks": MARKS,
        "decisions": rules.DECISIONS,
        "sorts": rules_list.SORTS,
        "told": rules.told,
        "deeds": DEEDS,
        "may_decide": may_decide(),
        "shows_names": shows_names(call),
        "form": ChooseForm(formdata=None),
    }
    return render_template("site/proposals.html", **context)


@blueprint.post("/admin/<event>/proposals/deed")
@organiser("programme.edit")
def do(event: Any) -> Any:
    """Prepares one decision for those ticked, or puts them into the programme."""
    slug, chosen, deed = event.slug, request.form.getlist("chosen")[:500], request.form.get("deed", "")
    if ChooseForm().validate_on_submit():
        if deed not in DEEDS:
            raise NotFound
        if not chosen:
            flash(_("Please tick at least one proposal."))
        elif deed == "land":
            _land(event.id, chosen)
        else:
            _prepare(event.id, chosen, "" if deed == "open" else deed)
    return pages.see_other("proposal_desk.proposals", event=slug, **rules_list.read(request.args).arguments())


def _prepare(event_id: int, chosen: list[str], decision: str) -> None:
    done, left = service_review.prepare(event_id, chosen, decision, actor=g.account.public_id)
    told = i18n.ngettext("Noted for %(num)s proposal.", "Noted for %(num)s proposals.", done)
    if left:
        told += " " + i18n.ngettext("It does not fit %(num)s.", "It does not fit %(num)s.", left)
    flash(told + (" " + _("Nobody is told before you send the decisions.") if decision else ""))


def _land(event_id: int, chosen: list[str]) -> None:
    landed, left = service_landing.land_many(event_id, chosen, actor=g.account.public_id)
    if landed:
        told = i18n.ngettext(
            "%(num)s proposal stands in the programme’s draft, at the start of the event. Please give it its time.",
            "%(num)s proposals stand in the programme’s draft, at the start of the event. Please give them their times.",
            len(landed),
        )
        flash(told)
    if left:
        flash(
            _("Please look at these first (not accepted, or a name that is known): %(titles)s", titles=", ".join(left))
        )


@blueprint.get("/admin/<event>/proposals.<any(csv, xlsx):kind>")
@organiser("programme.edit")
def file(event: Any, kind: str) -> Response:
    """Every proposal that the filter shows, with people, answers and ratings; formula-safe."""
    call = queries.get_call(event.id)
    fitting = {one.uid: one for one in rules_list.fitting(_rows(event, call), rules_list.read(request.args))}
    heads, rows = exports.table(call, fitting, shows_names=shows_names(call))
    content = tables.to_xlsx(heads, rows, _("Proposals")) if kind == "xlsx" else tables.to_csv(heads, rows)
    response = Response(content, content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-proposals.{kind}"'
    return response
