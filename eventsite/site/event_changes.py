"""Organisers call off a whole event, take that back, or move it: shown with its mail and its number of readers first."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.mail import queries as mail_queries
from eventsite.mail import service_texts
from eventsite.registration import queries
from eventsite.site import announcing, speaker_news
from eventsite.site.mail_preview import policy, previews
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser

blueprint = Blueprint("event_changes", __name__)
_ALSO = _l("Write also to those who have cancelled")
_NOTICE: dict[str, Any] = {"several_lines": True, "most": 1000}


class CallOffForm(forms.Form):
    """Why the event is called off, and who is told."""

    notice = forms.words(_l("Reason"), description=_l("Stands on every page of the event and in the mail."), **_NOTICE)
    with_ended = forms.tick(_ALSO)


class MoveForm(forms.Form):
    """The new date, what moves along, and who is told."""

    starts_at = forms.LocalDateTime(_l("New start"), required=True)
    ends_at = forms.LocalDateTime(_l("New end"), required=True)
    answers_until = forms.LocalDateTime(
        _l("Answers until"),
        required=True,
        description=_l("Until then everybody with a place says whether the new date suits them. A no frees the place."),
    )
    notice = forms.words(_l("Reason"), description=_l("Stands on every page of the event and in the mail."), **_NOTICE)
    with_programme = forms.tick(
        _l("The programme moves along"),
        description=_l("All times by the same number of days and hours; a released programme is released anew."),
    )
    with_deadlines = forms.tick(
        _l("The deadlines move along"),
        description=_l("Closing of registration and wishes, and the question whether people still come"),
    )
    with_ended = forms.tick(_ALSO)


class BackForm(forms.Form):
    """Just the protection of the button."""


def _readers(event: Any, *, with_ended: bool) -> int:
    counts = queries.counts_by_status(event.id)
    return sum(counts[status] for status in announcing.statuses(with_ended=with_ended)) + speaker_news.count(event.id)


@blueprint.get("/admin/<event>/changes")
@organiser("event.edit")
def overview(event: Any) -> Any:
    """What can be done with the whole event."""
    context = {"readers": _readers(event, with_ended=False), "form": BackForm()}
    return render_template("site/event_changes.html", **context)


def _page(event: Any, form: Any, kind: str, words: dict[str, Any], changed: dict[str, Any] | None) -> Any:
    """The form; once it is valid also the mail and the button that sends it."""
    texts = mail_queries.texts(event.id)
    to_speakers = service_texts.get_kind(f"{kind}_speaker")
    found = service_texts.get_kind(kind), *([to_speakers] if speaker_news.count(event.id) else [])
    shown = [one for known in found for one in previews(known, event, texts, changed)] if changed is not None else []
    context = {
        **words,
        "previews": shown,
        "is_valid": changed is not None,
        "readers": _readers(event, with_ended=bool(form.with_ended.data)),
        "back_url": url_for("event_changes.overview", event=event.slug),
        "kind": kind,
    }
    page = render_template("site/event_change.html", form=form, **context)
    return page, 422 if form.errors else 200, {"Content-Security-Policy": policy(security.CSP, shown)}


@blueprint.route("/admin/<event>/changes/cancellation", methods=["GET", "POST"])
@organiser("event.edit")
def call_off(event: Any) -> Any:
    """Calls the event off, after a look at what that means."""
    form = CallOffForm()
    words = {"title": i18n._("Call off the event"), "act": i18n._("Call off now")}
    if not form.validate_on_submit():
        return _page(event, form, "called_off", words, None)
    if "sure" not in request.form:
        return _page(event, form, "called_off", words, {"notice": form.notice.data})
    try:
        also = bool(form.with_ended.data)
        announcing.call_off(event.id, form.notice.data, with_ended=also, actor=g.account.public_id)
    except Refused as refusal:
        form.with_ended.errors = [str(refusal)]
        return _page(event, form, "called_off", words, None)
    flash(i18n._("The event is called off. The mails are being written."))
    return pages.see_other("event_changes.overview", event=event.slug)


def _new_date(form: Any) -> announcing.Move:
    names = ("starts_at", "ends_at", "answers_until", "with_programme", "with_deadlines")
    return announcing.Move(**{name: form[name].data for name in names})


@blueprint.route("/admin/<event>/changes/date", methods=["GET", "POST"])
@organiser("event.edit")
def move(event: Any) -> Any:
    """Gives the event a new date, after a look at what that means."""
    form = MoveForm(data={"starts_at": event.starts_at, "ends_at": event.ends_at})
    words = {"title": i18n._("Move the event"), "act": i18n._("Move now")}
    if not form.validate_on_submit():
        return _page(event, form, "moved", words, None)
    new = _new_date(form)
    try:
        announcing.refuse_bad_date(event, new)
        if "sure" not in request.form:
            names = ("starts_at", "ends_at", "answers_until")
            changed = {name: getattr(new, name) for name in names}
            before = event.moved_from or event.starts_at
            return _page(event, form, "moved", words, {**changed, "notice": form.notice.data, "moved_from": before})
        also = bool(form.with_ended.data)
        announcing.move(event.id, new, form.notice.data, with_ended=also, actor=g.account.public_id)
    except Refused as refusal:
        form.starts_at.errors = [str(refusal)]
        return _page(event, form, "moved", words, None)
    flash(i18n._("The event has its new date. The mails are being written."))
    return pages.see_other("event_changes.overview", event=event.slug)


@blueprint.post("/admin/<event>/changes/return")
@organiser("event.edit")
def put_back_on(event: Any) -> Any:
    """Takes the cancellation of the event back."""
    if BackForm().validate_on_submit():
        try:
            announcing.put_back_on(event.id, actor=g.account.public_id)
        except Refused as refusal:
            flash(str(refusal), "error")
        else:
            flash(i18n._("The event takes place after all. The mails are being written."))
    return pages.see_other("event_changes.overview", event=event.slug)
