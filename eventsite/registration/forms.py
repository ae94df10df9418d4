"""The fields of a form made from an event's questions and consent texts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.utils import unset_value
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.i18n import local
from eventsite.registration import answer_files, queries, questions, rules
from eventsite.registration import questions_conditions as conditions
from eventsite.registration.models import ConsentText
from eventsite.registration.questions import Asked
from eventsite.registration.questions_sections import sections
from eventsite.web import forms

_WITH_SECOND = questions.WITH_OTHER | {"file"}  # kinds with a second field, see other_name
_KEYBOARDS: dict[str, dict[str, str]] = {
    "number": {"inputmode": "numeric"},
    "phone": {"type": "tel", "autocomplete": "tel"},
    "url": {"inputmode": "url", "autocomplete": "url"},
}


def field_name(asked: Asked) -> str:
    """The name of a question's field."""
    return f"q_{asked.key}"


def other_name(asked: Asked) -> str:
    """The name of the line for what is not on the list, and of the ticket of a file kept."""
    return f"q_{asked.key}_other"


@dataclass
class Questionnaire:
    """The questions of one form at one moment: makes its fields, judges them together, puts them into sections.

    `stored` are answers given before, `full` the options without a place; see questions_conditions.settle.
    """

    asked: Sequence[Asked]
    now: datetime
    stored: Mapping[str, Any] = field(default_factory=dict)
    full: Collection[tuple[int, str]] = ()
    is_trial: bool = False  # a preview, in which no file is kept
    _settled: conditions.Settled | None = None

    def fields(self) -> dict[str, Any]:
        """Unbound fields by name, in the order of the form."""
        found: dict[str, Any] = {}
        for one in self.asked:
            found[field_name(one)] = self._field(one)
            if one.kind in questions.WITH_OTHER:
                label = _l("%(question)s: something else", question=local(dict(one.label)))
                found[other_name(one)] = forms.line(label, most=questions.MOST_CHARACTERS["text"])
            elif one.kind == "file":
                found[other_name(one)] = StringField()
        return found

    def settled(self, form: Any) -> conditions.Settled:
        """What the whole form comes to, judged once."""
        if self._settled is None:
            given = {one.key: self._given(form, one) for one in self.asked}
            self._settled = conditions.settle(self.asked, given, self.now, stored=self.stored, full=self.full)
        return self._settled

    def _given(self, form: Any, one: Asked) -> Any:
        if one.kind in questions.WITH_OTHER:
            return {"chosen": form[field_name(one)].data, "other": form[other_name(one)].data}
        if one.kind == "file":
            return self._kept_file(one, form[other_name(one)].data or "")
        return form[field_name(one)].data

    def _kept_file(self, one: Asked, ticket: str) -> Any:
        """The answer behind a ticket: `-` takes the stored file away, nothing keeps it."""
        if ticket in ("", "-"):
            return self.stored.get(one.key) if not ticket else None
        if self.is_trial:
            return {"file": ticket, "name": ticket, "size": 0}
        row = queries.find_kept_file(one.question_id, ticket)
        return answer_files.value_of(row) if row is not None else "gone"

    def answers(self, form: Any) -> dict[str, Any]:
        """The answers of a validated form by key."""
        return dict(self.settled(form).values)

    def values(self) -> dict[str, Any]:
        """What stands in the fields for stored answers."""
        found: dict[str, Any] = {}
        for one in self.asked:
            value = self.stored.get(one.key)
            if value is None or one.kind == "file":
                continue
            if isinstance(value, dict):
                found[field_name(one)], found[other_name(one)] = value.get("chosen", []), value.get("other", "")
            elif one.kind == "yes_no":
                found[field_name(one)] = "yes" if value else "no"
            else:
                found[field_name(one)] = value if one.kind != "number" else str(value)
        return found

    def shown(self, form: Any) -> list[dict[str, Any]]:
        """What templates/parts/questions.html expects: sections with their questions."""
        by_key = {one.key: one for one in self.asked}
        return [
            {
                "key": section.key,
                "title": section.title,
                "questions": [self._shown(form, one, by_key) for one in section.questions],
            }
            for section in sections(self.asked)
        ]

    def _shown(self, form: Any, one: Asked, by_key: Mapping[str, Asked]) -> dict[str, Any]:
        parent = by_key.get(str(one.condition.get("key"))) if one.condition else None
        is_closed, stored = conditions.is_closed(one, self.now), self.stored.get(one.key)
        kept = self._given(form, one) if one.kind == "file" and not is_closed else None
        return {
            "asked": one,
            "field": form[field_name(one)],
            "other": form[other_name(one)] if one.kind in _WITH_SECOND else None,
            "closed": conditions.closed_in_words(one) if is_closed else "",
            "stored": questions.shown(one, stored) if stored is not None else "",
            "typed": self._typed(form, one) if is_closed and form[field_name(one)].errors else "",
            "kept": questions.shown(one, kept) if isinstance(kept, dict) and kept else "",
            "condition": conditions.in_words(one, by_key),
            "show_if": field_name(parent) if parent else "",
            "show_values": " ".join(map(str, one.condition.get("values") or ())),
        }

    def _typed(self, form: Any, one: Asked) -> str:
        """What was sent too late, as it was typed."""
        given = self._given(form, one)
        try:
            return questions.shown(one, questions.read(replace(one, is_required=False), given))
        except questions.BadAnswer:
            return given if isinstance(given, str) else ""

    def _about(self, one: Asked) -> str:
        """Help, purpose, what a file may be, and the deadline in one hint."""
        words = [local(dict(one.help)), local(dict(one.purpose))]
        if one.kind == "file":
            words.append(answer_files.told())
        if one.answer_until is not None:
            words.append(i18n._("Please answer by %(until)s.", until=i18n.format_datetime(one.answer_until)))
        return " ".join(word for word in words if word)

    def _field(self, one: Asked) -> Any:
        label = local(dict(one.label))
        words: dict[str, Any] = {"validators": [_Judged(self, one)], "description": self._about(one)}
        if one.kind == "consent":
            return BooleanField(label, **words)
        if one.kind == "file":
            return FileField(label, render_kw={"accept": answer_files.ACCEPT}, **words)
        if one.kind == "country":
            countries = [SelectChoice("", ""), *(SelectChoice(*pair) for pair in i18n.countries())]
            return SelectField(label, choices=countries, validate_choice=False, **words)
        if one.kind in questions.WITH_OPTIONS or one.kind == "yes_no":
            return self._choices(one, label, words)
        kind = TextAreaField if one.kind == "long_text" else _Day if one.kind == "date" else StringField
        clean = forms.clean_text if one.kind == "long_text" else forms.clean_line
        return kind(label, filters=[clean], render_kw=_KEYBOARDS.get(one.kind), **words)

    def _choices(self, one: Asked, label: str, words: dict[str, Any]) -> Any:
        options = [self._option(one, option) for option in one.options]
        if one.kind == "yes_no":
            options = [SelectChoice("yes", i18n._("yes")), SelectChoice("no", i18n._("no"))]
        if one.kind not in questions.SEVERAL:
            if self.stored.get(one.key) is not None and not one.is_required:
                options.append(SelectChoice("", i18n._("no answer")))
            return RadioField(label, choices=options, validate_choice=False, **words)
        widgets = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(label, choices=options, validate_choice=False, **widgets, **words)

    def _option(self, one: Asked, option: Mapping[str, Any]) -> SelectChoice:
        key, label = str(option["key"]), local(option["label"])
        is_mine = key in conditions.values_of(one, self.stored.get(one.key))
        if (one.question_id, key) in self.full and not is_mine:
            return SelectChoice(key, i18n._("%(answer)s (no place left)", answer=label), {"disabled": True})
        return SelectChoice(key, label)


