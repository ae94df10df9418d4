"""From a release to one mail to just those whom its changes concern: who and why, the mail as they read it, the button."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from wtforms import HiddenField

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import links
from eventsite.mail import queries as mail_queries
from eventsite.mail.wording import Texts
from eventsite.programme.models import ProgrammeRelease
from eventsite.site import mail_preview, messages_changes, queries_affected, rules_affected, service_affected
from eventsite.site.mail_preview import Preview
from eventsite.site.rules_affected import Chosen, Circle
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser

blueprint = Blueprint("affected", __name__)
# Names and addresses of registered people are seen here, and mails go out.
PERMISSION = "registrations.manage"
NAMES_SHOWN = 12


class MailForm(forms.Form):
    """How the mail begins; below it everybody reads what changed for them."""

    opening = forms.words(
        _l("Beginning of the mail"),
        several_lines=True,
        required=True,
        most=2000,
        description=_l("Below it stands what changed for each person. Placeholders as in the texts of the mails."),
    )
    seen = HiddenField()


def _groups(row: ProgrammeRelease) -> list[dict[str, Any]]:
    groups = rules_affected.told_changes(row.changes) if row.number > 1 else []
    rounds = {item["uid"]: item["round"] for item in row.snapshot["items"]}
    return [
        {
            **group,
            "is_strong": rules_affected.is_strong(group),
            "is_for_all": rounds.get(group["uid"]) is None,
            "sentences": [i18n.local(change["text"]) for change in group["changes"]],
        }
        for group in groups
    ]


def _chosen(groups: list[dict[str, Any]]) -> Chosen:
    """What the address asks for; without a word of it, what changed strongly and every reason but "everybody"."""
    known = {group["uid"] for group in groups}
    if "chosen" not in request.args:
        strong = frozenset(group["uid"] for group in groups if group["is_strong"])
        return Chosen(strong, frozenset(), frozenset(rules_affected.REASONS))
    for_all = frozenset(request.args.getlist("all")) & {group["uid"] for group in groups if group["is_for_all"]}
    items = (frozenset(request.args.getlist("item")) & known) | for_all
    return Chosen(items, for_all, frozenset(request.args.getlist("reason")) & rules_affected.REASONS.keys())


def _asked(chosen: Chosen) -> dict[str, Any]:
    """The same as arguments of an address."""
    return {
        "chosen": "1",
        "item": sorted(chosen.items),
        "all": sorted(chosen.for_all),
        "reason": sorted(chosen.reasons),
    }


class _Look:
    """A release with what is chosen of it and the people whom that concerns."""

    def __init__(self, event: Event, number: int) -> None:
        row, before = queries_affected.releases_around(event.id, number)
        if row is None or number == 1:
            raise NotFound
        self.row, self.groups = row, _groups(row)
        self.chosen = _chosen(self.groups)
        people = queries_affected.concerned(event, row, before, self.chosen)
        self.counts = rules_affected.counts(people)
        self.circle: Circle = queries_affected.circle_of(event, row, people, self.chosen)


@blueprint.get("/admin/<event>/releases/<int:number>/affected")
@organiser(PERMISSION)
def people(event: Any, number: int) -> Any:
    """Whom the changes of a release concern and why, to be narrowed before the mail."""
    look = _Look(event, number)
    context = {
        "number": number,
        "look": look,
        "reasons": rules_affected.REASONS,
        "obstacles": rules_affected.OBSTACLES,
        "most": NAMES_SHOWN,
        "mail_url": url_for("affected.mail", number=number, **_asked(look.chosen)),
    }
    return render_template("site/affected.html", **context)


@blueprint.route("/admin/<event>/releases/<int:number>/mail", methods=["GET", "POST"])
@organiser(PERMISSION)
def mail(event: Any, number: int) -> Any:
    """The one mail to those chosen: its beginning, how it reads in each language, and the button that sends it."""
    look = _Look(event, number)
    texts = mail_queries.texts(event.id)
    form = _mail_form(look.row, texts)
    if not look.circle.written:
        return pages.see_other("affected.people", event=event.slug, number=number, **_asked(look.chosen))
    if form.validate_on_submit() and request.form.get("deed") == "send":
        try:
            seen = forms.counted(form.seen.data)
            opening, actor = form.opening.data, g.account.public_id
            service_affected.send(event.id, number, look.chosen, opening, seen=seen, actor=actor)
        except Refused as refusal:
            form.opening.form[event.languages[0]].errors = [str(refusal)]
        else:
            told = i18n.ngettext("%(num)s person is written to.", "%(num)s people are written to.", seen)
            flash(told)
            return pages.see_other("programme_admin_releases.show", event=event.slug, number=number)
    return _mail_page(event, look, form, texts)


def _mail_form(row: ProgrammeRelease, texts: Texts) -> MailForm:
    usual = {code: messages_changes.usual_opening(texts, code) for code in i18n.languages()}
    with_note = {code: "\n\n".join(part for part in (usual[code], row.note.get(code)) if part) for code in usual}
    return MailForm(data={"opening": with_note})


def _mail_page(event: Event, look: _Look, form: MailForm, texts: Texts) -> Any:
    shown, worded = [], messages_changes.worded(texts, form.opening.data or {})
    first = max(look.circle.written, key=lambda one: len(one.items))
    for code in event.languages:
        letter = service_affected.example(event, look.row, first, worded, code)
        told = i18n._("in German") if code == "de" else i18n._("in English")
        shown.append(
            Preview(first.name, told, code, letter.subject, links.hidden(letter.text), links.hidden(letter.html))
        )
    form.seen.data = str(len(look.circle.written))
    back = url_for("affected.people", number=look.row.number, **_asked(look.chosen))
    page = render_template("site/affected_mail.html", form=form, look=look, previews=shown, back_url=back)
    policy = mail_preview.policy(security.CSP, shown)
    return page, 422 if form.errors else 200, {"Content-Security-Policy": policy}
