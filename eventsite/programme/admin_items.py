"""The page of one item: its form, its people in order, and the rounds a workshop is offered in."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.events import queries as events
from eventsite.programme import (
    queries,
    queries_offerings,
    queries_quick,
    queries_speakers,
    queries_tracks,
    rules,
    rules_quick_match,
    rules_speakers,
    rules_tags,
    rules_times,
    service_offerings,
    service_people,
)
from eventsite.programme.forms import Confirmation
from eventsite.programme.forms_items import ESSENTIAL, AppearanceForm, ItemForm, RoleForm, RoundChoice, languages
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.rules_quick_match import Known
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_items", __name__)
PERMISSION = "programme.edit"
_STEPS = {"up": -1, "down": 1}


def _rounds(event_id: int) -> list[Any]:
    """The rounds of the event, read once a request: the item's own, and those in which it could be offered too."""
    if "item_rounds" not in g:
        g.item_rounds = queries_offerings.rounds(event_id)
    found: list[Any] = g.item_rounds
    return found


def item_form(event: Any, item: ProgrammeItem | None, **options: Any) -> ItemForm:
    """The form of an item, or of a new one, with the rooms, rounds and tracks there are.

    `formdata=None` shows what is stored, where another form of the page was sent.
    """
    known: dict[str, Any] = {"starts_at": event.starts_at, "ends_at": event.ends_at, "kind": "talk"}
    if item is not None:
        keys = {name: getattr(item, name) or 0 for name in ("room_id", "round_id", "track_id")}
        known = (
            {name: getattr(item, name) for name in ItemForm.stored()} | keys | {"tags": rules_tags.written(item.tags)}
        )
        known["seen"] = service_offerings.stamp(item)
    elif event.languages:
        known["language"] = event.languages[0]
    form = ItemForm(data=known, **options)
    rooms = [(r.id, i18n.local(r.name)) for r in events.rooms(event)]
    rounds = [(r.id, i18n.local(r.title)) for r in _rounds(event.id)]
    tracks = [(t.id, i18n.local(t.title)) for t in queries_tracks.tracks(event.id)]
    form.room_id.choices = forms.options([(0, i18n._("No room")), *rooms])
    form.round_id.choices = forms.options([(0, i18n._("In no round")), *rounds])
    form.track_id.choices = forms.options([(0, i18n._("In no track")), *tracks])
    form.language.choices = forms.options(languages(item.language if item else None))
    return form


def people_form() -> AppearanceForm:
    """The form that puts somebody into an item."""
    form = AppearanceForm(prefix="people-")
    known = rules_speakers.told_apart(queries_speakers.speakers())
    form.speaker.choices = forms.options([("", i18n._("Choose a person")), *known])
    form.namesake.choices = []
    return form


def namesakes(name: str) -> list[Known]:
    """The people who are called so, or nearly so."""
    typed = name.strip()
    return list(rules_quick_match.people([typed], queries_quick.people())[typed].candidates) if typed else []


def tell_times(item: ProgrammeItem, zone: str) -> None:
    """Says that an item is stored, and what is odd about its times."""
    flash(i18n._("Stored in the draft."))
    if any(rules_times.comes_twice(one, zone) for one in (item.starts_at, item.ends_at)):
        flash(i18n._("This time comes twice, since the clocks are put back; the first one is meant."))


def show(
    event: Any,
    form: ItemForm,
    item: ProgrammeItem | None,
    *,
    people: AppearanceForm | None = None,
    candidates: list[Known] | None = None,
    edited: tuple[int, RoleForm] | None = None,
    refusal: str = "",
) -> Any:
    """The page; with a refusal or errors as 422."""
    has_failed = bool(refusal) or form.is_submitted()
    if item is not None and has_failed:
        item = queries.get_item(event.id, item.public_id)  # what was loaded before a refusal counts no more
    siblings = queries_offerings.siblings(item) if item else []
    title = i18n.local(item.title) if item else i18n._("New item")
    context: dict[str, Any] = {
        "title": title,
        "submit": i18n._("Store"),
        "back": (i18n._("Back to the programme"), url_for("programme_admin.programme")),
        "roles": rules.ROLES,
        "button": Confirmation(formdata=None),
        "groups": [(i18n._("What, when, where"), ESSENTIAL)],
        "sections": form.sections(),
        "people": (people or people_form()) if item else None,
        "candidates": candidates or [],
        "edits": _edits(item, edited) if item else {},
        "siblings": siblings,
        "again": _again(event, item, siblings) if item else None,
        "refusal": refusal,
    }
    return render_template("programme/admin/item.html", form=form, item=item, **context), 422 if has_failed else 200


