"""Forms with which organisers write questions and consent texts."""

from typing import Any

from wtforms import SelectField

from eventsite.core.i18n import languages
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.text import slugify
from eventsite.registration import questions
from eventsite.registration.questions import Asked
from eventsite.web import forms

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
    "diet": _l("Food: a list and something else"),
    "access": _l("Access needs: a list and something else"),
    "attendance": _l("On site or online"),
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


class QuestionForm(forms.Form):
    """What is asked, why, and who sees the answers for how long."""

    label = forms.words(_l("Question"), required=True, most=200)
    help = forms.words(_l("Help"), several_lines=True, most=1000)
    kind = SelectField(_l("Kind of answer"), choices=forms.options(KIND_LABELS.items()))
    answers = forms.words(_l("Answers to choose from"), several_lines=True, most=3000, description=_l("One a line"))
    is_required = forms.tick(_l("Must be answered"))
    purpose = forms.words(_l("What the answer is needed for"), most=300, required=True)
    legal_basis = SelectField(_l("Legal basis"), choices=forms.options(BASIS_LABELS.items()))
    audience = SelectField(_l("Who may see the answers"), choices=forms.options(AUDIENCE_LABELS.items()))
    retention = SelectField(_l("How long they are kept"), choices=forms.options(RETENTION_LABELS.items()))


class ConsentForm(forms.Form):
    """The exact words of a consent."""

    text = forms.words(_l("Words of the consent"), several_lines=True, most=2000, required=True)


class Confirmation(forms.Form):
    """Just the protection of a button."""


def filled(asked: Asked) -> dict[str, Any]:
    """A question as the form shows it."""
    answers = {code: "\n".join(str(o["label"].get(code, "")) for o in asked.options) for code in languages()}
    names = ("label", "help", "kind", "is_required", "purpose", "legal_basis", "audience", "retention")
    return {**{name: getattr(asked, name) for name in names}, "answers": answers}


def asked_from(form: QuestionForm, known: Asked | None) -> Asked:
    """The question a form describes; answers keep their keys, so that old ones are still counted with new ones."""
    return Asked(
        key=known.key if known else slugify(next(iter(form.label.data.values())), fallback="question", length=40),
        kind=form.kind.data,
        label=form.label.data,
        help=form.help.data,
        options=_options(form.answers.data, known) if form.kind.data in questions.WITH_OPTIONS else (),
        is_required=bool(form.is_required.data),
        purpose=form.purpose.data,
        legal_basis=form.legal_basis.data,
        audience=form.audience.data,
        retention=form.retention.data,
    )


def _options(answers: dict[str, str], known: Asked | None) -> list[dict[str, Any]]:
    lines = {code: [line.strip() for line in (text or "").splitlines()] for code, text in answers.items()}
    keys = {str(w): str(o["key"]) for o in (known.options if known else ()) for w in o["label"].values() if w}
    made: list[dict[str, Any]] = []
    for number in range(max(map(len, lines.values()), default=0)):
        label = {code: rows[number] for code, rows in lines.items() if number < len(rows) and rows[number]}
        if label:
            first = next(iter(label.values()))
            key = next((keys[word] for word in label.values() if word in keys), slugify(first, fallback="answer"))
            made.append({"key": key, "label": label})
    return made
