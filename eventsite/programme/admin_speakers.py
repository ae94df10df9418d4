"""Organisers' desk of speakers: who is there and what is missing, profiles, new people, who stands first, files."""

from typing import Any

from flask import Blueprint, Response, flash, g, render_template, request, url_for

from eventsite.core import i18n, tables
from eventsite.core.errors import Refused
from eventsite.programme import (
    exports_speakers,
    queries,
    queries_speakers,
    rules_speakers,
    service_appearances,
    service_speakers,
)
from eventsite.programme.forms import Confirmation, SpeakerForm, links_of, links_text
from eventsite.programme.forms_speakers import FeaturedForm, NewSpeakerForm
from eventsite.programme.rules import role_name
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_speakers", __name__)
PERMISSION = "programme.edit"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROFILE = ("name", "sort_name", "role", "organisation", "biography", "links", "email")


@blueprint.get("/admin/<event>/speakers")
@organiser(PERMISSION)
def speakers(event: Any) -> Any:
    """Everybody of this event with items and roles, and what their profiles lack; filters stand in the address."""
    rows = queries_speakers.desk(event.id)
    wanted = {"lacks": request.args.get("lacks", ""), "q": request.args.get("q", "")[:100]}
    counts = {key: sum(key in row.lacks for row in rows) for key in rules_speakers.LACKS}
    return render_template(
        "programme/admin/speakers.html",
        rows=[row for row in rows if rules_speakers.fits(row, wanted["lacks"], wanted["q"])],
        total=len(rows),
        wanted=wanted,
        filters=[(key, label, counts[key]) for key, label in rules_speakers.LACKS.items()],
        role_name=role_name,
    )


