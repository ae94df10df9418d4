"""Organisers' pages of the documentation: blocks in order, findings of the workshops, publishing."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for

from eventsite.core import i18n, pdf
from eventsite.core.errors import NotFound, Refused
from eventsite.documentation import blocks, outline, outline_preview, outline_words, queries, service
from eventsite.documentation.forms import (
    NAMES,
    Confirmation,
    FindingForm,
    LeadForm,
    block_form,
    content_of,
    picked,
    typed,
)
from eventsite.documentation.models import Block
from eventsite.events.models import Event
from eventsite.programme import queries as programme
from eventsite.programme import queries_speakers
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("documentation_admin", __name__)
PERMISSION = "documentation.edit"


@blueprint.get("/admin/<event>/documentation")
@organiser(PERMISSION)
def editor(event: Event) -> Any:
    """The blocks in order, the findings by workshop, and where publishing stands."""
    return _editor(event)


def _editor(event: Event, *, lead: LeadForm | None = None, finding: FindingForm | None = None, at: str = "") -> Any:
    draft = queries.find_documentation(event.id)
    items = programme.items(event.id)
    page = render_template(
        "documentation/admin/editor.html",
        blocks=draft.blocks if draft else [],
        kinds=blocks.KINDS,
        headline=blocks.headline,
        items={item.id: item for item in items},
        workshops=[item for item in items if item.round_id],
        lead=lead or LeadForm(formdata=None, data=draft.lead if draft else {}),
        finding=finding or FindingForm(formdata=None),
        finding_at=at,
        button=Confirmation(formdata=None),
        version=queries.latest_version(event.id),
        published=queries.published_version(event.id),
        engine_problem=pdf.engine_problem(),
    )
    is_wrong = bool((lead and lead.errors) or (finding and finding.errors))
    return page, 422 if is_wrong else 200


@blueprint.post("/admin/<event>/documentation/lead")
@organiser(PERMISSION)
def lead(event: Event) -> Any:
    """The sentences the documentation begins with."""
    form = LeadForm()
    if not form.validate_on_submit():
        return _editor(event, lead=form)
    service.change_lead(event.id, {code: form[code].data or "" for code in NAMES})
    flash(i18n._("Stored."))
    return pages.see_other("documentation_admin.editor", event=event.slug)


@blueprint.post("/admin/<event>/documentation/findings/<item>")
@organiser(PERMISSION)
def add_finding(event: Event, item: str) -> Any:
    """One more finding of a workshop, in the language of the event."""
    workshop, form = programme.get_item(event.id, item), FindingForm()
    if not form.validate_on_submit():
        return _editor(event, finding=form, at=item)
    language = event.languages[0]
    content = {"title": {language: form.title.data}, "text": {language: form.text.data or ""}}
    service.add_block(event.id, "finding", content, item_id=workshop.id, actor=g.account.public_id)
    flash(i18n._("The finding is stored."))
    return pages.see_other("documentation_admin.editor", event=event.slug, _anchor=f"workshop-{item}")


def _form(event: Event, kind: blocks.Kind, block: Block | None) -> Any:
    items = [item for item in programme.items(event.id) if _fits(kind, item)]
    speakers = queries_speakers.speakers() if kind.speaker else []
    made = block_form(kind, items, speakers)
    if block is None:
        chosen = request.args.get("item", "")
        return made(data={"item_id": int(chosen) if chosen.isascii() and chosen.isdigit() else None})
    links = {"item_id": block.item_id or 0, "speaker_id": block.speaker_id or 0}
    return made(data={**typed(kind, block.content), **links, "revision": str(block.revision)})


def _fits(kind: blocks.Kind, item: Any) -> bool:
    if kind.item == "optional":
        return True
    return bool(item.round_id) is (kind.name in blocks.GROUPED)


@blueprint.route("/admin/<event>/documentation/blocks/new", methods=["GET", "POST"])
@organiser(PERMISSION)
def create(event: Event) -> Any:
    """A new block of the kind in the address."""
    kind = blocks.KINDS.get(request.args.get("kind", ""))
    if kind is None:
        raise NotFound
    form = _form(event, kind, None)
    if not form.validate_on_submit():
        return _block_page(event, kind, form, None)
    if "preview" in request.form:
        return _block_page(event, kind, form, None, preview=True)
    content, links = content_of(kind, form), {n: picked(form, n) for n in ("item_id", "speaker_id")}
    try:
        block = service.add_block(event.id, kind.name, content, actor=g.account.public_id, **links)
    except Refused as refusal:
        return _block_page(event, kind, form, None, problem=refusal)
    flash(i18n._("The block is stored."))
    return pages.see_other("documentation_admin.editor", event=event.slug, _anchor=f"block-{block.public_id}")


@blueprint.route("/admin/<event>/documentation/blocks/<block>", methods=["GET", "POST"])
@organiser(PERMISSION)
def change(event: Event, block: str) -> Any:
    """One block; when two edit it at once, both texts are shown and nothing is lost."""
    known = queries.get_block(event.id, block)
    kind = blocks.get_kind(known.kind)
    form = _form(event, kind, known)
    if not form.validate_on_submit() or "preview" in request.form:
        return _block_page(event, kind, form, known, preview="preview" in request.form)
    content, links = content_of(kind, form), {n: picked(form, n) for n in ("item_id", "speaker_id")}
    seen = form.revision.data or ""
    revision = int(seen) if seen.isascii() and seen.isdigit() else 0
    try:
        service.change_block(event.id, block, content, revision=revision, actor=g.account.public_id, **links)
    except service.Conflict as conflict:
        form.revision.data = str(conflict.revision)  # storing again is then a decision, not an accident
        form.revision.raw_data = None
        return _block_page(event, kind, form, known, problem=conflict, theirs=typed(kind, conflict.current))
    except Refused as refusal:
        return _block_page(event, kind, form, known, problem=refusal)
    flash(i18n._("The block is stored."))
    return pages.see_other("documentation_admin.editor", event=event.slug, _anchor=f"block-{block}")


def _block_page(
    event: Event,
    kind: blocks.Kind,
    form: Any,
    block: Block | None,
    *,
    preview: bool = False,
    problem: Refused | None = None,
    theirs: dict[str, Any] | None = None,
) -> Any:
    shown, problem = _preview(event, kind, form, problem) if preview else ([], problem)
    page = render_template(
        "documentation/admin/block.html",
        kind=kind, form=form, block=block, sections=shown, problem=problem, theirs=theirs, names=NAMES,
        back=url_for("documentation_admin.editor", event=event.slug),
        is_preview=preview,
    )  # fmt: skip
    status = 409 if theirs is not None else 422 if problem or form.errors else 200
    return page, status


def _preview(event: Event, kind: blocks.Kind, form: Any, problem: Refused | None) -> tuple[list[Any], Refused | None]:
    item_id = picked(form, "item_id")
    try:
        tidy = blocks.checked(kind.name, content_of(kind, form), item_id=item_id)
    except Refused as refusal:
        return [], refusal
    speakers = {one.id: one for one in queries_speakers.speakers()}
    speaker = speakers.get(picked(form, "speaker_id") or 0)
    person = {"name": speaker.name, "slug": None, "organisations": [speaker.organisation]} if speaker else None
    part = outline.Part("preview", kind.name, tidy, item_id, person)
    return outline_preview.sections(queries.materials(event.id), part, i18n.current_language()), problem


@blueprint.post("/admin/<event>/documentation/blocks/<block>/move")
@organiser(PERMISSION)
def move(event: Event, block: str) -> Any:
    """One place up or down."""
    if Confirmation().validate_on_submit():
        service.move_block(event.id, block, -1 if request.form.get("step") == "up" else 1)
    return pages.see_other("documentation_admin.editor", event=event.slug, _anchor=f"block-{block}")


@blueprint.post("/admin/<event>/documentation/blocks/<block>/deletion")
@organiser(PERMISSION)
def remove(event: Event, block: str) -> Any:
    """Takes a block out of the draft."""
    if Confirmation().validate_on_submit():
        service.delete_block(event.id, block, actor=g.account.public_id)
        flash(i18n._("The block is deleted. Its words stay in the log of changes."))
    return pages.see_other("documentation_admin.editor", event=event.slug)


@blueprint.get("/admin/<event>/documentation/preview")
@organiser(PERMISSION)
def preview(event: Event) -> Any:
    """The whole draft as readers would see it."""
    tree = service.outline_of(event, [i18n.current_language()])[i18n.current_language()]
    place = i18n.local(tree["event"]["place"])
    return render_template("documentation/documentation.html", tree=outline_words.marked(tree), pdf=None, place=place)


@blueprint.post("/admin/<event>/documentation/versions")
@organiser(PERMISSION)
def publish(event: Event) -> Any:
    """Freezes the draft; page and PDF are switched together once the PDF is there."""
    if Confirmation().validate_on_submit():
        if reason := pdf.engine_problem():
            raise Refused(reason)
        version = service.publish(event.id, actor=g.account.public_id)
        if version.published_at is None:
            flash(
                i18n._(
                    "Version %(number)s is being prepared. It goes live as soon as its PDF is there.",
                    number=version.number,
                )
            )
        else:
            flash(i18n._("Version %(number)s is published; nothing has changed since.", number=version.number))
    return pages.see_other("documentation_admin.editor", event=event.slug)
