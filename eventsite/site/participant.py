"""What the organiser sees of one participant: details, answers, workshops, the whole story, and what can be done."""

from typing import Any

from flask import Blueprint, flash, g, render_template

from eventsite.core import i18n
from eventsite.core.errors import NotAllowed
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import queries, questions, rules
from eventsite.site import desk, queries_history, rules_participant, rules_roster, service_desk
from eventsite.web import forms, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import organiser

blueprint = Blueprint("participant", __name__)
STATES = {
    "waiting": _l("waiting"),
    "sending": _l("being sent"),
    "sent": _l("sent"),
    "failed": _l("failed"),
    "letter": _l("letter to write"),
    "written": _l("letter written"),
}


class NoteForm(forms.Form):
    """The team's own words about somebody."""

    note = forms.paragraphs(
        _l("Note of the team"), most=2000, description=_l("Seen by the team only, and deleted with the name.")
    )


@blueprint.get("/admin/<event>/registrations/<registration>")
@organiser("registrations.manage")
def show(event: Any, registration: str) -> Any:
    """One person's page, without the answers about health."""
    found = queries_history.get_person(event.id, registration)
    return _page(event, found, NoteForm(data={"note": found.note}))


def _page(event: Any, found: Any, form: NoteForm, *, is_open: bool = False) -> Any:
    given = queries.answers_of([found.id])[found.id]
    may_see = desk.may("registrations.sensitive")
    context = {
        "answers": [(q, questions.shown(q, v)) for q, v in given if is_open or q.audience != "sensitive"],
        "files": {q.question_id: v["file"] for q, v in given if q.kind == "file"},
        "closed": 0 if is_open else sum(1 for q, _v in given if q.audience == "sensitive"),
        "may_see": may_see,
        "consents": queries.consents_of(found.id),
        "seats": queries_history.seats(event.id, found.id),
        "history": queries_history.history(event, found, may_see_needs=may_see),
        "deeds": [(key, rules_participant.DEEDS[key]) for key in rules_participant.possible(found)],
        "changes": rules_participant.CHANGES,
        "labels": rules.STATUS_LABELS,
        "causes": rules.CAUSE_LABELS,
        "states": STATES,
        "sources": rules_roster.SOURCE_LABELS,
        "modes": rules.MODE_LABELS if event.attendance == "hybrid" else {},
    }
    page = render_template("site/participant.html", registration=found, form=form, **context)
    return page, 422 if form.errors else 200


@blueprint.post("/admin/<event>/registrations/<registration>/sensitive")
@organiser("registrations.sensitive")
def open_answers(event: Any, registration: str) -> Any:
    """The page with the answers about health; who looked is noted first."""
    found = queries_history.get_person(event.id, registration)
    form = NoteForm()
    if not form.csrf_token.validate(form):
        return pages.see_other("participant.show", event=event.slug, registration=registration)
    service_desk.note_look(found.id, actor=g.account.public_id)
    found = queries_history.get_person(event.id, registration)
    return _page(event, found, NoteForm(formdata=None, data={"note": found.note}), is_open=True)


@blueprint.post("/admin/<event>/registrations/<registration>/note")
@organiser("registrations.manage")
def note(event: Any, registration: str) -> Any:
    """Keeps the team's note."""
    found = queries_history.get_person(event.id, registration)
    form = NoteForm()
    if not form.validate_on_submit():
        return _page(event, found, form)
    service_desk.set_note(found.id, form.note.data or "", actor=g.account.public_id)
    flash(i18n._("Stored."))
    return pages.see_other("participant.show", event=event.slug, registration=registration)


@blueprint.get("/admin/<event>/registrations/<registration>/files/<file>")
@organiser("registrations.manage")
def file(event: Any, registration: str, file: str) -> Any:
    """A file given as an answer, only to keep and never to open here; one about health for named roles only."""
    found = queries_history.get_person(event.id, registration)
    one, audience = queries.get_answer_file(found.id, file)
    if audience == "sensitive" and not desk.may("registrations.sensitive"):
        raise NotAllowed
    return stored_file(one.key, content_type=one.content_type, filename=one.filename, inline=False)
