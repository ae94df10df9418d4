"""The fields of a form made from an event's questions and consent texts."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.i18n import local
from eventsite.registration import questions
from eventsite.registration.models import ConsentText
from eventsite.registration.questions import Asked
from eventsite.web import forms


class _Answered:
    """Judges a field as an answer to its question; what is valid stays in `field.answer`."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.field_flags = {"required": True} if asked.is_required and asked.kind != "consent" else {}

    def __call__(self, form: Any, form_field: Field) -> None:
        """The sentence of a bad answer becomes the field's error."""
        given = form_field.data
        if self.asked.kind in questions.WITH_OTHER:
            given = {"chosen": given, "other": form[other_name(self.asked)].data}
        try:
            form_field.answer = questions.read(self.asked, given)
        except questions.BadAnswer as problem:
            raise ValidationError(str(problem)) from None


def field_name(asked: Asked) -> str:
    """The name of a question's field."""
    return f"q_{asked.key}"


def other_name(asked: Asked) -> str:
    """The name of the line for what is not on the list."""
    return f"q_{asked.key}_other"


def question_fields(asked: Sequence[Asked]) -> dict[str, Any]:
    """Unbound fields by name, in the order of the form."""
    fields: dict[str, Any] = {}
    for one in asked:
        fields[field_name(one)] = _field(one)
        if one.kind in questions.WITH_OTHER:
            label = _l("%(question)s: something else", question=local(dict(one.label)))
            fields[other_name(one)] = forms.line(label, most=questions.MOST_CHARACTERS["text"])
    return fields


def _field(asked: Asked) -> Any:
    label, checks = local(dict(asked.label)), [_Answered(asked)]
    about = " ".join(words for words in (local(dict(asked.help)), local(dict(asked.purpose))) if words)
    words: dict[str, Any] = {"validators": checks, "description": about}
    options = [SelectChoice(str(o["key"]), local(o["label"])) for o in asked.options]
    if asked.kind == "consent":
        return BooleanField(label, **words)
    if asked.kind == "yes_no":
        options = [SelectChoice("yes", i18n._("yes")), SelectChoice("no", i18n._("no"))]
    if asked.kind in ("yes_no", "single", "attendance"):
        return RadioField(label, choices=options, validate_choice=False, **words)
    if asked.kind == "country":
        return SelectField(
            label,
            choices=[SelectChoice("", ""), *(SelectChoice(*one) for one in i18n.countries())],
            validate_choice=False,
            **words,
        )
    if asked.kind in questions.SEVERAL:
        return SelectMultipleField(
            label,
            choices=options,
            validate_choice=False,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
            **words,
        )
    make = forms.paragraphs if asked.kind == "long_text" else forms.line
    bound = make(label, most=questions.MOST_CHARACTERS.get(asked.kind, 40), description=about)
    bound.kwargs["validators"] = [*bound.kwargs["validators"], *checks]
    return bound


def values(asked: Sequence[Asked], stored: dict[str, Any]) -> dict[str, Any]:
    """What stands in the fields for stored answers."""
    found: dict[str, Any] = {}
    for one in asked:
        value = stored.get(one.key)
        if value is None:
            continue
        if isinstance(value, dict):
            found[field_name(one)], found[other_name(one)] = value.get("chosen", []), value.get("other", "")
        elif one.kind == "yes_no":
            found[field_name(one)] = "yes" if value else "no"
        else:
            found[field_name(one)] = value if one.kind != "number" else str(value)
    return found


def answers(form: Any, asked: Sequence[Asked]) -> dict[str, Any]:
    """The answers of a validated form by key."""
    return {one.key: getattr(form[field_name(one)], "answer", None) for one in asked}


def shown_fields(form: Any, asked: Sequence[Asked]) -> list[Any]:
    """The bound fields of the questions in the order of the form."""
    return [form[name] for name in question_fields(asked)]


def consent_fields(texts: Sequence[ConsentText], given: Sequence[str] = ()) -> dict[str, Any]:
    """One box per consent, never ticked beforehand; `given` are those somebody gave already."""
    return {
        f"consent_{text.kind}": BooleanField(local(text.text), default=text.kind in given, false_values=(False, ""))
        for text in texts
    }


def consents(form: Any, texts: Sequence[ConsentText]) -> list[str]:
    """The kinds of consent that are ticked."""
    return [text.kind for text in texts if form[f"consent_{text.kind}"].data]