def _edits(item: ProgrammeItem, edited: tuple[int, RoleForm] | None) -> dict[int, RoleForm]:
    found: dict[int, RoleForm] = {}
    for one in item.appearances:
        organisations = "\n".join(i18n.local(name) for name in one.organisations)
        data = {"role": one.role, "role_label": one.role_label, "organisations": organisations}
        found[one.position] = RoleForm(formdata=None, prefix=f"p{one.position}-", data=data)
    return found | ({edited[0]: edited[1]} if edited else {})


def _again(event: Any, item: ProgrammeItem, siblings: list[ProgrammeItem]) -> RoundChoice | None:
    """The rounds in which a workshop is not offered yet."""
    if item.kind != "workshop" or item.round_id is None:
        return None
    taken = {item.round_id, *(one.round_id for one in siblings)}
    left = [one for one in _rounds(event.id) if one.id not in taken]
    form = RoundChoice(formdata=None, prefix="again-")
    form.round_id.choices = forms.options((one.id, i18n.local(one.title)) for one in left)
    return form if left else None


@blueprint.post("/admin/<event>/programme/<item>/people/<int:position>")
@organiser(PERMISSION)
def change(event: Any, item: str, position: int) -> Any:
    """Another role, or other organisations, of somebody in an item."""
    found = queries.get_item(event.id, item)
    form, refusal = RoleForm(prefix=f"p{position}-"), ""
    if form.validate_on_submit():
        try:
            service_people.change_appearance(found.id, position, actor=g.account.public_id, **form.values())
        except Refused as problem:
            refusal = str(problem)
            form.role.errors = [refusal]
        else:
            flash(i18n._("Stored in the draft."))
            return pages.see_other("programme_admin.item", event=event.slug, item=item, _anchor="people")
    refusal = refusal or "; ".join(sentence for _field, sentence in form.error_summary())
    return show(event, item_form(event, found, formdata=None), found, edited=(position, form), refusal=refusal)


@blueprint.post("/admin/<event>/programme/<item>/people/<int:position>/<any(up, down):way>")
@organiser(PERMISSION)
def move(event: Any, item: str, position: int, way: str) -> Any:
    """Moves somebody in the order of an item's people."""
    if Confirmation().validate_on_submit():
        found = queries.get_item(event.id, item)
        service_people.move_appearance(found.id, position, _STEPS[way], actor=g.account.public_id)
    return pages.see_other("programme_admin.item", event=event.slug, item=item, _anchor="people")


@blueprint.post("/admin/<event>/programme/<item>/rounds")
@organiser(PERMISSION)
def offer_again(event: Any, item: str) -> Any:
    """Offers a workshop once more in another round."""
    found = queries.get_item(event.id, item)
    form = RoundChoice(prefix="again-")
    form.round_id.choices = forms.options((one.id, "") for one in queries_offerings.rounds(event.id))
    refusal = i18n._("Please choose a round.")
    if form.validate_on_submit():
        try:
            made = service_offerings.offer_again(found.id, form.round_id.data, actor=g.account.public_id)
        except Refused as problem:
            refusal = str(problem)
        else:
            flash(i18n._("The workshop is offered once more. Please check its room here."))
            return pages.see_other("programme_admin.item", event=event.slug, item=made.public_id)
    return show(event, item_form(event, found, formdata=None), found, refusal=refusal)


@blueprint.post("/admin/<event>/programme/<item>/rounds/parting")
@organiser(PERMISSION)
def part(event: Any, item: str) -> Any:
    """Makes an item a workshop of its own again."""
    found = queries.get_item(event.id, item)
    if Confirmation().validate_on_submit():
        try:
            service_offerings.part(found.id, actor=g.account.public_id)
        except Refused as problem:
            return show(event, item_form(event, found, formdata=None), found, refusal=str(problem))
        flash(i18n._("Stored in the draft."))
    return pages.see_other("programme_admin.item", event=event.slug, item=item)