class _Judged:
    """The sentence of a bad answer becomes its field's error."""

    def __init__(self, sheet: Questionnaire, asked: Asked) -> None:
        self.sheet, self.asked = sheet, asked
        is_required = asked.is_required and not asked.condition and not conditions.is_closed(asked, sheet.now)
        self.field_flags = {"required": True} if is_required else {}

    def __call__(self, form: Any, form_field: Field) -> None:
        """Judges the whole sheet at the first field, since answers depend on each other."""
        if refusal := getattr(form_field, "refusal", ""):
            raise ValidationError(refusal)
        if sentence := self.sheet.settled(form).problems.get(self.asked.key):
            raise ValidationError(sentence)


class _Day(StringField):
    """A date: the browser's own calendar, but a plain line for what it could not show and would drop."""

    def __call__(self, **attributes: Any) -> Any:
        """Typed dates that are none stay to be seen."""
        text = self._value()
        is_iso = not text or (len(text) == 10 and text[4:5] == text[7:8] == "-" and text.replace("-", "").isdigit())
        return super().__call__(**{"type": "date" if is_iso else "text", **attributes})


CONSENT_WORDS: dict[str, Any] = {
    "yes": _l("Yes, I agree"),
    "ask": _l("Please ask me first"),
    "no": _l("No, please not"),
}


def consent_fields(texts: Sequence[ConsentText], given: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A box or three answers per consent, none chosen beforehand; `given` is what somebody answered already."""
    return {f"consent_{text.kind}": _consent_field(text, (given or {}).get(text.kind)) for text in texts}


def _consent_field(text: ConsentText, given: str | None) -> Any:
    answers, label = rules.consent_answers(text.kind), local(text.text)
    if answers == ("yes",):
        return BooleanField(label, default=given == "yes", false_values=(False, ""))
    choices = [SelectChoice(answer, str(CONSENT_WORDS[answer])) for answer in answers]
    return _OpenRadio(label, choices=choices, default=given, validate_choice=False, validators=[_OneOf(answers)])


class _OpenRadio(RadioField):
    """Answers of which none may be chosen: what a sent form leaves out is taken back, whatever was stored before."""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Reads the form; without this, an answer left out would keep its old value."""
        super().process(formdata, data, extra_filters)
        if formdata and self.name not in formdata:
            self.data = None


class _OneOf:
    """Refuses an answer that is not offered; none at all is fine, since consents are voluntary."""

    def __init__(self, answers: Sequence[str]) -> None:
        self.answers = answers

    def __call__(self, form: Any, form_field: Field) -> None:
        if form_field.data and form_field.data not in self.answers:
            raise ValidationError(i18n._("Please choose one of the answers."))


def consents(form: Any, texts: Sequence[ConsentText]) -> dict[str, str]:
    """What is answered to each kind of consent; kinds without an answer are left out."""
    found = {text.kind: form[f"consent_{text.kind}"].data for text in texts}
    return {kind: "yes" if answer is True else str(answer) for kind, answer in found.items() if answer}
