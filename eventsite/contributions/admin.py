"""Organisers' page of what speakers sent: old beside new, taken over or sent back."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request

from eventsite.contributions import queries_approval, rules, service_approval
from eventsite.contributions.forms import ButtonForm
from eventsite.contributions.queries_approval import Sent
from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.media import rules as media_rules
from eventsite.web import forms, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import organiser

blueprint = Blueprint("contributions_admin", __name__)
PERMISSION = "programme.edit"


@blueprint.get("/admin/<event>/speakers/approval")
@organiser(PERMISSION)
def approval(event: Any) -> Any:
    """Everything that waits, person by person."""
    return _page(event)


def _page(event: Any, problem: str = "", at: str = "") -> Any:
    shown = [_person(one) for one in queries_approval.sent(event.id)]
    context = {"people": shown, "access": media_rules.ACCESS, "problem": problem, "at": at}
    page = render_template("contributions/admin/approval.html", button=ButtonForm(formdata=None), **context)
    return page, 409 if problem else 200


def _person(sent: Sent) -> dict[str, Any]:
    changes: list[dict[str, Any]] = [
        {
            "row": row,
            "label": str(rules.FIELDS[row.field]),
            "seen": rules.print_of(row.after),
            "texts": _texts(row),
            "item": row.item,
        }
        for row in sent.changes
    ]
    files: list[dict[str, Any]] = [{"row": row, "seen": rules.print_of(row.key)} for row in sent.materials]
    everything = [(f"change-{one['row'].public_id}", one["seen"]) for one in changes]
    everything += [(f"file-{one['row'].public_id}", one["seen"]) for one in files]
    return {"speaker": sent.speaker, "changes": changes, "files": files, "everything": everything}


def _texts(row: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Language and the way from the old text to the new one, for each language in which they differ."""
    before, after = rules.texts(row.field, row.before), rules.texts(row.field, row.after)
    return [
        (language, rules.difference(before.get(language, ""), after.get(language, "")))
        for language in sorted({*before, *after})
        if before.get(language, "") != after.get(language, "")
    ]


@blueprint.post("/admin/<event>/speakers/approval/all")
@organiser(PERMISSION)
def approve_all(event: Any) -> Any:
    """Takes over everything of one person as it was shown."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    seen = {name: value for name, value in request.form.items() if name.startswith(("change-", "file-"))}
    return _decided(event, lambda: service_approval.approve_all(event.id, seen, actor=g.account.public_id))


@blueprint.post("/admin/<event>/speakers/approval/<proposal>")
@organiser(PERMISSION)
def decide(event: Any, proposal: str) -> Any:
    """Takes one proposal over, or sends it back with a word."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    event_id, actor, form = event.id, g.account.public_id, request.form
    if form.get("deed") == "return":
        return _decided(
            event,
            lambda: service_approval.send_back(event_id, proposal, _word(), actor=actor),
            proposal,
        )
    return _decided(
        event, lambda: service_approval.approve(event_id, proposal, form.get("seen", ""), actor=actor), proposal
    )


@blueprint.post("/admin/<event>/speakers/materials/<material>")
@organiser(PERMISSION)
def decide_material(event: Any, material: str) -> Any:
    """Makes a file a download for those chosen, or sends it back with a word."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    event_id, actor, form = event.id, g.account.public_id, request.form
    if form.get("deed") == "return":
        word = _word()
        return _decided(
            event, lambda: service_approval.return_material(event_id, material, word, actor=actor), material
        )
    access, seen = form.get("access", "public"), form.get("seen", "")
    return _decided(
        event,
        lambda: service_approval.approve_material(event_id, material, seen, access=access, actor=actor),
        material,
    )


def _word() -> str:
    return str(forms.clean_text(request.form.get("word", "")))[:500]


def _decided(event: Any, deed: Any, at: str = "") -> Any:
    slug = event.slug
    try:
        deed()
    except Refused as refusal:
        return _page(event, str(refusal), at)
    flash(i18n._("Done. Words of items are shown with the next release of the programme."))
    return pages.see_other("contributions_admin.approval", event=slug)


@blueprint.get("/admin/<event>/speakers/approval/<proposal>/portrait")
@organiser(PERMISSION)
def portrait(event: Any, proposal: str) -> Response:
    """A proposed portrait."""
    return stored_file(queries_approval.get_portrait(event.id, proposal), content_type="image/jpeg")


@blueprint.get("/admin/<event>/speakers/materials/<material>/file")
@organiser(PERMISSION)
def file(event: Any, material: str) -> Response:
    """A file as it was sent."""
    one = queries_approval.get_material(event.id, material)
    return stored_file(one.key, content_type=one.content_type, filename=one.filename, inline=False)
