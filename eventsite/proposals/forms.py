"""The form of a proposal, made from what the call asks; the same on the public page and behind the proposer's link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from wtforms import SelectField, ValidationError

from eventsite.core import clock, i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules as programme
from eventsite.proposals import queries, rules
from eventsite.proposals.contents import WORDS, Contents, Named
from eventsite.proposals.models import Call, Proposal
from eventsite.registration.forms import Questionnaire
from eventsite.registration.questions import is_empty
from eventsite.web import forms

FIRST_ROWS, MORE_ROWS = 1, 1
USUAL = "usual"


class _MostWords:
    """An upper limit of words, told with the number there is."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        """Counts as people do."""
        number = rules.number_of_words(field.data or "")
        if self.most and number > self.most:
            told = i18n._("Please use at most %(most)s words; there are %(number)s now.", most=self.most, number=number)
            raise ValidationError(told)


class _Empty:
    """Programs fill what people do not see; a person whose browser did it only sends the form once more."""

    def __call__(self, form: Any, field: Any) -> None:
        """Empties the field, so that the second time works."""
        if field.data:
            field.data = ""
            raise ValidationError(_l("The form looked as if a program had filled it in. Please send it once more."))


@dataclass(frozen=True)
class Row:
    """The fields of one person."""

    number: int
    name: Any
    organisation: Any
    role: Any
    email: Any = None


@dataclass
class Sheet:
    """The form of one request with its questions; `is_draft` judges only what a draft needs."""

    call: Call
    form: Any
    questionnaire: Questionnaire
    is_draft: bool

    def is_accepted(self) -> bool:
        """Whether the form was sent and nothing is wrong; what is wrong stands at its field."""
        if not self.form.is_submitted():
            return False
        is_valid = bool(self.form.validate())
        for row in self.rows()[1:]:
            if (row.email.data or row.organisation.data) and not row.name.data:
                row.name.errors, is_valid = [i18n._("Please fill in this field.")], False
        return is_valid

    def rows(self) -> list[Row]:
        """The people, whoever proposes first."""
        form = self.form
        numbers = [number for number in range(rules.MOST_PEOPLE) if f"name_{number}" in form]
        return [
            Row(n, form[f"name_{n}"], form[f"organisation_{n}"], form[f"role_{n}"], form._fields.get(f"email_{n}"))
            for n in numbers
        ]

    def contents(self) -> Contents:
        """What a valid form says."""
        form = self.form
        given = self.questionnaire.answers(form)
        kind = form.kind.data if "kind" in form else self.call.kinds[0]
        return Contents(
            kind=kind,
            minutes=_minutes(form.minutes.data) if "minutes" in form else _only(self.call.lengths),
            words={name: form[name].data or "" for name in WORDS},
            people=[self._named(row, kind) for row in self.rows() if row.number == 0 or row.name.data],
            answers={
                str(one.version_id): given[one.key]
                for one in self.questionnaire.asked
                if not is_empty(given.get(one.key))
            },
        )

    def _named(self, row: Row, kind: str) -> Named:
        role = rules.ROLE_OF_KIND.get(kind, "speaker") if row.role.data == USUAL else row.role.data or ""
        email = row.email.data or "" if row.email is not None else ""
        return Named(row.name.data or "", email, row.organisation.data or "", role)

    def context(self) -> dict[str, Any]:
        """What templates/parts/proposal.html expects."""
        sections = self.questionnaire.shown(self.form)
        return {
            "form": self.form,
            "rows": self.rows(),
            "may_have_more": self.call.asks_people and len(self.rows()) < rules.MOST_PEOPLE,
            "asks_people": self.call.asks_people,
            "question_sections": sections,
            "most_words": self.call.most_words,
        }


def _minutes(text: str | None) -> int | None:
    return int(text) if text else None


def _only(lengths: Sequence[int]) -> int | None:
    return lengths[0] if len(lengths) == 1 else None


def is_draft_wanted() -> bool:
    """Whether the button to keep a draft was pressed."""
    return request.form.get("deed") == "draft"


def wants_more() -> bool:
    """Whether only a further line for a person was asked for."""
    return bool(request.form.get("more"))


def sheet(call: Call, base: type[forms.Form] = forms.Form, proposal: Proposal | None = None) -> Sheet:
    """The form of a new proposal, or of a known one; filled with what was sent."""
    is_draft = is_draft_wanted() and (proposal is None or proposal.state not in rules.OPEN_STATES)
    is_agreed = proposal is not None and proposal.state != rules.State.DRAFT
    asked = [replace(one, is_required=one.is_required and not is_draft) for one in queries.asked(call)]
    given = queries.answers(call, proposal) if proposal is not None else []
    questionnaire = Questionnaire(asked, clock.now(), {one.key: value for one, value in given})
    rows, is_known = _rows_wanted(call, proposal), proposal is not None
    fields = _fields(call, is_draft=is_draft, rows=rows, is_known=is_known, is_agreed=is_agreed)
    made = type("CallForm", (base,), {**fields, **questionnaire.fields()})
    data = {**_filled(proposal), **questionnaire.values()} if proposal is not None else None
    return Sheet(call, made(data=data), questionnaire, is_draft)


def _rows_wanted(call: Call, proposal: Proposal | None) -> int:
    if not call.asks_people:
        return 1
    typed = request.form.get("rows", "")
    known = len(proposal.people) if proposal is not None else 0
    shown = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else max(1 + FIRST_ROWS, known)
    return min(rules.MOST_PEOPLE, max(1, shown) + (MORE_ROWS if wants_more() else 0))


def _fields(call: Call, *, is_draft: bool, rows: int, is_known: bool, is_agreed: bool) -> dict[str, Any]:
    must = not is_draft
    fields: dict[str, Any] = {
        "title": forms.line(_l("Title"), required=must, most=160),
        "subtitle": forms.line(_l("Subtitle")),
        "abstract": forms.paragraphs(_l("What it is about"), required=must, most=12_000),
        "leading_questions": forms.paragraphs(_l("Leading questions"), most=2000, description=_l("One a line.")),
        "target_group": forms.line(_l("For whom it is meant"), most=300),
        "wishes": forms.paragraphs(_l("Wishes for room and time"), most=1000),
        "technology": forms.paragraphs(_l("What you need in the room"), most=1000),
    }
    abstract = fields["abstract"]
    abstract.kwargs["validators"] = [*abstract.kwargs["validators"], _MostWords(call.most_words)]
    if len(call.kinds) > 1:
        labels = [(kind, programme.KINDS[kind]) for kind in call.kinds if kind in programme.KINDS]
        fields["kind"] = SelectField(_l("Kind"), choices=forms.options(labels))
    if len(call.lengths) > 1:
        lengths = [(str(one), _l("%(minutes)s minutes", minutes=one)) for one in call.lengths]
        fields["minutes"] = SelectField(_l("Length"), choices=forms.options(lengths))
    for number in range(rows):
        fields.update(_person(number, has_address=number > 0 or not is_known))
    if not is_known:
        fields["website"] = forms.line(_l("Leave this field empty"), most=2000, checks=[_Empty()])
    if not is_agreed:  # a draft has not said so yet
        fields["is_allowed"] = forms.tick(
            _l("I may propose this, and everybody I name here knows about it"),
            validators=[] if is_draft else [forms.Required(_l("Please confirm this."))],
        )
    return fields


def _person(number: int, *, has_address: bool) -> dict[str, Any]:
    roles = [(USUAL, _l("as is usual for this kind")), *((role, programme.ROLES[role]) for role in rules.ROLES)]
    if number == 0:
        roles.append(("", _l("I only propose it; others will be on stage")))
    is_first = number == 0
    named = {"number": number + 1}
    labels = (
        (_l("First name and family name"), _l("E-mail address"), _l("Organisation"), _l("Your part in it"))
        if is_first
        else (
            _l("Name of person %(number)s", **named),
            _l("E-mail address of person %(number)s", **named),
            _l("Organisation of person %(number)s", **named),
            _l("Part of person %(number)s", **named),
        )
    )
    fields = {
        f"name_{number}": forms.line(labels[0], required=is_first),
        f"organisation_{number}": forms.line(labels[2]),
        f"role_{number}": SelectField(labels[3], choices=forms.options(roles), default=USUAL),
    }
    if has_address:
        fields[f"email_{number}"] = forms.email(labels[1], required=is_first)
    return fields


def _filled(proposal: Proposal) -> Mapping[str, Any]:
    """A proposal as the form shows it."""
    found: dict[str, Any] = {name: getattr(proposal, name) for name in WORDS}
    found |= {"kind": proposal.kind, "minutes": str(proposal.minutes or "")}
    for person in proposal.people:
        for name in ("name", "email", "organisation", "role"):
            found[f"{name}_{person.position}"] = getattr(person, name)
    return found
