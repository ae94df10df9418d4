"""Organisers: one proposal with everything in it; rating, comments, tags, the decision, and its way into the programme."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from wtforms import RadioField, SelectField

from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import _, local
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import queries as events
from eventsite.programme import queries as programmes
from eventsite.programme import rules as programme
from eventsite.proposals import queries, queries_people, rules, rules_list, service_landing, service_review
from eventsite.proposals.models import Proposal
from eventsite.proposals.service_landing import NEW, Placed
from eventsite.registration import questions
from eventsite.site.proposal_desk import MARKS, may_decide, shows_names
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("proposal_sheet", __name__)


class ReviewForm(forms.Form):
    """One's own rating."""

    value = RadioField(_l("My rating"), choices=forms.options([(str(one), str(one)) for one in rules.MARKS]))


class CommentForm(forms.Form):
    """A word for the team."""

    text = forms.paragraphs(_l("Comment for the team"), required=True, most=4000)


class TagForm(forms.Form):
    """The team's own tags."""

    tags = forms.line(_l("Tags"), most=500, description=_l("Separated by commas; only the team sees them."))


class DeedForm(forms.Form):
    """Just the protection of a button."""


@blueprint.get("/admin/<event>/proposals/<proposal>")
@organiser("proposals.review")
def show(event: Any, proposal: str) -> Any:
    """Everything about one proposal; averages only once oneself has rated."""
    return _page(event, proposal)


def _page(event: Any, public_id: str, refused: str = "", **typed: Any) -> Any:
    call, found = queries.get_call(event.id), queries.get_proposal(event.id, public_id, is_read=True)
    marks = queries.marks(found.id, g.account.id)
    item = queries.item_of(found)
    shown = shows_names(call) or found.state not in rules.OPEN_STATES
    given = queries.answers(call, found)
    context = {
        "proposal": found,
        "state": rules.STATE_LABELS[found.state],
        "mark": MARKS.get(found.state, "soft"),
        "kind": programme.KINDS.get(found.kind, ""),
        "roles": programme.ROLES,
        "answers": [(local(dict(asked.label)), questions.shown(asked, value)) for asked, value in given],
        "people": found.people if shown else [],
        "shows_names": shown,
        "mine": marks.mine if marks else None,
        "rated": rules.told(marks),
        "comments": queries.comments(found.id),
        "history": queries.history(public_id),
        "actions_told": rules_list.ACTIONS,
        "following": queries.next_unrated(event.id, g.account.id, found.id),
        "may_rate": found.state in rules.OPEN_STATES,
        "may_decide": may_decide(),
        "may_land": found.state in rules.MAY_LAND and item is None,
        "decisions": {key: word for key, word in rules.DECISIONS.items() if rules.after(found.state, key)},
        "decision_words": rules.DECISIONS,
        "item": item,
        "rating_form": ReviewForm(formdata=None, value=str(marks.mine) if marks and marks.mine else None),
        "comment_form": typed.get("comment_form") or CommentForm(formdata=None),
        "tag_form": TagForm(formdata=None, tags=", ".join(found.tags)),
        "form": DeedForm(formdata=None),
        "starts_with_rating": request.args.get("next") == "yes",
        "errors": [("", refused)] if refused else [],
    }
    return render_template("site/proposal.html", **context), 409 if refused else typed.get("status", 200)


@blueprint.post("/admin/<event>/proposals/<proposal>/rating")
@organiser("proposals.review")
def rate(event: Any, proposal: str) -> Any:
    """Stores the own rating, and goes on to the next one where so asked."""
    form, slug, event_id = ReviewForm(), event.slug, event.id
    if not DeedForm().validate_on_submit():
        return _page(event, proposal)
    value = int(form.value.data) if form.value.data in map(str, rules.MARKS) else 0
    try:
        service_review.rate(event_id, proposal, g.account.id, value, actor=g.account.public_id)
    except Refused as refusal:
        return _page(event, proposal, str(refusal))
    following = None
    if request.form.get("deed") == "next":
        following = queries.next_unrated(event_id, g.account.id, queries.get_proposal(event_id, proposal).id)
        if following is None:
            flash(_("You have rated everything that is in review."))
    flash(_("Your rating is stored."))
    goes_on = {"next": "yes"} if following else {}
    return pages.see_other("proposal_sheet.show", event=slug, proposal=following or proposal, **goes_on)


@blueprint.post("/admin/<event>/proposals/<proposal>/comments")
@organiser("proposals.review")
def comment(event: Any, proposal: str) -> Any:
    """Adds a word for the team."""
    form, slug = CommentForm(), event.slug
    if not form.validate_on_submit():
        return _page(event, proposal, comment_form=form, status=422)
    service_review.comment(event.id, proposal, g.account.id, form.text.data, actor=g.account.public_id)
    return pages.see_other("proposal_sheet.show", event=slug, proposal=proposal, _anchor="comments")


