"""Behind the link of somebody who proposes: confirm, look, change, withdraw, answer an acceptance, be forgotten."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import _, local
from eventsite.programme import rules as programme
from eventsite.proposals import forms as fields
from eventsite.proposals import queries, rules, service
from eventsite.proposals.contents import WORDS
from eventsite.proposals.models import Proposal
from eventsite.proposals.rules import State
from eventsite.registration import questions
from eventsite.site import personal_rooms
from eventsite.site.personal_rooms import ButtonForm
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_proposal", __name__))


def state_in_words(state: str) -> tuple[str, str]:
    """Where a proposal stands, and what that means, for whoever proposed it."""
    return {
        State.UNCONFIRMED: (_("Please confirm your proposal."), _("Only then do the organisers get to see it.")),
        State.DRAFT: (_("This is a draft."), _("Nobody but you sees it. Send it off before the call closes.")),
        State.SUBMITTED: (_("Your proposal has arrived."), _("We write to you as soon as it is decided.")),
        State.ACCEPTED: (_("Your proposal is accepted."), _("Please tell us whether you will be there.")),
        State.CONFIRMED: (_("You will be there."), _("Time and room follow with the programme.")),
        State.WAITING: (
            _("Your proposal is in reserve."),
            _("We write to you as soon as there is a place for it."),
        ),
        State.REJECTED: (
            _("Your proposal could not be taken up this time."),
            _("Thank you for the work in it. What you sent is deleted after some months."),
        ),
        State.DECLINED: (_("You have declined."), _("Thank you for telling us.")),
        State.WITHDRAWN: (_("Your proposal is withdrawn."), _("What you sent is deleted after some months.")),
    }[State(rules.shown_state(state))]


def _done() -> str:
    return {
        "confirmed": _("Thank you. Your proposal has arrived."),
        "changed": _("Your changes are stored."),
        "kept": _("Your draft is kept."),
        "yes": _("Thank you for your answer. We look forward to it."),
        "no": _("Thank you for your answer."),
        "withdrawn": _("Your proposal is withdrawn."),
    }.get(request.args.get("done", ""), "")


@blueprint.get("/p/<token>/")
@personal_link("proposal")
def page(proposal: Proposal) -> Any:
    """The proposal as it was sent, where it stands, and what can be done."""
    return _page(proposal)


def _page(proposal: Proposal, refused: str = "") -> Any:
    call = queries.get_call(proposal.event_id)
    state, meaning = state_in_words(proposal.state)
    context = {
        "proposal": proposal,
        "state": state,
        "meaning": meaning,
        "kind": programme.KINDS.get(proposal.kind, ""),
        "roles": programme.ROLES,
        "answers": _answers(call, proposal),
        "may_change": rules.may_change(proposal.state, service.call_state(g.event)),
        "may_withdraw": rules.after(proposal.state, "withdraw") is not None,
        "may_answer": proposal.state == State.ACCEPTED,
        "may_confirm": proposal.state == State.UNCONFIRMED,
        "closes_at": call.closes_at,
        "done": "" if refused else _done(),
        "refused": refused,
        "form": ButtonForm(formdata=None),
    }
    return render_template("site/personal_proposal.html", **context), 409 if refused else 200


def _answers(call: Any, proposal: Proposal) -> list[tuple[str, str]]:
    given = queries.answers(call, proposal)
    return [(local(dict(asked.label)), questions.shown(asked, value)) for asked, value in given]


@blueprint.post("/p/<token>/<any(confirmation, yes, no):deed>")
@personal_link("proposal")
def answer(proposal: Proposal, deed: str) -> Any:
    """Confirms the address, or answers an acceptance."""
    try:
        if deed == "confirmation":
            service.confirm(proposal.id)
        else:
            service.answer(proposal.id, comes=deed == "yes")
    except Refused as refusal:
        return _page(queries.whole(proposal.id), str(refusal))
    return pages.see_other("personal_proposal.page", done="confirmed" if deed == "confirmation" else deed)


@blueprint.route("/p/<token>/edit", methods=["GET", "POST"])
@personal_link("proposal")
def edit(proposal: Proposal) -> Any:
    """The form with what was written so far; a draft can be kept again or sent off."""
    if not rules.may_change(proposal.state, service.call_state(g.event)):
        is_lost = request.method == "POST"
        told = _("The call is closed, so nothing can be changed any more. Please write to the organisers.")
        return _page(proposal, f"{told} {_lost()}" if is_lost else told)
    sheet, refused = fields.sheet(queries.get_call(proposal.event_id), ButtonForm, proposal), ""
    if not fields.wants_more() and sheet.is_accepted():
        was_open = proposal.state in rules.OPEN_STATES
        try:
            service.change(proposal.id, sheet.contents(), is_sent=not sheet.is_draft)
        except Refused as refusal:
            refused = str(refusal)
        else:
            done = "changed" if was_open else "kept" if sheet.is_draft else "confirmed"
            return pages.see_other("personal_proposal.page", done=done)
    context = {**sheet.context(), "errors": [("", refused)] if refused else [], "closes_at": sheet.call.closes_at}
    is_wrong = sheet.form.is_submitted() and not fields.wants_more()
    page = render_template("site/personal_proposal_edit.html", proposal=proposal, **context)
    return page, 409 if refused else 422 if is_wrong else 200


def _lost() -> str:
    return _("What you typed was not saved. Your browser still has it: go back to copy it.")


@blueprint.route("/p/<token>/withdrawal", methods=["GET", "POST"])
@personal_link("proposal")
def withdrawal(proposal: Proposal) -> Any:
    """Takes a proposal back; only the button acts."""
    if request.method == "POST":
        try:
            service.withdraw(proposal.id)
        except Refused as refusal:
            return _page(queries.whole(proposal.id), str(refusal))
        return pages.see_other("personal_proposal.page", done="withdrawn")
    if rules.after(proposal.state, "withdraw") is None:
        return pages.see_other("personal_proposal.page")
    return _asked(proposal, "withdrawal")


@blueprint.route("/p/<token>/erasure", methods=["GET", "POST"])
@personal_link("proposal")
def erasure(proposal: Proposal) -> Any:
    """Shows first what goes; the button erases at once."""
    if request.method == "POST":
        service.forget(proposal.id, actor="proposer")
        return render_template("site/proposal_erased.html")
    return _asked(proposal, "erasure")


def _asked(proposal: Proposal, deed: str) -> Any:
    context = {"deed": deed, "form": ButtonForm(), "back_url": url_for("personal_proposal.page")}
    return render_template("site/personal_proposal_end.html", proposal=proposal, **context)


@blueprint.get("/p/<token>/data.json")
@personal_link("proposal")
def data(proposal: Proposal) -> Any:
    """Everything held about a proposal, as a file to keep (GDPR Art. 15)."""
    if proposal.erased_at is not None:
        raise NotFound
    names = ("kind", "minutes", "language", "created_at", "submitted_at", "updated_at")
    return personal_rooms.as_json(
        {
            "event": local(g.event.title),
            "number": proposal.public_id,
            "state": rules.shown_state(proposal.state),
            **{name: getattr(proposal, name) for name in (*WORDS, *names)},
            "people": [
                {name: getattr(one, name) for name in ("name", "email", "organisation", "role")}
                for one in proposal.people
            ],
            "answers": [
                {"question": label, "answer": value}
                for label, value in _answers(queries.get_call(proposal.event_id), proposal)
            ],
            "exported_at": clock.now(),
            "exported_in": i18n.current_language(),
        }
    )