@blueprint.get("/admin/<event>/speakers.<any(csv, xlsx):kind>")
@organiser(PERMISSION)
def file(event: Any, kind: str) -> Response:
    """The same people as a table; formula-safe, without addresses."""
    table = exports_speakers.columns(), exports_speakers.rows(queries_speakers.desk(event.id))
    is_workbook = kind == "xlsx"
    content = tables.to_xlsx(*table, i18n._("Speakers")) if is_workbook else tables.to_csv(*table, bom=True)
    response = Response(content, content_type=XLSX if is_workbook else "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-speakers.{kind}"'
    return response


@blueprint.route("/admin/<event>/speakers/new", methods=["GET", "POST"])
@organiser(PERMISSION)
def create(event: Any) -> Any:
    """A person for this event; asks when there is somebody of the same name already."""
    form, everybody = NewSpeakerForm(), queries_speakers.speakers()
    items = queries.items(event.id)
    form.offer(rules_speakers.told_apart(everybody), items)
    namesakes: list[tuple[str, str]] = []
    if form.validate_on_submit():
        namesakes = _namesakes(form, everybody)
        try:
            if not namesakes:
                return _create(event, form, items)
        except Refused as refusal:
            form["email" if form.email.data else "name"].errors = [str(refusal)]
        else:
            form.name.errors = [i18n._("There is somebody of this name already. Is it the same person?")]
    back = (i18n._("Back to the speakers"), url_for("programme_admin_speakers.speakers"))
    context = {"title": i18n._("Add a person"), "submit": i18n._("Add"), "back": back, "namesakes": namesakes}
    return render_template(
        "programme/admin/new_speaker.html", form=form, **context
    ), 422 if form.is_submitted() else 200


def _namesakes(form: NewSpeakerForm, everybody: list[Any]) -> list[tuple[str, str]]:
    if form.known.data or form.is_another.data:
        return []
    name = form.name.data or ""
    return rules_speakers.told_apart(one for one in everybody if rules_speakers.is_same_name(one.name, name))


def _create(event: Any, form: NewSpeakerForm, items: list[Any]) -> Any:
    item_id = next((item.id for item in items if item.public_id == form.item.data), None)
    values: dict[str, Any] = {"email": form.email.data or None, "organisation": form.organisation.data or ""}
    values = {} if form.known.data else values
    values |= {"name": form.name.data or "", "known": form.known.data, "actor": g.account.public_id}
    found = service_appearances.add_to_event(event.id, item_id=item_id, role=form.role.data, **values)
    flash(i18n._("Stored."))
    return pages.see_other("programme_admin_speakers.speaker", event=event.slug, speaker=found.public_id)


@blueprint.route("/admin/<event>/speakers/<speaker>", methods=["GET", "POST"])
@organiser(PERMISSION)
def speaker(event: Any, speaker: str) -> Any:
    """One profile; it is the same in all events. Only people of this event can be edited here."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    form = SpeakerForm(obj=found)
    if not form.is_submitted():
        form.links.data, form.email.data = links_text(found.links), found.person.email
        form.seen.data = service_speakers.stamp(found)
    if form.validate_on_submit():
        values = {name: form[name].data for name in PROFILE}
        try:
            values["links"] = links_of(values["links"])
            service_speakers.store_profile(found.id, seen=form.seen.data or "", **values)
        except service_speakers.Changed as refusal:
            form.name.errors = [str(refusal)]
            found = queries_speakers.get_speaker_of(event.id, speaker)
            form.seen.data = service_speakers.stamp(found)
        except Refused as refusal:
            form.email.errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("programme_admin_speakers.speakers", event=event.slug)
    back = (i18n._("Back to the speakers"), url_for("programme_admin_speakers.speakers"))
    context = {"title": found.name, "submit": i18n._("Store"), "back": back, "speaker": found, "groups": _groups()}
    context |= {"button": Confirmation(), "is_in_item": queries_speakers.is_in_item(event.id, found.id)}
    return render_template("programme/admin/speaker.html", form=form, **context), 422 if form.is_submitted() else 200


def _groups() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (i18n._("Name"), ("name", "sort_name")),
        (i18n._("Public profile"), ("role", "organisation", "biography", "links")),
        (i18n._("Not public"), ("email",)),
    ]


@blueprint.post("/admin/<event>/speakers/<speaker>/removal")
@organiser(PERMISSION)
def strike(event: Any, speaker: str) -> Any:
    """Takes somebody who is in no item off the list of this event; the profile stays."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    if Confirmation().validate_on_submit():
        try:
            service_appearances.strike(event.id, found.id, actor=g.account.public_id)
            flash(i18n._("%(name)s is no longer on the list of this event.", name=found.name))
        except Refused as refusal:
            flash(str(refusal), "error")
    return pages.see_other("programme_admin_speakers.speakers", event=event.slug)


@blueprint.route("/admin/<event>/speakers/featured", methods=["GET", "POST"])
@organiser(PERMISSION)
def featured(event: Any) -> Any:
    """Who stands first on the public list, in which order; adds one."""
    everybody = {one.id: one for one in queries_speakers.speakers_of(event.id)}
    chosen = [everybody[one.speaker_id] for one in queries_speakers.featured(event.id) if one.speaker_id in everybody]
    form = FeaturedForm()
    others = rules_speakers.told_apart(one for one in everybody.values() if one not in chosen)
    form.speaker.choices = forms.options([("", i18n._("Choose a person")), *others])
    if form.validate_on_submit() and form.speaker.data:
        service_appearances.feature(event.id, queries_speakers.get_speaker_of(event.id, form.speaker.data).id)
        return pages.see_other("programme_admin_speakers.featured", event=event.slug)
    context = {"chosen": chosen, "has_others": bool(others), "button": Confirmation()}
    return render_template("programme/admin/featured.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.post("/admin/<event>/speakers/<speaker>/place/<any(up, down, none):step>")
@organiser(PERMISSION)
def place(event: Any, speaker: str, step: str) -> Any:
    """One place up or down among those who stand first, or among all others again."""
    found = queries_speakers.get_speaker_of(event.id, speaker)
    if Confirmation().validate_on_submit():
        if step == "none":
            service_appearances.unfeature(event.id, found.id)
        else:
            service_appearances.move_featured(event.id, found.id, -1 if step == "up" else 1)
    anchor = f"featured-{found.public_id}"
    return pages.see_other("programme_admin_speakers.featured", event=event.slug, _anchor=anchor)