@blueprint.post("/admin/<event>/proposals/<proposal>/comments/<int:number>/removal")
@organiser("proposals.review")
def uncomment(event: Any, proposal: str, number: int) -> Any:
    """Takes an own comment away."""
    slug = event.slug
    if DeedForm().validate_on_submit():
        service_review.uncomment(event.id, proposal, g.account.id, number, actor=g.account.public_id)
    return pages.see_other("proposal_sheet.show", event=slug, proposal=proposal, _anchor="comments")


@blueprint.post("/admin/<event>/proposals/<proposal>/tags")
@organiser("proposals.review")
def tag(event: Any, proposal: str) -> Any:
    """The team's tags, instead of those before."""
    form, slug = TagForm(), event.slug
    if form.validate_on_submit():
        wanted = (form.tags.data or "").split(",")
        service_review.tag(event.id, proposal, wanted, actor=g.account.public_id)
        flash(_("Stored."))
    return pages.see_other("proposal_sheet.show", event=slug, proposal=proposal)


@blueprint.post("/admin/<event>/proposals/<proposal>/decision")
@organiser("programme.edit")
def decide(event: Any, proposal: str) -> Any:
    """Prepares a decision, or takes it back; nobody outside learns of it yet."""
    slug, decision = event.slug, request.form.get("decision", "")
    if not DeedForm().validate_on_submit():
        return _page(event, proposal)
    done, _left = service_review.prepare(event.id, [proposal], decision, actor=g.account.public_id)
    if not done:
        return _page(event, proposal, _("This is not possible any more. Please look again where the proposal stands."))
    flash(_("Noted. Nobody is told before you send the decisions.") if decision else _("The decision is taken back."))
    return pages.see_other("proposal_sheet.show", event=slug, proposal=proposal)


def _landing_form(event: Any, found: Proposal) -> tuple[Any, list[queries_people.Match]]:
    """Time, room and round; and of whom a namesake is known, whether it is the same."""
    rooms = [(str(one.id), local(one.name)) for one in events.rooms(event)]
    rounds = [(str(one.id), local(one.title)) for one in programmes.rounds(event.id)]
    fields: dict[str, Any] = {
        "round_id": SelectField(_l("Workshop round"), choices=forms.options([("", _("no round")), *rounds])),
        "starts_at": forms.LocalDateTime(
            _l("Begins"),
            description=_l("Left empty: at the start of the event, to be moved later. A round has its own times."),
        ),
        "room_id": SelectField(_l("Room"), choices=forms.options([("", _("not yet")), *rooms])),
    }
    matches = queries_people.matches([found])[found.id]
    for match in matches:
        if match.needs_answer:
            known = [
                (
                    one.public_id,
                    _("the same person: %(who)s", who=", ".join(p for p in (one.name, one.organisation) if p)),
                )
                for one in match.namesakes
            ]
            label = _l("%(name)s: there is a profile of this name", name=match.person.name)
            required = [forms.Required(_l("Please choose one of the answers."))]
            choices = forms.options([*known, (NEW, _("somebody else: make a new profile"))])
            fields[f"same_{match.person.id}"] = RadioField(label, choices=choices, validators=required)
    return type("LandingForm", (forms.Form,), fields)(), matches


@blueprint.route("/admin/<event>/proposals/<proposal>/landing", methods=["GET", "POST"])
@organiser("programme.edit")
def land(event: Any, proposal: str) -> Any:
    """Puts an accepted proposal into the draft programme, with its people, once."""
    found = queries.get_proposal(event.id, proposal, is_read=True)
    if found.state not in rules.MAY_LAND:
        raise NotFound
    form, matches = _landing_form(event, found)
    if form.validate_on_submit():
        try:
            item = service_landing.land(event.id, proposal, _placed(form, matches), actor=g.account.public_id)
        except Refused as refusal:
            form.starts_at.errors = [str(refusal)]
        else:
            uid = item.public_id
            flash(_("It stands in the programme’s draft. Visitors see it with the next release."))
            return pages.see_other("programme_admin.item", event=g.event.slug, item=uid)
    context = {
        "title": _("Put into the programme: %(title)s", title=found.title),
        "submit": _("Put into the programme"),
        "back": (_("Back"), url_for("proposal_sheet.show", proposal=proposal)),
        "known": [one for one in matches if one.known is not None],
    }
    return render_template("site/proposal_landing.html", form=form, **context), 422 if form.is_submitted() else 200


def _placed(form: Any, matches: list[queries_people.Match]) -> Placed:
    same = {one.person.id: form[f"same_{one.person.id}"].data for one in matches if one.needs_answer}
    ids = {name: int(form[name].data) if form[name].data else None for name in ("room_id", "round_id")}
    return Placed(starts_at=form.starts_at.data, same=same, **ids)
