"""Forms with which organisers write questions and consent texts."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

from wtforms import FieldList, FormField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from eventsite.core import i18n
from eventsite.core.i18n import languages, local
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.text import slugify
from eventsite.registration import questions
from eventsite.registration.questions import Asked
from eventsite.registration.questions_sections import SECTIONS
from eventsite.web import forms

MOST_ANSWERS, SPARE_ANSWERS = 60, 4

KIND_LABELS: dict[str, Any] = {
    "text": _l("One line"),
    "long_text": _l("Several lines"),
    "number": _l("A number"),
    "yes_no": _l("Yes or no"),
    "single": _l("One of several answers"),
    "multiple": _l("Several of several answers"),
    "date": _l("A date"),
    "country": _l("A country"),
    "phone": _l("A telephone number"),
    "url": _l("A web address"),
    "file": _l("A file"),
    "diet": _l("Food: a list and something else"),
    "access": _l("Access needs: a list and something else"),
    "attendance": _l("On site or online"),
    "consent": _l("A box to agree with"),
}
BASIS_LABELS: dict[str, Any] = {
    "task": _l("Public task (GDPR Art. 6(1)(e))"),
    "contract": _l("Needed for the registration (GDPR Art. 6(1)(b))"),
    "consent": _l("Consent (GDPR Art. 6(1)(a), 9(2)(a))"),
}
AUDIENCE_LABELS: dict[str, Any] = {
    "organisers": _l("The organisers"),
    "sensitive": _l("Only the organisers who may see answers about health"),
}
RETENTION_LABELS: dict[str, Any] = {
    "identity": _l("Six months after the event"),
    "sensitive": _l("Fourteen days after the event"),
}


def _answer_row() -> Any:
    """One answer to choose from: its words in each language and how often it may be chosen."""
    names = {"de": _l("Answer in German"), "en": _l("Answer in English")}
    fields: dict[str, Any] = {"key": forms.line("", most=60)}
    for code in languages():
        fields[code] = forms.line(names.get(code, code), most=200, render_kw={"lang": code})
    fields["places"] = forms.line(_l("Places"), most=6, render_kw={"inputmode": "numeric"})
    return type("AnswerRow", (forms.PartForm,), fields)


class QuestionForm(forms.Form):
    """What is asked, when, why, and who sees the answers for how long."""

    label = forms.words(_l("Question"), required=True, most=200)
    help = forms.words(_l("Help"), several_lines=True, most=1000)
    kind = SelectField(_l("Kind of answer"), choices=forms.options(KIND_LABELS.items()))
    rows = FieldList(FormField(_answer_row()), _l("Answers to choose from"), max_entries=MOST_ANSWERS)
    least = forms.line(_l("At least"), most=10)
    most = forms.line(_l("At most"), most=10)
    is_required = forms.tick(_l("Must be answered"))
    section = SelectField(_l("Section of the form"), choices=forms.options(SECTIONS.items()))
    section_title = forms.words(_l("Its own heading"), most=80)
    condition = SelectField(_l("Ask it only for this answer"), validate_choice=False)
    answer_until = forms.LocalDateTime(
        _l("Answer by"),
        description=_l("Afterwards only organisers change it. Left empty: as long as one can register."),
    )
    purpose = forms.words(_l("What the answer is needed for"), most=300)
    legal_basis = SelectField(_l("Legal basis"), choices=forms.options(BASIS_LABELS.items()))
    audience = SelectField(_l("Who may see the answers"), choices=forms.options(AUDIENCE_LABELS.items()))
    retention = SelectField(_l("How long they are kept"), choices=forms.options(RETENTION_LABELS.items()))

    def validate_least(self, field: Any) -> None:
        """A limit is a number; of a date it is a date."""
        _limit(self.kind.data, field)

    def validate_most(self, field: Any) -> None:
        """Not below the lower one."""
        most, least = _limit(self.kind.data, field), None
        with suppress(ValidationError):
            least = _limit(self.kind.data, self.least)
        if most is not None and least is not None and most < least:
            raise ValidationError(i18n._("The upper limit lies below the lower one."))

    def validate_rows(self, field: Any) -> None:
        """Places are a whole number."""
        for row in field:
            if row.places.data and not (row.places.data.isascii() and row.places.data.isdigit()):
                raise ValidationError(i18n._("Please give places as a whole number, in digits."))

    def validate_condition(self, field: Any) -> None:
        """Only what stands in the list."""
        if field.data and field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(i18n._("Please choose from the list."))


def _limit(kind: str | None, field: Any) -> Any:
    text = (field.data or "").strip()
    if not text or kind not in questions.WITH_LIMITS:
        return None
    try:
        return questions.read(Asked(key="", kind="date" if kind == "date" else "number", label={}), text)
    except questions.BadAnswer as problem:
        raise ValidationError(str(problem)) from None


class ConsentForm(forms.Form):
    """The exact words of a consent."""

    text = forms.words(_l("Words of the consent"), several_lines=True, most=2000, required=True)


class Confirmation(forms.Form):
    """Just the protection of a button."""


def question_form(
    known: Asked | None, others: Sequence[Asked], kinds: Collection[str] = questions.KINDS
) -> QuestionForm:
    """The form of a question (None for a new one) among the others of its form, which may ask these kinds."""
    form = QuestionForm(data=_filled(known) if known else {})
    form.kind.choices = forms.options((kind, label) for kind, label in KIND_LABELS.items() if kind in kinds)
    form.condition.choices = _conditions([one for one in others if known is None or one.key != known.key])
    if not form.is_submitted():
        for _row in range(SPARE_ANSWERS):
            form.rows.append_entry()
    return form


def _conditions(others: Sequence[Asked]) -> list[SelectChoice]:
    """What a question can depend on: any answer to another, or one answer of those to choose from."""
    found = [SelectChoice("", i18n._("ask everybody"))]
    for one in others:
        label = local(dict(one.label))
        found.append(SelectChoice(one.key, f"{label}: {i18n._('any answer')}"))
        words = {str(o["key"]): local(o["label"]) for o in one.options}
        words |= {"yes": i18n._("yes"), "no": i18n._("no")} if one.kind == "yes_no" else {}
        found += [SelectChoice(f"{one.key}={key}", f"{label}: {word}") for key, word in words.items()]
    return found


def _filled(asked: Asked) -> dict[str, Any]:
    """A question as the form shows it."""
    rows = [
        {"key": option["key"], **option["label"], "places": str(option.get("places", ""))} for option in asked.options
    ]
    values = asked.condition.get("values") or ()
    condition = "=".join([str(asked.condition.get("key", "")), *map(str, values[:1])])
    limits = {name: str(asked.limits.get(name, "")) for name in ("least", "most")}
    names = (
        "label", "help", "kind", "is_required", "purpose", "legal_basis", "audience", "retention", "section",
        "section_title", "answer_until",
    )  # fmt: skip
    return {**{name: getattr(asked, name) for name in names}, **limits, "rows": rows, "condition": condition}


def asked_from(form: QuestionForm, known: Asked | None, taken: Collection[str]) -> Asked:
    """The question a valid form describes; `taken` are the keys of this event's other questions.

    Answers keep their keys, so that old ones are still counted with new ones.
    """
    kind, condition = form.kind.data, form.condition.data or ""
    key, _equals, value = condition.partition("=")
    limits = {name: _limit(kind, form[name]) for name in ("least", "most")}
    return Asked(
        key=known.key if known else _fresh_key(next(iter(form.label.data.values())), "question", taken),
        kind=kind,
        label=form.label.data,
        help=form.help.data,
        options=_options(form.rows.data) if kind in questions.WITH_OPTIONS else (),
        is_required=bool(form.is_required.data),
        purpose=form.purpose.data,
        legal_basis=form.legal_basis.data,
        audience=form.audience.data,
        retention=form.retention.data,
        limits={name: limit for name, limit in limits.items() if limit is not None},
        condition={"key": key, "values": [value] if value else []} if key else {},
        answer_until=form.answer_until.data,
        section=form.section.data,
        section_title=form.section_title.data if form.section.data == "own" else {},
    )


def _fresh_key(words: str, fallback: str, taken: Collection[str]) -> str:
    key = start = slugify(words, fallback=fallback, length=36)
    number = 1
    while key in taken:
        number += 1
        key = f"{start}-{number}"
    return key


def _options(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with words; a new one gets a key of its own."""
    made: list[dict[str, Any]] = []
    kept = [row["key"] for row in rows if row["key"]]
    for row in rows:
        label = {code: row[code] for code in languages() if row[code]}
        if not label:
            continue
        taken = [*kept, *(one["key"] for one in made)]
        key = row["key"] or _fresh_key(next(iter(label.values())), "answer", taken)
        places = {"places": int(row["places"])} if row["places"] else {}
        made.append({"key": key, "label": label, **places})
    return made
