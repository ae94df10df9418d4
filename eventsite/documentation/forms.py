"""The editor's form of a block, made from the table of kinds."""

from typing import Any

import wtforms
from wtforms import BooleanField, FormField, HiddenField, SelectField, StringField, TextAreaField

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.documentation import blocks
from eventsite.documentation.blocks import LINE, PLAIN, ROWS, TICK, Field, Kind
from eventsite.web import forms

NAMES = {"de": _l("German"), "en": _l("English")}


class Confirmation(forms.Form):
    """Just the protection of a button."""


class LeadForm(forms.Form):
    """The sentences the documentation begins with."""

    de = forms.paragraphs(_l("German"), most=2_000)
    en = forms.paragraphs(_l("English"), most=2_000)


class FindingForm(forms.Form):
    """A finding, typed during the meeting."""

    title = forms.line(_l("Heading"), required=True, most=300)
    text = forms.paragraphs(_l("Text"), most=4_000)


def _control(field: Field, label: Any) -> Any:
    if field.kind == LINE:
        return StringField(label, filters=[forms.clean_line])
    rows = 4 if field.kind == ROWS or field.most <= 5_000 else 12
    return TextAreaField(label, filters=[forms.clean_text], render_kw={"rows": rows})


def _field(field: Field) -> Any:
    if field.kind == TICK:
        return BooleanField(field.label, description=field.hint)
    if field.kind == PLAIN:
        return StringField(field.label, filters=[forms.clean_line], description=field.hint)
    parts = {code: _control(field, name) for code, name in NAMES.items()}
    return FormField(type("PerLanguage", (wtforms.Form,), parts), field.label, description=field.hint)


def block_form(kind: Kind, items: list[Any], speakers: list[Any]) -> type[forms.Form]:
    """The form class of a kind; `items` and `speakers` are what may be picked."""
    fields: dict[str, Any] = {"revision": HiddenField()}
    if kind.item:
        choices = [(0, i18n._("none"))] if kind.item == "optional" else []
        choices += [(item.id, _item_label(item)) for item in items]
        fields["item_id"] = SelectField(_l("Programme item"), choices=forms.options(choices), coerce=int)
    if kind.speaker:
        choices = [(0, i18n._("nobody from the programme"))] + [(one.id, one.name) for one in speakers]
        fields["speaker_id"] = SelectField(_l("Person"), choices=forms.options(choices), coerce=int)
    fields |= {field.name: _field(field) for field in kind.fields}
    return type("BlockForm", (forms.Form,), fields)


def _item_label(item: Any) -> str:
    return f"{item.number} {i18n.local(item.title)}".strip()


def typed(kind: Kind, content: dict[str, Any]) -> dict[str, Any]:
    """Stored content as the form shows it."""
    found = dict(content)
    for field in kind.fields:
        if field.kind == ROWS:
            found[field.name] = {c: blocks.as_lines(field, rows) for c, rows in content.get(field.name, {}).items()}
    return found


def content_of(kind: Kind, form: Any) -> dict[str, Any]:
    """What was typed, as a block's content."""
    return {field.name: form[field.name].data for field in kind.fields}


def picked(form: Any, name: str) -> int | None:
    """The id that was picked, or None."""
    return (form[name].data or None) if name in form else None
