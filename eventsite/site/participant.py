"""What the organiser sees of one participant: answers, workshops, history, mails, and the verbs of the status."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from wtforms import SelectField

from eventsite.allocation import queries_wishes
from eventsite.core import i18n
from eventsite.core.errors import NotAllowed, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.mail import outbox
from eventsite.people import rules as people_rules
from eventsite.registration import queries, questions, rules
from eventsite.registration import service as registrations
from eventsite.site import signup
from eventsite.web import forms, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import organiser

blueprint = Blueprint("participant", __name__)


class DeedForm(forms.Form):
    """What is done with a registration, and why."""

    deed = SelectField(_l("What to do"))
    reason = forms.line(_l("Reason"), most=300, description=_l("Stands in the history; an exception needs one."))


class NewForm(forms.Form):
    """Somebody whom the organisers register."""

    name = forms.line(_l("Name"), required=True)
    email = forms.email(
        _l("E-mail address"), description=_l("Left empty for somebody without one; letters replace mails then.")
    )
    organisation = forms.line(_l("Organisation"))


DEEDS: dict[str, Any] = {
    "confirm": _l("Confirm without the mail"),
    "cancel": _l("Cancel the registration"),
    "refuse": _l("Refuse the registration"),
    "reinstate": _l("Take the registration back in"),
    "move_up": _l("Move up before the others"),
    "resend": _l("Send the personal link again"),
    "renew": _l("Make a new personal link and end the old one"),
}


def _possible(registration: Any) -> list[tuple[str, Any]]:
    status, live = rules.Status(registration.status), registration.status in rules.LIVE
    wanted = {
        "confirm": status in (rules.Status.PENDING, rules.Status.OFFERED),
        "cancel": live,
        "refuse": live,
        "reinstate": not live,
        "move_up": status is rules.Status.WAITING,
        "resend": registration.email is not None,
        "renew": registration.email is not None,
    }
    return [(key, label) for key, label in DEEDS.items() if wanted[key]]


def _form(registration: Any) -> DeedForm:
    form = DeedForm()
    form.deed.choices = forms.options(_possible(registration))
    return form


def _is_sensitive_allowed(event: Any) -> bool:
    role = next((m.role for m in g.account.memberships if m.event_id == event.id), None)
    return people_rules.may(role, "registrations.sensitive", is_owner=g.account.is_owner)


@blueprint.get("/admin/<event>/registrations/<registration>")
@organiser("registrations.manage")
def show(event: Any, registration: str) -> Any:
    """One person's page."""
    found = queries.get_registration(event.id, registration)
    return _page(event, found, _form(found))


def _page(event: Any, found: Any, form: DeedForm) -> Any:
    may_see = _is_sensitive_allowed(event)
    given = queries.answers_of([found.id])[found.id]
    answers = [(q, questions.shown(q, v)) for q, v in given if may_see or q.audience != "sensitive"]
    context = {
        "answers": answers,
        "files": {q.question_id: v["file"] for q, v in given if q.kind == "file"},
        "consents": queries.consents_of(found.id),
        "wishes": queries_wishes.wishes_in_words(event.id, found.id),
        "mails": outbox.messages(event_id=event.id, person_id=found.person_id),
        "labels": rules.STATUS_LABELS,
        "causes": rules.CAUSE_LABELS,
        "form": form,
        "is_sensitive_hidden": not may_see,
    }
    return render_template("site/participant.html", registration=found, **context), 422 if form.is_submitted() else 200


@blueprint.get("/admin/<event>/registrations/<registration>/files/<file>")
@organiser("registrations.manage")
def file(event: Any, registration: str, file: str) -> Any:
    """A file given as an answer, only to keep and never to open here; one about health for named roles only."""
    found = queries.get_registration(event.id, registration)
    one, audience = queries.get_answer_file(found.id, file)
    if audience == "sensitive" and not _is_sensitive_allowed(event):
        raise NotAllowed
    return stored_file(one.key, content_type=one.content_type, filename=one.filename, inline=False)


@blueprint.post("/admin/<event>/registrations/<registration>")
@organiser("registrations.manage")
def change(event: Any, registration: str) -> Any:
    """Does one of the verbs; refused ones say why and keep the reason typed."""
    found = queries.get_registration(event.id, registration)
    form = _form(found)
    if form.validate_on_submit():
        try:
            _do(form.deed.data, found, form.reason.data or "")
        except Refused as refusal:
            form.reason.errors = [str(refusal)]
            return _page(event, queries.get_registration(event.id, registration), form)
        flash(i18n._("Done: %(deed)s.", deed=DEEDS[form.deed.data]))
        return pages.see_other("participant.show", event=event.slug, registration=registration)
    return _page(event, found, form)


def _do(deed: str, found: Any, reason: str) -> None:
    actor = g.account.public_id
    if deed == "cancel":
        signup.sign_off(found.id, actor=actor, reason=reason)
    elif deed == "refuse":
        signup.turn_away(found.id, actor=actor, reason=reason)
    elif deed == "move_up":
        registrations.move_up(found.id, actor=actor, reason=reason)
    elif deed == "reinstate":
        registrations.reinstate(found.id, actor=actor, cause=reason or "reinstated")
    elif deed == "confirm" and found.status == rules.Status.OFFERED:
        registrations.accept_offer(found.id, actor=actor)
    elif deed == "confirm":
        registrations.confirm(found.id, actor=actor)
    elif deed == "resend":
        registrations.send_link(found)
    elif deed == "renew":
        registrations.reissue_link(found.id, actor=actor)


@blueprint.route("/admin/<event>/registrations/new", methods=["GET", "POST"])
@organiser("registrations.manage")
def create(event: Any) -> Any:
    """Somebody registered by the organisers, also after the deadline and without an e-mail address."""
    form = NewForm()
    if form.validate_on_submit():
        details = signup.Details(
            form["name"].data, form.email.data or None, form.organisation.data or "", event.languages[0]
        )
        try:
            received = signup.sign_up(event.id, details, source="organiser", actor=g.account.public_id, confirmed=True)
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            told = i18n._("There is a registration with this address already.")
            flash(i18n._("Registered.") if received.is_new else told)
            uid = received.registration.public_id
            return pages.see_other("participant.show", event=event.slug, registration=uid)
    back = (i18n._("Back"), url_for("registration_admin.registrations", event=event.slug))
    context = {"title": i18n._("Register somebody"), "submit": i18n._("Register"), "back": back}
    return render_template("layouts/desk_form.html", form=form, **context), 422 if form.is_submitted() else 200
