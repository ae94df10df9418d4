"""Organisers rewrite the mails of their event: words beside their placeholders, and how they read for three people."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from wtforms import ValidationError

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.mail import kinds, queries, service_texts, wording
from eventsite.mail.kinds import Kind
from eventsite.mail.wording import Texts, Words
from eventsite.site.mail_preview import policy, previews
from eventsite.web import forms, pages, security
from eventsite.web.guard import organiser

blueprint = Blueprint("mail_texts", __name__)
LANGUAGES = {"de": _l("German"), "en": _l("English")}
PARTS = ("subject", "opening", "closing")


class TextForm(forms.Form):
    """The words of one kind; the fields are added per language."""


class ResetForm(forms.Form):
    """Just the protection of the button."""


class _Placeholders:
    """Refuses placeholders that this kind does not have, with the line they stand in."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, form: Any, field: Any) -> None:
        """The first fault becomes the error of the field."""
        if found := service_texts.faults(self.kind, field.data or ""):
            raise ValidationError(found[0])


def _form(kind: Kind, event: Any, texts: Texts) -> Any:
    fields: dict[str, Any] = {}
    values: dict[str, str] = {}
    for code in event.languages:
        with i18n.use_language(code):
            words = texts.get((kind.key, code)) or wording.default(kind)
        values.update({f"{part}_{code}": getattr(words, part) for part in PARTS})
        tag = {"lang": code}
        fields[f"subject_{code}"] = forms.line(
            _l("Subject"), required=True, checks=[_Placeholders(kind)], render_kw=tag
        )
        for part, label, is_required in (("opening", _l("Opening"), True), ("closing", _l("Closing"), False)):
            field = forms.paragraphs(label, required=is_required, most=wording.MOST_CHARACTERS, render_kw=tag)
            field.kwargs["validators"] = [*field.kwargs["validators"], _Placeholders(kind)]
            fields[f"{part}_{code}"] = field
    return type("KindForm", (TextForm,), fields)(data=values)


def _typed(form: Any, code: str) -> Words:
    return Words(*(form[f"{part}_{code}"].data or "" for part in PARTS))


@blueprint.get("/admin/<event>/mails/texts")
@organiser("event.edit")
def overview(event: Any) -> Any:
    """Every kind of mail, and where its words are the event's own."""
    own = {(row.kind, row.language): row for row in queries.newest(event.id) if not row.is_default}
    context = {"kinds": kinds.KINDS.values(), "own": own, "names": LANGUAGES}
    return render_template("site/mail_texts.html", **context)


@blueprint.route("/admin/<event>/mails/texts/<kind>", methods=["GET", "POST"])
@organiser("event.edit")
def edit(event: Any, kind: str) -> Any:
    """The words of one kind; looked at first, or stored."""
    found, texts = service_texts.get_kind(kind), queries.texts(event.id)
    form = _form(found, event, texts)
    is_valid = form.validate_on_submit()
    if is_valid and "look" not in request.form:
        for code in event.languages:
            service_texts.store(event.id, kind, code, _typed(form, code), actor=g.account.public_id)
        flash(i18n._("Stored."))
        return pages.see_other("mail_texts.edit", event=event.slug, kind=kind)
    if is_valid:
        texts = {**texts, **{(kind, code): _typed(form, code) for code in event.languages}}
    shown = previews(found, event, texts) if is_valid or not form.is_submitted() else []
    context = {
        "kind": found,
        "groups": [(LANGUAGES.get(code, code), code) for code in event.languages],
        "placeholders": [(key, kinds.PLACEHOLDERS[key]) for key in found.names],
        "is_own": any((kind, code) in texts for code in event.languages),
        "previews": shown,
        "is_draft": is_valid,
        "reset": ResetForm(),
        "back_url": url_for("mail_texts.overview", event=event.slug),
    }
    page = render_template("site/mail_text.html", form=form, **context)
    return page, 422 if form.errors else 200, {"Content-Security-Policy": policy(security.CSP, shown)}


@blueprint.post("/admin/<event>/mails/texts/<kind>/reset")
@organiser("event.edit")
def reset(event: Any, kind: str) -> Any:
    """Back to the default words, in every language."""
    if ResetForm().validate_on_submit():
        service_texts.reset(event.id, kind, actor=g.account.public_id)
        flash(i18n._("The mail has its default words again."))
    return pages.see_other("mail_texts.edit", event=event.slug, kind=kind)
