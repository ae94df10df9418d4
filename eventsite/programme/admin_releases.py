"""Organisers' pages of releases: what the next one changes, what each changed, and any two compared."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from wtforms import SelectField

from eventsite.core import i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import queries as people
from eventsite.people import rules as people_rules
from eventsite.programme import changes, differences, queries, queries_releases, rules_releases, service_releases
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.rules_releases import Draft
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("programme_admin_releases", __name__)
PERMISSION = "programme.edit"
DRAFT = "draft"


class ReleaseForm(forms.Form):
    """The organiser's words with a release, and the second thought where something is open."""

    note = forms.words(
        _l("A word with it"),
        several_lines=True,
        most=1000,
        description=_l("Why something changes. Stands above the changes, in public, in the feed and in the mail."),
    )
    anyway = forms.tick(_l("Release anyway"))


class ComparisonForm(forms.Form):
    """Two releases, or the draft."""

    class Meta(forms.Form.Meta):
        """Shown by its address: nothing to protect."""

        csrf = False

    before = SelectField(_l("Before"))
    after = SelectField(_l("From now on"))


def _open_things(event: Any, items: list[ProgrammeItem]) -> list[Any]:
    drafts = [Draft(i.public_id, i.title, i.kind, i.room_id is not None, i.cancelled_at is not None) for i in items]
    needs_rooms = event.attendance != "online" and event.venue_id is not None
    lacking = rules_releases.gaps(drafts, event.languages, needs_rooms=needs_rooms)
    return [*(clash.message for clash in queries.clashes(event, items)), *(gap.message for gap in lacking)]


def _told(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups = differences.grouped(found)
    return [{**group, "told": [changes.told(change) for change in group["changes"]]} for group in groups]


@blueprint.get("/admin/<event>/releases")
@organiser(PERMISSION)
def releases(event: Any) -> Any:
    """What the next release changes, what to look at before, and the earlier ones."""
    return _page(event, ReleaseForm())


def _page(event: Any, form: ReleaseForm) -> Any:
    items = queries.items(event.id)
    before, after = service_releases.unreleased(event.id, items)
    found = differences.between(before, after)
    earlier = queries_releases.summaries(event.id)
    context: dict[str, Any] = {
        "count": len(found),
        "groups": _told(found) if before is not None else [],
        "is_first": before is None,
        "items": {item.public_id for item in items},
        "open_things": _open_things(event, items) if found else [],
        "earlier": earlier,
        "names": people.account_names({row.released_by for row in earlier}),
        "comparison": _comparison_form(earlier),
    }
    page = render_template("programme/admin/releases.html", form=form, **context)
    return page, 422 if form.errors else 200


def _comparison_form(earlier: list[queries_releases.Summary]) -> ComparisonForm:
    form = ComparisonForm(request.args)
    numbers = [(str(row.number), i18n._("No. %(number)s", number=row.number)) for row in earlier]
    form.before.choices = forms.options(numbers)
    form.after.choices = forms.options([(DRAFT, i18n._("the draft")), *numbers])
    return form


@blueprint.post("/admin/<event>/releases")
@organiser(PERMISSION)
def release(event: Any) -> Any:
    """Shows the draft to the public; what is open wants a second thought."""
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _page(event, form)
    if not form.anyway.data and _open_things(event, queries.items(event.id)):
        form.anyway.errors = [i18n._("Something is open. Please look at it, or release anyway.")]
        return _page(event, form)
    number = service_releases.release(event.id, actor=g.account.public_id, note=form.note.data)
    if number is None:
        flash(i18n._("There is nothing new to release."))
        return pages.see_other("programme_admin_releases.releases", event=event.slug)
    flash(i18n._("The programme is released (no. %(number)s).", number=number))
    return pages.see_other("programme_admin_releases.show", event=event.slug, number=number)


@blueprint.get("/admin/<event>/releases/<int:number>")
@organiser(PERMISSION)
def show(event: Any, number: int) -> Any:
    """What one release changed, with who released it and when."""
    row = queries_releases.get_release(event.id, number)
    context = {
        "release": row,
        "groups": _told(row.changes) if number > 1 else [],
        "count": len(row.changes),
        "name": people.account_names({row.released_by}).get(row.released_by),
        "affected_url": url_for("affected.people", number=number) if number > 1 and _may_write(event) else None,
    }
    return render_template("programme/admin/release.html", **context)


def _may_write(event: Any) -> bool:
    """Whether the account may write to registered people."""
    role = next((one.role for one in g.account.memberships if one.event_id == event.id), None)
    return people_rules.may(role, "registrations.manage", is_owner=g.account.is_owner)


@blueprint.get("/admin/<event>/releases/comparison")
@organiser(PERMISSION)
def comparison(event: Any) -> Any:
    """What lies between any two releases, or a release and the draft."""
    form = _comparison_form(queries_releases.summaries(event.id))
    if not form.validate():
        raise NotFound
    wanted = [int(value) for value in (form.before.data, form.after.data) if value != DRAFT]
    rows = queries_releases.frozen(event.id, wanted)
    before = rows[int(form.before.data)].snapshot
    after = service_releases.unreleased(event.id)[1] if form.after.data == DRAFT else rows[wanted[-1]].snapshot
    groups = _told(differences.between(before, after))
    back = url_for("programme_admin_releases.releases")
    return render_template("programme/admin/release_comparison.html", form=form, groups=groups, back_url=back)
