"""Organisers' pages of profiles that are one human: merge two, side by side, and take that back."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import NotAllowed, Refused
from eventsite.people import rules as roles
from eventsite.programme import portraits, queries_released, queries_speakers, rules, rules_merging, rules_speakers
from eventsite.programme import service_merging as merging
from eventsite.programme.forms import links_text
from eventsite.programme.forms_merging import NEW, OtherForm, SplitForm, merge_form
from eventsite.programme.models import Speaker
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_merging", __name__)
PERMISSION = "programme.edit"


def _check_events(speaker_ids: list[int]) -> None:
    """Refuses unless the account may edit the programme of every event in which these people stand."""
    if g.account.is_owner:
        return
    mine = {m.event_id for m in g.account.memberships if roles.may(m.role, PERMISSION, is_owner=False)}
    if not queries_released.events_of(speaker_ids) <= mine:
        raise NotAllowed(
            i18n._("These people also stand at events of other teams. Only an owner of this site may do this.")
        )


@blueprint.route("/admin/<event>/speakers/<speaker>/merge", methods=["GET", "POST"])
@organiser(PERMISSION)
def merge(event: Any, speaker: str) -> Any:
    """Which other profile is the same person, then both side by side with a choice for each field."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    other = _other(found)
    if other is None:
        return _choice(found)
    _check_events([found.id, other.id])
    form = merge_form(rules_merging.usual(found, other))
    if form.validate_on_submit():
        chosen = {name: form[name].data for name in rules_merging.FIELDS}
        try:
            merging.merge(found.id, other.id, chosen, actor=g.account.public_id, event_id=event.id)
        except Refused as refusal:
            form["name"].errors = [str(refusal)]
        else:
            flash(i18n._("The two profiles are one now. “Split” takes that back."))
            return pages.see_other("programme_admin_speakers.speaker", event=event.slug, speaker=speaker)
    context = {"speaker": found, "other": other, "rows": _rows(found, other), "labels": rules_merging.LABELS}
    parts = [queries_speakers.appearances(one.id) for one in (found, other)]
    context["pictures"] = [_picture(event.slug, found), _picture(parts[1][0][2].slug, other) if parts[1] else None]
    context["appearances"] = [[_line(*part) for part in listed] for listed in parts]
    return render_template("programme/admin/merge.html", form=form, **context), 422 if form.is_submitted() else 200


def _other(found: Speaker) -> Speaker | None:
    """The profile the address asks for; None where it asks for none, or for one that cannot be merged."""
    uid = request.args.get("other", "")
    return next(
        (one for one in queries_speakers.speakers(with_person=True) if one.public_id == uid != found.public_id), None
    )


def _choice(found: Speaker) -> Any:
    others = [one for one in queries_speakers.speakers() if one.id != found.id]
    same = [one for one in others if rules_speakers.is_same_name(one.name, found.name)]
    labels = dict(rules_speakers.told_apart(others))
    order = [*same, *(one for one in others if one not in same)]
    form = OtherForm(formdata=None)
    form.other.choices = forms.options([(one.public_id, labels[one.public_id]) for one in order])
    return render_template("programme/admin/merge_choice.html", form=form, speaker=found, number=len(same))


def _rows(*both: Speaker) -> dict[str, list[Any]]:
    """What the two hold, by field."""
    return {
        "name": [one.name for one in both],
        "role": [one.role for one in both],
        "organisation": [one.organisation for one in both],
        "biography": [one.biography for one in both],
        "links": [links_text(one.links or []) for one in both],
        "portrait": [one.portrait_credit for one in both],
        "email": [one.person.email or "" for one in both],
    }


def _picture(event: str, one: Speaker) -> dict[str, Any] | None:
    """Portraits are shown to the organisers of an event in which the person stands."""
    address = "programme_admin_portraits.file"
    return portraits.picture(one, lambda key: url_for(address, event=event, speaker=one.public_id, key=key))


def _line(one: Any, item: Any, event: Any) -> str:
    role = i18n.local(rules.role_name(one.role, one.role_label))
    words = {"title": i18n.local(item.title), "role": role, "event": i18n.local(event.title)}
    return i18n._("%(year)s: “%(title)s” (%(role)s), %(event)s", year=str(item.starts_at.year), **words)


@blueprint.route("/admin/<event>/speakers/<speaker>/split", methods=["GET", "POST"])
@organiser(PERMISSION)
def split(event: Any, speaker: str) -> Any:
    """Takes a merge back, or gives appearances to somebody else of the same name."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    _check_events([found.id])
    merged, parts = queries_speakers.merges(found.id), queries_speakers.appearances(found.id)
    moved = {number for row, _one in merged[:1] for number in row.moved.get("appearance.speaker_id", [])}
    first = merged[0][0].public_id if merged else NEW
    form = SplitForm(data={"target": first, "name": found.name, "appearances": sorted(moved)})
    names = dict(rules_speakers.told_apart(one for _row, one in merged))
    form.offer([(row.public_id, names[one.public_id]) for row, one in merged], [(p[0].id, _line(*p)) for p in parts])
    if form.validate_on_submit():
        try:
            return _split(event, found, form)
        except Refused as refusal:
            form.appearances.errors = [str(refusal)]
    back = (i18n._("Back to the profile"), url_for("programme_admin_speakers.speaker", speaker=speaker))
    context = {"title": i18n._("Split %(name)s", name=found.name), "submit": i18n._("Split"), "back": back}
    return render_template("programme/admin/split.html", form=form, **context), 422 if form.is_submitted() else 200


def _split(event: Any, found: Speaker, form: SplitForm) -> Any:
    is_new = form.target.data == NEW
    chosen, uid = form.appearances.data or [], "" if is_new else form.target.data
    merging.split(found.id, chosen, merge_uid=uid, name=form.name.data or "", actor=g.account.public_id)
    flash(i18n._("There are two profiles again."))
    return pages.see_other("programme_admin_speakers.speakers", event=event.slug)
